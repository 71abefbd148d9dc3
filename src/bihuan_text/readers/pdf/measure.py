"""How the text of a file is set: its size, the edges of its lines, their pitch, and whether paragraphs are indented."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from .lines import Line

_LIKE = 0.08  # of the size: sizes as near as this are one
_STRAY = 0.02  # of the lines may reach beyond the right edge
_ENOUGH = 6  # lines of a page: with fewer it has no edges of its own
_FULL = 0.15  # of the lines end at the right edge, at least
_MOST = 0.3  # of the lines of a page end at an edge that is not the usual one, at least
_WIDE = 0.6  # of the usual width: names in a list end at one place too, but not so far to the right
_HANG = 1.5  # of the size: marks at the end of a line may stand beyond the right edge
FAR = 1.35  # times the usual pitch: lines so far apart are two paragraphs
INDENT = (1.4, 3.2)  # of the size: how far the first line of a Chinese paragraph begins from the edge


@dataclass(frozen=True, slots=True)
class Setting:
    """``edges``: left and right of the lines of each page, points. ``indented``: a paragraph shows by its indent;
    ``spaced``: by the space above it."""

    size: float
    edges: dict[int, tuple[float, float]]
    pitch: float
    indented: bool
    spaced: bool

    def left(self, line: Line) -> float:
        """How far a line begins from the left edge, in characters."""
        return (line.x0 - self.edges[line.page][0]) / line.size

    def short(self, line: Line) -> float:
        """How far a line ends before the right edge, in points."""
        return self.edges[line.page][1] - line.x1

    def is_body(self, line: Line) -> bool:
        """Whether a line is of the size of most of the text."""
        return alike(line.size, self.size)

    def is_centred(self, line: Line) -> bool:
        """Whether a line stands in the middle and touches neither edge."""
        left, right = self.edges[line.page]
        before, behind = line.x0 - left, right - line.x1
        return abs(before - behind) < 2 * line.size and min(before, behind) > line.size


def alike(one: float, other: float) -> bool:
    """Whether two sizes are one."""
    return abs(one - other) <= _LIKE * max(one, other)


@dataclass(frozen=True, slots=True)
class Side:
    """The left and the right of a page, or, where ``narrow``, the edges of a column on it."""

    left: float
    right: float
    narrow: bool = False


def setting_of(lines: Sequence[Line], sides: Sequence[Side]) -> Setting:
    """What the lines of a file show; ``lines`` in the order of reading, ``sides`` by the number in ``Line.page``."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if alike(line.size, size)]
    left, right = _page_edges([line for line in body if not sides[line.page].narrow] or lines, size, sides)
    pages = _by_page(lines)
    wide = {page: of for page, of in pages.items() if not sides[page].narrow}
    edges = {page: (sides[page].left, sides[page].right) for page in pages} | _edges(wide, size, left, right)
    bare = Setting(size, edges, _pitch(body, size), indented=False, spaced=False)
    fresh = [(a, b) for a, b in pairwise(body) if bare.short(a) > 2 * a.size and not bare.is_centred(b)]
    return replace(bare, indented=_indented(bare, fresh), spaced=_spaced(bare, fresh))


def _page_edges(body: Sequence[Line], size: float, sides: Sequence[Side]) -> tuple[float, float]:
    """The edges of the text of most pages."""
    left, right = _left(body, size), _right(body)
    if not _is_full(body, right, size):  # no line is known to be full: the margins of a page are about as wide
        side = sides[body[0].page]
        right = max(right, side.right - (left - side.left))
    return left, right


