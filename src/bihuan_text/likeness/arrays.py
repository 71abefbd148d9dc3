"""The kinds of array that the inner loops pass around, and two questions about them.

`np.unique` and `np.isin` load the masked arrays of NumPy first, which takes as long as comparing three hundred papers.
"""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Letters: TypeAlias = NDArray[np.uint16]
"""Folded letters, the texts of a store one after another."""
Keys: TypeAlias = NDArray[np.uint64]
"""A hash and a place packed in one number, so that one sort brings equal hashes together."""
Places: TypeAlias = NDArray[np.int64]
"""Indices of letters or of papers."""
Bools: TypeAlias = NDArray[np.bool_]
Flags: TypeAlias = NDArray[np.uint8]
"""0 or 1 for each letter."""

Number = TypeVar("Number", bound=np.generic)


def distinct(values: NDArray[Number]) -> NDArray[Number]:
    """Each value once, in order; for a row of numbers."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def among(values: NDArray[Any], others: NDArray[Any]) -> Bools:
    """For each value whether it is one of the others."""
    if not len(others):
        return np.zeros(len(values), np.bool_)
    ordered = np.sort(others)
    found: Bools = ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)] == values
    return found
