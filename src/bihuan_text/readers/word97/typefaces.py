"""The typefaces of a .doc by their numbers (SttbfFfn). After [MS-DOC] 2.9.286."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan_text.readers.binary import short
from bihuan_text.refusal import Unreadable

from .header import TYPEFACES

if TYPE_CHECKING:
    from .header import Header

_MOST = 4_000
_NAME = 39  # where the name stands in a record, behind its length


def typefaces_of(header: Header) -> list[str]:
    """The names of the typefaces; a table that breaks off ends there."""
    found: list[str] = []
    try:
        table = header.table(TYPEFACES)
    except Unreadable:
        return found
    if len(table) < 4:
        return found
    at = 4
    for _ in range(min(short(table, 0), _MOST)):
        if at >= len(table):
            break
        record = table[at + 1 : at + 1 + table[at]]
        found.append(record[_NAME:].decode("utf-16-le", "replace").partition("\0")[0])
        at += 1 + table[at]
    return found
