"""The .doc of any Word: read here where it is of 97 or later, else by a program that is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan_text.document import plain_document
from bihuan_text.refusal import Unreadable

from .outside import converted
from .word97 import Older, read_word97

if TYPE_CHECKING:
    from bihuan_text.document import Document

_OLD = "这是 Word 97 以前的旧文件，没有读成，请用 Word 或 WPS 打开后另存为 .docx 再试。"
_THROUGH = "这份旧文件是借助{}读出的，脚注、文本框和自动编号可能不全，请对照原件核对。"


def read_doc(data: bytes, name: str) -> Document:
    """The document behind the bytes of a .doc or .wps; raises ``Unreadable``."""
    try:
        return read_word97(data, name)
    except Older:
        found = converted(data)
    if found is None:
        raise Unreadable(_OLD)
    program, text = found
    return plain_document(text, name, "doc", (_THROUGH.format(program),))
