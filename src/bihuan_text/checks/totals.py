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
_THAN = regex("totals", "than")
_APART = regex("totals", "apart")
_MORE_THAN_ALL = regex("totals", "more_than_all")
_PART = regex("totals", "part")
_OTHER_TIME = re.compile("去年|上年|今年|同期|比|增加|下半年")
_DUE_AND_DONE = regex("totals", "due_and_done")
_AMONG = regex("totals", "among")
_REST = regex("totals", "rest")
_BEGUN = regex("totals", "begun")
_PLANNED = regex("totals", "planned")
_SHARE_OF = regex("totals", "share_of")
_REST_COUNT = re.compile(
    r"(?:其余|还有|还剩|剩下?|余下|另外|另有|，)(?:的)?(?P<n>\d{1,4}) ?(?P<u>人次|[名人个条次项件份户票张场篇本天])(?!以上|多|余)"
)
_DAYS = regex("totals", "days")
_MONTHS = regex("totals", "months")
_WITHIN = re.compile("其中|以上|累计|除|另|外")
_NO_CHANGE = r"(?<![少多差快慢减降增加]了)(?<![少多差快慢减增加\d])"  # 比上年少3天 is not how many there are
_SENTENCES = re.compile(r"[^。；\n]+")
_UNITS = re.compile(r"\d ?([\u4e00-\u9fff%％])")
_LEAST = 2  # numbers that a sentence must have
_STOP = re.compile("[。；\n]")
_CLAUSE = re.compile("[^，、；。\n]+")
_SENTENCE = 140  # characters of a sentence before a total
_FEW, _SLACK, _SLIGHT = 3, 0.6, 0.05
_NAME = 4  # characters of a name that may be shortened: 收回问卷 was called 收回
_NEAR = 0.2  # how far a total may be off and still be meant as the sum


def totals(text: str) -> Iterator[Amiss]:
    """Every such count of a text that does not come out."""
    for sentence in _SENTENCES.finditer(text):
        units = _UNITS.findall(sentence.group())
        if len(units) < _LEAST:
            continue
        start, end = sentence.start(), min(len(text), sentence.end() + 1)  # with the mark that ends it
        if len(set(units)) < len(units):
            for find in (_sums, _states, _goals, _apart, _rests):
                yield from find(text, start, end)
        if "%" in units or "％" in units:
            yield from _shares(text, start, end)
        if "月" in units and "次" in sentence.group():
            yield from _occasions(text, start, end)


def _sums(text: str, start: int, end: int) -> Iterator[Amiss]:
    """支委之间谈话6次，支委与党员谈话27次，共谈话35次: the same thing, counted in the same unit."""
    for match in _TOTAL.finditer(text, start, end):
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


def _states(text: str, start: int, end: int) -> Iterator[Amiss]:
    """问题5个，已经整改4个，还有2个正在整改: done and open are all there are."""
    for match in _STATED.finditer(text, start, end):
        whole, unit = int(match["n"] or match["m"]), match["u"] or match["v"]
        stop = _STOP.search(text, match.end())
        rest = text[match.end() : stop.start() if stop else len(text)]
        counted = [c for c in _CLAUSE.findall(rest) if re.search(rf"(?<![\d.第])\d{{1,3}} ?{unit}", c)]
        open_ = [c for c in counted if _OPEN.search(c)]
        closed = [c for c in counted if c not in open_ and _CLOSED.search(c)]
        if not closed or len(open_) + len(closed) != len(counted) or "其中" in rest:
            continue
        given = sum(int(n) for c in counted for n in re.findall(rf"(?<![\d.第])(\d{{1,3}}) ?{unit}", c)[:1])
        if given > whole or (open_ and given != whole):
            end = match.end() + len(rest)
            yield Amiss(match.start(), end, f"总数{whole}{unit}，各项相加是{given}{unit}，对不上。")


def _goals(text: str, start: int, end: int) -> Iterator[Amiss]:
    """由11天降到8天，离5天的目标还差4天; 计划12篇，只读了6篇，差5篇."""
    for match in _GOAL.finditer(text, start, end):
        value = rf"(\d{{1,6}}(?:\.\d)?) ?{re.escape(match['u'])}"
        before = re.findall(_NO_CHANGE + value, text[start : match.start()])
        if before and (right := abs(float(before[-1]) - float(match["goal"]))) != float(match["gap"]):
            yield Amiss(
                *match.span(), f"{before[-1]}与{match['goal']}相差{right:g}{match['u']}，写的是{match['gap']}。"
            )
    for match in _THAN.finditer(text, start, end):
        one, other, gap = (float(match[name]) for name in ("a", "b", "c"))
        if abs(abs(one - other) - gap) > _SLIGHT:
            yield Amiss(
                *match.span(), f"{match['a']}与{match['b']}相差{abs(one - other):g}{match['u']}，写的是{match['c']}。"
            )
    for match in _SHORT_OF.finditer(text, start, end):
        due, done, short = (int(match[name]) for name in ("a", "b", "c"))
        if done < due and due - done != short:
            yield Amiss(*match.span(), f"{due}与{done}相差{due - done}{match['u']}，写的是{short}。")


