"""The grid of the tables of a .doc, gathered beside the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from bihuan_text.document import Cell, Table
from bihuan_text.place import Span

from . import sprms

if TYPE_CHECKING:
    from bihuan_text.document import Builder

_NEAR = 20  # twips: edges as near as this are one
_MERGE, _CONTINUES = 0x60, 0x20
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

    def row(self, said: tuple[tuple[int, bytes], ...]) -> None:
        """The row ends here; its last paragraph says where its cells lie."""
        edges: tuple[int, ...] = ()
        merged: set[int] = set()
        for code, operand in said:
            if code == sprms.EDGES:
                edges, merged = _edges(operand)
            elif code == sprms.MERGED and len(operand) >= 2:
                (merged.add if operand[1] == 1 else merged.discard)(operand[0])
        if self.cells:
            self.rows.append((tuple(self.cells), edges, frozenset(merged)))
        self.cells, self.start = [], -1

    def end(self) -> None:
        """No table goes on here."""
        if self.rows:
            columns = _columns(self.rows)
            self.builder.tables.append(Table(tuple(_cells(row, columns) for row in self.rows)))
        self.rows, self.cells, self.start = [], [], -1


def _edges(operand: bytes) -> tuple[tuple[int, ...], set[int]]:
    """The left edges of the cells, and which are told to go on from above."""
    count = min(operand[0], 64) if operand else 0
    words = [operand[1 + 2 * n : 3 + 2 * n] for n in range(count)]
    edges = tuple(int.from_bytes(word, "little", signed=True) for word in words if len(word) == 2)
    cells = operand[1 + 2 * (count + 1) :]
    flags = [int.from_bytes(cells[20 * n : 20 * n + 2], "little") for n in range(len(cells) // 20)]
    return edges, {n for n, flag in enumerate(flags) if flag & _MERGE == _CONTINUES}


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
    spans, edges, merged = row
    return tuple(Cell(span, columns[edges[n]] if n < len(edges) else n, n in merged) for n, span in enumerate(spans))
