"""The attachments of a file that came back: tables made from records, where nothing is taken and everything is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bihuan.report.annexes import AnnexTable, Cell, text_of
from bihuan.report.lines import Cited
from bihuan.report.readback.figures import controls_in
from bihuan.report.readback.items import Figure
from bihuan.report.readback.matching import Written, match

if TYPE_CHECKING:
    from bihuan_text.document import Document
    from bihuan_text.place import Span

MOST_NAMED = 10  # cells of one attachment that are named one by one


@dataclass(frozen=True)
class Told:
    """What is said about the attachments of a file: figures that stay the record's, and sentences."""

    figures: tuple[Figure, ...]
    notes: tuple[str, ...]


def compare_tables(annexes: Sequence[AnnexTable], document: Document) -> Told:
    """Every cell of the attachments against the file's: a changed figure is named, changed words are quoted."""
    found = _tables(annexes, document)
    comparing = [_Comparing(annex, table, document) for annex, table in zip(annexes, found, strict=True)]
    for each in comparing:
        each.compare()
    figures = [figure for each in comparing for figure in each.figures]
    return Told(tuple(figures), tuple(note for each in comparing for note in each.said()))


_Rows = list[list["Span"]]


def _tables(annexes: Sequence[AnnexTable], document: Document) -> list[_Rows | None]:
    """The file's table for each attachment: the first that is free and has its heads."""
    free = [[[cell.span for cell in row] for row in table.rows] for table in document.tables]
    found: list[_Rows | None] = []
    for annex in annexes:
        heads = [_bare(head) for head in annex.header]
        fitting = (rows for rows in free if rows and [_bare(s.of(document.text)) for s in rows[0]] == heads)
        table = next(fitting, None)
        if table is not None:
            free.remove(table)
        found.append(table)
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


class _Comparing:
    """One attachment against its table in the file."""

    def __init__(self, annex: AnnexTable, rows: _Rows | None, document: Document) -> None:
        self.annex, self.text = annex, document.text
        self.rows = None if rows is None else rows[1:]
        self.controls = [(each.tag, each.span.start, each.span.end) for each in document.controls]
        self.figures: list[Figure] = []
        self.words: list[str] = []

    def compare(self) -> None:
        """Note every cell, row and table that differs."""
        if self.rows is None:
            self.words.append(f"附件“{self.annex.title}”的表在文件里没有了，或者换了表头")
            return
        written = [
            Written(" ".join(cell.of(self.text) for cell in row), number) for number, row in enumerate(self.rows)
        ]
        expected = [("", " ".join(row)) for row in self.annex.lines]
        found = match(expected, written)
        for number, row in enumerate(self.annex.rows):
            if number in found:
                self._row(number, row, self.rows[found[number]])
            else:
                self.words.append(f"“{self.annex.title}”的第{number + 1}行在文件里没有了")
        for place in sorted(set(range(len(self.rows))) - set(found.values())):
            words = " ".join(cell.of(self.text).strip() for cell in self.rows[place]).strip()
            if words:
                self.words.append(f"“{self.annex.title}”里多了一行“{_short(words)}”")

    def _row(self, number: int, row: tuple[Cell, ...], cells: list[Span]) -> None:
        if len(row) != len(cells):
            self.words.append(f"“{self.annex.title}”的第{number + 1}行，格子的数目变了")
            return
        for head, cell, span in zip(self.annex.header, row, cells, strict=True):
            if _bare(text_of(cell)) != _bare(span.of(self.text)):
                self._cell(f"{self.annex.title}第{number + 1}行的{head}", cell, span)

    def _cell(self, where: str, cell: Cell, span: Span) -> None:
        """A changed cell: its figures by their controls, or by being all that stands in it; else its words."""
        figures = list(self._figures(where, cell, span))
        self.figures += figures
        if not figures:
            self.words.append(f"“{where}”在文件里是“{_short(span.of(self.text))}”，记录里是“{_short(text_of(cell))}”")

    def _figures(self, where: str, cell: Cell, span: Span) -> Iterator[Figure]:
        text = span.of(self.text)
        held = {each.code: text[each.start : each.end] for each in controls_in((span.start, span.end), self.controls)}
        cited = [piece for piece in cell if isinstance(piece, Cited)]
        alone = len(cell) == 1
        for piece in cited:
            said = text if alone else held.get(piece.ref, piece.shown)
            if _bare(said) != _bare(piece.shown):
                yield Figure(where, piece.text, said.strip())

    def said(self) -> Iterator[str]:
        """What is told on the page: where, what, and where it is changed instead."""
        source = self.annex.annex.source
        for words in self.words[:MOST_NAMED]:
            yield f"{words}，没有收。附件由{source}生成，请在{source}里改。"
        if len(self.words) > MOST_NAMED:
            yield f"“{self.annex.title}”里还有{len(self.words) - MOST_NAMED}处不一样，也没有收。"


def _short(words: str) -> str:
    bare = " ".join(words.split())
    return bare if len(bare) <= 40 else f"{bare[:40]}……"
