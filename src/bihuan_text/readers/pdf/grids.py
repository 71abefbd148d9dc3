"""The ruled tables of a page: lines drawn across and down, the cells between them, and which words stand in which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from .cells import words_of
from .lines import lines_of

if TYPE_CHECKING:
    from .asking import Rule, Run

_NEAR = 3.0  # points: lines as near as this are one, and meet
_SHORT = 6.0  # points: what is shorter is a sign
_MOST_LINES, _MOST_CELLS = 600, 20_000
Stretch: TypeAlias = tuple[float, float, float]
"""A line drawn: where it lies (y of one across, x of one down), from where and to where."""


@dataclass(slots=True)
class Cell:
    """A cell: its row and column, how many rows and columns it takes, its words."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    right: float
    runs: list[Run] = field(default_factory=list["Run"])
    text: str = ""


@dataclass(slots=True)
class Grid:
    """A table: left edges of its columns and upper edges of its rows (and the last other edge), and its cells.

    ``loose``: no rules show the edges, only the words in the columns.
    """

    xs: list[float]
    ys: list[float]
    cells: list[Cell]
    loose: bool = False

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.ys[0]


def parted(runs: Iterable[Run], rules: Sequence[Rule], page: int) -> tuple[list[Grid], list[Run]]:
    """The tables of a page that have words, and the words outside them."""
    grids = grids_of(rules)
    outside: list[Run] = []
    for run in runs:
        cell = next((found for grid in grids if (found := _cell_at(grid, run))), None)
        (outside if cell is None else cell.runs).append(run)
    kept: list[Grid] = []
    for grid in grids:
        if sum(bool(cell.runs) for cell in grid.cells) < 2:  # a frame around something
            outside += [run for cell in grid.cells for run in cell.runs]
            continue
        for cell in grid.cells:
            cell.text = words_of(lines_of(cell.runs, page), cell.right - cell.left)
        kept.append(grid)
    return kept, outside


def on_paper(rules: Iterable[Rule], box: Rule) -> list[Rule]:
    """The lines that may be of a table: what runs along the edge of the paper, or across all of it, is its background."""
    left, _, right, _ = box
    return [
        rule
        for rule in rules
        if left + _NEAR < rule[0] or rule[2] < right - _NEAR  # not from edge to edge
        if left + _NEAR < rule[2] and rule[0] < right - _NEAR  # not at or behind an edge
    ]


def _cell_at(grid: Grid, run: Run) -> Cell | None:
    _, x0, y, x1, size = run
    x, y = (x0 + min(x1, x0 + 2 * size)) / 2, y + 0.3 * size
    if not (grid.xs[0] <= x <= grid.xs[-1] and grid.ys[-1] <= y <= grid.ys[0]):
        return None
    inside = (
        c for c in grid.cells if c.left <= x <= c.right and grid.ys[c.row + c.rows] <= y <= grid.ys[c.row]
    )  # fmt: skip
    return next(inside, None)


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that lines drawn make up, each line with those it meets."""
    across = _merged([((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in rules if x1 - x0 >= max(_SHORT, y1 - y0)])
    down = _merged([((x0 + x1) / 2, y0, y1) for x0, y0, x1, y1 in rules if y1 - y0 >= max(_SHORT, x1 - x0)])
    if not across or not down or len(across) + len(down) > _MOST_LINES:
        return []
    found = [_grid(a, d) for a, d in _groups(across, down) if len(a) > 1 and len(d) > 1 and len(a) + len(d) > 4]
    return sorted((grid for grid in found if grid is not None), key=lambda grid: -grid.top)


def _merged(stretches: list[Stretch]) -> list[Stretch]:
    """Lines that lie on one another, or go on from one another, as one."""
    kept: list[Stretch] = []
    for at, start, end in sorted((_placed(s), s[1], s[2]) for s in stretches):
        if kept and abs(kept[-1][0] - at) <= _NEAR and start - kept[-1][2] <= _NEAR and start >= kept[-1][1] - _NEAR:
            kept[-1] = (kept[-1][0], kept[-1][1], max(kept[-1][2], end))
        else:
            kept.append((at, start, end))
    return kept


def _placed(stretch: Stretch) -> float:
    """Double lines and the sides of thick ones fall on one place."""
    return round(stretch[0] / 2) * 2.0


def _groups(across: list[Stretch], down: list[Stretch]) -> list[tuple[list[Stretch], list[Stretch]]]:
    """Lines that meet, directly or through others."""
    groups: list[tuple[list[Stretch], list[Stretch]]] = []
    left = list(down)
    for each in across:
        met = [d for d in left if _meet(each, d)]
        left = [d for d in left if not _meet(each, d)]
        joined = [g for g in groups if any(_meet(each, d) for d in g[1])]
        groups = [g for g in groups if not any(g is j for j in joined)]
        groups.append(([each, *(a for g in joined for a in g[0])], [*met, *(d for g in joined for d in g[1])]))
    return groups


def _meet(across: Stretch, down: Stretch) -> bool:
    y, x0, x1 = across
    x, y0, y1 = down
    return x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR


def _grid(across: list[Stretch], down: list[Stretch]) -> Grid | None:
    ends = [x for _, x0, x1 in across for x in (x0, x1)]
    xs = _places([x for x, _, _ in down] + [min(ends), max(ends)])
    ends = [y for _, y0, y1 in down for y in (y0, y1)]  # a page may cut the last row above its lower line
    ys = _places([y for y, _, _ in across] + [min(ends), max(ends)])[::-1]
    if (len(xs) - 1) * (len(ys) - 1) > _MOST_CELLS or len(xs) * len(ys) <= 4:
        return None
    return Grid(xs, ys, list(_cells(xs, ys, across, down)))


def _places(at: list[float]) -> list[float]:
    places: list[float] = []
    for each in sorted(at):
        if not places or each - places[-1] > 2 * _NEAR:
            places.append(each)
    return places


def _cells(xs: list[float], ys: list[float], across: list[Stretch], down: list[Stretch]) -> Iterable[Cell]:
    """The cells, from top to bottom and left to right: each grows right and down until a line stops it."""
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            right, below = column + 1, row + 1
            while (
                right < len(xs) - 1 and (row, right) not in taken and not _wall(down, xs[right], ys[row], ys[row + 1])
            ):
                right += 1
            while below < len(ys) - 1 and not _wall(across, ys[below], xs[column], xs[right]):
                below += 1
            taken |= {(r, c) for r in range(row, below) for c in range(column, right)}
            yield Cell(row, column, below - row, right - column, xs[column], xs[right])


def _wall(lines: list[Stretch], at: float, one: float, other: float) -> bool:
    middle = (one + other) / 2
    return any(abs(where - at) <= 2 * _NEAR and start <= middle <= end for where, start, end in lines)
