"""A .docx paper as it would be printed: tracked insertions in, deletions and comments out, Word's own numbers written.

The XML is walked here because the usual library passes over inserted runs and content controls. Order of the text:
the body, then text boxes, then footnotes and endnotes; paragraphs by \\n, cells by \\t, rows by \\n.
"""

from __future__ import annotations

import posixpath
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bihuan_text.document import Builder, Cell, Document, Origin, Table
from bihuan_text.place import Span
from bihuan_text.refusal import Unreadable

from .limits import MAX_DEPTH
from .numbering import Numbering, numbering_of
from .package import Package
from .sniff import damaged
from .xml import W, parsed

if TYPE_CHECKING:
    from .xml import Node

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFFICE = _REL[1:-1]
_RUN_INDEX = "bihuan-run"

_THROUGH = {
    W + n
    for n in ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "hyperlink", "fldSimple", "dir", "bdo")
}
_MATH = {_M + "oMath", _M + "oMathPara"}
_MARKS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}


def read_docx(data: bytes, name: str) -> Document:
    """The document behind the bytes of a .docx; raises ``Unreadable``."""
    package = Package(data)
    main = _main_part(package)
    raw = package.part(main)
    if raw is None:
        raise damaged()
    root = parsed(raw)
    body = root.find(W + "body")
    if body is None:
        raise damaged()
    walk = _Walk(_numbering(package, main), main)
    walk.enter_part(root)
    walk.blocks(body, Origin.LITERAL, 0)
    walk.boxes()
    for kind in ("footnotes", "endnotes"):
        walk.notes(kind, _related(package, main, kind))
    return walk.builder.document(name, "docx", tuple(walk.remarks))


def _main_part(package: Package) -> str:
    raw = package.part("_rels/.rels")
    if raw is not None:
        for node in parsed(raw):
            if (node.get("Type") or "").endswith("/officeDocument"):
                return posixpath.normpath((node.get("Target") or "").lstrip("/"))
    return "word/document.xml"


def _related(package: Package, main: str, kind: str) -> Node | None:
    """The part of this kind that the main part names, or its usual place."""
    folder, file = posixpath.split(main)
    target = f"{folder}/{kind}.xml"
    raw = package.part(f"{folder}/_rels/{file}.rels")
    for node in parsed(raw) if raw is not None else ():
        if (node.get("Type") or "").endswith("/" + kind) and node.get("TargetMode") != "External":
            given = node.get("Target") or ""
            target = given.lstrip("/") if given.startswith("/") else posixpath.normpath(f"{folder}/{given}")
    found = package.part(target)
    return None if found is None else parsed(found)


def _numbering(package: Package, main: str) -> Numbering:
    return numbering_of(_related(package, main, "numbering"), _related(package, main, "styles"))


