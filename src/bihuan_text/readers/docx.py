"""A .docx paper as it would be printed: tracked insertions in, deletions and comments out, Word's own numbers written.

The XML is walked here because the usual library passes over inserted runs and content controls. Order of the text:
the body, then text boxes, then footnotes and endnotes; paragraphs by \\n, cells by \\t, rows by \\n. Headers and footers
are no part of a paper's text.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from bihuan_text.document import Document, Origin

from .beside import Beside, relations, target
from .hidden import hidden_styles
from .numbering import numbering_of
from .package import Package
from .sniff import Damaged, Form, damaged, form_of
from .walk import Walk
from .xml import W, parsed

if TYPE_CHECKING:
    from .beside import PartSource
    from .package import Purse
    from .xml import Node

_PARTIAL = "文件里的{}已损坏，没有读取，请对照原件核对。"
_KINDS = {"numbering": "自动编号", "styles": "样式", "footnotes": "脚注", "endnotes": "尾注"}


# What Word pours in from beside; a PDF it does not know.
_POURED = {Form.DOCX, Form.DOC, Form.RTF, Form.PAGE, Form.KEPT_PAGE, Form.WORD_XML, Form.TXT}


def read_docx(data: bytes, name: str) -> Document:
    """The document behind the bytes of a .docx; raises ``Unreadable``."""
    package = Package(data)
    return read_parts(package, name, package.purse)


def read_parts(package: PartSource, name: str, purse: Purse | None = None) -> Document:
    """The document behind the parts of a .docx, however they are packed; raises ``Unreadable``.

    Files poured into it are unpacked from the same purse; without one they are not read, nor what is poured into those.
    """
    main = main_part(package)
    raw = package.part(main)
    if raw is None:
        raise damaged()
    root = parsed(raw)
    parts = _Parts(package, main)
    styles = parts.root("styles")
    walk = Walk(numbering_of(parts.root("numbering"), styles), hidden_styles(styles), main, list(parts.remarks))
    walk.beside = Beside(package, lambda inner, called: _poured(inner, called, purse))
    walk_body(walk, root)
    parts.remarks.clear()
    for kind in ("footnotes", "endnotes"):
        if walk.noted[kind]:
            walk.notes(kind, parts.root(kind), parts.place(kind))
    return walk.builder.document(name, "docx", (*walk.remarks, *parts.remarks))


def walk_body(walk: Walk, root: Node) -> None:
    """The body of a main part and the boxes anchored in it."""
    body = root.find(W + "body")
    if body is None:
        raise damaged()
    walk.enter_part(root)
    walk.blocks(body, Origin.LITERAL, 0)
    walk.boxes()


def main_part(package: PartSource) -> str:
    """The path of the main part: the one the package names, or its usual place."""
    for node in relations(package, ""):
        if (node.get("Type") or "").endswith("/officeDocument"):
            return target(node, "")
    return "word/document.xml"


def _poured(data: bytes, name: str, purse: Purse | None) -> Document | None:
    """A file poured into a paper, read as a paper of its own; None where it cannot be."""
    from bihuan_text.readers import read_form  # noqa: PLC0415  (it is what loads this reader)

    form = form_of(data, name)
    if purse is None or form not in _POURED:
        return None
    return read_parts(Package(data, purse), name) if form is Form.DOCX else read_form(data, name, form)


class _Parts:
    """The parts beside the main one; a broken one is passed over with a remark."""

    def __init__(self, package: PartSource, main: str) -> None:
        self._package = package
        self._main, self._relations = main, relations(package, main)
        self.remarks: list[str] = []

    def place(self, kind: str) -> str:
        """The path of the part of this kind that the main part names, or its usual place."""
        for node in self._relations:
            if (node.get("Type") or "").endswith("/" + kind) and node.get("TargetMode") != "External":
                return target(node, self._main)
        return posixpath.join(posixpath.dirname(self._main), f"{kind}.xml")

    def root(self, kind: str) -> Node | None:
        """The root of a part, None where there is none or it is broken."""
        try:
            found = self._package.part(self.place(kind))
            return None if found is None else parsed(found)
        except Damaged:
            self.remarks.append(_PARTIAL.format(_KINDS[kind]))
            return None
