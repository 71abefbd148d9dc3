"""Which letters stand in what many papers share: one bit a letter of the store, flags for the few looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .prints import ALIGN, GRAM, WINDOW

if TYPE_CHECKING:
    from .arrays import Flags, Places

HELD = GRAM + 1
"""Letters that every chain holds; most hold one or two more."""
UNSEEN = 2 * (WINDOW - 1)
"""Letters that may be left without a chain at either end of what two papers share."""
_BEFORE, _AFTER = HELD + 2 * UNSEEN, HELD + 2 * UNSEEN + HELD
_AT_ONCE = 1 << 16
_BIT = np.array([128, 64, 32, 16, 8, 4, 2, 1], np.uint8)


class Marks:
    """One bit for every letter of a store: whether a common fingerprint, or a common chain of two, begins there."""

    def __init__(self, size: int) -> None:
        self.bits = np.zeros(size // 8 + ALIGN, np.uint8)

    def add(self, places: Places) -> None:
        """Something common begins at these places."""
        np.bitwise_or.at(self.bits, places >> 3, _BIT[places & 7])

    def of(self, start: int, room: int) -> Flags:
        """0 or 1 for the letters of one paper; ``start`` and ``room`` are multiples of eight."""
        return np.unpackbits(self.bits[start >> 3 : (start + room) >> 3])

    def own(self, places: Places) -> Places:
        """Of the ``GRAM`` letters from each place on, how many no common chain holds."""
        counts = [self._own(places[low : low + _AT_ONCE]) for low in range(0, len(places), _AT_ONCE)]
        return np.concatenate(counts) if counts else np.zeros(0, np.int64)

    def _own(self, places: Places) -> Places:
        around = places[:, None] + np.arange(-_BEFORE, _AFTER)
        np.maximum(around, 0, out=around)
        flags = ((self.bits[around >> 3] & _BIT[around & 7]) != 0).astype(np.uint8)
        closed = spread(flags.ravel()).reshape(flags.shape)  # neighbouring rows only disturb each other's ends
        own: Places = (closed[:, _BEFORE : _BEFORE + GRAM] == 0).sum(axis=1, dtype=np.int64)
        return own


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
