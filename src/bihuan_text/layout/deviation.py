"""One way in which a file is not as the standard has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bihuan_text.place import Span


class Deviation(NamedTuple):
    """``clause`` of GB/T 9704—2012, ``span`` None for what concerns every page; not ``grave``: for information only."""

    rule: str
    clause: str
    message: str
    span: Span | None = None
    grave: bool = True
