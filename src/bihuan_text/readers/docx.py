"""A .docx paper as it would be printed: tracked insertions in, deletions and comments out, Word's own numbers written.

The XML is walked here because the usual library passes over inserted runs and content controls. Order of the text:
the body, then text boxes, then footnotes and endnotes; paragraphs by \\n, cells by \\t, rows by \\n. Headers and footers
are no part of a paper's text.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Protocol

from bihuan_text.document import Document, Origin

from .hidden import hidden_styles
from .numbering import numbering_of
from .package import Package
from .sniff import Damaged, damaged
from .walk import Walk
from .xml import W, parsed

if TYPE_CHECKING:
    from .xml import Node

_PARTIAL = "文件里的{}已损坏，没有读取，请对照原件核对。"
_KINDS = {"numbering": "自动编号", "styles": "样式", "footnotes": "脚注", "endnotes": "尾注"}


class PartSource(Protocol):
    """Whatever gives the bytes of a part by its path, None where there is no such part."""

    def part(self, name: str) -> bytes | None:
        """The bytes of one part."""


def read_docx(data: bytes, name: str) -> Document:
    """The document behind the bytes of a .docx; raises ``Unreadable``."""
    return read_parts(Package(data), name)


def read_parts(package: PartSource, name: str) -> Document:
    """The document behind the parts of a .docx, however they are packed; raises ``Unreadable``."""
    main = main_part(package)
    raw = package.part(main)
    if raw is None:
        raise damaged()
    root = parsed(raw)
    parts = _Parts(package, main)
    styles = parts.root("styles")
    walk = Walk(numbering_of(parts.root("numbering"), styles), hidden_styles(styles), main, list(parts.remarks))
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
    for node in _relations(package, "_rels/.rels"):
        if (node.get("Type") or "").endswith("/officeDocument"):
            return posixpath.normpath((node.get("Target") or "").lstrip("/"))
    return "word/document.xml"


def _relations(package: PartSource, path: str) -> list[Node]:
    """The relations of a part; a broken list counts as none, for every part has its usual place."""
    raw = package.part(path)
    if raw is None:
        return []
    try:
        return list(parsed(raw))
    except Damaged:
        return []


class _Parts:
    """The parts beside the main one; a broken one is passed over with a remark."""

    def __init__(self, package: PartSource, main: str) -> None:
        self._package = package
        self._folder, file = posixpath.split(main)
        self._relations = _relations(package, posixpath.join(self._folder, "_rels", f"{file}.rels"))
        self.remarks: list[str] = []

    def place(self, kind: str) -> str:
        """The path of the part of this kind that the main part names, or its usual place."""
        for node in self._relations:
            if (node.get("Type") or "").endswith("/" + kind) and node.get("TargetMode") != "External":
                given = node.get("Target") or ""
                joined = given if given.startswith("/") else posixpath.join(self._folder, given)
                return posixpath.normpath(joined.lstrip("/"))
        return posixpath.join(self._folder, f"{kind}.xml")

    def root(self, kind: str) -> Node | None:
        """The root of a part, None where there is none or it is broken."""
        try:
            found = self._package.part(self.place(kind))
            return None if found is None else parsed(found)
        except Damaged:
            self.remarks.append(_PARTIAL.format(_KINDS[kind]))
            return None
