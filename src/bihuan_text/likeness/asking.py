"""New papers against a store: what they share with each other and with everything that was there before.

A hash that stands too often in the store is common and is not fetched; the rest are few, so that one paper is answered
while somebody waits, however large the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .joining import OFTEN, Common, How, Joined, runs
from .prints import ALIGN, PLACE

if TYPE_CHECKING:
    from .arrays import Bools, Keys, Places
    from .store import Segment, View

_HASH = ~PLACE


def ask(view: View, new: Bools, how: How) -> Joined:
    """Pairs of places in which at least one paper is new: ``new[paper]``."""
    asked = _asked(view, new)
    spans = [_spans(segment, asked) for segment in view.segments]
    counts = sum((high - low for low, high in spans), np.zeros(len(asked), np.int64))
    fetched = counts <= how.many * OFTEN
    pieces = [
        _fetched(segment, base, asked, span, fetched)
        for segment, base, span in zip(view.segments, view.bases.tolist(), spans, strict=False)
    ]
    few = _looked_at(view, pieces, new, how)
    places, hashes = _crowded(view, asked[~fetched], new)
    crowded, at = np.unique(hashes, return_index=True)
    often = np.minimum(counts[~fetched][np.searchsorted(asked[~fetched], crowded)], view.count)
    given = np.zeros(len(at), np.bool_)  # a template of that many papers is told by its number
    shared = Common.together([few.shared, Common(places[at], often, given)])
    return Joined(few.first, few.second, np.union1d(few.common, places), shared)


def _asked(view: View, new: Bools) -> Keys:
    """The different hashes of the new papers, sorted, their places cleared."""
    hashes = [segment.keys[_of_new(view, number, new)] & _HASH for number, segment in enumerate(view.segments)]
    asked = np.concatenate(hashes)
    asked.sort()  # np.unique goes by a hash table, which these keys, their low bits all 0, drive into one bucket
    return asked[np.concatenate(([True], asked[1:] != asked[:-1]))] if len(asked) else asked


def _of_new(view: View, number: int, new: Bools) -> Places | slice:
    """Which keys of a segment belong to new papers."""
    mine = new[view.firsts[number] : view.firsts[number + 1]]
    if mine.all():
        return slice(None)
    if not mine.any():
        return slice(0, 0)
    places = (view.segments[number].keys & PLACE).astype(np.int64) + view.bases[number]
    return np.flatnonzero(new[view.paper_of_block[places // ALIGN]])


def _spans(segment: Segment, asked: Keys) -> tuple[Places, Places]:
    """Where the keys of each asked hash begin and end."""
    return np.searchsorted(segment.keys, asked), np.searchsorted(segment.keys, asked | PLACE, "right")


def _fetched(
    segment: Segment, base: int, asked: Keys, span: tuple[Places, Places], wanted: Bools
) -> tuple[Keys, Places]:
    """Hashes and places of the wanted hashes in one segment."""
    low, high = span[0][wanted], span[1][wanted]
    sizes = high - low
    ends = np.cumsum(sizes)
    rows = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(low - (ends - sizes), sizes)
    return np.repeat(asked[wanted], sizes), (segment.keys[rows] & PLACE).astype(np.int64) + base


def _looked_at(view: View, pieces: list[tuple[Keys, Places]], new: Bools, how: How) -> Joined:
    hashes, places = (np.concatenate(column) for column in zip(*pieces, strict=True))
    order = np.lexsort((places, hashes))
    hashes, places = hashes[order], places[order]
    papers = view.paper_of_block[places // ALIGN]
    joined = runs(hashes, places, papers, how)
    fresh = new[view.paper_of_block[joined.first // ALIGN]] | new[view.paper_of_block[joined.second // ALIGN]]
    return Joined(joined.first[fresh], joined.second[fresh], joined.common, joined.shared)


def _crowded(view: View, hashes: Keys, new: Bools) -> tuple[Places, Keys]:
    """The places of crowded hashes in new papers, and which hash stands there."""
    places: list[Places] = []
    found: list[Keys] = []
    for number, segment in enumerate(view.segments):
        keys = segment.keys[_of_new(view, number, new)]
        inside = keys[np.isin(keys & _HASH, hashes)]
        places.append((inside & PLACE).astype(np.int64) + view.bases[number])
        found.append(inside & _HASH)
    return np.concatenate(places), np.concatenate(found)
