"""Characters that make no word with their neighbours, where another of the same sound would (D28): 问体整改 for 问题整改.

The text is parted into words; a character left alone is tried with every character that sounds or looks like it and
makes a common word with a neighbour. Only a great gain counts: a name or a new word also leaves characters alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache

from .lexicon import SURNAMES, costs, parted, shapes_of, sounds_of
from .phrases import ALONE

_SHORTEST = 4  # a run too short tells nothing
_COMMON = 11.5  # cost of a word that is common enough to be meant
_LEAST_GAIN = 10.5
_AROUND = 5
_PLACES = frozenset("县市镇乡村区省州旗屯庄河江湖山岭港湾沟坝塘渠路街巷桥站矿厂寨堡坪岗洲岛")


@cache
def _neighbours() -> tuple[dict[tuple[str, str], list[str]], dict[tuple[str, str], list[str]]]:
    """(first character, sound) → second characters of common words, and (second character, sound) → first ones."""
    after: dict[tuple[str, str], list[str]] = {}
    before: dict[tuple[str, str], list[str]] = {}
    for word, cost in costs().items():
        if len(word) == 2 and cost <= _COMMON:
            for sound in _keys(word[1]):
                after.setdefault((word[0], sound), []).append(word[1])
            for sound in _keys(word[0]):
                before.setdefault((word[1], sound), []).append(word[0])
    return after, before


@cache
def _keys(letter: str) -> frozenset[str]:
    """Its sounds, and the letters that look like it."""
    return sounds_of(letter) | shapes_of(letter)


def strange(run: str) -> Iterator[tuple[int, int, str]]:
    """[start, end) and what should stand there, of lone characters and of two that stand the wrong way round."""
    if len(run) < _SHORTEST:
        return
    _, row = parted(run)
    at = 0
    for word, after in itertools.pairwise([*row, ""]):
        if len(word) == 1:
            pair = _turned(run, at, word, after) if len(after) == 1 else None
            right = pair or (_better(run, at) if word not in ALONE and not _named(run, at) else None)
            if right is not None:
                yield at, at + len(right), right
        at += len(word)


def _turned(run: str, at: int, word: str, after: str) -> str | None:
    """习学 for 学习: both left alone, and a common word the other way round."""
    pair = after + word
    if costs().get(pair, _COMMON + 1) > _COMMON or (word in ALONE and after in ALONE) or _named(run, at):
        return None
    first, last = max(0, at - _AROUND), at + 2 + _AROUND
    gain = parted(run[first:last])[0] - parted(run[first:at] + pair + run[at + 2 : last])[0]
    return pair if gain >= _LEAST_GAIN else None


def _named(run: str, at: int) -> bool:
    """Whether it may belong to the name of a person or a place."""
    near = run[max(0, at - 2) : at]
    return any(c in SURNAMES for c in near) or run[at] in SURNAMES or run[at + 1 : at + 2] in _PLACES


def _better(run: str, at: int) -> str | None:
    """The character that would make a word here, when the gain is great."""
    after, before = _neighbours()
    tried: set[str] = set()
    for key in _keys(run[at]):
        if at:
            tried.update(after.get((run[at - 1], key), ()))
        if at + 1 < len(run):
            tried.update(before.get((run[at + 1], key), ()))
    tried.discard(run[at])
    if not tried:
        return None
    first, last = max(0, at - _AROUND), at + _AROUND + 1
    cost, _ = parted(run[first:last])
    gain, best = max((cost - parted(run[first:at] + letter + run[at + 1 : last])[0], letter) for letter in tried)
    return best if gain >= _LEAST_GAIN else None
