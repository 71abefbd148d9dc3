"""Equal stretches of letters → passages: one for what was copied in one go, however it was touched up afterwards.

A changed, dropped or added character cuts a copy into stretches whose ends lie a letter or two apart in both papers; two
sentences that changed places lie side by side in both, only in the other order. Both are put together again. What many
papers share is trimmed from the ends, and what holds too few letters of its own is no passage.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from difflib import SequenceMatcher
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bihuan_text.cores import cores

from .marks import HELD, UNSEEN, spread
from .prints import ALIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .arrays import Flags, Letters, Places
    from .store import Excerpt

OWN = 12
"""Letters that a passage must hold beside what many papers share."""
GAP = 3
"""Letters that may differ between two stretches of one copy without a closer look."""
WIDE_GAP, ALIKE = 40, 0.6
"""A wider gap belongs to the copy when its two sides are alike by this ratio: two changes close to each other."""
EDGE = 18
"""A run of common letters this long is trimmed from an end of a passage."""
INNER = 60
"""A longer run of common letters cuts a passage in two."""
AGAIN = 4
"""Equal letters after one changed letter beyond the end of a stretch that show the copy goes on."""
_PIECE, _ROWS = 1 << 20, 1 << 14
"""Letters flagged, and places looked up, at once: they stay in the processor's cache."""
_CLOSE_LOOK = 400
"""More stretches than this between two papers are only put together with their neighbours."""


class Match(NamedTuple):
    """Letters [a0, a1) of one paper stand in [b0, b1) of another; ``cut``: whether the ends were trimmed (left, right)."""

    a0: int
    a1: int
    b0: int
    b1: int
    cut: tuple[bool, bool] = (False, False)

    @property
    def size(self) -> int:
        """Letters on the shorter side."""
        return min(self.a1 - self.a0, self.b1 - self.b0)


class Cover:
    """Which letters of an excerpt stand in what many papers share."""

    def __init__(self, begins: Flags) -> None:
        """``begins``: one bit for each letter, set where something common begins."""
        self.flags = np.zeros(8 * len(begins) + ALIGN, np.uint8)
        with ThreadPoolExecutor(cores()) as pool:
            for low, piece in pool.map(partial(_spread, begins, len(self.flags)), range(0, len(self.flags), _PIECE)):
                self.flags[low : low + len(piece)] = piece
        self._count()

    def _count(self) -> None:
        self._rows = self.flags.reshape(-1, ALIGN)
        sums = self._rows.sum(axis=1, dtype=np.int64)
        self._before = np.cumsum(sums) - sums

    def on_both_sides(self, first: Places, second: Places, length: Places) -> None:
        """Make common in both papers what is common in one of them, where their letters are equal."""
        for one, two, size in zip(first.tolist(), second.tolist(), length.tolist(), strict=True):
            both = self.flags[one : one + size] | self.flags[two : two + size]
            self.flags[one : one + size] = self.flags[two : two + size] = both
        self._count()

    def before(self, places: Places) -> Places:
        """How many letters before each place are common."""
        counts = [self._counted(places[low : low + _ROWS]) for low in range(0, len(places), _ROWS)]
        return np.concatenate(counts) if counts else np.zeros(0, np.int64)

    def _counted(self, places: Places) -> Places:
        block, inside = places // ALIGN, places % ALIGN
        left = np.arange(ALIGN) < inside[:, None]
        whole: Places = self._before[block] + (self._rows[block] & left).sum(axis=1, dtype=np.int64)
        return whole


def _spread(begins: Flags, size: int, low: int) -> tuple[int, Flags]:
    """``spread`` for some letters from ``low`` on, which needs little memory; it sees as far beyond them as that looks."""
    seen = max(0, low - ALIGN)
    piece = np.unpackbits(begins[seen >> 3 : (low + _PIECE + ALIGN) >> 3])
    piece = np.concatenate((piece, np.zeros(min(size, low + _PIECE + ALIGN) - seen - len(piece), np.uint8)))
    return low, spread(piece)[low - seen : low - seen + _PIECE]


def matches(
    papers: Excerpt, cover: Cover, first: Places, second: Places, length: Places
) -> Iterator[tuple[int, int, list[Match]]]:
    """(paper, paper, passages in letters) for every two papers with at least one, in the order of the papers."""
    own = length - np.maximum(_common(cover, first, length), _common(cover, second, length))
    kept = own > 0
    first, second, length, own = first[kept], second[kept], length[kept], own[kept]
    if not len(first):
        return
    pair = papers.paper_of_block[first // ALIGN].astype(np.int64) << 32 | papers.paper_of_block[second // ALIGN]
    order = np.lexsort((first, pair))
    pair = pair[order]
    edges = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1], [True])))
    enough = np.add.reduceat(own[order], edges[:-1]) >= OWN  # where common phrases meet, a letter or two seem own
    rows = np.stack((first, first + length, second, second + length), axis=1)[order]
    for low, high in zip(edges[:-1][enough].tolist(), edges[1:][enough].tolist(), strict=True):
        found = _passages(papers.letters, cover, [Match(*row) for row in rows[low:high].tolist()])
        if found:
            yield int(pair[low]) >> 32, int(pair[low]) & 0xFFFFFFFF, found


def _common(cover: Cover, starts: Places, lengths: Places) -> Places:
    """How many letters of each stretch are common."""
    return cover.before(starts + lengths) - cover.before(starts)


def _passages(letters: Letters, cover: Cover, pieces: list[Match]) -> list[Match]:
    whole = [_followed(letters, cover, each) for each in _joined(letters, pieces)]
    trimmed = [part for each in whole for part in _own_parts(cover, each)]
    return sorted(_without_shreds(trimmed), key=lambda each: (each.a0, each.b0))


