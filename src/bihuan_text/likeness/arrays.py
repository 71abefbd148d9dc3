"""The kinds of array that the inner loops pass around."""

from __future__ import annotations

from typing import TypeAlias

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
