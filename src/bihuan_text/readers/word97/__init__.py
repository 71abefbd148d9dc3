"""Word 97–2003 and WPS: their .doc (and .wps) read from its own bytes, with nothing installed beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan_text.readers.compound import Compound

from .header import Older, header_of
from .telling import tell

if TYPE_CHECKING:
    from bihuan_text.document import Document

__all__ = ["Older", "read_word97"]


def read_word97(data: bytes, name: str) -> Document:
    """The document behind the bytes of a .doc. Raises ``Unreadable``, or ``Older`` for Word before 97."""
    return tell(header_of(Compound(data)), name)
