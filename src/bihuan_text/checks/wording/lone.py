"""Characters that make no word with their neighbours, where another of the same sound would (D28): 问体整改 for 问题整改.

The text is parted into words; a character left alone, in company it was never seen in, is tried with every character
that sounds or looks like it and makes a common word with a neighbour, and turned round with the character after it.
Only a great gain counts, words and the company they keep taken together: a name or a new word also leaves characters alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from bihuan_text.lists import threshold

from .beside import row_cost, seen
from .lexicon import SURNAMES, costs, parted, shapes_of, sounds_of
from .phrases import ALONE

_SHORTEST = 3  # a run too short tells nothing
_COMMON = 11.5  # cost of a word that is common enough to be meant
_PLACES = frozenset("县市镇乡村区省州旗屯庄河江湖山岭港湾沟坝塘渠路街巷桥站矿厂寨堡坪岗洲岛")
_TURNED, _TURNED_VERB = -1.0, 1.5  # what two characters the wrong way round cost more than one for another
_PREDICATES = frozenset("少多大小高低长短强弱好坏快慢早晚")
_BEFORE_VERB = frozenset("到在从对把被为由向与和给让按以")  # 到受群众欢迎的地方去: these stand before anything
_CHEAPEST = 10.0  # what a stretch of a few words costs at the least
_OFTEN = 1.0  # logarithm of how often a pair was seen that is no surprise


@cache
def _neighbours() -> tuple[dict[tuple[str, str], list[str]], dict[tuple[str, str], list[str]]]:
    """(first character, key) → second characters of common words, and (second character, key) → first ones."""
    after: dict[tuple[str, str], list[str]] = {}
    before: dict[tuple[str, str], list[str]] = {}
    for word, cost in costs().items():
        if len(word) == 2 and cost <= _COMMON:
            for key in _own_keys(word[1]):
                after.setdefault((word[0], key), []).append(word[1])
            for key in _own_keys(word[0]):
                before.setdefault((word[1], key), []).append(word[0])
    return after, before


def _own_keys(letter: str) -> frozenset[str]:
    """Its sounds, and itself: what looks like a neighbour of it need not look like it."""
    return sounds_of(letter) | {letter}


@cache
def _keys(letter: str) -> frozenset[str]:
    """Its sounds, and the letters that look like it."""
    return sounds_of(letter) | shapes_of(letter)


def strange(run: str, before: str = "。", after: str = "。") -> Iterator[tuple[int, int, str]]:
    """[start, end) and what should stand there, of lone characters and of two that stand the wrong way round.

    ``before`` and ``after`` are the marks on either side of the run.
    """
    if len(run) < _SHORTEST:
        return
    _, row = parted(run)
    full = [before, *row, after]
    at = done = 0
    for n, word in enumerate(row, 1):
        forms = _forms(run, at, full, n) if len(word) == 1 and at >= done else None
        if forms and _suspect(full, n):
            right = _righted(run, at, full, n, forms)
            if right is not None:
                done = at + len(right)
                yield at, done, right
        at += len(word)


def _turned_cost(form: str, first: str) -> float:
    """More where the order may be meant: 到受群众欢迎的地方去, 应补的数少4."""
    return _TURNED_VERB if first in _BEFORE_VERB or form[0] in _PREDICATES else _TURNED


def _suspect(full: list[str], n: int) -> bool:
    """Whether a lone character keeps company, on either side, that was hardly ever seen."""
    if n > 2 and full[n - 1] in "一了着" and full[n - 2][-1:] == full[n]:
        return False  # 歇一歇, 看了看
    left, right = seen(full[n - 1], full[n]), seen(full[n], full[n + 1])
    return min(left, right) < _OFTEN


def _righted(run: str, at: int, full: list[str], n: int, forms: frozenset[str]) -> str | None:
    """What should stand at ``at``, when the gain is great: [before the words around, the words, after them] is compared."""
    first = at - (len(full[n - 1]) if n > 1 else 0)
    last = at + 1 + (len(full[n + 1]) if n + 2 < len(full) else 0)
    low, high = (n - 1 if n > 1 else n), (n + 2 if n + 2 < len(full) else n + 1)
    left, right = full[low - 1], full[high]
    said = row_cost([left, *full[low:high], right])
    best, most = None, _least(_bar(full, n))
    if said < most + _CHEAPEST:
        return None
    for form in forms:
        changed = run[first:at] + form + run[at + len(form) : last]
        gain = said - row_cost([left, *parted(changed)[1], right]) - (len(form) - 1) * _turned_cost(form, run[at])
        if gain >= most:
            best, most = form, gain
    return best


@cache
def _least(name: str) -> float:
    return threshold(name)


def _bar(full: list[str], n: int) -> str:
    """Which gain is asked for: a greater one of what may be a name, and of words that stand alone all the time."""
    usual = full[n] in ALONE and max(seen(full[n - 1], full[n]), seen(full[n], full[n + 1])) >= 0
    return "least_gain_of_names" if usual or _named(full, n) else "least_gain"


def _forms(run: str, at: int, full: list[str], n: int) -> frozenset[str]:
    """What may be meant: the character and the one after it turned round, or another that sounds or looks alike."""
    tried = _instead(run[at], run[at - 1 : at], run[at + 1 : at + 2])
    if n + 2 < len(full) and len(full[n + 1]) == 1 and costs().get(full[n + 1] + full[n], 99.0) <= _COMMON:
        return tried | {full[n + 1] + full[n]}
    return tried


@lru_cache(maxsize=1 << 14)
def _instead(letter: str, left: str, right: str) -> frozenset[str]:
    """The letters like this one that make a common word with the letter on its left or right."""
    after, before = _neighbours()
    tried: set[str] = set()
    for key in _keys(letter):
        tried.update(after.get((left, key), ()), before.get((right, key), ()))
    return frozenset(tried - {letter})


def _named(full: list[str], n: int) -> bool:
    """Whether it may belong to the name of a person or a place: a surname stands right before it, or is itself one."""
    near = full[max(0, n - 2) : n + 1]
    return any(len(word) == 1 and word in SURNAMES for word in near) or full[n + 1][:1] in _PLACES
