"""Seeds that no passage can grow from are thrown away before anybody looks at whole papers.

Words that follow each other by chance share ten letters in many papers, with the square of their number. Such a pair of
papers has one seed, and one look at the letters beside it shows that they share no more. The letters are read segment by
segment, the rest needs the memory of the seeds alone.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from .ends import SHORTEST
from .passages import OWN
from .prints import GRAM, REACH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .arrays import Bools, Keys, Letters, Places
    from .marks import Marks
    from .sealed import Blocks
    from .store import View

PLENTY = 17
"""Letters that are looked at no further: with some marks among them they are a passage."""
_SIDE = PLENTY - GRAM
_WINDOW = np.arange(-_SIDE, GRAM + _SIDE)
_FEW = 2000
"""Places looked up where they stand; for more the whole segment is read."""
_LANE = np.uint64(0xFFFF)


def sifted(view: View, marks: Marks, first: Places, second: Places) -> tuple[Places, Places]:
    """Without the only seed of two papers when it stands in less than twenty characters that they share, or in less than
    twelve letters that are not everybody's; ``marks``: where what is everybody's begins."""
    alone = np.flatnonzero(_alone(view, first, second))
    further = alone[_on_both_sides(view, first[alone], second[alone])]
    kept = np.ones(len(first), np.bool_)
    kept[alone] = False
    kept[further[_long_enough(view, marks, first[further], second[further])]] = True
    return first[kept], second[kept]


def _alone(view: View, first: Places, second: Places) -> Bools:
    """Whether two papers have no other seed."""
    pairs = view.papers_at(first).astype(np.int64) << 32 | view.papers_at(second)
    order = np.argsort(pairs)
    pairs = pairs[order]
    other = np.concatenate(([True], pairs[1:] != pairs[:-1], [True]))
    alone = np.zeros(len(pairs), np.bool_)
    alone[order] = other[1:] & other[:-1]
    return alone


def _on_both_sides(view: View, first: Places, second: Places) -> Places:
    """Which seeds stand in at least ``REACH`` equal letters."""
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(partial(_neighbours, view), (first, second))
    same = one ^ two
    left2, left1, right1, right2 = (
        ((same >> np.uint64(shift)) & _LANE == 0) & ((one >> np.uint64(shift)) & _LANE != 0)
        for shift in (0, 16, 32, 48)
    )
    return np.flatnonzero((left1 & left2) | (left1 & right1) | (right1 & right2))


def _neighbours(view: View, places: Places) -> Keys:
    """The two letters before and the two after the gram at each place, in one number."""
    found = np.zeros(len(places), np.uint64)
    for rows, inside, letters in _by_segment(view, places):
        whole = np.zeros(len(rows), np.uint64)
        for away in (-2, -1, GRAM, GRAM + 1):
            whole = whole >> np.uint64(16) | letters[inside + away].astype(np.uint64) << np.uint64(48)
        found[rows] = whole
    return found


def _long_enough(view: View, marks: Marks, first: Places, second: Places) -> Bools:
    """Whether the equal letters around the grams may be a passage of the first paper, marks around them included."""
    equal = _windows(view, first)
    equal = (equal == _windows(view, second)) & (equal != 0)
    left = np.logical_and.accumulate(equal[:, _SIDE - 1 :: -1], axis=1).sum(axis=1)
    right = np.logical_and.accumulate(equal[:, _SIDE:], axis=1).sum(axis=1)
    enough = left + right >= PLENTY
    unsure = np.flatnonzero(~enough & (left + right >= REACH))
    enough[unsure] = _span(view, first[unsure] - left[unsure], first[unsure] + right[unsure]) >= SHORTEST
    own: Bools = _own(marks, first, left, right) & _own(marks, second, left, right)
    kept: Bools = enough & own
    return kept


def _own(marks: Marks, places: Places, left: Places, right: Places) -> Bools:
    """Whether enough of the letters are the papers' own, or may be beyond what was looked at."""
    held = marks.held(places, _SIDE, GRAM + _SIDE)
    bits = held[:, None] >> np.arange(len(_WINDOW) - 1, -1, -1, dtype=np.uint64) & np.uint64(1)
    own = bits == 0
    own &= (-left[:, None] <= _WINDOW) & (right[:, None] > _WINDOW)
    goes_on = (own[:, 0] & (left == _SIDE)) | (own[:, -1] & (right == GRAM + _SIDE))
    found: Bools = (own.sum(axis=1) >= OWN) | goes_on
    return found


def _span(view: View, low: Places, high: Places) -> Places:
    """Characters from after the letter before ``low`` to before the letter at ``high``."""
    span = np.zeros(len(low), np.int64)
    papers = view.papers_at(low).astype(np.int64)
    order = np.argsort(papers, kind="stable")
    edges = np.flatnonzero(np.concatenate(([True], np.diff(papers[order]) != 0, [True]))) if len(order) else order
    for begin, end in pairwise(edges.tolist()):
        rows = order[begin:end]
        paper = int(papers[rows[0]])
        segment, number = view.home(paper)
        offsets, start, end = segment.offsets(number), int(view.starts[paper]), int(view.lengths[paper])
        for row, first, after in zip(rows.tolist(), low[rows].tolist(), high[rows].tolist(), strict=True):
            before = offsets[first - start - 1] if first > start else -1
            span[row] = (offsets[after - start] if after - start < len(offsets) else end) - before - 1
    return span


def _windows(view: View, places: Places) -> Letters:
    letters = np.zeros((len(places), len(_WINDOW)), np.uint16)
    for rows, inside, held in _by_segment(view, places):
        letters[rows] = held[inside[:, None] + _WINDOW]
    return letters


def _by_segment(view: View, places: Places) -> Iterator[tuple[Places, Places, Letters | Blocks]]:
    """For each segment: which of the places stand in it, where, and its letters; it ends with more zeros than are looked
    at before its first place, so that a place below 0 reads one of them."""
    order = np.argsort(places)
    edges = np.searchsorted(places[order], view.bases)
    for number, (low, high) in enumerate(pairwise(edges.tolist())):
        if high > low:
            rows, segment = order[low:high], view.segments[number]
            letters = segment.letters if high - low < _FEW else segment.letters.all()
            yield rows, places[rows] - view.bases[number], letters
            segment.letters.forget()