# --- putting together -------------------------------------------------------------------------------------------------


def _joined(letters: Letters, pieces: list[Match]) -> list[Match]:
    """Stretches that belong to one copy, put together until nothing more fits."""
    while True:
        merged = _round(letters, sorted(pieces, key=lambda each: (each.a0, each.a1)))
        if len(merged) == len(pieces):
            return merged
        pieces = merged


def _round(letters: Letters, pieces: list[Match]) -> list[Match]:
    done: list[Match] = []
    look_back = len(pieces) if len(pieces) <= _CLOSE_LOOK else 3
    for piece in pieces:
        for at in range(len(done) - 1, max(-1, len(done) - 1 - look_back), -1):
            if _belong(letters, done[at], piece):
                done[at] = _hull(done[at], piece)
                break
        else:
            done.append(piece)
    return done


def _hull(one: Match, two: Match) -> Match:
    return Match(min(one.a0, two.a0), max(one.a1, two.a1), min(one.b0, two.b0), max(one.b1, two.b1))


def _belong(letters: Letters, one: Match, two: Match) -> bool:
    """Whether two stretches are neighbours in both papers, in the same order or with their places changed."""
    after = two.a0 - one.a1
    if not -GAP <= after <= WIDE_GAP:
        return False
    if -GAP <= two.b0 - one.b1 <= WIDE_GAP:
        return _small(letters, one, two, two.b0 - one.b1)
    return after <= GAP and -GAP <= one.b0 - two.b1 <= GAP


def _small(letters: Letters, one: Match, two: Match, gap: int) -> bool:
    if max(two.a0 - one.a1, gap) <= GAP:
        return True
    left = letters[one.a1 : two.a0].tolist()
    right = letters[one.b1 : two.b0].tolist()
    if 0 in left or 0 in right:
        return False
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= ALIKE


# --- the ends ---------------------------------------------------------------------------------------------------------


def _followed(letters: Letters, cover: Cover, match: Match) -> Match:
    """The passage with what lies beyond a single changed, dropped or added letter at its ends."""
    a1, b1 = _beyond(letters, cover, match.a1, match.b1, 1)
    a0, b0 = _beyond(letters, cover, match.a0 - 1, match.b0 - 1, -1)
    return Match(a0 + 1, a1, b0 + 1, b1)


def _beyond(letters: Letters, cover: Cover, a: int, b: int, way: int) -> tuple[int, int]:
    while True:
        for skip_a, skip_b in ((1, 1), (1, 0), (0, 1)):
            run = _run(letters, a + skip_a * way, b + skip_b * way, way)
            start = a + skip_a * way
            if run >= AGAIN and not cover.flags[min(start, start + (run - 1) * way) :][:run].all():
                a, b = start + run * way, b + (skip_b + run) * way
                break
        else:
            return a, b


def _run(letters: Letters, a: int, b: int, way: int) -> int:
    """Equal letters from here on."""
    run = 0
    while 0 <= a < len(letters) and 0 <= b < len(letters) and letters[a] == letters[b] != 0:
        run, a, b = run + 1, a + way, b + way
    return run


# --- what is the papers' own ------------------------------------------------------------------------------------------


def _own_parts(cover: Cover, match: Match) -> Iterator[Match]:
    """The passage without long common runs at its ends, cut where a very long one stands inside."""
    shared = _to_the_ends(cover.flags[match.a0 : match.a1])
    if not shared.any():
        if match.size >= OWN:
            yield match
        return
    for low, high in _kept_ranges(shared):
        if int((shared[low:high] == 0).sum()) < OWN:
            continue
        left, right = low > 0, high < len(shared)
        b0 = match.b0 + low if left else match.b0
        b1 = match.b1 - (len(shared) - high) if right else match.b1
        if b1 - b0 >= OWN:
            yield match._replace(a0=match.a0 + low, a1=match.a0 + high, b0=b0, b1=b1, cut=(left, right))


def _to_the_ends(shared: Flags) -> Flags:
    """The flags with the up to four letters flagged that are left unseen at either end of a common run."""
    if len(shared) and not (shared[0] and shared[-1]) and (shared[:HELD].any() or shared[-HELD:].any()):
        flagged = np.flatnonzero(shared)
        shared = shared.copy()
        shared[: flagged[0] if flagged[0] <= UNSEEN else 0] = 1
        shared[flagged[-1] if len(shared) - 1 - flagged[-1] <= UNSEEN else len(shared) :] = 1
    return shared


def _kept_ranges(shared: Flags) -> Iterator[tuple[int, int]]:
    """Ranges of a stretch between its long common runs."""
    flips = np.flatnonzero(np.diff(np.concatenate(([0], shared, [0])).astype(np.int8)))
    begin = 0
    for low, high in zip(flips[::2].tolist(), flips[1::2].tolist(), strict=True):
        at_end = low == 0 or high == len(shared)
        if high - low >= (EDGE if at_end else INNER):
            if low > begin:
                yield begin, low
            begin = high
    if begin < len(shared):
        yield begin, len(shared)


def _without_shreds(found: list[Match]) -> list[Match]:
    """Passages whose two sides are not both told already by longer ones of the same two papers."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda each: -each.size):
        in_a = any(each.a0 <= match.a0 + GAP and match.a1 - GAP <= each.a1 for each in kept)
        in_b = any(each.b0 <= match.b0 + GAP and match.b1 - GAP <= each.b1 for each in kept)
        if not (in_a and in_b):
            kept.append(match)
    return kept
