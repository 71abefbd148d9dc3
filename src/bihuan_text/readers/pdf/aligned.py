"""Tables without rules, as spreadsheets print them: short heads above columns of words that a number leads.

Taken for a table is only what shows it: a row of three heads or more, the first column a running number, and no word
across two columns. Which lines belong to which number is told by how the cells are set: hanging from the line of
their number, standing on it, or about it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from .cells import words_of
from .furniture import is_page_number
from .grids import Cell, Grid
from .lines import lines_of

if TYPE_CHECKING:
    from .rows import Extent, Row, Stretch

_LEAST, _MOST_COLUMNS, _MOST_ROWS = 3, 20, 400
_HEAD = 12  # characters: no head is longer
_FAR = 3.0  # of the size: words so far under a table are not of it
_SAME = 0.3  # of the size: as near as this is on one line
_FULL = 2.5  # of the size: a line that lacks less than this is full
_FREE = 11.0  # points beside the words of a cell, as in tables with rules
_NUMBER = re.compile(r"\d{1,4}")
_SENTENCE = re.compile("[，。；]")


def aligned(found: list[Row], page: int) -> tuple[list[Grid], list[Row]]:
    """The tables of a page that only their columns show, and the rows outside them."""
    if len(found) > _MOST_ROWS or sum(len(row.stretches) >= _LEAST for row in found) < 2:
        return [], found
    grids: list[Grid] = []
    outside: list[Row] = []
    at = since = 0  # since: behind the table before
    while at < len(found):
        end, columns = _band(found, at)
        first = _first(found, at, since, columns) if columns else at
        grid = _grid(found[first:end], columns, page) if columns else None
        if grid is None:
            outside.append(found[at])
            at += 1
            continue
        grids.append(grid)
        del outside[len(outside) - (at - first) :]
        at = since = end
    return grids, outside


def _band(found: list[Row], start: int) -> tuple[int, list[Extent]]:
    """Behind which row those end that stand in the columns of the row ``start``, and these columns; none if it has none."""
    head = found[start]
    if not _LEAST <= len(head.stretches) <= _MOST_COLUMNS or not _may_lead(head):
        return start, []
    columns, more = [(s.x0, s.x1) for s in head.stretches], _is_numbered(head)
    end = start + 1
    while end < len(found) and (wider := _wider(columns, found[end], more=more)) and _is_led(found[end], wider[0]):
        columns, end = wider, end + 1
    while end > start + 1 and _is_apart(found[end - 2], found[end - 1]):
        end -= 1
    return end, columns


def _first(found: list[Row], start: int, least: int, columns: list[Extent]) -> int:
    """The first row of a table whose row ``start`` has a number or heads: lines of the same cells may stand above it.

    ``columns`` is widened by what stands there.
    """
    numbered = _is_numbered(found[start])
    while start > least:
        row, below = found[start - 1], found[start]
        wider = _wider(columns, row, more=numbered)
        near = row.y - below.y < _FAR * row.size
        fits = wider and (_is_led(row, wider[0]) if numbered else _is_rest(row, wider[0]))
        if not wider or not near or not fits:
            break
        columns[:] = wider
        start -= 1
    return start


def _may_lead(row: Row) -> bool:
    """Whether a row may be the first of a table: heads, or the first line of cells about their number."""
    texts = [s.text for s in row.stretches]
    heads = all(len(text) <= _HEAD and not _SENTENCE.search(text) for text in texts)
    return heads or _is_numbered(row)


def _is_numbered(row: Row) -> bool:
    return bool(_NUMBER.fullmatch(row.stretches[0].text))


def _wider(columns: list[Extent], row: Row, *, more: bool) -> list[Extent] | None:
    """The columns made as wide as this row asks; None where its words lie across two of them.

    ``more``: words beside all make a column of their own, as an empty cell in the first row hides one.
    """
    wider = list(columns)
    for stretch in row.stretches:
        met = [n for n, (x0, x1) in enumerate(wider) if stretch.x0 < x1 and x0 < stretch.x1]
        if not met and more and len(wider) < _MOST_COLUMNS and stretch.x0 > wider[0][1]:
            wider = sorted([*wider, (stretch.x0, stretch.x1)])
            continue
        if len(met) != 1:
            return None
        x0, x1 = wider[met[0]]
        wider[met[0]] = min(x0, stretch.x0), max(x1, stretch.x1)
    return wider


def _is_led(row: Row, first: Extent) -> bool:
    """Whether the first column of a row holds nothing, or a number."""
    own = [s.text for s in row.stretches if s.x0 < first[1]]
    return not own or bool(_NUMBER.fullmatch(own[0]))


def _is_rest(row: Row, first: Extent) -> bool:
    """Whether a row above the heads is their first lines."""
    return len(row.stretches) > 1 and row.stretches[0].x0 >= first[1]


def _is_apart(before: Row, row: Row) -> bool:
    if len(row.stretches) > 1:
        return False
    return before.y - row.y > _FAR * row.size or is_page_number(row.stretches[0].text)


def _grid(found: list[Row], columns: list[Extent], page: int) -> Grid | None:
    """The table that the rows make up; None where its numbers do not run on."""
    by_column = [_lines(found, column) for column in columns]
    anchors = [line.y for line in by_column[0]]
    if not _run_on([line.stretch.text for line in by_column[0]]):
        return None
    size = found[0].size
    xs = [columns[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), columns[-1][1]]
    grid = Grid(xs, [found[0].y + size, *anchors[1:], found[-1].y - size], [], loose=True)
    groups = _grouped(by_column, anchors, size)
    for column, (extent, own) in enumerate(zip(columns, by_column, strict=True)):
        for row, (start, end) in enumerate(groups[column]):
            runs = [run for line in own[start:end] for run in line.stretch.runs]
            text = words_of(lines_of(runs, page), extent[1] - extent[0] + _FREE)
            grid.cells.append(Cell(row, column, 1, 1, xs[column], xs[column + 1], runs, text))
    return grid


def _run_on(texts: list[str]) -> bool:
    """Whether these, but for a head before them, are numbers one after the other."""
    numbers = [int(text) for text in texts if _NUMBER.fullmatch(text)]
    headed = bool(texts) and not _NUMBER.fullmatch(texts[0])
    steady = all(b - a == 1 for a, b in pairwise(numbers))
    return steady and len(numbers) >= (1 if headed else 2) and len(texts) == len(numbers) + headed


class _Line(NamedTuple):
    """A line of a cell; ``full``: its words reach as far as the column's."""

    y: float
    stretch: Stretch
    full: bool


