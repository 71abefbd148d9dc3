"""The walk over the body of a Word paper: blocks, paragraphs, runs, tables, then what stands outside the line."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bihuan_text.document import Builder, Cell, Origin, Table
from bihuan_text.place import Span

from . import names
from .beside import CHARTED, CHARTS, POURED, RELIDS, Beside
from .equations import EQUATIONS, equation
from .fields import Field, held
from .hidden import Hidden
from .limits import MAX_DEPTH, MAX_PARAGRAPHS, too_deep, too_many_paragraphs
from .names import MC, THROUGH
from .numbering import Numbering
from .xml import W

if TYPE_CHECKING:
    from .xml import Node

_RUN_INDEX = "bihuan-run"


@dataclass(slots=True)
class Walk:
    """Writes into ``builder``; ``noted`` gathers the ids of notes by the kind of their part."""

    numbering: Numbering
    hidden: Hidden
    part: str
    remarks: list[str] = field(default_factory=list[str])
    builder: Builder = field(default_factory=Builder)
    noted: dict[str, list[str]] = field(default_factory=lambda: {"footnotes": [], "endnotes": []})
    waiting: deque[Node] = field(default_factory=deque["Node"])
    # Each open complex field, the innermost last.
    fields: list[Field] = field(default_factory=list[Field])
    # Paragraphs whose end was deleted or is hidden: they go on in the next one.
    joined: list[Node] = field(default_factory=list["Node"])
    styled_hidden: bool = False
    # A page or column break inside a paragraph: a line end, if text follows in the same paragraph.
    broken: bool = False
    # What must stand before the next paragraph: nothing at the start and after a tab, else a line end.
    gap: str = ""
    beside: Beside | None = None

    def enter_part(self, root: Node) -> None:
        """Write each run's place in its part onto the run itself, so that walking out of order keeps it."""
        for index, run in enumerate(root.iter(W + "r")):
            run.set(_RUN_INDEX, str(index))

    # --- blocks -------------------------------------------------------------------------------------------------------

    def blocks(self, parent: Node, origin: Origin, depth: int) -> None:
        """Paragraphs and tables of a body, cell, box or note, through content controls and tracked moves."""
        self.some_blocks(parent, origin, depth)
        self.end_joined(origin, depth)

    def some_blocks(self, parent: Node, origin: Origin, depth: int) -> None:
        """The same, where the last paragraph may go on behind ``parent``."""
        _guard(depth)
        for child in parent:
            if child.tag == W + "p":
                self.paragraph(child, origin, depth + 1)
            elif child.tag == W + "tbl":
                self.end_joined(origin, depth)
                self.table(child, origin, depth + 1)
            elif child.tag in THROUGH:
                start = self.builder.at + len(self.gap)
                self.some_blocks(child, origin, depth + 1)
                self.builder.control(names.tag_of(child), start)
            elif child.tag == W + "bookmarkStart":
                self.builder.bookmark(child.get(W + "name") or "")
            elif child.tag == MC + "AlternateContent":
                for chosen in names.chosen(child):
                    self.some_blocks(chosen, origin, depth + 1)
            elif child.tag == W + "altChunk":
                self.end_joined(origin, depth)
                self.pour(child, origin)

    def paragraph(self, node: Node, origin: Origin, depth: int) -> None:
        """One paragraph, or the last of several that tracked changes or hidden line ends made one."""
        mark = node.find(f"{W}pPr/{W}rPr")
        if mark is not None and (names.is_gone(mark) or names.is_on(mark.find(W + "vanish"))):
            self.joined.append(node)
            return
        group, self.joined = [*self.joined, node], []
        if len(self.builder.paragraphs) > MAX_PARAGRAPHS:  # before more are made that nobody will read
            raise too_many_paragraphs()
        self.flush()
        self.builder.literal(self.number(group, node), Origin.NUMBER, part=self.part)
        for each in group:
            self.line(each, origin, depth)
        self.builder.close_paragraph()
        self.gap = "\n"

    def number(self, group: list[Node], last: Node | None) -> str:
        """The number before paragraphs that are one; those whose end is hidden count on in their lists unseen.

        Word itself hides empty paragraphs so (编号 → 前进值) where a list is to pass over a number.
        """
        head = next((each for each in group if names.runs_in(each)), last)
        number = ""
        for each in group:
            if each is head:
                number = self.numbering.label(each)
            elif names.is_unseen(each):
                self.numbering.label(each)
        return number

    def line(self, node: Node, origin: Origin, depth: int) -> None:
        """What a paragraph's own children say."""
        self.styled_hidden = self.hidden.paragraph(node)
        self.inlines(node, origin, depth)
        self.styled_hidden = self.broken = False
        self.fields.clear()

    def end_joined(self, origin: Origin, depth: int) -> None:
        """Paragraphs that wait for a next one that does not come: a paragraph, if anything of them is left."""
        group, self.joined = self.joined, []
        if not group:
            return
        self.number(group, None)
        for node in group:
            self.line(node, origin, depth)
        if self.builder.at > self.builder.opened:
            self.builder.close_paragraph()
            self.gap = "\n"

    def pour(self, node: Node, origin: Origin) -> None:
        """Another file that Word shows in this place."""
        poured = None if self.beside is None else self.beside.chunk(node, self.part)
        for remark in (POURED,) if poured is None else poured.remarks:
            self.remark(remark)
        if poured is not None and poured.text:
            self.flush()
            self.builder.pour(poured, origin)
            self.gap = "\n"

    def remark(self, said: str) -> None:
        """A sentence about doubtful reading, once."""
        if said and said not in self.remarks:
            self.remarks.append(said)

    def flush(self) -> None:
        """Write the line end that is due."""
        if self.gap:
            self.builder.separator(self.gap)
        self.gap = ""

    # --- inside a paragraph -------------------------------------------------------------------------------------------

    def inlines(self, parent: Node, origin: Origin, depth: int) -> None:
        """Runs, through links, fields, insertions and content controls."""
        _guard(depth)
        for child in parent:
            if child.tag == W + "r":
                self.run(child, origin, depth + 1)
            elif child.tag in THROUGH:
                start = self.builder.at + len(self.gap)
                self.inlines(child, origin, depth + 1)
                self.builder.control(names.tag_of(child), start)
            elif child.tag == W + "bookmarkStart":
                self.builder.bookmark(child.get(W + "name") or "")
            elif child.tag in EQUATIONS:
                self.say(equation(child), origin, None, 0)
            elif child.tag == MC + "AlternateContent":
                for chosen in names.chosen(child):
                    self.inlines(chosen, origin, depth + 1)

    def say(self, text: str, origin: Origin, run: int | None, offset: int) -> None:
        """Text of a run, after the line end that a break before it made."""
        if text:
            self.flush()
        if text and self.broken:
            self.builder.literal("\n", origin, part=self.part)
            self.broken = False
        self.builder.literal(text, origin, run, offset, self.part)

    def run(self, node: Node, origin: Origin, depth: int) -> None:
        """The characters of one run; hidden text is not on paper and stays out."""
        if self.hidden.run(node.find(W + "rPr"), styled=self.styled_hidden):
            return
        index, offset = int(node.get(_RUN_INDEX) or 0), 0
        for child in node:
            if child.tag == W + "fldChar":
                self._field(child, origin)
                continue
            if child.tag == W + "instrText" and self.fields:
                self.fields[-1].instruction.append(child.text or "")
            said = self._said(child, origin, depth)
            if said and all(each.in_result for each in self.fields):
                self.say(said, origin, index, offset)
            offset += len(said)

    def _field(self, mark: Node, origin: Origin) -> None:
        """The mark that begins a field, or parts its instruction from its result, or ends it."""
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self.fields.append(Field(held(mark), self.builder.at))
        elif self.fields and kind == "separate":
            self.fields[-1].in_result = True
        elif self.fields and kind == "end":
            ended = self.fields.pop()
            if self.builder.at == ended.at and all(each.in_result for each in self.fields):
                self.say(ended.drawn(), origin, None, 0)

    def _said(self, child: Node, origin: Origin, depth: int) -> str:
        """What one child of a run puts on paper in this place; notes and boxes are only remembered here."""
        tag = child.tag
        if tag == W + "t":
            return names.written(child)
        if tag in names.MARKS:
            return names.MARKS[tag]
        if tag == W + "br":
            return self._break(child)
        if tag == W + "sym":
            return names.sign(child)
        if tag == MC + "AlternateContent":
            branch = names.spoken(child)
            return "".join(self._said(each, origin, depth + 1) for each in branch) if branch is not None else ""
        self._set_aside(child, origin, depth)
        return ""

    def _break(self, child: Node) -> str:
        if child.get(W + "type") not in ("page", "column"):
            return "\n"
        self.broken = self.builder.at > self.builder.opened
        return ""

    def _set_aside(self, child: Node, origin: Origin, depth: int) -> None:
        if child.tag in (W + "footnoteReference", W + "endnoteReference"):
            kind = "footnotes" if child.tag == W + "footnoteReference" else "endnotes"
            self.noted[kind].append(child.get(W + "id") or "")
        elif child.tag == W + "ruby":
            for base in child.iterfind(W + "rubyBase"):
                self.inlines(base, origin, depth + 1)
        elif child.tag in names.DRAWINGS:
            self.waiting.extend(names.boxes(child))

    # --- tables -------------------------------------------------------------------------------------------------------

    def table(self, node: Node, origin: Origin, depth: int) -> None:
        """Rows by \\n, cells by \\t; the grid is kept beside the text."""
        inside = origin if origin in (Origin.NOTE, Origin.BOX) else Origin.CELL
        rows = [self.row(row, inside, depth + 1) for row in _rows(node, depth)]
        self.builder.tables.append(Table(tuple(r for r in rows if r)))

    def row(self, node: Node, origin: Origin, depth: int) -> tuple[Cell, ...]:
        """The cells of one row."""
        cells: list[Cell] = []
        column = names.columns(node.find(W + "trPr"), "gridBefore", 0)
        self.flush()
        for number, cell in enumerate(_cells(node, depth)):
            properties = cell.find(W + "tcPr")
            if number:
                self.builder.separator("\t")
            self.gap, at = "", self.builder.at
            self.blocks(cell, origin, depth + 1)
            cells.append(Cell(Span(at, self.builder.at), column, names.continues(properties)))
            column += names.columns(properties, "gridSpan", 1)
        self.gap = "\n"
        return tuple(cells)

    # --- outside the line ---------------------------------------------------------------------------------------------

    def boxes(self) -> None:
        """The text boxes met so far, and those inside them."""
        while self.waiting:
            box = self.waiting.popleft()
            if box.tag == names.VML + "textpath":
                self.drawn([(box.get("string") or "").strip()])
            elif box.tag in RELIDS:
                lines, remark = ([], "") if self.beside is None else self.beside.drawn(box, self.part)
                self.drawn(lines)
                self.remark(remark)
            elif box.tag in CHARTS:
                self.remark(CHARTED)
            else:
                self.blocks(box, Origin.BOX, 0)

    def drawn(self, lines: Iterable[str]) -> None:
        """Words that a drawing says, a paragraph a line."""
        for said in filter(None, lines):
            self.flush()
            self.builder.literal(said, Origin.BOX, part=self.part)
            self.builder.close_paragraph()
            self.gap = "\n"

    def notes(self, kind: str, root: Node | None, part: str) -> None:
        """The notes that the text refers to, in the order of their marks."""
        if root is None:
            return
        self.part = part
        self.enter_part(root)
        by_id = {note.get(W + "id"): note for note in root}
        for number in self.noted[kind]:
            if (note := by_id.pop(number, None)) is not None:
                self.blocks(note, Origin.NOTE, 0)
        self.boxes()


def _guard(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise too_deep()


def _rows(node: Node, depth: int) -> Iterator[Node]:
    _guard(depth)
    for child in node:
        if child.tag == W + "tr" and child.find(f"{W}trPr/{W}del") is None:
            yield child
        elif child.tag in THROUGH:
            yield from _rows(child, depth + 1)


def _cells(node: Node, depth: int) -> Iterator[Node]:
    _guard(depth)
    for child in node:
        if child.tag == W + "tc" and not names.is_deleted_cell(child):
            yield child
        elif child.tag in THROUGH:
            yield from _cells(child, depth + 1)
