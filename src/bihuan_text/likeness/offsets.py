"""Where the letters of one paper stand in its plain text, looked up in one bit a code point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .arrays import Flags

_SET = [tuple(bit for bit in range(8) if byte & 128 >> bit) for byte in range(256)]
"""Which bits of a byte are set, the highest one first and called 0."""


class Offsets:
    """``offsets[letter]`` is the code point of a letter; a few are asked for of each paper, so none is unpacked before."""

    def __init__(self, bits: Flags) -> None:
        """``bits``: a bit for every code point, set where it is a letter; ``np.packbits`` made them."""
        self._bits = bits
        self._up_to = np.cumsum(np.bitwise_count(bits), dtype=np.int64)

    def __len__(self) -> int:
        """How many letters."""
        return int(self._up_to[-1]) if len(self._up_to) else 0

    def __getitem__(self, letter: int) -> int:
        """The code point of a letter, both counted from 0. Raises ``IndexError`` beyond the last one."""
        byte = int(self._up_to.searchsorted(letter, "right"))
        left = letter - (int(self._up_to[byte - 1]) if byte else 0)
        return 8 * byte + _SET[int(self._bits[byte])][left]

    def letters_before(self, code_point: int) -> int:
        """How many letters stand before a code point."""
        byte, bit = divmod(code_point, 8)
        inside = int(self._bits[byte]) >> (8 - bit) if bit else 0
        return (int(self._up_to[byte - 1]) if byte else 0) + inside.bit_count()