@dataclass(slots=True)
class _Walk:
    numbering: Numbering
    part: str
    builder: Builder = field(default_factory=Builder)
    remarks: list[str] = field(default_factory=list[str])
    noted: dict[str, list[str]] = field(default_factory=lambda: {"footnotes": [], "endnotes": []})
    waiting: deque[Node] = field(default_factory=deque["Node"])
    # Each open complex field: False while inside its instruction, True in its result.
    fields: list[bool] = field(default_factory=list[bool])
    # What must stand before the next paragraph: nothing at the start and after a tab, else a line end.
    gap: str = ""

    def enter_part(self, root: Node) -> None:
        """Write each run's place in its part onto the run itself, so that walking out of order keeps it."""
        for index, run in enumerate(root.iter(W + "r")):
            run.set(_RUN_INDEX, str(index))

    def blocks(self, parent: Node, origin: Origin, depth: int) -> None:
        """Paragraphs and tables, through content controls and tracked moves."""
        _guard(depth)
        for child in parent:
            if child.tag == W + "p":
                self.paragraph(child, origin, depth + 1)
            elif child.tag == W + "tbl":
                self.table(child, origin, depth + 1)
            elif child.tag in _THROUGH:
                start = self.builder.at + len(self.gap)
                self.blocks(child, origin, depth + 1)
                self.builder.control(_tag(child), start)
            elif child.tag == W + "bookmarkStart":
                self.builder.bookmark(child.get(W + "name") or "")
            elif child.tag == _MC + "AlternateContent":
                for chosen in _chosen(child):
                    self.blocks(chosen, origin, depth + 1)
            elif child.tag == W + "altChunk":
                self.remarks.append("文件里嵌入了另一份文件，其中的内容没有读取。")

    def paragraph(self, node: Node, origin: Origin, depth: int) -> None:
        """One paragraph; when its end is a tracked deletion, the next one goes on in the same line."""
        self.flush()
        goes_on = node.find(f"{W}pPr/{W}rPr/{W}del") is not None
        if not goes_on and self.builder.at == self.builder.opened:
            self.builder.literal(self.numbering.label(node), Origin.NUMBER, part=self.part)
        self.inlines(node, origin, depth)
        self.fields.clear()
        if not goes_on:
            self.builder.close_paragraph()
            self.gap = "\n"

    def flush(self) -> None:
        """Write the line end that is due."""
        if self.gap:
            self.builder.separator(self.gap)
        self.gap = ""

    def inlines(self, parent: Node, origin: Origin, depth: int) -> None:
        """Runs, through links, fields, insertions and content controls."""
        _guard(depth)
        for child in parent:
            if child.tag == W + "r":
                self.run(child, origin, depth + 1)
            elif child.tag in _THROUGH:
                start = self.builder.at
                self.inlines(child, origin, depth + 1)
                self.builder.control(_tag(child), start)
            elif child.tag == W + "bookmarkStart":
                self.builder.bookmark(child.get(W + "name") or "")
            elif child.tag in _MATH:
                self.builder.literal("".join(t.text or "" for t in child.iter(_M + "t")), origin, part=self.part)
            elif child.tag == _MC + "AlternateContent":
                for chosen in _chosen(child):
                    self.inlines(chosen, origin, depth + 1)

    def run(self, node: Node, origin: Origin, depth: int) -> None:
        """The characters of one run; hidden text is not on paper and stays out."""
        hidden = node.find(f"{W}rPr/{W}vanish")
        if hidden is not None and hidden.get(W + "val") not in ("0", "false", "off"):
            return
        index, offset = int(node.get(_RUN_INDEX) or 0), 0
        for child in node:
            if child.tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
                continue
            said = self._said(child, origin, depth)
            if said and all(self.fields):
                self.builder.literal(said, origin, index, offset, self.part)
            offset += len(said)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields and kind == "end":
            self.fields.pop()

    def _said(self, child: Node, origin: Origin, depth: int) -> str:
        """What one child of a run puts on paper in this place; notes and boxes are only remembered here."""
        if child.tag == W + "t":
            return child.text or ""
        if child.tag == W + "br":
            return "" if child.get(W + "type") in ("page", "column") else "\n"
        if child.tag in _MARKS:
            return _MARKS[child.tag]
        if child.tag in (W + "footnoteReference", W + "endnoteReference"):
            kind = "footnotes" if child.tag == W + "footnoteReference" else "endnotes"
            self.noted[kind].append(child.get(W + "id") or "")
        elif child.tag == W + "ruby":
            for base in child.iterfind(W + "rubyBase"):
                self.inlines(base, origin, depth + 1)
        elif child.tag in (W + "drawing", W + "pict", W + "object", _MC + "AlternateContent"):
            self.waiting.extend(_boxes(child))
        return ""

    def table(self, node: Node, origin: Origin, depth: int) -> None:
        """Rows by \\n, cells by \\t; the grid is kept beside the text."""
        inside = origin if origin in (Origin.NOTE, Origin.BOX) else Origin.CELL
        rows = [self.row(row, inside, depth + 1) for row in _rows(node, depth)]
        self.builder.tables.append(Table(tuple(r for r in rows if r)))

    def row(self, node: Node, origin: Origin, depth: int) -> tuple[Cell, ...]:
        """The cells of one row."""
        cells: list[Cell] = []
        column = 0
        self.flush()
        for number, cell in enumerate(_cells(node, depth)):
            properties = cell.find(W + "tcPr")
            if number:
                self.builder.separator("\t")
            self.gap, at = "", self.builder.at
            self.blocks(cell, origin, depth + 1)
            cells.append(Cell(Span(at, self.builder.at), column, _continues(properties)))
            column += _columns(properties)
        self.gap = "\n"
        return tuple(cells)

    def boxes(self) -> None:
        """The text boxes met so far, and those inside them."""
        while self.waiting:
            self.blocks(self.waiting.popleft(), Origin.BOX, 0)

    def notes(self, kind: str, root: Node | None) -> None:
        """The notes that the text refers to, in the order of their marks."""
        if root is None:
            return
        self.part = f"word/{kind}.xml"
        self.enter_part(root)
        by_id = {note.get(W + "id"): note for note in root}
        for number in self.noted[kind]:
            if (note := by_id.pop(number, None)) is not None:
                self.blocks(note, Origin.NOTE, 0)
        self.boxes()


def _tag(node: Node) -> str:
    """The tag of a content control, "" for everything else."""
    said = node.find(f"{W}sdtPr/{W}tag") if node.tag == W + "sdt" else None
    return "" if said is None else said.get(W + "val") or ""


def _guard(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise Unreadable("文件的结构嵌套过深，为安全起见没有读取，请用 Word 或 WPS 打开后另存为 .docx 再试。")


def _chosen(node: Node) -> list[Node]:
    """The first choice of an alternative, or its fallback; never both, or its text would appear twice."""
    choices = node.findall(_MC + "Choice") or node.findall(_MC + "Fallback")
    return choices[:1]


def _boxes(node: Node) -> Iterator[Node]:
    """The outermost text boxes inside a drawing."""
    if node.tag == W + "txbxContent":
        yield node
    elif node.tag == _MC + "AlternateContent":
        for chosen in _chosen(node):
            for child in chosen:
                yield from _boxes(child)
    else:
        for child in node:
            yield from _boxes(child)


def _rows(node: Node, depth: int) -> Iterator[Node]:
    _guard(depth)
    for child in node:
        if child.tag == W + "tr" and child.find(f"{W}trPr/{W}del") is None:
            yield child
        elif child.tag in _THROUGH:
            yield from _rows(child, depth + 1)


def _cells(node: Node, depth: int) -> Iterator[Node]:
    _guard(depth)
    for child in node:
        if child.tag == W + "tc":
            yield child
        elif child.tag in _THROUGH:
            yield from _cells(child, depth + 1)


def _continues(properties: Node | None) -> bool:
    merge = None if properties is None else properties.find(W + "vMerge")
    return merge is not None and merge.get(W + "val") != "restart"


def _columns(properties: Node | None) -> int:
    span = None if properties is None else properties.find(W + "gridSpan")
    text = "" if span is None else span.get(W + "val") or ""
    return max(1, min(int(text), 64)) if text.isdecimal() else 1
