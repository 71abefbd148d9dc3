"""Near-identical papers, more of them than are told pair by pair: found by what they share with the first of them.

Every common hash is counted for its papers with the first paper that holds it: one count a paper, not one a pair, so that
ten thousand filled-in copies of one paper cost what ten thousand papers cost. Nearly all hashes of such papers begin in the
same first paper; what everybody writes here and there begins in many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .prints import DENSITY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .arrays import Places
    from .store import View

ALIKE = 0.5
"""Two papers belong to one family when half of either stands in the other."""
_LOW = np.int64(0xFFFFFFFF)


class Kin(NamedTuple):
    """``pairs``: int64, rising, a paper in the high half and the first paper of the hash in the low; ``counts``: hashes."""

    pairs: Places
    counts: Places

    @staticmethod
    def of(papers: NDArray[np.uint32], firsts: NDArray[np.uint32]) -> Kin:
        """Counted, a paper with itself left out."""
        others = papers != firsts
        pairs, counts = np.unique(papers[others].astype(np.int64) << 32 | firsts[others], return_counts=True)
        return Kin(pairs, counts)

    @staticmethod
    def together(found: Sequence[Kin]) -> Kin:
        """What several tasks counted."""
        pairs, at = np.unique(np.concatenate([each.pairs for each in found]), return_inverse=True)
        counts = np.bincount(at, np.concatenate([each.counts for each in found]), len(pairs))
        return Kin(pairs, counts.astype(np.int64))

    def alike(self, view: View, every: int) -> list[tuple[int, int]]:
        """Papers that share half of both, when one in ``every`` hash was counted."""
        one, two = self.pairs >> 32, self.pairs & _LOW
        longer = np.maximum(view.sizes[one], view.sizes[two])
        near = self.counts * every >= ALIKE * DENSITY * longer
        return list(zip(one[near].tolist(), two[near].tolist(), strict=True))
