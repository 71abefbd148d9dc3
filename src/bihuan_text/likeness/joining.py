"""Fingerprints of all papers → pairs of places that only a few papers share, and the places that many share.

The keys of every segment are cut at their highest byte into 256 parts; a task takes some neighbouring parts of all
segments, sorts them together and looks at each run of equal hashes. Tasks know nothing of each other, so they run on as
many processes or machines as there are, and give the same answer in any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .arrays import distinct
from .kin import Kin
from .marks import HELD
from .prints import ALIGN, LOCAL_BITS, PLACE, WINDOW
from .spans import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from .arrays import Bools, Keys, Places
    from .store import View

OFTEN = 4
"""Of a hash that one paper repeats, so many places are looked at; the rest of a refrain says nothing new."""
MANY = 20
"""What more papers than this share is what everybody writes. A fixed number: a share of all papers would let pairs grow
with their square."""
AT_ONCE = 1_500_000
"""Keys that one task sorts: some 12 MB, and about as much again for what is made of them."""


class How(NamedTuple):
    """What counts for nothing: hashes of more than ``many`` papers, and all of a paper for which ``templates[paper]``.

    A paper for which ``hidden[paper]`` is not looked at. One common hash in ``every``, by its number, says who is
    of kin; none with 0.
    """

    many: int = MANY
    templates: Bools | None = None
    hidden: Bools | None = None
    every: int = 1


class Common(NamedTuple):
    """Hashes that many papers share: the place where each first stands, in how many papers, whether in a template."""

    places: Places
    papers: Places
    given: Bools

    @staticmethod
    def together(found: Sequence[Common]) -> Common:
        """What several tasks found."""
        return Common(
            np.concatenate([each.places for each in found]),
            np.concatenate([each.papers for each in found]),
            np.concatenate([each.given for each in found]),
        )

    def phrases(self) -> Iterator[tuple[int, int, int, bool]]:
        """(first letter, letter after the last, papers, template) of hashes that follow each other in like numbers."""
        order = np.argsort(self.places)
        papers, given, at = (column[order].tolist() for column in (self.papers, self.given, self.places))
        begin = 0
        for number in range(1, len(at) + 1):
            goes_on = number < len(at) and at[number] - at[number - 1] <= WINDOW and given[number] == given[begin]
            if not goes_on or not papers[begin] / 2 <= papers[number] <= papers[begin] * 2:
                yield at[begin], at[number - 1] + HELD, max(papers[begin:number]), given[begin]
                begin = number


class Joined(NamedTuple):
    """``first`` < ``second``: int64, places of letters that begin equal hashes in two papers.

    ``common``: int64, sorted, every place of a hash that many papers share; ``shared``: those hashes themselves; ``kin``:
    who holds them with whom.
    """

    first: Places
    second: Places
    common: Places
    shared: Common
    kin: Kin


def nothing() -> Joined:
    """When no two papers share a hash."""
    none = np.zeros(0, np.int64)
    return Joined(none, none, none, Common(none, none, none.astype(np.bool_)), Kin(none, none))


def tasks(view: View) -> list[tuple[int, int]]:
    """Ranges of parts, each small enough to be sorted at once; one part at a time where places need 36 bits."""
    if view.place_bits != LOCAL_BITS:
        return [(part, part + 1) for part in range(PARTS)]
    totals = sum((np.diff(each.parts) for each in view.keyed), np.zeros(PARTS, np.int64))
    number = 2 * max(1, int(np.ceil(totals.sum() / AT_ONCE / 2)))  # an even number keeps two cores busy to the end
    step = -(-PARTS // number)
    return [(low, min(low + step, PARTS)) for low in range(0, PARTS, step)]


def join(view: View, parts: tuple[int, int], how: How) -> Joined:
    """What the hashes of some parts say."""
    keys = _loaded(view, parts)
    if not len(keys):
        return nothing()
    keys.sort()
    bits = np.uint64(view.place_bits)
    hashes = keys >> bits
    same = hashes[1:] == hashes[:-1]
    shared = np.concatenate((same, [False])) | np.concatenate(([False], same))
    hashes, places = hashes[shared], (keys[shared] & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    del keys, same, shared
    papers = view.paper_of_block[places // ALIGN]
    return runs(hashes, places, papers, how)


def _loaded(view: View, parts: tuple[int, int]) -> Keys:
    """The keys of the parts from every segment, with places counted over all segments."""
    low, high = parts
    sizes = [int(each.parts[high] - each.parts[low]) for each in view.keyed]
    keys = np.empty(sum(sizes), np.uint64)
    at = 0
    for each, size, base in zip(view.keyed, sizes, view.bases.tolist(), strict=False):
        piece = keys[at : at + size]
        piece[:] = each.read(low, high)
        if view.place_bits == LOCAL_BITS:
            piece += np.uint64(base)
        else:
            place = (piece & PLACE) + np.uint64(base)
            piece <<= np.uint64(view.place_bits - LOCAL_BITS)
            piece &= ~np.uint64((1 << view.place_bits) - 1)
            piece |= place
        at += size
    return keys


def runs(hashes: Keys, places: Places, papers: NDArray[np.uint32], how: How) -> Joined:
    """Look at each run of equal hashes: what many papers share is common, the rest is paired."""
    if how.hidden is not None:
        seen = ~how.hidden[papers]
        hashes, places, papers = hashes[seen], places[seen], papers[seen]
    if not len(places):
        return nothing()
    begins = np.concatenate(([True], hashes[1:] != hashes[:-1]))
    turns = begins | np.concatenate(([True], papers[1:] != papers[:-1]))
    starts = np.flatnonzero(begins)
    sizes = np.diff(np.append(starts, len(places)))
    spread = np.add.reduceat(turns.astype(np.int32), starts)
    none = np.zeros(len(starts), np.bool_)
    given = none if how.templates is None else np.logical_or.reduceat(how.templates[papers], starts)
    common = given | (spread > how.many)
    found = np.sort(places[np.repeat(common, sizes)])
    again = np.arange(len(places)) - np.maximum.accumulate(np.where(turns, np.arange(len(places)), 0))
    few = np.repeat(~common & (spread > 1), sizes) & (again < OFTEN)
    shared = Common(places[starts[common]], spread[common].astype(np.int64), given[common])
    asked = common & ~given & (hashes[starts] % np.uint64(how.every) == 0) if how.every else none
    kin = _kin(papers, starts[asked], sizes[asked], turns)
    return Joined(*_pairs(places[few], papers[few], hashes[few]), found, shared, kin)


def _kin(papers: NDArray[np.uint32], starts: Places, sizes: Places, turns: Bools) -> Kin:
    """Who holds with whom the hashes whose runs begin at ``starts`` and are so long."""
    ends = np.cumsum(sizes)
    rows = np.arange(int(sizes.sum())) + np.repeat(starts - (ends - sizes), sizes)
    firsts = np.repeat(papers[starts], sizes)
    return Kin.of(papers[rows][turns[rows]], firsts[turns[rows]])


def _pairs(places: Places, papers: NDArray[np.uint32], hashes: Keys) -> tuple[Places, Places]:
    """Every two places of a run that stand in different papers."""
    if not len(places):
        return places, places
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    sizes = np.diff(np.append(starts, len(places)))
    firsts: list[Places] = []
    seconds: list[Places] = []
    for size in distinct(sizes).tolist():
        rows = starts[sizes == size]
        left, right = np.triu_indices(size, 1)
        one, two = (rows[:, None] + left).ravel(), (rows[:, None] + right).ravel()
        apart = papers[one] != papers[two]
        firsts.append(places[one[apart]])
        seconds.append(places[two[apart]])
    return np.concatenate(firsts), np.concatenate(seconds)
