"""Word papers in one XML file: the kind of Word 2003 (``w:wordDocument``), and a .docx laid flat (``pkg:package``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from bihuan_text.document import Origin

from .docx import read_parts, walk_body
from .hidden import hidden_styles
from .numbering import Numbering
from .sniff import damaged
from .walk import Walk
from .xml import W, parsed

if TYPE_CHECKING:
    from bihuan_text.document import Document

    from .xml import Node

_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_UNTOLD = "文件里有自动编号没有读出，请对照原件核对。"
# Tracked changes of 2003 by the names that .docx has for them; the rest (remarks, bookmarks) is no text.
_CHANGES = {"Word.Insertion": W + "ins", "Word.Deletion": W + "del", "Word.Insertion.Numbering": W + "ins"}


def read_word_xml(data: bytes, name: str) -> Document:
    """The document behind the bytes of a Word .xml; raises ``Unreadable``."""
    root = parsed(data)
    if root.tag == _PKG + "package":
        return read_parts(_Flat(root), name)
    if root.tag != W + "wordDocument":
        raise damaged()
    return _read_2003(root, name)


class _Flat:
    """The parts of a package laid flat."""

    def __init__(self, root: Node) -> None:
        self._parts = {(part.get(_PKG + "name") or "").lstrip("/"): part for part in root.iterfind(_PKG + "part")}

    def part(self, name: str) -> bytes | None:
        """The bytes of one part."""
        found = self._parts.get(name)
        inside = None if found is None else found.find(f"{_PKG}xmlData/*")
        return None if inside is None else etree.tostring(inside)


def _read_2003(root: Node, name: str) -> Document:
    _rename_changes(root)
    numbers = _Written()
    walk = Walk(numbers, hidden_styles(root.find(W + "styles")), "")
    walk_body(walk, root)
    for note in root.iter(W + "footnote", W + "endnote"):
        walk.blocks(note, Origin.NOTE, 0)
    walk.boxes()
    return walk.builder.document(name, "xml", (*walk.remarks, *numbers.remarks))


def _rename_changes(root: Node) -> None:
    for node in root.iter(_AML + "annotation"):
        node.tag = _CHANGES.get(node.get(W + "type") or "", W + "annotation")
    for node in root.iter(_AML + "content"):
        node.tag = W + "smartTag"


class _Written(Numbering):
    """Numbers as Word wrote them beside each paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.remarks: dict[str, None] = {}

    def label(self, paragraph: Node) -> str:
        """The number that stands before this paragraph; bullets are no numbers."""
        found = paragraph.find(f"{W}pPr/{W}listPr")
        if found is None:
            return ""
        said = found.find(_HINT + "t")
        if said is None:
            self.remarks[_UNTOLD] = None
            return ""
        number = (said.get(_HINT + "val") or "").strip()
        return number if any(c.isalnum() for c in number) else ""
