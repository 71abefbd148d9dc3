"""The cheapest parting of a text into words, by the share of each word in the language.

It is no judge of style: it only tells whether a stretch makes words at all, and which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import add

from .lexicon import LONGEST, UNKNOWN, costs
from .pairs import INSIDE, signs_in

_NEVER = 1e9
_SAME = 1e-6  # sums of tenths that are equal differ by less
_TOGETHER = re.compile(b"\x01+")
_IS_INSIDE = bytes(byte & INSIDE for byte in range(256))


def parted(text: str, signs: bytes | None = None) -> list[str]:
    """The cheapest parting of a text into words; a mark is a word of its own.

    Between two characters that stand side by side in no word every parting cuts. Only what stands together is weighed, and
    that is a word or two, which papers have again and again. ``signs`` are those of the text, where at hand.
    """
    row: list[str] = []
    at = 0
    for found in _TOGETHER.finditer((signs_in(text) if signs is None else signs).translate(_IS_INSIDE)):
        start, end = found.start(), found.end() + 1
        row += text[at:start]  # each character a word
        row += _cheapest(text[start:end])
        at = end
    row += text[at:]
    return row


@lru_cache(maxsize=1 << 14)
def _cheapest(text: str) -> tuple[str, ...]:
    """The cheapest parting of a few characters; of two that cost the same, the one whose last words are longer."""
    known, size = costs().get, len(text)
    if size == 2:  # what follows below, for what is met most
        apart = known(text[0], UNKNOWN) + known(text[1], UNKNOWN)
        return (text,) if known(text, _NEVER) - _SAME <= apart else tuple(text)
    best = [0.0] + [_NEVER] * size
    come = [0] * (size + 1)
    for at in range(size):
        if best[at] + known(text[at], UNKNOWN) < best[at + 1] - _SAME:
            best[at + 1], come[at + 1] = best[at] + known(text[at], UNKNOWN), at
        for end in range(at + 2, min(at + LONGEST, size) + 1):
            cost = known(text[at:end])
            if cost is not None and best[at] + cost < best[end] - _SAME:
                best[end], come[end] = best[at] + cost, at
    row: list[str] = []
    while size > 0:
        row.append(text[come[size] : size])
        size = come[size]
    return tuple(row[::-1])


def cost_of(row: Iterable[str]) -> float:
    """What words cost together."""
    return reduce(add, (costs().get(word, UNKNOWN) for word in row), 0.0)
