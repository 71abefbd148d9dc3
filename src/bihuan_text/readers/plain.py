"""Plain text and Markdown in the encodings that office PCs write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bihuan_text.document import plain_document

from .decoding import NotText, decoded
from .limits import MAX_PARAGRAPHS, too_many_paragraphs

if TYPE_CHECKING:
    from bihuan_text.document import Document

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def read_plain(data: bytes, name: str, form: str) -> Document:
    """A .txt or .md paper; line ends become \\n and nothing else is changed."""
    text, remarks = decoded(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") >= MAX_PARAGRAPHS:  # before an object is made for each line
        raise too_many_paragraphs()
    if len(_CONTROL.findall(text)) * 50 > len(text):
        raise NotText
    return plain_document(text, name, form, remarks)
