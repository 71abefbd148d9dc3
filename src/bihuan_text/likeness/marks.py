"""Which letters stand in what many papers share: one bit a letter of the store, flags for the few looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .prints import ALIGN, GRAM, WINDOW

if TYPE_CHECKING:
    from .arrays import Flags, Keys, Places

HELD = GRAM + 1
"""Letters that every chain holds; most hold one or two more."""
UNSEEN = 2 * (WINDOW - 1)
"""Letters that may be left without a chain at either end of what two papers share."""
_BYTES_BEFORE = 4
"""So many bytes of flags before a place, and as many from it on, say which letters around it are common."""
_AT_ONCE = 1 << 16
_BIT = np.array([128, 64, 32, 16, 8, 4, 2, 1], np.uint8)


class Marks:
    """One bit for every letter of a store: whether a common fingerprint, or a common chain of two, begins there."""

    def __init__(self, size: int) -> None:
        self.bits = np.zeros(size // 8 + ALIGN, np.uint8)

    def add(self, places: Places) -> None:
        """Something common begins at these places."""
        np.bitwise_or.at(self.bits, places >> 3, _BIT[places & 7])

    def own(self, places: Places) -> Places:
        """Of the ``GRAM`` letters from each place on, how many no common chain holds."""
        counts = [self._own(places[low : low + _AT_ONCE]) for low in range(0, len(places), _AT_ONCE)]
        return np.concatenate(counts) if counts else np.zeros(0, np.int64)

    def _own(self, places: Places) -> Places:
        own: Places = GRAM - np.bitwise_count(self.held(places, 0, GRAM)).astype(np.int64)
        return own

    def held(self, places: Places, before: int, after: int) -> Keys:
        """The letters from ``before`` (at most 14) letters before each place up to the ``after``-th (at most 17) from it
        on, one bit each, the last one lowest: whether a common chain holds it."""
        around = (places >> 3)[:, None] + np.arange(-_BYTES_BEFORE, 8 - _BYTES_BEFORE)
        bits = self.bits[np.maximum(around, 0)]
        bits[around < 0] = 0
        begins = bits.view(">u8").ravel().astype(np.uint64) << (places & 7).astype(np.uint64)
        held: Keys = _closed(begins) << np.uint64(8 * _BYTES_BEFORE - before) >> np.uint64(64 - before - after)
        return held


def _closed(begins: Keys) -> Keys:
    """``spread`` for 64 letters a number, the first one in the highest bit; right but for the last eight."""
    held, gap = _smeared(begins, HELD), 2 * UNSEEN + 1
    wide = ~_smeared(held, gap)
    for step in _doubling(gap):
        wide |= wide << np.uint64(step)
    return ~wide


def _smeared(flags: Keys, width: int) -> Keys:
    """Each set bit and those of the ``width`` - 1 letters after it."""
    for step in _doubling(width):
        flags = flags | flags >> np.uint64(step)
    return flags


def _doubling(width: int) -> list[int]:
    """Shifts that together reach over so many letters."""
    steps: list[int] = []
    reached = 1
    while reached < width:
        step = min(reached, width - reached)
        steps.append(step)
        reached += step
    return steps


def spread(begins: Flags) -> Flags:
    """Flags of all letters in a common chain from flags where one begins.

    The few letters between two common runs are flagged too: where common phrases meet, some of each are left over.
    """
    flags = begins.copy()
    width = 1
    while width < HELD:
        more = min(width, HELD - width)
        flags[more:] |= flags[:-more].copy()
        width += more
    flips = np.flatnonzero(flags[1:] != flags[:-1]) + 1
    if len(flips) and not flags[0]:
        flips = flips[1:]
    gaps = flips[: len(flips) // 2 * 2].reshape(-1, 2)  # each begins after a run and ends before the next
    gaps = gaps[gaps[:, 1] - gaps[:, 0] <= 2 * UNSEEN]
    for step in range(2 * UNSEEN):
        flags[gaps[gaps[:, 0] + step < gaps[:, 1], 0] + step] = 1
    return flags
