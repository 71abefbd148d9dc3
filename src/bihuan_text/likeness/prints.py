"""Letters → fingerprints: a rolling hash of every ``GRAM`` letters, winnowed.

Winnowing keeps the smallest of every ``WINDOW`` neighbouring hashes, so that whatever two papers share over at least
``GRAM + WINDOW - 1`` = 12 letters has a kept fingerprint in both, wherever it stands: a passage of twenty characters may
hold no more letters than that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .arrays import Bools, Keys, Letters, Places

GRAM = 8
WINDOW = 5
ALIGN = 64
"""Papers begin at multiples of this many letters, so that the paper of a place is one look-up away."""
LOCAL_BITS = 28
"""Bits of a key that hold the place inside one batch; the 36 above hold the hash."""
PLACE = np.uint64((1 << LOCAL_BITS) - 1)
_AT_ONCE = 1 << 17
"""Letters hashed at once: what is made of them stays in the processor's cache."""
_BASE = 0x9E3779B97F4A7C15
_MODULUS = 1 << 64


class Batch:
    """The letters and keys of some papers.

    ``letters``: uint16, zeros between papers; ``starts``, ``sizes``: where each paper's letters begin and how many it has;
    ``kept``: for each paper one bit a code point, packed; ``keys``: sorted uint64, hash above, place in ``letters`` below.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        folded = fold(texts)
        self.sizes: Places = np.diff(folded.bounds)
        rooms = (self.sizes + GRAM + ALIGN - 1) // ALIGN * ALIGN  # at least GRAM zeros after every paper
        self.starts: Places = np.concatenate(([0], np.cumsum(rooms)))[:-1].astype(np.int64)
        self.lengths: Places = folded.lengths
        self.letters: Letters = np.zeros(int(rooms.sum()), np.uint16)
        begins: Bools = np.zeros(len(self.letters), np.bool_)
        for start, size, bound in zip(self.starts.tolist(), self.sizes.tolist(), folded.bounds.tolist(), strict=False):
            self.letters[start : start + size] = folded.letters[bound : bound + size]
            begins[start : start + max(0, size - GRAM + 1)] = True
        self.keys: Keys = keys_of(self.letters, begins)
        self.kept: list[NDArray[np.uint8]] = []
        at = 0
        for length in folded.lengths.tolist():
            self.kept.append(np.packbits(folded.kept[at : at + length]))
            at += length


def hashes(letters: Letters) -> Keys:
    """uint64 of the same length: a polynomial of the ``GRAM`` letters from each place on, modulo 2⁶⁴; the tail is 0.

    The last product carries every letter into the high bits: only those are kept in a key.
    """
    ones = letters.astype(np.uint64)
    twos = _pair(ones, ones, 1, 1)
    fours = _pair(twos, twos, 2, 2)
    eights = _pair(fours, fours, 4, 4)
    whole = np.zeros(len(letters), np.uint64)
    whole[: len(eights)] = eights * np.uint64(_BASE)
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
    """The sorted keys of the winnowed fingerprints; ``begins`` says where ``GRAM`` letters of one paper begin."""
    found: list[Keys] = []
    around = WINDOW - 1
    for low in range(0, len(letters), _AT_ONCE):
        before, after = max(0, low - around), low + _AT_ONCE + around  # windows reach into the neighbours
        whole = hashes(letters[before : after + GRAM - 1])[: min(after, len(letters)) - before]
        valid = begins[before:after]
        whole[~valid] = np.uint64(_MODULUS - 1)
        chosen = _smallest(whole) & valid
        chosen[: low - before] = False
        chosen[low - before + _AT_ONCE :] = False
        places = np.flatnonzero(chosen)
        found.append((whole[places] & ~PLACE) | (places + before).astype(np.uint64))
    keys = np.concatenate(found) if found else np.zeros(0, np.uint64)
    keys.sort()
    return keys


def _smallest(whole: Keys) -> Bools:
    """Whether each hash is the smallest of one of the windows of five that it stands in."""
    if len(whole) < WINDOW:
        return np.ones(len(whole), np.bool_)
    twos = np.minimum(whole[:-1], whole[1:])
    fours = np.minimum(twos[:-2], twos[2:])
    least = np.minimum(fours[:-1], whole[4:])
    chosen = np.zeros(len(whole), np.bool_)
    for at in range(WINDOW):
        part = whole[at : at + len(least)]
        chosen[at : at + len(least)] |= part == least
    return chosen