def _lines(found: list[Row], column: Extent) -> list[_Line]:
    """What stands in a column, from top to bottom."""
    width = column[1] - column[0]
    return [
        _Line(row.y, s, width - (s.x1 - s.x0) < _FULL * row.size)
        for row in found
        for s in row.stretches
        if s.x0 < column[1] and column[0] < s.x1
    ]


_Groups: TypeAlias = list[tuple[int, int]]
"""From which line to which each cell of a column goes."""


def _grouped(columns: list[list[_Line]], anchors: list[float], size: float) -> list[_Groups]:
    """For each column, which of its lines belong to each number: as the way of setting asks that fits best."""
    ways = [[_parted(lines, anchors, size, way) for lines in columns[1:]] for way in (0.0, 1.0, 0.5)]
    best = min(ways, key=lambda way: sum(cost for cost, _ in way))
    return [[(n, n + 1) for n in range(len(anchors))], *(groups for _, groups in best)]


def _parted(lines: list[_Line], anchors: list[float], size: float, way: float) -> tuple[float, _Groups]:
    """How far the cells are from their numbers in all, and from which line to which each cell goes.

    ``way``: 0 hanging from the line of the number, 1 standing on it, ½ about it. Lines between two numbers belong to
    either; the best parting of all of them is found from the top down.
    """
    states: dict[int, tuple[float, _Groups]] = {0: (0.0, [])}
    for number, anchor in enumerate(anchors):
        here = sum(line.y >= anchor - _SAME * size for line in lines)
        below = anchors[number + 1] if number + 1 < len(anchors) else None
        last = len(lines) if below is None else max(here, sum(line.y > below + _SAME * size for line in lines))
        reached: dict[int, tuple[float, _Groups]] = {}
        for end in [last] if below is None else range(here, last + 1):
            reached[end] = min(
                (cost + _cost(lines[start:end], anchor, way, size), [*groups, (start, end)])
                for start, (cost, groups) in states.items()
                if start <= end
            )
        states = reached
    return min(states.values())


def _cost(lines: list[_Line], anchor: float, way: float, size: float) -> float:
    """How far a cell is from its number; more where a line ends early and yet goes on. An empty cell is as far as a line."""
    if not lines:
        return size
    early = sum(not line.full for line in lines[:-1])
    return abs(lines[0].y * (1 - way) + lines[-1].y * way - anchor) + 2 * size * early
