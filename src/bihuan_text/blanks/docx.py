"""The blanks of a .docx: marks in sentences, empty cells, controls and form fields that still ask.

The body is walked first, then what stands aside of it: headers and footers. A text box is kept twice in a file, for new
and for old programs, and a header may be kept three times, for first, left and right pages: what reads the same there
has one address, and is filled in every place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bihuan_text.readers.limits import MAX_DEPTH
from bihuan_text.readers.sniff import damaged
from bihuan_text.readers.xml import W

from .archive import Archive
from .boxes import BOX, boxes_in
from .fields import FormField, open_fields
from .grid import Cell, Grid, Row, cells_of, more_rows, table_grid
from .letters import THROUGH, is_open_control, letters_of, open_around, put, run_saying, underlined
from .marks import Mark, after, before, key_of, marks_in
from .model import Addresses, Blank, Line, Said, Template
from .writing import Writer, is_fillable, placeholder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bihuan_text.readers.xml import Node

    from .model import Rows

_ASIDE = {"header": "页眉", "footer": "页脚"}
_BOX = "文本框"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one blank is: in which part, and there marks of a paragraph, a cell, a control, or a form field."""

    blank: Blank
    part: str
    paragraph: Node | None = None
    mark: Mark | None = None
    cell: Cell | None = None
    control: Node | None = None
    field: FormField | None = None


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A line of a table: its rows, and which cell of a row each of its addresses is."""

    line: Line
    part: str
    rows: list[Row]
    places: dict[str, int]


@dataclass(slots=True)
class _Survey:
    """Walks the parts in their order and notes every blank."""

    addresses: Addresses = field(default_factory=Addresses)
    places: list[_Place] = field(default_factory=list[_Place])
    lines: list[_Repeated] = field(default_factory=list[_Repeated])
    title: str = ""  # the last words before a table
    part: str = ""
    where: str = ""  # 页眉, 页脚, 文本框; "" in the body

    def aside(self, root: Node, part: str, kind: str) -> None:
        """A header or a footer: numbered anew, so that the same words in another one are the same blank."""
        self.addresses, self.part, self.where, self.title = Addresses(), part, _ASIDE[kind], ""
        self.blocks(root, 0)

    def blocks(self, parent: Node, depth: int, row: str = "", column: str = "", table: str = "") -> None:
        """Paragraphs, tables and controls of a body or of a cell whose neighbours say ``row`` and ``column``."""
        if depth > MAX_DEPTH:
            raise damaged()
        for child in parent:
            if is_open_control(child):
                self.control(child, row, column, table)
            elif child.tag == W + "p":
                self.paragraph(child, depth, row, column, table)
            elif child.tag == W + "tbl":
                self.table(child, depth + 1)
            elif child.tag in THROUGH:
                self.blocks(child, depth + 1, row, column, table)

    def paragraph(self, node: Node, depth: int, row: str, column: str, table: str) -> None:
        """The marks of a paragraph, the fields and open controls in it, and the boxes that hang on it."""
        letters = letters_of(node)
        text = "".join(letter.char for letter in letters)
        asked = open_fields(node)
        marks = [mark for mark in marks_in(text, underlined(letters)) if not _is_in_field(mark, asked)]
        fields = {
            Mark(each.at, each.at + each.length, "field", each.at): each
            for each in asked
            if not any(mark.start <= each.at < mark.end for mark in marks)
        }
        for mark in sorted([*marks, *fields], key=lambda each: each.start):
            self._mark(node, text, mark, (row, column, table), fields.get(mark))
        for control in node.iter(W + "sdt"):
            if is_open_control(control) and next(control.iterancestors(W + "p"), None) is node:
                self.control(control, row or text[:24], column, table)
        if text.strip() and not table:
            self.title = text.strip()[:40]
        self._boxes(node, depth, row, column)

    def _address(self, kind: str, *around: str) -> str:
        return self.addresses.of(kind, *around, *((self.where,) if self.where else ()))

    def _mark(self, node: Node, text: str, mark: Mark, beside: tuple[str, str, str], held: FormField | None) -> None:
        row, column, table = beside
        name = (held.name,) if held else ()
        address = self._address(mark.kind, *name, row, column, *key_of(text, mark))
        around = before(text, mark), text[mark.start : mark.end], after(text, mark)
        blank = Blank(address, mark.kind, *around, row, column, table or self.where)
        self.places.append(_Place(blank, self.part, paragraph=node, mark=mark, field=held))

    def _boxes(self, node: Node, depth: int, row: str, column: str) -> None:
        """The boxes of a paragraph. Of two ways to draw one box both have the same addresses."""
        where, title = self.where, self.title
        self.where = where if where.endswith(_BOX) else where + _BOX
        for each in boxes_in(node):
            if each.tag == BOX:
                self.blocks(each, depth + 1, row, column)
                continue
            seen, most = self.addresses.seen.copy(), Counter[str]()
            for way in each:
                self.addresses.seen = seen.copy()
                self._boxes(way, depth + 1, row, column)
                most |= self.addresses.seen
            self.addresses.seen = most | seen
        self.where, self.title = where, title

    def control(self, node: Node, row: str, column: str, table: str) -> None:
        """A content control that still shows its placeholder."""
        if is_fillable(node):
            name, asks = placeholder(node)
            address = self._address("control", name or asks)
            blank = Blank(address, "control", name, asks, "", row, column, table or self.where)
            self.places.append(_Place(blank, self.part, control=node))

    def table(self, node: Node, depth: int) -> None:
        """The empty cells of a table, and the marks in the others."""
        grid, name, skipped = table_grid(node), self.title, 0
        for at in range(len(grid.rows)):
            if skipped:
                skipped -= 1
                continue
            rows = grid.repeats(at)
            skipped = len(rows) - 1
            self.row(grid, at, rows, name or self.where or "表格", depth)

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
            address = self._address("cell", left, above)
            key = key or f"line-{address.removeprefix('cell-')}"
            blank = Blank(address, "cell", row=left, column=above, table=table, line=key)
            found[address] = (place, blank)
            self.places.append(_Place(blank, self.part, cell=cell))
        if found:
            line = Line(key, tuple(found), len(rows))
            self.lines.append(_Repeated(line, self.part, rows, {a: place for a, (place, _) in found.items()}))


def _is_in_field(mark: Mark, asked: Sequence[FormField]) -> bool:
    """Whether a mark stands only in the room of a form field; a date over three fields is one date."""
    over = [each for each in asked if mark.start < each.at + each.length and each.at < mark.end]
    return bool(over) and not (mark.kind == "date" and mark.end - mark.start > sum(each.length for each in over))


class Text:
    """A .docx template that was opened."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        name = self._archive.main("word/document.xml")
        self._parts = {name: self._archive.xml(name)}
        body = self._parts[name].root.find(W + "body")
        if body is None:
            raise damaged()
        self._survey = _Survey(part=name)
        self._survey.blocks(body, 0)
        for kind, path in self._archive.related(name).values():
            if kind in _ASIDE and path not in self._parts and (part := self._archive.maybe(path)) is not None:
                self._parts[path] = part
                self._survey.aside(part.root, path, kind)

    def template(self) -> Template:
        """Its blanks, each once however many places show it."""
        blanks = {place.blank.address: place.blank for place in self._survey.places}
        lines = {each.line.key: each.line for each in self._survey.lines}
        return Template("docx", tuple(blanks.values()), tuple(lines.values()))

    def filled(self, values: Mapping[str, Said], rows: Sequence[Rows]) -> bytes:
        """Its bytes with these answers in; a part in which nothing was said is not written again."""
        writer = Writer(part.root for part in self._parts.values())
        touched: set[str] = set()
        # Marks of one paragraph are filled from its end, so that the places of those before stay true.
        for place in reversed(self._survey.places):
            said = values.get(place.blank.address)
            if said is not None and said.text:
                touched.add(place.part)
                _answer(writer, place, said)
        given = {listed.line: listed for listed in rows}
        for line in self._survey.lines:
            if (listed := given.get(line.line.key)) is not None and listed.items:
                touched.add(line.part)
                _list(writer, line, listed)
        return self._archive.written({name: self._parts[name].bytes() for name in touched})


def _answer(writer: Writer, place: _Place, said: Said) -> None:
    if place.cell is not None:
        writer.cell(place.cell.paragraph(), said)
    elif place.control is not None:
        writer.control(place.control, said)
    elif place.field is not None:
        writer.field(place.field, said)
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
