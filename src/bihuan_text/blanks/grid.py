"""A table of a .docx as people see it: columns, cells over several columns (gridSpan) and rows (vMerge)."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from bihuan_text.readers.limits import MAX_DEPTH
from bihuan_text.readers.sniff import damaged
from bihuan_text.readers.xml import W

from .letters import THROUGH, is_open_control, letters_of, open_around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bihuan_text.readers.xml import Node

_SERIAL = re.compile("[0-9]{0,3}[.、．]?|…+|\\.{3,}")
_FAR = 100  # rows: words further up head no cell, and a table of thousands of empty rows must not take minutes
_ORDER = ("cnfStyle", "tcW", "gridSpan", "hMerge")  # what stands before vMerge in a cell's properties


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the columns it covers, and whether it begins ("restart") or goes on ("continue") a merge downwards."""

    node: Node
    column: int
    width: int
    merge: str
    text: str  # its words in one line, as it was found
    is_empty: bool  # nothing stood in it: no word, no picture, no table, no control that asks for something

    @property
    def covers(self) -> range:
        """The columns."""
        return range(self.column, self.column + self.width)

    def paragraph(self) -> Node | None:
        """The paragraph that a person would type into."""
        return next(iter(self.node.iter(W + "p")), None)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    node: Node
    cells: tuple[Cell, ...]

    @property
    def shape(self) -> tuple[tuple[int, int], ...]:
        """What two rows have in common that look alike."""
        return tuple((cell.column, cell.width) for cell in self.cells)

    @property
    def is_bare(self) -> bool:
        """Whether nothing is said in it but a serial number: a row that waits to be written."""
        empty = [cell for cell in self.cells if cell.is_empty and cell.merge != "continue"]
        said = [cell for cell in self.cells if not cell.is_empty]
        return bool(empty) and all(cell is self.cells[0] and _SERIAL.fullmatch(cell.text) for cell in said)

    @property
    def is_repeatable(self) -> bool:
        """A bare row, or one whose only words begin a merge downwards, as a title at the left of a list does."""
        empty = [cell for cell in self.cells if cell.is_empty and cell.merge != "continue"]
        said = [cell for cell in self.cells if not cell.is_empty]
        return bool(empty) and all(
            cell.merge == "restart" or (cell is self.cells[0] and bool(_SERIAL.fullmatch(cell.text))) for cell in said
        )


def table_grid(table: Node) -> Grid:
    """The rows of a table of a .docx, through content controls around rows and cells."""
    return Grid([_row(node) for node in _inside(table, W + "tr", 0)])


class Grid:
    """Rows under one another, and what the words in them say about their empty cells."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def words_left(self, at: int, cell: Cell) -> str:
        """The nearest words to the left of a cell in its row."""
        for other in reversed(self.rows[at].cells[: self.rows[at].cells.index(cell)]):
            words = self._words(at, other)
            if words and not _SERIAL.fullmatch(words):
                return words
        return ""

    def words_above(self, at: int, cell: Cell) -> str:
        """The nearest words above a cell, passing over empty cells and serial numbers."""
        for row in reversed(range(max(0, at - _FAR), at)):
            other = self.at(row, cell.column)
            words = self._words(row, other) if other else ""
            if words and not _SERIAL.fullmatch(words):
                return words
        return ""

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a column in a row."""
        return next((cell for cell in self.rows[row].cells if column in cell.covers), None)

    def _words(self, row: int, cell: Cell) -> str:
        """A cell's words; those of the cell it goes on from, where it is merged downwards."""
        while cell.merge == "continue" and row:
            row -= 1
            above = self.at(row, cell.column)
            if above is None:
                return ""
            cell = above
        return cell.text

    def repeats(self, at: int) -> list[Row]:
        """The rows that wait to be written, from this one on: itself and the bare ones of its shape below."""
        model = self.rows[at]
        found = [model]
        if model.is_repeatable:
            for row in self.rows[at + 1 :]:
                if row.shape != model.shape or not row.is_bare:
                    break
                found.append(row)
        return found


def cells_of(row: Node) -> tuple[Cell, ...]:
    """The cells of a row element."""
    return _row(row).cells


