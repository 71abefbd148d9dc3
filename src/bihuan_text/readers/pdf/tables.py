"""Tables written into a document: rows by line ends, cells by tabs, and a table that goes on over the page as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from bihuan_text.document import Cell as Written
from bihuan_text.document import Origin, Table
from bihuan_text.place import Span

from .paragraphs import joined

if TYPE_CHECKING:
    from bihuan_text.document import Builder

    from .grids import Cell, Grid

    Row: TypeAlias = list[tuple[int, Cell | None]]

_NEAR, _LOOSE = 6.0, 30.0  # points: columns of two pages as near as this are the same; without rules
_NUMBER = re.compile(r"\d{1,4}")


def goes_on(before: Grid, grid: Grid) -> bool:
    """Whether a table on the next page goes on with the columns of the one before."""
    near = _LOOSE if before.loose and grid.loose else _NEAR
    return len(before.xs) == len(grid.xs) and all(
        abs((a - before.xs[0]) - (b - grid.xs[0])) <= near for a, b in zip(before.xs, grid.xs, strict=True)
    )


def write(builder: Builder, grids: Sequence[Grid]) -> None:
    """One table, of the parts on one or more pages."""
    rows: list[Row] = []
    for grid in grids:
        own = list(_rows(grid))
        if rows and own and _texts(own[0]) == _texts(rows[0]):
            own = own[1:]
        if rows and own and _is_rest(rows[-1], own[0]):
            _append(rows[-1], own.pop(0))
        rows += own
    builder.tables.append(Table(tuple(_written(builder, row, last=row is rows[-1]) for row in rows)))


def _rows(grid: Grid) -> Iterator[Row]:
    """The cells of each row with their columns; None where one goes on from the row above. Rows without words are left out."""
    for row in range(len(grid.ys) - 1):
        found = [c for c in grid.cells if c.row <= row < c.row + c.rows]
        line = [(c.column, c if c.row == row else None) for c in sorted(found, key=lambda c: c.column)]
        if any(c is not None and c.text for _, c in line):
            yield line


def _texts(row: Row) -> list[str]:
    return [cell.text if cell is not None else "" for _, cell in row]


def _is_rest(before: Row, row: Row) -> bool:
    """Whether a row is the rest of one that the page cut: its number stands before the cut."""
    (_, first), (_, cut) = row[0], before[0]
    numbered = cut is not None and bool(_NUMBER.fullmatch(cut.text))
    return numbered and first is not None and not first.text and len(before) == len(row)


def _append(before: Row, rest: Row) -> None:
    for (_, cell), (_, further) in zip(before, rest, strict=True):
        if cell is not None and further is not None and further.text:
            cell.text = joined(cell.text, further.text) if cell.text else further.text


def _written(builder: Builder, row: Row, *, last: bool) -> tuple[Written, ...]:
    written: list[Written] = []
    for column, cell in row:
        if written:
            builder.separator("\t")
        start = builder.at
        for index, paragraph in enumerate(cell.text.split("\n") if cell is not None else [""]):
            if index:
                builder.separator("\n")
            builder.literal(paragraph, Origin.CELL)
            builder.close_paragraph()
        written.append(Written(Span(start, builder.at), column, cell is None))
    if not last:
        builder.separator("\n")
    return tuple(written)
