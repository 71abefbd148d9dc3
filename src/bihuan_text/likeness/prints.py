"""Letters → fingerprints: hashes of ``GRAM`` letters at some two of every five places, the same ones in every paper.

Of every ``REACH`` letters that follow each other the one that comes first in a shuffled alphabet says by its place which of
the ``WINDOW`` grams in them is kept (mod-sampling: Groot Koerkamp and Pibiri, "The mod-minimizer", WABI 2024). So whatever
two papers share over at least ``REACH`` = 12 letters has a kept gram in both, wherever it stands: a passage of twenty
characters may hold no more letters than that. Winnowing the hashes themselves keeps that promise with grams of eight letters
at the same cost, and words that follow each other by chance are five times as often eight letters long as ten.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from .folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from .arrays import Bools, Keys, Letters, Places

GRAM = 10
WINDOW = 3
"""Kept grams stand at most so many letters apart."""
REACH = GRAM + WINDOW - 1
DENSITY = 5 / 13
"""Of all places, about so many are kept (measured: 0.385)."""
ALIGN = 64
"""Papers begin at multiples of this many letters, so that the paper of a place is one look-up away."""
LOCAL_BITS = 28
"""Bits of a key that hold the place inside one batch; the 36 above hold the hash."""
PLACE = np.uint64((1 << LOCAL_BITS) - 1)
_AT_ONCE = (1 << 16) - REACH
"""Letters hashed at once: what is made of them stays in the processor's cache, and a place among them fits 16 bits."""
_CHARACTERS = 150_000
_SHUFFLE = np.uint16(0x9E37)
_WHICH = (np.arange(REACH) % WINDOW).astype(np.uint8)
_BASE = 0x9E3779B97F4A7C15
_MODULUS = 1 << 64


class Batch:
    """The letters and keys of some papers.

    ``letters``: uint16, zeros between papers; ``starts``, ``sizes``: where each paper's letters begin and how many it has;
    ``kept``: for each paper one bit a code point, packed; ``keys``: sorted uint64, hash above, place in ``letters`` below.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        groups = [_Group(group) for group in _groups(texts)]
        bases = np.cumsum([0, *(len(group.letters) for group in groups)])
        self.letters: Letters = np.concatenate([group.letters for group in groups])
        self.starts: Places = np.concatenate([each.starts + base for each, base in zip(groups, bases, strict=False)])
        self.sizes: Places = np.concatenate([group.sizes for group in groups])
        self.lengths: Places = np.concatenate([group.lengths for group in groups])
        self.kept: list[NDArray[np.uint8]] = [bits for group in groups for bits in group.kept]
        keys = [each.keys + np.uint64(base) for each, base in zip(groups, bases.tolist(), strict=False)]
        self.keys: Keys = np.concatenate(keys)
        self.keys.sort()


class _Group:
    """The same for so few papers that what is made of them stays in the processor's cache; ``keys`` in no order."""

    def __init__(self, texts: Sequence[str]) -> None:
        folded = fold(texts)
        self.sizes, self.lengths = np.diff(folded.bounds), folded.lengths
        rooms = (self.sizes + GRAM + ALIGN - 1) // ALIGN * ALIGN  # at least GRAM zeros after every paper
        self.starts: Places = np.cumsum(rooms) - rooms
        self.letters: Letters = np.zeros(int(rooms.sum()), np.uint16)
        begins: Bools = np.zeros(len(self.letters), np.bool_)
        for start, size, bound in zip(self.starts.tolist(), self.sizes.tolist(), folded.bounds.tolist(), strict=False):
            self.letters[start : start + size] = folded.letters[bound : bound + size]
            begins[start : start + max(0, size - REACH + 1)] = True
        self.keys: Keys = keys_of(self.letters, begins)
        ends = np.cumsum(folded.lengths).tolist()
        self.kept = [np.packbits(folded.kept[low:high]) for low, high in pairwise([0, *ends])]


def _groups(texts: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    size = 0
    for text in texts:
        group.append(text)
        size += len(text)
        if size >= _CHARACTERS:
            yield group
            group, size = [], 0
    if group or not texts:
        yield group


def hashes(letters: Letters) -> Keys:
    """uint64, ``GRAM`` - 1 shorter: a polynomial of the ``GRAM`` letters from each place on, modulo 2⁶⁴.

    The last product carries every letter into the high bits: only those are kept in a key.
    """
    ones = letters.astype(np.uint64)
    twos = _pair(ones, ones, 1, 1)
    fours = _pair(twos, twos, 2, 2)
    eights = _pair(fours, fours, 4, 4)
    whole = _pair(eights, twos, 8, 2)
    whole *= np.uint64(_BASE)
    return whole


def _pair(first: Keys, second: Keys, width: int, second_width: int) -> Keys:
    """Hash of ``width`` letters and the ``second_width`` after them."""
    if len(second) <= width:
        return np.zeros(0, np.uint64)
    after = second[width:]
    whole = first[: len(after)] * np.uint64(pow(_BASE, second_width, _MODULUS))
    whole += after
    return whole


def keys_of(letters: Letters, begins: Bools) -> Keys:
    """The keys of the kept grams in their order; ``begins`` says where ``REACH`` letters of one paper begin."""
    found: list[Keys] = []
    last = -1
    for low in range(0, len(letters), _AT_ONCE):
        piece = letters[low : low + _AT_ONCE + REACH - 1]
        places = kept(piece, begins[low : low + _AT_ONCE])
        places = places[places + low > last]  # where two pieces meet both may keep the same
        if len(places):
            last = int(places[-1]) + low
            found.append((hashes(piece)[places] & ~PLACE) | (places + low).astype(np.uint64))
    return np.concatenate(found) if found else np.zeros(0, np.uint64)


def kept(letters: Letters, begins: Bools) -> Places:
    """Where grams are kept: places in a row of less than 65,536 letters."""
    windows = len(letters) - REACH + 1
    if windows <= 0:
        return np.zeros(0, np.int64)
    least = (letters * _SHUFFLE).astype(np.uint32)
    least <<= np.uint32(16)
    least |= np.arange(len(letters), dtype=np.uint32)
    for width in (1, 2, 4, REACH - 8):
        least = np.minimum(least[:-width], least[width:])
    at = np.flatnonzero(begins[:windows])
    which = (least & np.uint32(0xFFFF)).astype(np.int64)[at] - at
    chosen = np.zeros(len(letters), np.bool_)
    chosen[at + _WHICH[which]] = True
    return np.flatnonzero(chosen)
