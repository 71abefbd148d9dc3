"""Pages set in columns, as newspapers are: the left column is read to its foot before the right one begins."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .asking import Run
    from .rows import Extent, Stretch

_GUTTER = 0.9  # of the size: the white between two columns, at least
_LEAST_ROWS, _LEAST_WIDTH = 5, 8.0  # rows in each column, and characters in its width
_FULL, _NEAR = 0.5, 2.5  # so many of its lines end so near (of the size) at the column's edge
_FAR = 2.5  # of the size: a row so far above stands over all columns
_FAR_BELOW = 3.0  # of the size: what stands alone so far below is no more of a column
_MOST_ROWS, _MOST_STRETCHES = 400, 12


@dataclass(slots=True)
class Frame:
    """Words that are read line after line; ``edges``: from where to where a column goes, None for the whole page."""

    runs: list[Run]
    edges: Extent | None = None


def frames(found: list[Row]) -> list[Frame]:
    """The rows of a page in the order of reading: what stands over columns, each column, what stands under them."""
    if len(found) > _MOST_ROWS or sum(len(row.stretches) > 1 for row in found) < _LEAST_ROWS:
        return [Frame([run for row in found for run in row.runs])]
    return list(_framed(found))


def _framed(found: list[Row]) -> Iterator[Frame]:
    at = 0
    tried: list[tuple[int, Extent]] = []
    for start, row in enumerate(found):
        if start < at or not 1 < len(row.stretches) <= _MOST_STRETCHES:
            continue
        top, end, sides = _columns(found, start, at, tried)
        if sides:
            if top > at:
                yield Frame([run for row in found[at:top] for run in row.runs])
            yield from sides
            at = end
    if at < len(found):
        yield Frame([run for row in found[at:] for run in row.runs])


def _columns(found: list[Row], start: int, least: int, tried: list[tuple[int, Extent]]) -> tuple[int, int, list[Frame]]:
    """From which row to which there are columns about a gap of the row ``start``, and what stands in them.

    ``tried``: white that turned out to part no columns, and down to which row.
    """
    for one, other in pairwise(found[start].stretches):
        if any(start < end and one.x1 < white[1] and white[0] < other.x0 for end, white in tried):
            continue
        end, gutter = _reach(found, start, (one.x1, other.x0))
        top = _top(found, start, least, gutter)
        if sides := _sides(found[top:end], gutter):
            return top, end, sides
        tried.append((end, gutter))
    return start, start, []


def _reach(found: list[Row], start: int, gutter: Extent) -> tuple[int, Extent]:
    """Behind which row the white ends, and how wide it is down to there."""
    for at in range(start, len(found)):
        row = found[at]
        if len(row.stretches) == 1 and at > start and found[at - 1].y - row.y > _FAR_BELOW * row.size:
            return at, gutter
        left = max((s.x1 for s in row.stretches if s.x0 < gutter[0] + row.size / 2), default=gutter[0])
        right = min((s.x0 for s in row.stretches if s.x0 >= gutter[0] + row.size / 2), default=gutter[1])
        narrowed = max(gutter[0], left), min(gutter[1], right)
        if narrowed[1] - narrowed[0] < _GUTTER * row.size:
            return at, gutter
        gutter = narrowed
    return len(found), gutter


def _top(found: list[Row], start: int, least: int, gutter: Extent) -> int:
    """The first row of the columns: rows of the left one may stand alone above the first row with both."""
    while start > least:
        row, below = found[start - 1], found[start]
        if row.y - below.y > _FAR * row.size or any(s.x1 > gutter[0] + row.size / 2 for s in row.stretches):
            break
        start -= 1
    return start


def _sides(found: list[Row], gutter: Extent) -> list[Frame]:
    """Both columns, the right one perhaps more than one; nothing where these are none."""
    middle = (gutter[0] + gutter[1]) / 2
    left = _only(found, [[s for s in row.stretches if s.x0 < middle] for row in found])
    right = _only(found, [[s for s in row.stretches if s.x0 >= middle] for row in found])
    if not _is_column(left):
        return []
    further = frames(right)
    if all(frame.edges for frame in further):
        return [_column(left), *further]
    if not _is_column(right):
        return []
    edges = _column(right).edges  # what stands above and below columns inside the right one goes over all of it
    return [_column(left), *(Frame(frame.runs, frame.edges or edges) for frame in further)]


def _only(found: list[Row], kept: list[list[Stretch]]) -> list[Row]:
    """The rows with these of their stretches, without those that have none."""
    return [Row(row.y, row.size, of) for row, of in zip(found, kept, strict=True) if of]


def _column(found: list[Row]) -> Frame:
    edges = min(row.stretches[0].x0 for row in found), max(row.stretches[-1].x1 for row in found)
    return Frame([run for row in found for run in row.runs], edges)


def _is_column(found: list[Row]) -> bool:
    """Whether the rows fill a column: enough of them, wide ones, and most of them to its edge."""
    if len(found) < _LEAST_ROWS:
        return False
    size = sorted(row.size for row in found)[len(found) // 2]
    edge = max(row.stretches[-1].x1 for row in found)
    start = min(row.stretches[0].x0 for row in found)
    full = sum(edge - row.stretches[-1].x1 < _NEAR * size for row in found)
    inner = sum(b.x0 - a.x1 > _GUTTER * size for row in found for a, b in pairwise(row.stretches))
    return edge - start >= _LEAST_WIDTH * size and full >= _FULL * len(found) and 4 * inner < len(found)