def _apart(text: str, start: int, end: int) -> Iterator[Amiss]:
    """19个，当场说清的6个，列入整改的15个; 应谈10对，已谈12对; 青年党员39名, and of them teachers, nurses … make 42."""
    for match in _APART.finditer(text, start, end):
        whole, given = int(match["n"]), int(match["a"]) + int(match["b"])
        if 0 < abs(whole - given) <= max(2, _NEAR * whole):
            yield Amiss(*match.span(), f"总数{whole}{match['u']}，两项相加是{given}{match['u']}，对不上。")
    for match in _PART.finditer(text, start, end):
        if int(match["m"]) > int(match["n"]) and not _OTHER_TIME.search(match["between"]):
            yield Amiss(
                match.start("m"), match.end(), f"总数{match['n']}{match['u']}，其中一部分却是{match['m']}{match['u']}。"
            )
    for match in _MORE_THAN_ALL.finditer(text, start, end):
        if int(match["m"]) > int(match["n"]):
            yield Amiss(*match.span(), f"总数{match['n']}{match['u']}，其中一部分却是{match['m']}{match['u']}。")
    for match in _DUE_AND_DONE.finditer(text, start, end):
        if int(match["b"]) > int(match["a"]):
            yield Amiss(*match.span(), f"应有{match['a']}{match['u']}，写的却是{match['b']}{match['u']}。")
    for match in _AMONG.finditer(text, start, end):
        unit = match["u"]
        known = {int(n) for n in re.findall(rf"{match['w']}(\d{{1,4}}) ?{unit}", text[: match.start()])}
        given = sum(int(n) for n in re.findall(rf"(\d{{1,4}}) ?{unit}", match["list"]))
        if len(known) == 1 and given > (whole := known.pop()):
            yield Amiss(*match.span(), f"{match['w']}{whole}{unit}，各项相加是{given}{unit}，对不上。")


def _rests(text: str, start: int, end: int) -> Iterator[Amiss]:
    """计划6次，去了4次，3次因流感取消: just three counts, the whole, what was done, and the rest."""
    for match in _REST_COUNT.finditer(text, start, end):
        unit, at = match["u"], match.start("n")
        said = text[start:at]
        counts = list(re.finditer(rf"(?<![\d.第])(\d{{1,4}}) ?{unit}", said))
        if len(counts) != 2 or "其中" in said:
            continue
        clause = text[max(text.rfind(mark, 0, at) for mark in "，。；、\n") + 1 : match.end() + 8]
        whole, done, rest = int(counts[0][1]), int(counts[1][1]), int(match["n"])
        fits = _PLANNED.search(said, 0, counts[0].start()) and _BEGUN.search(said, counts[0].end(), counts[1].end() + 3)
        only = "只有" in said[counts[0].end() :] and text.startswith("是", match.end())
        near = rest < whole > done and 0 < abs(whole - done - rest) <= max(2, _NEAR * whole)
        if fits and near and (only or _REST.search(clause)):
            why = f"总数{whole}{unit}，去掉{done}{unit}，应是{whole - done}{unit}，写的是{rest}{unit}。"
            yield Amiss(at, match.end(), why)


def _shares(text: str, start: int, end: int) -> Iterator[Amiss]:
    """126人，占收回问卷的68.1%, where 收回217份 is told before; 46条，人均4条 of 22 who came."""
    for match in _SHARE_OF.finditer(text, start, end):
        wholes = _named(text[: match.start()], match["of"])
        part, said = int(match["n"]), float(match["p"])
        right = [part / whole * 100 for whole in wholes if whole >= part]
        if right and len(right) <= _FEW and all(abs(each - said) > _SLACK for each in right):
            yield Amiss(
                *match.span(), f"{match['of']}是{max(wholes)}，{part}应占{right[-1]:.1f}%，写的是{match['p']}%。"
            )


def _named(before: str, of: str) -> list[int]:
    """The numbers told before of what a share is of: 收回问卷, 收回."""
    for words in (of, of[:2], of[-2:]) if len(of) <= _NAME else (of,):
        found = re.findall(
            rf"{re.escape(words)}(?:共|有|为)?[^\d，。；]{{0,3}}(\d{{1,6}})|(\d{{1,6}}) ?[个名份人户条件]{re.escape(words)}",
            before,
        )
        if found:
            return sorted({int(a or b) for a, b in found})
    return []


def _occasions(text: str, start: int, end: int) -> Iterator[Amiss]:
    """1月15日、1月19日集中学习3次: as often as days are named; in the months that are named at least once."""
    for match in _DAYS.finditer(text, start, end):
        named, said = len(re.findall("日", match["list"])), value_of(match["n"])
        if said and named != said:
            yield Amiss(*match.span(), f"列了{named}个日期，写的是{match['n']}次。")
    for match in _MONTHS.finditer(text, start, end):
        named, said = len(re.findall("月", match["list"])), value_of(match["n"])
        if 0 < said < named:
            yield Amiss(*match.span(), f"列了{named}个月份，写的是{match['n']}次。")
