"""The lines of a page: runs that stand on one line, from left to right, and the blanks between them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from .characters import is_wide, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .asking import Run
    from .grids import Grid

_SAME = 0.5  # of the smaller height: runs that overlap so much stand on one line
_UNLIKE = 2.2  # times: a run so much larger is on a line of its own
_LATIN_BLANK, _WIDE_BLANK = 0.15, 1.0  # of the size: a gap as wide as this is a blank
_TWICE = 0.2  # of the size: the same words as near as this are drawn twice to look bold
_STAMP, _STAMPED = 1.8, 3  # times the usual size, and over how many runs: a stamp behind the text
_RAISED_SIZE, _RAISED = 0.75, 0.15  # of the size of its line: how small and how high a mark of a note is
_LOOK_BACK = 4


@dataclass(slots=True)
class Line:
    """One line of text; ``x0``, ``x1`` and ``y`` in points, y upwards; ``size`` is that of most of its characters;
    ``page`` counts the pages and, where a page is set in columns, each of them and what stands above and below; ``raised``: from
    where to where in the text small words stand above the line, as the marks of notes do."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    page: int
    grid: Grid | None = None  # a table that stands in the place of a line
    raised: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Row:
    main: Run
    runs: list[Run]


def lines_of(runs: Iterable[Run], page: int) -> list[Line]:
    """The lines of a page or column, from top to bottom."""
    found = [_line(main, of, page) for main, of in rows_of(runs)]
    return sorted((line for line in found if line.text), key=lambda line: -line.y)


def rows_of(runs: Iterable[Run]) -> list[tuple[Run, list[Run]]]:
    """The runs that stand on one line, each line with its largest run, from top to bottom."""
    rows: list[_Row] = []
    for run in sorted(runs, key=lambda run: -run[2]):
        row = max(rows[-_LOOK_BACK:], key=lambda row: _overlap(row.main, run), default=None)
        if row is None or _overlap(row.main, run) < _SAME:
            rows.append(_Row(run, [run]))
            continue
        row.runs.append(run)
        if run[4] > row.main[4]:
            row.main = run
    return [(row.main, row.runs) for row in rows]


def drawn_once(runs: Iterable[Run]) -> list[Run]:
    """The runs without those drawn again to look bold, and without large words that lie over or under the others."""
    seen: dict[str, list[tuple[float, float]]] = {}
    kept: list[Run] = []
    for run in runs:
        text, x, y, _, size = run
        places = seen.setdefault(text, [])
        if any(abs(x - px) < _TWICE * size and abs(y - py) < _TWICE * size for px, py in places[-8:]):
            continue
        places.append((x, y))
        kept.append(run)
    usual = median(run[4] for run in kept) if kept else 0.0
    large = [run for run in kept if run[4] > _STAMP * usual]
    stamps = {id(run) for run in large[:50] if sum(_lies_over(run, other) for other in kept) >= _STAMPED}
    return [run for run in kept if id(run) not in stamps]


def _lies_over(large: Run, other: Run) -> bool:
    across = large[1] < other[3] and other[1] < large[3]
    return other[4] * _STAMP < large[4] and across and large[2] - 0.1 * large[4] < other[2] < large[2] + 0.6 * large[4]


def _overlap(one: Run, other: Run) -> float:
    """How much of the lower of two runs stands beside the higher, 0 where one is much larger."""
    if not 1 / _UNLIKE < one[4] / other[4] < _UNLIKE:
        return 0.0
    top = min(one[2] + 0.8 * one[4], other[2] + 0.8 * other[4])
    bottom = max(one[2] - 0.2 * one[4], other[2] - 0.2 * other[4])
    return (top - bottom) / min(one[4], other[4])


def _line(main: Run, of: list[Run], page: int) -> Line:
    runs = sorted(of, key=lambda run: run[1])
    said: list[str] = []
    sizes: dict[float, int] = {}
    raised: list[tuple[int, int]] = []
    before: Run | None = None
    for run in runs:
        words = plain(run[0])
        if not words:
            continue
        sizes[run[4]] = sizes.get(run[4], 0) + len(words)
        if before is not None:
            said.append(between(said[-1], words, (run[1] - before[3]) / max(run[4], before[4])))
        if run[4] < _RAISED_SIZE * main[4] and run[2] > main[2] + _RAISED * main[4]:
            start = sum(map(len, said))
            raised.append((start, start + len(words)))
        said.append(words)
        before = run
    size = max(sizes, key=lambda size: sizes[size], default=main[4])
    text = "".join(said)
    if not text[:1].strip():
        text, raised = text.lstrip(), []  # marks of notes do not stand behind a blank
    return Line(text.rstrip(), runs[0][1], max(run[3] for run in runs), main[2], size, page, raised=tuple(raised))


def between(left: str, right: str, gap: float) -> str:
    """The blank between two runs so far apart (of their size): Chinese has none unless the gap is wide."""
    wide = is_wide(left[-1:]) or is_wide(right[:1])
    return " " if gap > (_WIDE_BLANK if wide else _LATIN_BLANK) and not left.endswith(" ") else ""