def _row(node: Node) -> Row:
    cells: list[Cell] = []
    column = _number(node.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in _inside(node, W + "tc", 0):
        properties = cell.find(W + "tcPr")
        width = 1 if properties is None else max(_number(properties.find(W + "gridSpan"), 1), 1)
        merge = None if properties is None else properties.find(W + "vMerge")
        word = "" if merge is None else merge.get(W + "val") or "continue"
        words = "" if open_around(cell) is not None else _words_of(cell)
        cells.append(Cell(cell, column, width, word, words, not words and not _holds_more(cell)))
        column += width
    return Row(node, tuple(cells))


def _words_of(cell: Node) -> str:
    own = (p for p in cell.iter(W + "p") if next(p.iterancestors(W + "tc")) is cell)  # a table inside speaks for itself
    lines = ("".join(letter.char for letter in letters_of(p)).strip() for p in own)
    return " ".join(line for line in lines if line)


def _holds_more(cell: Node) -> bool:
    return (
        open_around(cell) is not None
        or cell.find(W + "tbl") is not None
        or any(is_open_control(each) for each in cell.iter(W + "sdt"))
    )


def _inside(node: Node, tag: str, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        raise damaged()
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in THROUGH:
            yield from _inside(child, tag, depth + 1)


def _number(node: Node | None, default: int) -> int:
    said = None if node is None else node.get(W + "val")
    return int(said) if said and said.isdecimal() and len(said) < 5 else default


def more_rows(last: Row, count: int) -> list[Node]:
    """``count`` copies of a row, standing below it. Words in it become one merged cell; serial numbers go on."""
    made: list[Node] = []
    parent = last.node.getparent()
    if parent is None:
        return made
    place = parent.index(last.node)
    for number in range(1, count + 1):
        copied = deepcopy(last.node)
        _unmark(copied)
        for old, new in zip(last.cells, _row(copied).cells, strict=True):
            _go_on(old, new, number)
        parent.insert(place + number, copied)
        made.append(copied)
    for cell in last.cells:
        if not cell.is_empty and not _SERIAL.fullmatch(cell.text) and not cell.merge:
            _merge(cell.node, "restart")
    return made


def _go_on(old: Cell, new: Cell, number: int) -> None:
    if old.is_empty and old.merge != "restart":
        return
    if _SERIAL.fullmatch(old.text) and not old.merge:
        digits = re.search("[0-9]+", old.text)
        _say(new.node, old.text.replace(digits.group(), str(int(digits.group()) + number)) if digits else "")
        return
    _say(new.node, "")
    _merge(new.node, "continue")


def _say(cell: Node, words: str) -> None:
    """Keep the look of a cell's first letter and change its words."""
    letters = [letter for paragraph in cell.iter(W + "p") for letter in letters_of(paragraph)]
    for node in dict.fromkeys(letter.node for letter in letters if letter.node.tag == W + "t"):
        node.text, words = words, ""


def _merge(cell: Node, word: str) -> None:
    properties = cell.find(W + "tcPr")
    if properties is None:
        properties = etree.Element(W + "tcPr")
        cell.insert(0, properties)
    merge = properties.find(W + "vMerge")
    if merge is None:
        merge = etree.Element(W + "vMerge")
        place = sum(1 for child in properties if child.tag in {W + name for name in _ORDER})
        properties.insert(place, merge)
    merge.set(W + "val", word)


def _unmark(row: Node) -> None:
    """Take out of a copied row what may stand in a file only once: bookmarks, keys of controls and paragraphs."""
    for node in [*row.iter(W + "bookmarkStart"), *row.iter(W + "bookmarkEnd"), *row.iter(W + "dataBinding")]:
        if (parent := node.getparent()) is not None:
            parent.remove(node)
    for node in list(row.iter(W + "id")):
        if (parent := node.getparent()) is not None and parent.tag == W + "sdtPr":
            parent.remove(node)
    for node in row.iter():
        for name in [each for each in node.attrib if str(each).endswith(("}paraId", "}textId"))]:
            del node.attrib[name]
