"""Characters that make no word with their neighbours, where another of the same sound would (D28): 问体整改 for 问题整改.

The text is parted into words; a character left alone, in company it was never seen in, is tried with every character
that sounds or looks like it and makes a common word with a neighbour, turned round with the character after it, and, where
it stands in what is left of a longer word, as that word.
Only a great gain counts, words and the company they keep taken together: a name or a new word also leaves characters alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate, compress, count, groupby

from bihuan_text.lists import threshold

from .beside import row_cost, seen
from .lacking import longer
from .lexicon import SURNAMES, costs, letters_alike, shapes_of, sounds_of
from .pairs import LACKING, marked
from .parting import parted
from .phrases import ALONE

_ENOUGH = re.compile("[\u4e00-\u9fff]{3}")  # a run that is shorter tells nothing
_COMMON = 11.5  # cost of a word that is common enough to be meant
_KNOWN, _RARER = 13.0, 2.0  # cost of a word that may be meant too, and what is asked for each step that it is rarer
_PLACES = frozenset("县市镇乡村区省州旗屯庄河江湖山岭港湾沟坝塘渠路街巷桥站矿厂寨堡坪岗洲岛")
_TURNED, _TURNED_VERB = -1.0, 1.5  # what two characters the wrong way round cost more than one for another
_PREDICATES = frozenset("少多大小高低长短强弱好坏快慢早晚")
_BEFORE_VERB = frozenset("到在从对把被为由向与和给让按以")  # 到受群众欢迎的地方去: these stand before anything
_NONE: frozenset[str] = frozenset()
_CHEAPEST = 10.0  # what a stretch of a few words costs at the least
_OFTEN = 1.0  # logarithm of how often a pair was seen that is no surprise

Company = dict[str, dict[str, str]]
"""A character → key → the characters that make a known word with it and have that key."""
Form = tuple[int, int, str]
"""[start, end) of a text, and what may be meant there."""


@cache
def _company() -> tuple[Company, Company]:
    """The second characters of known words by the first, and the first by the second."""
    after: Company = {}
    before: Company = {}
    for word, cost in costs().items():
        if len(word) == 2 and cost <= _KNOWN:
            _keep(after.setdefault(word[0], {}), word[1])
            _keep(before.setdefault(word[1], {}), word[0])
    return after, before


def _keep(known: dict[str, str], letter: str) -> None:
    """By its sounds, and by itself: what looks like a neighbour of it need not look like it."""
    for key in sounds_of(letter) | {letter}:
        known[key] = known.get(key, "") + letter


@cache
def _letters() -> frozenset[str]:
    """The characters in whose place another may be meant."""
    return frozenset(letter for known in _company() for letter in known) | letters_alike()


@cache
def _keys(letter: str) -> frozenset[str]:
    """Its sounds, and the letters that look like it."""
    return sounds_of(letter) | shapes_of(letter)


def strange(text: str, signs: bytes) -> Iterator[Form]:
    """[start, end) and what should stand there: lone characters, two the wrong way round, what a lost character left;
    ``signs`` are those of the text."""
    row, padded, known, done = ["。", *parted(text, signs), "。"], f"。{text}。", costs(), 0
    starts, lacking_near = list(accumulate(map(len, row), initial=-1)), marked(signs, LACKING).find
    for n in compress(count(), map(_letters().__contains__, row)):
        at = starts[n]
        if at < done:
            continue
        forms = _instead(padded[at : at + 3])
        if len(row[n + 1]) == 1 and known.get(row[n + 1] + row[n], 99.0) <= _COMMON:
            forms |= {row[n + 1] + row[n]}  # the two turned round
        near = row[n] not in ALONE and lacking_near(1, max(0, at - 1), at + 1) >= 0
        lost = longer(text, at) if near else ()
        if (forms or lost) and _suspect(row, n) and _ENOUGH.search(text, max(0, at - 2), at + 3):
            tried = [(at, at + len(form), form) for form in sorted(forms)]
            right = _righted(text, row, starts, n, [*tried, *lost])
            if right is not None:
                done = right[1]
                yield right


def _is_word(word: str) -> bool:
    return "\u4e00" <= word < "\ua000"


def _turned_cost(form: str, first: str) -> float:
    """More where the order may be meant: 到受群众欢迎的地方去, 应补的数少4."""
    return _TURNED_VERB if first in _BEFORE_VERB or form[0] in _PREDICATES else _TURNED


def _suspect(row: list[str], n: int) -> bool:
    """Whether a lone character keeps company, on either side, that was hardly ever seen."""
    if row[n - 1] in "一了着" and row[n - 2][-1:] == row[n]:
        return False  # 歇一歇, 看了看
    left, right = seen(row[n - 1], row[n]), seen(row[n], row[n + 1])
    return min(left, right) < _OFTEN


def _righted(text: str, row: list[str], starts: list[int], n: int, forms: list[Form]) -> Form | None:
    """What should stand there, when the gain is great: [before the words around, the words, after them] is compared."""
    best, most = None, _least(_bar(row, n))
    for (low, high), tried in groupby(forms, lambda form: _span(row, starts, n, form)):
        said = row_cost(row[low - 1 : high + 1])
        if said < most + _CHEAPEST:
            continue
        for start, end, form in tried:
            changed = parted(text[starts[low] : start] + form + text[end : starts[high]])
            gain = said - row_cost([row[low - 1], *changed, row[high]]) - _asked(text, start, end, form)
            if gain >= most:
                best, most = (start, end, form), gain
    return best


def _span(row: list[str], starts: list[int], n: int, form: Form) -> tuple[int, int]:
    """[first, last) of the words that are weighed: those the form stands for, and one on either side; (n, n) where it cuts
    a word in two."""
    low, high = n, n + 1
    if len(form[2]) > form[1] - form[0]:
        low, high = bisect_left(starts, form[0]), bisect_left(starts, form[1])
        if starts[low] != form[0] or starts[high] != form[1]:
            return n, n
    return low - _is_word(row[low - 1]), high + _is_word(row[high])


def _asked(text: str, start: int, end: int, form: str) -> float:
    """What is asked for it beyond a wrong character that makes a common word."""
    if len(form) > 1:
        return 0.0 if len(form) > end - start else _turned_cost(form, text[start])
    made = min(costs().get(text[start - 1 : start] + form, _KNOWN), costs().get(form + text[end : end + 1], _KNOWN))
    return _RARER * max(0.0, made - _COMMON)


@cache
def _least(name: str) -> float:
    return threshold(name)


def _bar(row: list[str], n: int) -> str:
    """Which gain is asked for: a greater one of what may be a name, and of words that stand alone all the time."""
    usual = row[n] in ALONE and max(seen(row[n - 1], row[n]), seen(row[n], row[n + 1])) >= 0
    return "least_gain_of_names" if usual or _named(row, n) else "least_gain"


@lru_cache(maxsize=1 << 14)
def _instead(three: str) -> frozenset[str]:
    """The letters like the second of three that make a known word with the first or the third."""
    after, before = _company()
    keys = _keys(three[1])
    found = [
        known[key] for known in (after.get(three[0]), before.get(three[2])) if known for key in keys if key in known
    ]
    return frozenset("".join(found)) - {three[1]} if found else _NONE


def _named(row: list[str], n: int) -> bool:
    """Whether it may belong to the name of a person or a place: a surname stands right before it, or is itself one."""
    near = row[n - 2 : n + 1] if _is_word(row[n - 1]) else row[n : n + 1]
    return any(len(word) == 1 and word in SURNAMES for word in near) or row[n + 1][:1] in _PLACES
