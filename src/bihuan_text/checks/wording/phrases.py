"""Near misses of fixed phrases: one character missing, added, changed or two turned round (D28, D20).

Each phrase is looked for by its first two characters, and in the text read backwards by its last two, so that a slip
anywhere leaves one of them whole. A near miss counts only when the words around it make no sense without it: the
lexicon must find them much cheaper with the phrase put right, and must not be able to part the slip into words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from bihuan_text.lists import threshold

from .beside import row_cost
from .lexicon import alike, costs
from .pairs import BEGINS, ENDS, NAME_BEGINS, NAME_ENDS, TURNED, places
from .parting import cost_of, parted
from .phrasebook import Book, Index, in_order, known, names, phrases, turned_inside, turns

_HAN = re.compile("[\u4e00-\u9fff]+")
_FIRST, _LAST = re.compile("[\u4e00-\u9fff]*"), re.compile("[\u4e00-\u9fff]*$")
_AROUND = 6
# Characters that stand alone as words all the time: one of them between two words is no sign of a slip.
ALONE = frozenset(
    "的了和与在是对要不把将为等及也都就从到向上下中里以而并更已有无各每该这那其之再又多少大小新老全被让使给由于按人事年月日会"
    "能可很最还没用做去来说看想名个位件条项次户份场本张台元副"
)
_INFIX = ALONE | frozenset("地得着过好完成出起住透仍却")  # may stand inside a phrase: 查摆的问题
_MAY_LACK = Counter("够很更较太已所")  # a turn of phrase makes sense without
_LEAST_GAIN = {"sub": 5.0, "swap": 5.0, "lost": 4.5, "extra": 4.0, "edge": 9.0, "other": 16.0}
_OPEN = re.compile("^一.了之$|工作作")  # 一退了之: any verb may stand there; 就下步工作作部署: 作 is a verb of its own
_DEGREES = frozenset("高强多好深紧严细实大快重熟准新广远")
_TAKE_OBJECTS = frozenset("谈说讲问看抓写理学做办听想管走带")
_LONG = 6
_LONG_PHRASE = 12.0  # what a phrase costs at the most
_SURE = 7  # a name as long as this needs no other witness


class Slip(NamedTuple):
    """Text [start, end) that should read ``right``."""

    start: int
    end: int
    right: str
    kind: str


def slips(text: str, signs: bytes) -> Iterator[Slip]:
    """The slips in a text, each once; ``signs`` are those of the text."""
    found: dict[tuple[int, int], Slip] = {}
    for slip in _both_ways(text, phrases(), places(signs, BEGINS), places(signs, ENDS), strict=False):
        _keep(found, text, slip)
    for at in places(signs, TURNED):
        for phrase in turned_inside()[text[at : at + 2]]:
            if text.startswith(phrase[1] + phrase[3], at + 2):
                _keep(found, text, Slip(at, at + 4, phrase, "swap"))
    yield from _apart(found)


def name_slips(text: str, signs: bytes) -> Iterator[Slip]:
    """Slips in names that must be right to the character; long ones need no other witness."""
    found: dict[tuple[int, int], Slip] = {}
    for slip in _both_ways(text, names(), places(signs, NAME_BEGINS), places(signs, NAME_ENDS), strict=True):
        _keep_name(found, text, slip)
    yield from _apart(found)


def _both_ways(text: str, book: Book, begins: list[int], ends: list[int], *, strict: bool) -> Iterator[Slip]:
    """Near misses found by their beginning, then, in the text turned round, by their end."""
    for at, length, phrase, kind in _near(text, book.ahead, begins, strict=strict):
        yield Slip(at, at + length, phrase, kind)
    size = len(text)
    for at, length, phrase, kind in _near(
        text[::-1], book.back, [size - 2 - at for at in reversed(ends)], strict=strict
    ):
        yield Slip(size - at - length, size - at, phrase[::-1], kind)


def _keep_name(found: dict[tuple[int, int], Slip], run: str, slip: Slip) -> None:
    if not _HAN.fullmatch(run, slip.start, slip.end):
        return
    sure = len(slip.right) >= _SURE and slip.kind not in ("edge", "other")
    if sure or _counts(run, slip):
        found.setdefault((slip.start, slip.end), slip)


_TORN = re.compile(r"[\s#*|_=~<>/\\A-Za-z&;\x00]")


def is_torn(text: str, start: int, end: int) -> bool:
    """Whether a blank, or what a web page left behind, stands beside: then a word may have been torn there."""
    sides = text[start - 1 : start] if start else " ", text[end : end + 1] or " "
    return any(_TORN.match(side) for side in sides)


def _keep(found: dict[tuple[int, int], Slip], run: str, slip: Slip) -> None:
    place = (slip.start, slip.end)
    if place not in found and _HAN.fullmatch(run, *place) and _counts(run, slip):
        found[place] = slip


def _apart(found: dict[tuple[int, int], Slip]) -> Iterator[Slip]:
    """Of slips that overlap the longest phrase."""
    taken: list[Slip] = []
    for slip in sorted(found.values(), key=lambda s: -len(s.right)):
        if all(slip.end <= t.start or slip.start >= t.end for t in taken):
            taken.append(slip)
    yield from sorted(taken, key=lambda s: s.start)


def _near(run: str, index: Index, begun: list[int], *, strict: bool) -> Iterator[tuple[int, int, str, str]]:
    """(place, length, phrase, kind) of each near miss whose first two characters are whole."""
    for at in begun:
        known, (third, fourth) = index[run[at : at + 2]], (run[at + 2 : at + 3], run[at + 3 : at + 4])
        # a slip leaves at least one of the next two characters near its place; at most places neither is
        for _, phrase in in_order(known[third], known.get(fourth)) if third in known else known.get(fourth, ()):
            if not run.startswith(phrase, at):
                near = one_slip(run, at + 2, phrase, 2, strict=strict)
                if near is not None:
                    yield at, near[0] + 2, phrase, near[1]


def one_slip(run: str, at: int, phrase: str, done: int, *, strict: bool = False) -> tuple[int, str] | None:
    """How many characters of ``run`` from ``at`` stand for phrase[done:], with exactly one slip, and which; else None.

    A strict phrase (a name) may not hold a particle either.
    """
    size, end = len(phrase), len(run)
    while done < size and at < end and run[at] == phrase[done]:
        at, done = at + 1, done + 1
    begin = at
    left = size - done
    if left == 0:
        return None
    whole = done - 2  # characters that agreed since the anchor
    if left > 1 and run[at : at + 2] == phrase[done + 1] + phrase[done] and run.startswith(phrase[done + 2 :], at + 2):
        return whole + left, "swap"
    if run.startswith(phrase[done + 1 :], at) and left > 1:
        return whole + left - 1, "lost"
    if at + left <= end and run.startswith(phrase[done + 1 :], at + 1):
        if alike(run[at], phrase[done]):
            return whole + left, "sub"
        return (whole + left, "other") if left > 1 else (whole, "edge")
    if run.startswith(phrase[done:], at + 1) and (strict or run[at] not in _INFIX or run[at] == phrase[done - 1]):
        return whole + left + 1, "extra"
    return (whole, "edge") if left == 1 and begin == at else None


def _counts(run: str, slip: Slip) -> bool:
    """Whether the words around make much more sense with the phrase put right."""
    said = run[slip.start : slip.end]
    if slip.kind == "edge" and is_torn(run, slip.start, slip.end):
        return False
    if _OPEN.search(said) or _says_itself(said, slip) or (slip.right in turns() and not _inside(said, slip)):
        return False
    if slip.kind == "edge" and len(slip.right) < _LONG:
        return slip.right in known() and _lacks_an_end(run, slip)
    if said in known() or said in costs():
        return False
    if slip.kind == "other" and len(slip.right) < _LONG:
        return False
    before = _han(_LAST.search(run[max(0, slip.start - _AROUND) : slip.start]))
    after = _han(_FIRST.match(run[slip.end : slip.end + _AROUND]))
    row = parted(before + said + after)
    first, last = _differs(said, slip.right) if slip.right in turns() else (0, len(said))
    if not _broken(row, len(before) + first, len(before) + last):
        return False
    edges = {len(before), len(before) + len(said)}
    if slip.right in turns() and not edges <= set(accumulate(map(len, row), initial=0)):
        return False  # 自学抓得不紧, 党员评讲: a word reaches into what looks like a turn of phrase, or out of it
    return cost_of(row) - _cost_with(before, slip.right, after) >= _LEAST_GAIN[slip.kind]


def _says_itself(said: str, slip: Slip) -> bool:
    """工作热情高 says the opposite of the phrase with 不; in 结合工作谈思路 a verb stands between two nouns."""
    changed = Counter(slip.right) - Counter(said) or Counter(said) - Counter(slip.right)
    if slip.kind == "lost":
        return "不" in changed and said[-1] in _DEGREES
    return slip.kind == "extra" and not changed.keys().isdisjoint(_TAKE_OBJECTS) and not _two_alike(said)


def _two_alike(said: str) -> bool:
    return any(one == two for one, two in pairwise(said))


def _inside(said: str, slip: Slip) -> bool:
    """Whether a turn of phrase has both its ends, no word of its own in the place of another, and lacks none of degree."""
    whole = said[0] == slip.right[0] and said[-1] == slip.right[-1] and slip.kind != "other"
    if slip.kind == "extra":  # 上年度我查摆问题: what people put into it is a word; twice the same character is not
        return whole and _two_alike(said)
    return whole and not (slip.kind == "lost" and Counter(slip.right) - Counter(said) <= _MAY_LACK)


def _differs(said: str, right: str) -> tuple[int, int]:
    """[start, end) in ``said`` of what differs, with a character either side: 强 of 不够强 stands alone by right."""
    first = next((n for n, (a, b) in enumerate(zip(said, right, strict=False)) if a != b), min(len(said), len(right)))
    back = zip(reversed(said), reversed(right), strict=False)
    last = next((n for n, (a, b) in enumerate(back) if a != b), min(len(said), len(right)))
    return max(0, first - 1), max(first, len(said) - last) + 1


def _lacks_an_end(run: str, slip: Slip) -> bool:
    """Whether a short phrase lost its first or last: the words, with the company they keep, gain much."""
    start, end = max(0, slip.start - _AROUND), slip.end + _AROUND
    before, after = run[start : slip.start], run[slip.end : end]
    row = parted(before + run[slip.start : slip.end] + after)
    if not _broken(row, len(before), slip.end - start):
        return False
    right = parted(before + slip.right + after)
    return row_cost(["。", *row, "。"]) - row_cost(["。", *right, "。"]) >= threshold("least_gain_of_ends")


def _han(match: re.Match[str] | None) -> str:
    return match.group() if match else ""


def _cost_with(before: str, phrase: str, after: str) -> float:
    """The cost of a stretch that holds a phrase as one word."""
    own = min(costs().get(phrase, _LONG_PHRASE), _LONG_PHRASE)
    return cost_of(parted(before)) + own + cost_of(parted(after))


def _broken(row: list[str], start: int, end: int) -> bool:
    """Whether the parting leaves a lone character, no word by itself, inside [start, end)."""
    at = 0
    for word in row:
        if len(word) == 1 and start <= at < end and word not in ALONE:
            return True
        at += len(word)
    return False
