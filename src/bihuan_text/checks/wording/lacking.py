"""What is left of a longer common word when one of its characters is taken away: 责人 of 负责人, 训班 of 培训班 (D28).

Where such a rest stands in a text and makes no words there, a character was lost.
"""

from __future__ import annotations

from functools import cache
from operator import add

from bihuan_text.lists import threshold

from .lexicon import SURNAMES, costs

_SIZES = range(3, 7)  # lengths of the words that are looked for
_FAR = 3  # how far before a character begins what is looked for around it


@cache
def _rests() -> dict[str, tuple[str, ...]]:
    """What is left → the words it may be of. What is a word itself tells nothing, nor does a given name."""
    most = threshold("most_cost_of_longer_words")
    found: dict[str, tuple[str, ...]] = {}
    for word, cost in costs().items():
        if len(word) in _SIZES and cost <= most and not _is_name(word):
            for rest in {word[:at] + word[at + 1 :] for at in range(len(word))}:
                if rest not in costs():
                    found[rest] = (*found.get(rest, ()), word)
    return found


def insides() -> set[str]:
    """Every two characters that stand side by side in what is left: a lone character that touches none lacks nothing."""
    return {rest[at : at + 2] for rest in _rests() for at in range(len(rest) - 1)}


@cache
def _heads() -> dict[str, tuple[int, ...]]:
    """The first two characters of what is left → how long it may be."""
    found: dict[str, tuple[int, ...]] = {}
    for head, size in sorted({(rest[:2], len(rest)) for rest in _rests()}):
        found[head] = (*found.get(head, ()), size)
    return found


def longer(text: str, at: int) -> list[tuple[int, int, str]]:
    """[start, end) of ``text``, with the character at ``at`` in it, and the word one character longer that may be meant."""
    found: list[tuple[int, int, str]] = []
    low = max(0, at - _FAR)
    twos = map(add, text[low : at + 1], text[low + 1 : at + 2])
    for start, sizes in enumerate(map(_heads().get, twos), low):
        for size in sizes or ():
            if start + size > at:
                words = _rests().get(text[start : start + size], ())
                found.extend((start, start + size, word) for word in words)
    return found


def _is_name(word: str) -> bool:
    """Whether a word of three characters is likely a person's name: people are also called by the given name alone."""
    called = word[0] in SURNAMES and word[:2] not in costs() and word[1:] not in costs()
    return len(word) == 3 and (called or word[1] == word[2])
