"""The paragraphs, cells and rows of a .doc, told in the order of the contract: the body, then boxes, then notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING

from bihuan_text.document import Builder, Origin
from bihuan_text.readers.grid import Tables
from bihuan_text.readers.remarks import UNTICKED, broken
from bihuan_text.readers.units import whole

from . import sprms
from .formatting import paragraphs_of, styles_of
from .lists import lists_of
from .pieces import pieces_of
from .printed import printed

if TYPE_CHECKING:
    from bihuan_text.document import Document
    from bihuan_text.readers.counters import Lists

    from .formatting import Runs, Styles
    from .header import Header
    from .pieces import Pieces
    from .printed import Printed

_ENDS = re.compile("[\r\x07\x0c]")
_BREAK, _CELL_END = "\x0c", "\x07"
_BREAKS = re.compile("[\x0c\x0e]+")
# Line ends inside a paragraph, hyphens that do not break; pictures, marks of notes and of remarks say nothing.
_PLAIN = {n: None for n in range(32)} | {0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x1E: "-"}
_OLD_LIST = 2047
_FORM = re.compile("\x13[ ]?FORM(?:CHECKBOX|DROPDOWN)\\b")
_UNTOLD = "文件里有旧式的自动编号，编号没有读出，请对照原件核对。"


def tell(header: Header, name: str) -> Document:
    """The document behind an opened .doc; raises ``Unreadable``."""
    pieces = pieces_of(header)
    styles = styles_of(header)
    paragraphs = paragraphs_of(header)
    text = printed(header, pieces, styles, paragraphs)
    telling = _Telling(header, pieces, styles, text, paragraphs, lists_of(header))
    body, boxes, footnotes, endnotes = header.stories.body_boxes_notes()
    telling.story(*body, Origin.LITERAL)
    telling.story(*boxes, Origin.BOX)
    telling.story(*footnotes, Origin.NOTE)
    telling.story(*endnotes, Origin.NOTE)
    forms = (UNTICKED,) if _FORM.search(pieces.text) else ()
    return telling.builder.document(name, "doc", (*telling.remarks, *forms, *broken("".join(telling.builder.chunks))))


@dataclass(frozen=True, slots=True)
class _Said:
    """What a paragraph's properties say: its list and depth there, its table, and what it ends."""

    list: int = 0
    level: int = 0
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    edges: tuple[int, ...] = ()
    merged: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Telling:
    header: Header
    pieces: Pieces
    styles: Styles
    text: Printed
    paragraphs: Runs
    lists: Lists
    builder: Builder = field(default_factory=Builder)
    remarks: dict[str, None] = field(default_factory=dict[str, None])
    known: dict[tuple[bytes, bytes], _Said] = field(default_factory=dict[tuple[bytes, bytes], _Said])
    # What must stand before the next paragraph: nothing at the start, a tab behind a cell, else a line end.
    gap: str = ""

    def story(self, start: int, end: int, origin: Origin) -> None:
        """One of the texts of the file."""
        tables = Tables(self.builder)
        for first, mark in self._paragraphs(start, min(end, len(self.text.text))):
            self._paragraph(first, mark, origin, tables)
        tables.end()

    def _paragraphs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each paragraph begins and where its mark stands; one whose mark is not on paper goes on in the next."""
        first = start
        for found in _ENDS.finditer(self.text.text, start, end):
            at = found.start()
            if not self.text.alive[at] or (found[0] == _BREAK and at + 1 < end and self._same(at, at + 1)):
                continue
            yield first, at
            first = at + 1
        if first < end:
            yield first, end

    def _same(self, one: int, other: int) -> bool:
        """Whether two units are of one paragraph: a page break stands inside one, the end of a section does not."""
        places = [self.pieces.of(unit).place(unit) for unit in (one, other)]
        return self.paragraphs.index(places[0]) == self.paragraphs.index(places[1]) >= 0

    def _paragraph(self, first: int, mark: int, origin: Origin, tables: Tables) -> None:
        said = self._properties(mark)
        if said.ends_row:
            self.gap = "\n"
            if said.depth <= 1:
                tables.row(said.edges, said.merged)
            return
        words = self._words(first, mark)
        kind = self.text.text[mark : mark + 1]
        if kind == _BREAK and not words:
            return
        if not said.depth and kind != _CELL_END:
            tables.end()
        if self.gap:
            self.builder.separator(self.gap)
        inside = Origin.CELL if said.depth and origin is Origin.LITERAL else origin
        self._pass_unseen(first, mark)
        tables.begin()
        self.builder.literal(self._number(said), Origin.NUMBER)
        self.builder.literal(words, inside)
        self.builder.close_paragraph()
        self.gap = "\t" if said.ends_cell else "\n"
        if said.ends_cell and said.depth <= 1:
            tables.cell()

    def _pass_unseen(self, first: int, mark: int) -> None:
        """Hidden ends of paragraphs that this one goes on from: Word hides empty ones where a list passes over a number."""
        at = self.text.text.find("\r", first, mark) if self.text.unseen else -1
        while at >= 0:
            if at in self.text.unseen:
                self._number(self._properties(at))
            at = self.text.text.find("\r", at + 1, mark)

    def _words(self, first: int, mark: int) -> str:
        text, alive = self.text.text[first:mark], self.text.alive[first:mark]
        if 0 in alive:
            text = "".join(compress(text, alive))
        return whole(_BREAKS.sub("\n", text.strip("\x0c\x0e")).translate(_PLAIN))

    def _number(self, said: _Said) -> str:
        if said.list == _OLD_LIST:
            self.remarks[_UNTOLD] = None
        return self.lists.said(str(said.list), said.level) if said.list else ""

    def _properties(self, mark: int) -> _Said:
        unit = min(mark, len(self.text.text) - 1)
        stretch = self.pieces.of(unit)
        own, piece = self.paragraphs.at(stretch.place(unit)), stretch.own
        ends_cell = self.text.text[unit] == _CELL_END
        if (found := self.known.get((own, piece + bytes([ends_cell])))) is None:
            found = self._read(own, piece, ends_cell=ends_cell)
            self.known[own, piece + bytes([ends_cell])] = found
        return found

    def _read(self, own: bytes, piece: bytes, *, ends_cell: bool) -> _Said:
        """The last word counts: the style's first, then the paragraph's, then the piece's."""
        style = int.from_bytes(own[:2], "little")
        said: dict[int, bytes] = {}
        edges: tuple[int, ...] = ()
        merged: set[int] = set()
        for code, operand in self._all(self.styles.paragraph(style) + own[2:] + piece):
            said[code] = operand
            if code == sprms.EDGES:
                edges, merged = sprms.edges(operand)
            elif code == sprms.MERGED and len(operand) > 1:
                (merged.add if operand[1] == 1 else merged.discard)(operand[0])
        number = {code: sprms.value(operand) for code, operand in said.items() if len(operand) <= 4}
        inside = bool(number.get(sprms.IN_TABLE))
        inner_row = bool(number.get(sprms.INNER_ROW_END))
        return _Said(
            list=_use(number.get(sprms.LIST, 0)),
            level=min(number.get(sprms.LEVEL, 0), 8),
            depth=max(1, min(number.get(sprms.DEPTH, 1), 64)) if inside or ends_cell else 0,
            ends_cell=ends_cell or bool(number.get(sprms.INNER_CELL)),
            ends_row=bool(number.get(sprms.ROW_END)) or inner_row,
            edges=edges,
            merged=frozenset(merged),
        )

    def _all(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The properties, those kept in the stream of long ones included."""
        for code, operand in sprms.sprms(data):
            if code in sprms.ELSEWHERE:
                yield from sprms.sprms(self.header.data(sprms.value(operand)))
            else:
                yield code, operand


def _use(number: int) -> int:
    """A number above 2047 says that the paragraph left its list."""
    return number if number <= _OLD_LIST else 0