def _by_page(lines: Iterable[Line]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(line.page, []).append(line)
    return found


def _edges(pages: dict[int, list[Line]], size: float, left: float, right: float) -> dict[int, tuple[float, float]]:
    """The edges of each page: those of most pages, or its own, for pages may be mirrored, turned, or of another section.

    Pages that begin at one left edge are of one section. Where many lines of a page, or of its section, end at one place
    far enough to the right, that is the right edge; else it is as wide as most pages are.
    """
    bodies = {page: _body(of, size) for page, of in pages.items()}
    lefts = {page: _own_left(body, size, left) for page, body in bodies.items()}
    sections: dict[int, list[Line]] = {}
    for page, own in lefts.items():
        if own != left:
            sections.setdefault(round(own / size), []).extend(bodies[page])
    of_section = {section: _full_right(body, size, _FULL) for section, body in sections.items()}
    found: dict[int, tuple[float, float]] = {}
    for page, own in lefts.items():
        there, least, body = own + right - left, own + _WIDE * (right - left), bodies[page]
        of_page = _full_right(body, size, _MOST if own == left else _FULL)
        full = [x for x in (of_page, of_section.get(round(own / size)) if own != left else None) if x and x >= least]
        reach = max(there, _right(body)) if len(body) >= _ENOUGH else there
        found[page] = own, full[0] if full else reach
    return found


def _body(lines: list[Line], size: float) -> list[Line]:
    """The lines of a page in the size of the text; where there are hardly any, those in the page's own usual size."""
    body = [line for line in lines if alike(line.size, size)]
    if len(body) >= _ENOUGH:
        return body
    own = Counter(line.size for line in lines).most_common(1)[0][0]
    others = [line for line in lines if alike(line.size, own)]
    return others if len(others) >= _ENOUGH else body


def _full_right(lines: list[Line], size: float, share: float) -> float | None:
    """Where so many of the lines end; marks may hang over it."""
    if len(lines) < _ENOUGH:
        return None
    ends = sorted(line.x1 for line in lines)
    near = ends[bisect_left(ends, _right(lines) - _HANG * size) :]
    counts = {x: bisect_left(ends, x + size / 2) - bisect_right(ends, x - size / 2) for x in near}
    right = max(near, key=lambda x: counts[x])
    return right if counts[right] >= max(3, share * len(lines)) else None


def _own_left(body: list[Line], size: float, left: float) -> float:
    """The left edge of one page: its own where it has enough lines and none of them begins at the usual edge."""
    if len(body) < _ENOUGH:
        return left
    own = _left(body, size)
    return left if abs(own - left) < 3 * size and any(abs(line.x0 - left) < size / 2 for line in body) else own


def _left(lines: Sequence[Line], size: float) -> float:
    """The left edge: where lines begin that go on from a full one, else the leftmost beginning that is no exception."""
    right = _right(lines)
    going_on = [b.x0 for a, b in pairwise(lines) if right - a.x1 < 2 * size]
    starts = Counter(round(x / 2) for x in going_on)
    common = sum(starts.values()) * 0.15
    often = [x for x, count in starts.items() if count >= max(2, common)]
    if often:
        return min(x for x in going_on if round(x / 2) == min(often))
    return min(line.x0 for line in lines)


def _right(lines: Sequence[Line]) -> float:
    """The right edge: the farthest that lines reach, but for a few."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    return ends[int(_STRAY * len(ends))]


def _is_full(lines: Sequence[Line], right: float, size: float) -> bool:
    """Whether enough lines end at the right edge for it to be one."""
    there = sum(abs(right - line.x1) < size / 2 for line in lines)
    return there >= max(3, _FULL * len(lines))


def _pitch(lines: Sequence[Line], size: float) -> float:
    """The usual distance of two lines, points."""
    near = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and 0.8 * size < a.y - b.y < 4 * size]
    return median(near) if near else 1.5 * size


def _indented(setting: Setting, fresh: Sequence[tuple[Line, Line]]) -> bool:
    """Whether most lines after a short one begin with an indent."""
    starts = [left for _, b in fresh if (left := setting.left(b)) < 6]
    return bool(starts) and 2 * sum(INDENT[0] < each < INDENT[1] for each in starts) >= len(starts)


def _spaced(setting: Setting, fresh: Sequence[tuple[Line, Line]]) -> bool:
    """Whether most lines after a short one stand apart from it."""
    apart = [a.y - b.y > FAR * setting.pitch for a, b in fresh if a.page == b.page]
    return bool(apart) and 2 * sum(apart) >= len(apart)
