"""The blanks of an .xlsx: empty cells inside borders or behind a colon, and marks in the words of cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from bihuan_text.readers.sniff import damaged
from bihuan_text.refusal import Unreadable

from .archive import Archive, Part
from .cells import COLUMNS, Strings, area_of, drop, is_void, name_of, ns, place_of, underlined_in, write, write_marks
from .grid import Cell, Grid, Row
from .marks import Mark, after, before, key_of, marks_in
from .model import Addresses, Blank, Line, Said, Template
from .shifting import cannot_grow, follow_chain, follow_drawing, insert_rows, shifted_formula

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bihuan_text.readers.xml import Node

    from .model import Rows

MOST_ROWS = 3000
_TOO_LONG = f"“%s”里第{MOST_ROWS}行以后的格子没有认。"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a blank is: a cell of a sheet, or a mark in its words."""

    blank: Blank
    sheet: Sheet
    cell: Node
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A line: the numbers of its rows, and the column of each of its addresses."""

    line: Line
    sheet: Sheet
    rows: list[int]
    columns: dict[str, int]


@dataclass(slots=True)
class Sheet:
    """One worksheet: its tree and its cells by (row, column)."""

    name: str
    path: str
    part: Part
    number: str  # its key in the workbook
    cells: dict[tuple[int, int], Node] = field(default_factory=dict[tuple[int, int], "Node"])
    merges: dict[tuple[int, int], tuple[int, int, int, int]] = field(
        default_factory=dict[tuple[int, int], "tuple[int, int, int, int]"]
    )
    cut: bool = False

    def __post_init__(self) -> None:
        self.index()

    def has_formula(self) -> bool:
        """Whether anything on it is worked out from other cells."""
        return next(self.part.root.iter(ns(self.part.root) + "f"), None) is not None

    def index(self) -> None:
        """Look up every cell; where a writer left out the numbers, they follow one another and are written in."""
        root = self.part.root
        self.cells.clear()
        number = 0
        for row in root.iter(ns(root) + "row"):
            number = int(row.get("r") or number + 1)
            row.set("r", str(number))
            column = 0
            for cell in row.findall(ns(root) + "c"):
                column = place_of(cell.get("r") or "")[1] or column + 1
                cell.set("r", name_of(number, column))
                self.cells[number, column] = cell
        self.cut = number > MOST_ROWS
        self._index_merges()

    def _index_merges(self) -> None:
        self.merges.clear()
        for node in self.part.root.iter(ns(self.part.root) + "mergeCell"):
            top, left, bottom, right = area = area_of(node.get("ref") or "")
            if top and bottom - top < MOST_ROWS and right - left < COLUMNS // 16:
                for row in range(top, bottom + 1):
                    self.merges.update({(row, column): area for column in range(left, right + 1)})

    def cell(self, row: int, column: int) -> Node:
        """The cell of that place; made where there is none."""
        found = self.cells.get((row, column))
        if found is None:
            found = etree.Element(ns(self.part.root) + "c", r=name_of(row, column))
            self.cells[row, column] = found
        if found.getparent() is None:
            self._insert(found, row, column)
        return found

    def _insert(self, cell: Node, row: int, column: int) -> None:
        space = ns(self.part.root)
        line = next(each for each in self.part.root.iter(space + "row") if each.get("r") == str(row))
        place = sum(1 for each in line.findall(space + "c") if place_of(each.get("r") or "")[1] < column)
        line.insert(place, cell)


class _Survey:
    """Notes the blanks of the sheets."""

    def __init__(self, strings: Strings, bordered: set[int]) -> None:
        self.strings, self.bordered = strings, bordered
        self.addresses = Addresses()
        self.places: list[_Place] = []
        self.lines: list[_Repeated] = []

    def sheet(self, sheet: Sheet) -> None:
        """The blanks of one sheet, row by row."""
        numbers = [row for row, _ in sheet.cells if row <= MOST_ROWS]
        if not numbers:
            return
        first = min(numbers)
        by_row: dict[int, list[int]] = {row: [] for row in range(first, max(numbers) + 1)}
        for row, column in sheet.cells:
            if row in by_row:
                by_row[row].append(column)
        grid = Grid([self._row(sheet, row, sorted(columns)) for row, columns in by_row.items()])
        skipped = 0
        for at in range(len(grid.rows)):
            if skipped:
                skipped -= 1
                continue
            rows = grid.repeats(at)
            skipped = len(rows) - 1
            self._blanks(sheet, grid, at, first, rows)

    def _row(self, sheet: Sheet, row: int, columns: list[int]) -> Row:
        """A row as it looks: merged cells once, cells without border or words left out, room behind a colon put in."""
        cells: list[Cell] = []
        for column in columns:
            node = sheet.cells[row, column]
            top, left, bottom, right = sheet.merges.get((row, column), (row, column, row, column))
            if column != left:
                continue
            merge = "continue" if row > top else "restart" if bottom > top else ""
            words = " ".join(self.strings.text(node).split()) if merge != "continue" else ""
            empty = is_void(node) or (not words and node.find(ns(node) + "f") is None)
            if words or not empty or self._has_border(node):
                cells.append(Cell(node, left, right - left + 1, merge, words, empty))
            if words.endswith(("：", ":")):
                self._behind_colon(sheet, row, right + 1, cells)
        return Row(sheet.part.root, tuple(cells))

    def _behind_colon(self, sheet: Sheet, row: int, column: int, cells: list[Cell]) -> None:
        area = sheet.merges.get((row, column), (row, column, row, column))
        node = sheet.cells.get((row, column))
        if (area[0], area[1]) != (row, column) or (node is not None and (not is_void(node) or self._has_border(node))):
            return
        if node is None:
            node = etree.Element(ns(sheet.part.root) + "c", r=name_of(row, column))
        cells.append(Cell(node, column, area[3] - area[1] + 1, "", "", True))

    def _has_border(self, node: Node) -> bool:
        style = node.get("s") or "0"
        return style.isdecimal() and int(style) in self.bordered

    def _blanks(self, sheet: Sheet, grid: Grid, at: int, first: int, rows: list[Row]) -> None:
        columns: dict[str, int] = {}
        key = ""
        for cell in grid.rows[at].cells:
            if cell.merge == "continue":
                continue
            left, above = grid.words_left(at, cell)[:24], grid.words_above(at, cell)[:24]
            if not cell.is_empty:
                self._marks(sheet, cell, left, above)
                continue
            address = self.addresses.of("cell", sheet.name, left, above)
            key = key or f"line-{address.removeprefix('cell-')}"
            columns[address] = cell.column
            blank = Blank(address, "cell", row=left, column=above, table=sheet.name, line=key)
            self.places.append(_Place(blank, sheet, cell.node))
        if columns:
            numbers = [first + at + more for more in range(len(rows))]
            self.lines.append(_Repeated(Line(key, tuple(columns), len(rows)), sheet, numbers, columns))

    def _marks(self, sheet: Sheet, cell: Cell, left: str, above: str) -> None:
        item = self.strings.item(cell.node)
        if item is None or cell.node.find(ns(cell.node) + "f") is not None:
            return
        text = self.strings.text(cell.node)
        for mark in marks_in(text, underlined_in(item)):
            address = self.addresses.of(mark.kind, sheet.name, left, above, *key_of(text, mark))
            around = before(text, mark), text[mark.start : mark.end], after(text, mark)
            blank = Blank(address, mark.kind, *around, left, above, sheet.name)
            self.places.append(_Place(blank, sheet, cell.node, mark))


class Sheets:
    """An .xlsx template that was opened."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        self._book_name = self._archive.main("xl/workbook.xml")
        self._book = self._archive.xml(self._book_name)
        related = self._archive.related(self._book_name)
        by_kind = {kind: path for kind, path in related.values()}
        shared = self._archive.maybe(by_kind.get("sharedStrings", "xl/sharedStrings.xml"))
        styles = self._archive.maybe(by_kind.get("styles", "xl/styles.xml"))
        self._others: dict[str, Part] = {}  # parts changed besides the sheets, when rows are put in
        self._chain = by_kind.get("calcChain", "")
        self._strings = Strings(None if shared is None else shared.root)
        self._as_words = set[int]() if styles is None else _text_styles(styles.root)
        bordered = set[int]() if styles is None else _bordered_styles(styles.root)
        self._sheets = [*self._opened(related)]
        self._survey = _Survey(self._strings, bordered)
        for sheet in self._sheets:
            self._survey.sheet(sheet)

    def _opened(self, related: Mapping[str, tuple[str, str]]) -> list[Sheet]:
        found: list[Sheet] = []
        for node in self._book.root.iter(ns(self._book.root) + "sheet"):
            key = next((value for name, value in node.attrib.items() if str(name).endswith("}id")), "")
            kind, path = related.get(str(key), ("", ""))
            if kind == "worksheet":
                try:
                    found.append(
                        Sheet(node.get("name") or "", path, self._archive.xml(path), node.get("sheetId") or "")
                    )
                except ValueError as error:
                    raise damaged() from error
        return found

    def template(self) -> Template:
        """Its blanks."""
        blanks = tuple(place.blank for place in self._survey.places)
        remarks = tuple(_TOO_LONG % sheet.name for sheet in self._sheets if sheet.cut)
        return Template("xlsx", blanks, tuple(each.line for each in self._survey.lines), remarks)

    def filled(self, values: Mapping[str, Said], rows: Sequence[Rows]) -> bytes:
        """Its bytes with these answers in; formulas stay, and are worked out anew when the file is opened."""
        touched = self._fill_values(values)
        # From the bottom of each sheet to its top, so that the numbers of the rows above stay true.
        given = {listed.line: listed for listed in rows}
        grown = False
        for line in sorted(self._survey.lines, key=lambda each: -each.rows[0]):
            if (listed := given.get(line.line.key)) is not None and listed.items:
                touched.add(line.sheet.path)
                grown = self._fill_rows(line, listed) or grown
        if not touched:
            return self._archive.written({})
        self._work_out_anew()
        changed = {s.path: s.part for s in self._sheets if grown or s.path in touched or s.has_formula()}
        parts = {**changed, **self._others, self._book_name: self._book}
        return self._archive.written({path: part.bytes() for path, part in parts.items()})

    def _fill_values(self, values: Mapping[str, Said]) -> set[str]:
        touched: set[str] = set()
        marked: dict[Node, dict[Mark, Said]] = {}
        for place in self._survey.places:
            said = values.get(place.blank.address)
            if said is None or not said.text:
                continue
            touched.add(place.sheet.path)
            if place.mark is not None:
                marked.setdefault(place.cell, {})[place.mark] = said
            else:
                self._write(place.sheet, *place_of(place.cell.get("r") or ""), said)
        for cell, answers in marked.items():
            item = self._strings.item(cell)
            if item is not None:
                write_marks(cell, item, answers)
        return touched

    def _write(self, sheet: Sheet, row: int, column: int, said: Said) -> None:
        cell = sheet.cell(row, column)
        style = cell.get("s") or "0"
        write(cell, said, as_words=style.isdecimal() and int(style) in self._as_words)

    def _fill_rows(self, line: _Repeated, listed: Rows) -> bool:
        """Write a list; true when rows had to be put in for it."""
        missing, last = len(listed.items) - len(line.rows), line.rows[-1]
        rows = list(line.rows)
        if missing > 0:
            self._grow(line.sheet, last, missing)
            rows += range(last + 1, last + missing + 1)
        for row, item in zip(rows, listed.items, strict=False):
            for address, said in item.items():
                if said.text and address in line.columns:
                    self._write(line.sheet, row, line.columns[address], said)
        return missing > 0

    def _grow(self, sheet: Sheet, below: int, count: int) -> None:
        """Put rows in; everything that names a row below follows."""
        if cannot_grow(sheet.part.root):
            reason = (
                f"“{sheet.name}”的清单比表里留的空行多{count}行，表里的公式不能跟着移；请在模板里多留几行空行再传。"
            )
            raise Unreadable(reason)
        insert_rows(sheet.part.root, below, count)
        sheet.index()
        self._follow(sheet.name, below, count)
        if (chain := self._other(self._chain)) is not None:
            follow_chain(chain.root, sheet.number, below, count)
        for kind, path in self._archive.related(sheet.path).values():
            if kind == "drawing" and (drawing := self._other(path)) is not None:
                follow_drawing(drawing.root, below, count)

    def _other(self, path: str) -> Part | None:
        if path and path not in self._others and (part := self._archive.maybe(path)) is not None:
            self._others[path] = part
        return self._others.get(path)

    def _follow(self, name: str, below: int, count: int) -> None:
        """Formulas and named areas of the whole workbook follow the rows that moved."""
        for sheet in self._sheets:
            for formula in sheet.part.root.iter(ns(sheet.part.root) + "f"):
                formula.text = shifted_formula(formula.text or "", sheet.name, name, below, count) or None
        for named in self._book.root.iter(ns(self._book.root) + "definedName"):
            named.text = shifted_formula(named.text or "", "", name, below, count)

    def _work_out_anew(self) -> None:
        """Values that formulas had are dropped, and the workbook says to work them out."""
        for sheet in self._sheets:
            space = ns(sheet.part.root)
            for formula in list(sheet.part.root.iter(space + "f")):
                cell = formula.getparent()
                value = None if cell is None else cell.find(space + "v")
                if cell is not None and value is not None:
                    cell.remove(value)
                    drop(cell, "t")
        root = self._book.root
        calculation = root.find(ns(root) + "calcPr")
        if calculation is None:
            calculation = etree.Element(ns(root) + "calcPr")
            before_it = [root.find(ns(root) + each) for each in ("definedNames", "externalReferences", "sheets")]
            next(each for each in before_it if each is not None).addnext(calculation)
        calculation.set("fullCalcOnLoad", "1")


def _bordered_styles(styles: Node) -> set[int]:
    """The cell styles with a line on any side."""
    space = ns(styles)
    borders = [
        any(side.get("style", "none") != "none" for side in border)
        for border in styles.iterfind(f"{space}borders/{space}border")
    ]
    found: set[int] = set()
    for number, xf in enumerate(styles.iterfind(f"{space}cellXfs/{space}xf")):
        border = xf.get("borderId") or "0"
        if border.isdecimal() and int(border) < len(borders) and borders[int(border)]:
            found.add(number)
    return found


def _text_styles(styles: Node) -> set[int]:
    """The cell styles that show what is typed as text (@)."""
    space = ns(styles)
    return {n for n, xf in enumerate(styles.iterfind(f"{space}cellXfs/{space}xf")) if xf.get("numFmtId") == "49"}
