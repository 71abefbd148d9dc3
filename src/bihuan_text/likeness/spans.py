"""Sorted keys on disk, looked up: where those of a hash begin and end, found with a block or two read for each hash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .prints import LOCAL_BITS
from .sealed import BLOCK, part

if TYPE_CHECKING:
    from .arrays import Bools, Keys, Places
    from .sealed import Blocks

PARTS = 256
"""Keys are cut at their highest byte into so many parts."""
FENCE = BLOCK // 8
"""Of so many keys the hash of the first one stands in memory: each says which block of the file to read."""
WIDE = 36
"""Bits of a place in a table of many segments. Its keys lack the highest byte of their hash: that is the part they stand in."""


class Sorted(NamedTuple):
    """``keys``: sorted in each part, the hash above, ``bits`` of place below. ``parts``: int64[257], where each begins.

    ``fences``: uint64, the hash of every ``FENCE``-th key, as ``prints`` has it.
    """

    keys: Blocks
    parts: Places
    fences: Keys
    bits: int

    @staticmethod
    def of(keys: Blocks, told: bytes, bits: int) -> Sorted:
        """``told``: the bytes of the parts and the fences."""
        fences = np.frombuffer(told, np.uint64, offset=8 * (PARTS + 1))
        return Sorted(keys, np.frombuffer(told, np.int64, PARTS + 1), fences, bits)

    def spans(self, hashes: Keys) -> tuple[Places, Places]:
        """Rows [low, high) of the keys of each hash; ``hashes``: uint64 without places."""
        ends = [np.searchsorted(self.fences, hashes, side) * FENCE for side in ("left", "right")]
        self.keys.soon(np.maximum(np.concatenate(ends) - FENCE, 0))
        return self._rows(hashes, ends[0], after=False), self._rows(hashes, ends[1], after=True)

    def places(self, rows: Places) -> Places:
        """The places of these keys, int64, from the beginning of what the keys are of."""
        found: Keys = self.keys[rows]
        return (found & np.uint64((1 << self.bits) - 1)).astype(np.int64)

    def _rows(self, hashes: Keys, fence: Places, *, after: bool) -> Places:
        """For each hash the row of its first key, or of the first key after it; that is at most as far as its fence."""
        begin = self.parts[(hashes >> np.uint64(56)).astype(np.int64)]
        end = self.parts[(hashes >> np.uint64(56)).astype(np.int64) + 1]
        low, high = np.clip(fence - FENCE, begin, end), np.clip(fence, begin, end)
        wanted = hashes << np.uint64(self.bits - LOCAL_BITS) >> np.uint64(self.bits)
        while True:
            unsure = np.flatnonzero(low < high)
            if not len(unsure):
                return low
            middle = (low[unsure] + high[unsure]) >> 1
            held = self.keys[middle] >> np.uint64(self.bits)
            before: Bools = held <= wanted[unsure] if after else held < wanted[unsure]
            low[unsure[before]] = middle[before] + 1
            high[unsure[~before]] = middle[~before]


class Keyed(NamedTuple):
    """A file of keys sorted as in ``prints``, and where those of each highest byte begin: int64[257].

    ``blocks``: the same file with its sums, when it has them.
    """

    path: Path
    parts: Places
    blocks: Blocks | None = None

    def read(self, low: int, high: int) -> Keys:
        """The keys of the parts [low, high)."""
        begin, end = int(self.parts[low]), int(self.parts[high])
        if self.blocks:
            return self.blocks.between(begin, end)
        return np.frombuffer(part(str(self.path), 8 * begin, 8 * end), np.uint64)
