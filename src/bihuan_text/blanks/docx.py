"""The blanks of a .docx: marks in sentences, empty cells, content controls that still ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bihuan_text.readers.limits import MAX_DEPTH
from bihuan_text.readers.sniff import damaged
from bihuan_text.readers.xml import W

from .archive import Archive
from .grid import Cell, Grid, Row, cells_of, more_rows, table_grid
from .letters import THROUGH, is_open_control, letters_of, open_around, put, run_saying, underlined
from .marks import Mark, after, before, key_of, marks_in
from .model import Addresses, Blank, Line, Said, Template
from .writing import Writer, is_fillable, placeholder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bihuan_text.readers.xml import Node

    from .model import Rows

_BOXED = "文本框里也有空着的地方，那里没有认；请把它移到正文或表格里再传。"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one blank is: marks of a paragraph, a cell, or a control."""

    blank: Blank
    paragraph: Node | None = None
    mark: Mark | None = None
    cell: Cell | None = None
    control: Node | None = None


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A line of a table: its rows, and which cell of a row each of its addresses is."""

    line: Line
    rows: list[Row]
    places: dict[str, int]


@dataclass(slots=True)
class _Survey:
    """Walks the body in its order and notes every blank."""

    addresses: Addresses = field(default_factory=Addresses)
    places: list[_Place] = field(default_factory=list[_Place])
    lines: list[_Repeated] = field(default_factory=list[_Repeated])
    title: str = ""  # the last words before a table

    def blocks(self, parent: Node, depth: int, row: str = "", column: str = "", table: str = "") -> None:
        """Paragraphs, tables and controls of a body or of a cell whose neighbours say ``row`` and ``column``."""
        if depth > MAX_DEPTH:
            raise damaged()
        for child in parent:
            if is_open_control(child):
                self.control(child, row, column, table)
            elif child.tag == W + "p":
                self.paragraph(child, row, column, table)
            elif child.tag == W + "tbl":
                self.table(child, depth + 1)
            elif child.tag in THROUGH:
                self.blocks(child, depth + 1, row, column, table)

    def paragraph(self, node: Node, row: str, column: str, table: str) -> None:
        """The marks of a paragraph, and the open controls in it."""
        letters = letters_of(node)
        text = "".join(letter.char for letter in letters)
        for mark in marks_in(text, underlined(letters)):
            address = self.addresses.of(mark.kind, row, column, *key_of(text, mark))
            around = before(text, mark), text[mark.start : mark.end], after(text, mark)
            blank = Blank(address, mark.kind, *around, row, column, table)
            self.places.append(_Place(blank, paragraph=node, mark=mark))
        for control in node.iter(W + "sdt"):
            if is_open_control(control):
                self.control(control, row or text[:24], column, table)
        if text.strip() and not table:
            self.title = text.strip()[:40]

    def control(self, node: Node, row: str, column: str, table: str) -> None:
        """A content control that still shows its placeholder."""
        if is_fillable(node):
            name, asks = placeholder(node)
            blank = Blank(self.addresses.of("control", name or asks), "control", name, asks, "", row, column, table)
            self.places.append(_Place(blank, control=node))

    def table(self, node: Node, depth: int) -> None:
        """The empty cells of a table, and the marks in the others."""
        grid, name, skipped = table_grid(node), self.title, 0
        for at in range(len(grid.rows)):
            if skipped:
                skipped -= 1
                continue
            rows = grid.repeats(at)
            skipped = len(rows) - 1
            self.row(grid, at, rows, name or "表格", depth)

    def row(self, grid: Grid, at: int, rows: list[Row], table: str, depth: int) -> None:
        """One row: its empty cells make a line that can be repeated."""
        found: dict[str, tuple[int, Blank]] = {}
        key = ""
        for place, cell in enumerate(grid.rows[at].cells):
            if cell.merge == "continue":
                continue
            left, above = grid.words_left(at, cell)[:24], grid.words_above(at, cell)[:24]
            if (control := open_around(cell.node)) is not None:
                self.control(control, left, above, table)
            elif not cell.is_empty:
                self.blocks(cell.node, depth + 1, left, above, table)
            if not cell.is_empty:
                continue
            address = self.addresses.of("cell", left, above)
            key = key or f"line-{address.removeprefix('cell-')}"
            blank = Blank(address, "cell", row=left, column=above, table=table, line=key)
            found[address] = (place, blank)
            self.places.append(_Place(blank, cell=cell))
        if found:
            line = Line(key, tuple(found), len(rows))
            self.lines.append(_Repeated(line, rows, {a: place for a, (place, _) in found.items()}))


class Text:
    """A .docx template that was opened."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        self._name = self._archive.main("word/document.xml")
        self._part = self._archive.xml(self._name)
        body = self._part.root.find(W + "body")
        if body is None:
            raise damaged()
        self._survey = _Survey()
        self._survey.blocks(body, 0)

    def template(self) -> Template:
        """Its blanks."""
        blanks = tuple(place.blank for place in self._survey.places)
        remarks = (_BOXED,) if self._has_boxed_marks() else ()
        return Template("docx", blanks, tuple(each.line for each in self._survey.lines), remarks)

    def _has_boxed_marks(self) -> bool:
        boxes = self._part.root.iter(W + "txbxContent")
        texts = ("".join(letter.char for letter in letters_of(p)) for box in boxes for p in box.iter(W + "p"))
        return any(marks_in(text) for text in texts)

    def filled(self, values: Mapping[str, Said], rows: Sequence[Rows]) -> bytes:
        """Its bytes with these answers in."""
        writer = Writer(self._part.root)
        # Marks of one paragraph are filled from its end, so that the places of those before stay true.
        for place in reversed(self._survey.places):
            said = values.get(place.blank.address)
            if said is not None and said.text:
                _answer(writer, place, said)
        lines = {each.line.key: each for each in self._survey.lines}
        for listed in rows:
            if (line := lines.get(listed.line)) is not None:
                _list(writer, line, listed)
        return self._archive.written({self._name: self._part.bytes()})


def _answer(writer: Writer, place: _Place, said: Said) -> None:
    if place.cell is not None:
        writer.cell(place.cell.paragraph(), said)
    elif place.control is not None:
        writer.control(place.control, said)
    elif place.paragraph is not None and place.mark is not None:
        letters, mark = letters_of(place.paragraph), place.mark
        inside = letters[min(mark.start, len(letters) - 1)].node
        put(
            letters,
            mark.start,
            mark.end,
            mark.look,
            lambda look: writer.worded(run_saying(said.text, look), said, inside),
        )


def _list(writer: Writer, line: _Repeated, listed: Rows) -> None:
    """Write the items into the empty rows; where they do not suffice, below copies of the last one."""
    grids = [row.cells for row in line.rows]
    missing = len(listed.items) - len(grids)
    if missing > 0:
        grids += [cells_of(node) for node in more_rows(line.rows[-1], missing)]
    for cells, item in zip(grids, listed.items, strict=False):
        for address, said in item.items():
            place = line.places.get(address)
            if place is not None and said.text:
                writer.cell(cells[place].paragraph(), said)
