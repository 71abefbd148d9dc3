"""The grid of tables whose rows say where their cells begin (.doc, .rtf), gathered beside the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from bihuan_text.document import Cell, Table
from bihuan_text.place import Span

if TYPE_CHECKING:
    from bihuan_text.document import Builder

_NEAR = 20  # twips: edges as near as this are one
Row: TypeAlias = tuple[tuple[Span, ...], tuple[int, ...], frozenset[int]]
"""The cells of a row, their left edges in twips, and which of them go on from the row above."""


@dataclass(slots=True)
class Tables:
    """Is told of each paragraph, cell and row; writes a table into the builder where it ends."""

    builder: Builder
    rows: list[Row] = field(default_factory=list[Row])
    cells: list[Span] = field(default_factory=list[Span])
    start: int = -1

    def begin(self) -> None:
        """A paragraph begins: if a cell does too, here."""
        if self.start < 0:
            self.start = self.builder.at

    def cell(self) -> None:
        """The cell ends here."""
        self.cells.append(Span(self.start, self.builder.at))
        self.start = -1

    def row(self, edges: tuple[int, ...], merged: frozenset[int]) -> None:
        """The row ends here; its cells begin at ``edges`` (twips), and those in ``merged`` go on from above."""
        if self.cells:
            self.rows.append((tuple(self.cells), edges, merged))
        self.cells, self.start = [], -1

    def end(self) -> None:
        """No table goes on here."""
        if self.rows:
            columns = _columns(self.rows)
            self.builder.tables.append(Table(tuple(_cells(row, columns) for row in self.rows)))
        self.rows, self.cells, self.start = [], [], -1


def _columns(rows: list[Row]) -> dict[int, int]:
    """The grid column of every left edge."""
    columns: dict[int, int] = {}
    last, column = None, -1
    for edge in sorted({edge for _, edges, _ in rows for edge in edges}):
        if last is None or edge - last > _NEAR:
            column += 1
        columns[edge], last = column, edge
    return columns


def _cells(row: Row, columns: dict[int, int]) -> tuple[Cell, ...]:
    """The cells of a row; two that a torn file puts at one edge stand in two columns all the same."""
    spans, edges, merged = row
    cells: list[Cell] = []
    for n, span in enumerate(spans):
        column = columns[edges[n]] if n < len(edges) else n
        cells.append(Cell(span, max(column, cells[-1].column + 1 if cells else 0), n in merged))
    return tuple(cells)
