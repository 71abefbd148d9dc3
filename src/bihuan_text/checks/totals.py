"""D18: parts and the total named after them, what is done and what is left, a goal and what it lacks, days and how often.

All in one sentence, and only where its words say that nothing else is counted in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.lists import regex
from bihuan_text.ordinals import value_of

from .registry import Amiss

_TOTAL = regex("totals", "total")
_STATED = regex("totals", "stated")
_OPEN = regex("totals", "open")
_CLOSED = regex("totals", "closed")
_GOAL = regex("totals", "goal")
_SHORT_OF = regex("totals", "short_of")
_DAYS = regex("totals", "days")
_MONTHS = regex("totals", "months")
_WITHIN = re.compile("其中|以上|累计|除|另|外")
_NO_CHANGE = r"(?<![少多差快慢减降增加]了)(?<![少多差快慢减增加\d])"  # 比上年少3天 is not how many there are
_STOP = re.compile("[。；\n]")
_CLAUSE = re.compile("[^，、；。\n]+")
_SENTENCE = 140  # characters of a sentence before a total
_NEAR = 0.2  # how far a total may be off and still be meant as the sum


def totals(text: str) -> Iterator[Amiss]:
    """Every such count of a text that does not come out."""
    yield from _sums(text)
    yield from _states(text)
    yield from _goals(text)
    yield from _occasions(text)


def _sums(text: str) -> Iterator[Amiss]:
    """支委之间谈话6次，支委与党员谈话27次，共谈话35次: the same thing, counted in the same unit."""
    for match in _TOTAL.finditer(text):
        start = max(match.start() - _SENTENCE, *(text.rfind(mark, 0, match.start()) + 1 for mark in "。；\n"), 0)
        said, unit, total = text[start : match.start()], match["u"], int(match["n"])
        parts = [int(n) for n in re.findall(rf"(?<![\d.第])(\d{{1,5}}) ?{unit}", said)]
        if len(parts) < 2 or total <= max(parts) or _WITHIN.search(said) or not _same(said, match["what"]):
            continue
        if 0 < abs(sum(parts) - total) <= max(2, _NEAR * total):
            why = f"前面各项相加是{sum(parts)}{unit}，这里写的是{total}{unit}。"
            yield Amiss(match.start("said"), match.end(), why)


def _same(parts: str, what: str) -> bool:
    """Whether the total counts what the parts counted: it names nothing new."""
    return not what or any(what[at : at + 2] in parts for at in range(max(1, len(what) - 1)))


def _states(text: str) -> Iterator[Amiss]:
    """问题5个，已经整改4个，还有2个正在整改: done and open are all there are."""
    for match in _STATED.finditer(text):
        whole, unit = int(match["n"] or match["m"]), match["u"] or match["v"]
        stop = _STOP.search(text, match.end())
        rest = text[match.end() : stop.start() if stop else len(text)]
        counted = [c for c in _CLAUSE.findall(rest) if re.search(rf"(?<![\d.第])\d{{1,3}} ?{unit}", c)]
        open_ = [c for c in counted if _OPEN.search(c)]
        closed = [c for c in counted if c not in open_ and _CLOSED.search(c)]
        if not open_ or not closed or len(open_) + len(closed) != len(counted) or "其中" in rest:
            continue
        given = sum(int(n) for c in counted for n in re.findall(rf"(?<![\d.第])(\d{{1,3}}) ?{unit}", c)[:1])
        if given != whole and max(len(c) for c in counted) < _SENTENCE:
            end = match.end() + len(rest)
            yield Amiss(match.start(), end, f"总数{whole}{unit}，各项相加是{given}{unit}，对不上。")


def _goals(text: str) -> Iterator[Amiss]:
    """由11天降到8天，离5天的目标还差4天; 计划12篇，只读了6篇，差5篇."""
    for match in _GOAL.finditer(text):
        start = max(match.start() - _SENTENCE, *(text.rfind(mark, 0, match.start()) + 1 for mark in "。；\n"), 0)
        value = rf"(\d{{1,6}}(?:\.\d)?) ?{re.escape(match['u'])}"
        before = re.findall(_NO_CHANGE + value, text[start : match.start()])
        if before and (right := abs(float(before[-1]) - float(match["goal"]))) != float(match["gap"]):
            yield Amiss(
                *match.span(), f"{before[-1]}与{match['goal']}相差{right:g}{match['u']}，写的是{match['gap']}。"
            )
    for match in _SHORT_OF.finditer(text):
        due, done, short = (int(match[name]) for name in ("a", "b", "c"))
        if done < due and due - done != short:
            yield Amiss(*match.span(), f"{due}与{done}相差{due - done}{match['u']}，写的是{short}。")


def _occasions(text: str) -> Iterator[Amiss]:
    """1月15日、1月19日集中学习3次: as often as days are named; in the months that are named at least once."""
    for match in _DAYS.finditer(text):
        named, said = len(re.findall("日", match["list"])), value_of(match["n"])
        if said and named != said:
            yield Amiss(*match.span(), f"列了{named}个日期，写的是{match['n']}次。")
    for match in _MONTHS.finditer(text):
        named, said = len(re.findall("月", match["list"])), value_of(match["n"])
        if 0 < said < named:
            yield Amiss(*match.span(), f"列了{named}个月份，写的是{match['n']}次。")
