"""New papers against a store: what they share with each other and with everything that was there before.

A hash that stands too often in the store is common and is not fetched; the rest are few, so that one paper is answered
while somebody waits, however large the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .arrays import among, distinct
from .joining import OFTEN, Common, How, Joined, runs
from .marks import Marks
from .pairs import Pairs
from .prints import GRAM, PLACE, WINDOW
from .seeds import Seeds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .arrays import Bools, Keys, Places
    from .store import View

_HASH = ~PLACE
CROWD = 1000
"""A chain is looked up by the rarer of its two fingerprints; where even that stands at more places, it is common."""


class Asked(NamedTuple):
    """The fingerprints of new papers: at ``places``, rising, stand ``hashes[at]``; those of ``low[s]`` to ``high[s]`` are
    the same in ``sorted[s]`` of the view, ``counts`` in all."""

    hashes: Keys
    places: Places
    at: Places
    low: list[Places]
    high: list[Places]
    counts: Places


def ask(view: View, new: Bools, how: How) -> Seeds:
    """Pairs of places in which at least one paper is new: ``new[paper]``."""
    asked = _asked(view, new)
    often = asked.counts > how.many * OFTEN
    few = _joined(view, *_fetched(view, asked, np.flatnonzero(~often)), new, how)
    common = often[asked.at] | among(asked.places, few.common)
    marks = Marks(view.size)
    chained, shared = _chains(view, asked, np.flatnonzero(common), new, how)
    marks.add(chained.common)
    marks.add(shared.places)
    pairs = Pairs()
    pairs.add(few.first, few.second)
    pairs.add(chained.first, chained.second)
    return Seeds(pairs, marks, Common.together([chained.shared, shared]), chained.kin.alike(view, 1), True)


def _asked(view: View, new: Bools) -> Asked:
    """What the new papers hold, and where the same stands in the store."""
    rows = [_of_new(view, number, new) for number in range(len(view.segments))]
    mine, places = np.concatenate([hashes for hashes, _ in rows]), np.concatenate([places for _, places in rows])
    order = np.argsort(places)
    mine, places = mine[order], places[order]
    hashes = np.sort(mine)  # np.unique goes by a hash table, which these, their low bits all 0, drive into one bucket
    hashes = hashes[np.concatenate(([True], hashes[1:] != hashes[:-1]))] if len(hashes) else hashes
    low, high = zip(*(keys.spans(hashes) for keys, _ in view.sorted), strict=True)
    counts = np.sum(high, axis=0) - np.sum(low, axis=0)
    return Asked(hashes, places, np.searchsorted(hashes, mine), list(low), list(high), counts)


def _of_new(view: View, number: int, new: Bools) -> tuple[Keys, Places]:
    """The hashes and places of a segment that belong to new papers."""
    mine = new[view.firsts[number] : view.firsts[number + 1]]
    keys: Keys = view.segments[number].keys.all() if mine.any() else np.zeros(0, np.uint64)
    places = (keys & PLACE).astype(np.int64) + view.bases[number]
    if mine.all() or not len(keys):
        return keys & _HASH, places
    rows = np.flatnonzero(new[view.papers_at(places)])
    return keys[rows] & _HASH, places[rows]


def _fetched(view: View, asked: Asked, wanted: Places) -> tuple[Places, Places]:
    """For every place in the store of ``wanted`` hashes, which of them and the place."""
    which: list[Places] = []
    places: list[Places] = []
    for (keys, base), low, high in zip(view.sorted, asked.low, asked.high, strict=True):
        sizes = high[wanted] - low[wanted]
        ends = np.cumsum(sizes)
        rows = np.arange(int(sizes.sum())) + np.repeat(low[wanted] - (ends - sizes), sizes)
        which.append(np.repeat(np.arange(len(wanted)), sizes))
        places.append(keys.places(rows) + base)
    return np.concatenate(which), np.concatenate(places)


def _joined(view: View, which: Places, places: Places, new: Bools, how: How) -> Joined:
    """What places with the same ``which`` say, as far as new papers are in it."""
    order = np.lexsort((places, which))
    which, places = which[order], places[order]
    joined = runs(which.astype(np.uint64), places, view.papers_at(places), how)
    fresh = new[view.papers_at(joined.first)] | new[view.papers_at(joined.second)]
    return joined._replace(first=joined.first[fresh], second=joined.second[fresh])


# --- chains of common fingerprints (see ``chains``) ---------------------------------------------------------------------


def _chains(view: View, asked: Asked, common: Places, new: Bools, how: How) -> tuple[Joined, Common]:
    """What the chains of the common fingerprints say, and those too common to be looked up."""
    places, at = asked.places[common], asked.at[common]
    gaps = np.diff(places)
    near = gaps <= WINDOW
    begins, gaps, one, two = places[:-1][near], gaps[near], at[:-1][near], at[1:][near]
    rarer = np.where(asked.counts[one] <= asked.counts[two], one, two)
    crowded = asked.counts[rarer] > CROWD
    papers = np.minimum(asked.counts[rarer[crowded]], view.count)
    everywhere = Common(begins[crowded], papers, np.zeros(int(crowded.sum()), np.bool_))
    begins, gaps, shift, rarer = (each[~crowded] for each in (begins, gaps, np.where(rarer == one, 0, gaps), rarer))
    which, there = _fetched(view, asked, rarer)
    there -= shift[which]
    same = _same(view, there, begins[which], gaps[which] + GRAM)
    return _joined(view, which[same], there[same], new, how), everywhere


def _same(view: View, there: Places, here: Places, lengths: Places) -> Bools:
    """Whether so many letters are the same at both places."""
    apart = _letters(view, there) != _letters(view, here)
    beyond = np.arange(GRAM + WINDOW) >= lengths[:, None]
    same: Bools = (~apart | beyond).all(axis=1)
    return same


def _letters(view: View, places: Places) -> NDArray[np.uint16]:
    """The letters from each place on, as many as a chain may hold."""
    letters = np.zeros((len(places), GRAM + WINDOW), np.uint16)
    home = np.searchsorted(view.bases, places, "right") - 1
    numbers: list[int] = distinct(home[(places >= 0) & (places < view.size)]).tolist()
    for number in numbers:
        rows = np.flatnonzero(home == number)
        inside = places[rows, None] - view.bases[number] + np.arange(GRAM + WINDOW)
        held = view.segments[number].letters
        letters[rows] = held[np.minimum(inside, len(held) - 1)]
        held.forget()  # hundreds of segments would be more files than the system lets one process hold
    return letters
