"""D18: how many were announced and how many follow: 三个方面：一是…, 主要讲三个问题 and three headings, 查摆问题5个 and four."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from bihuan_text.lists import regex
from bihuan_text.ordinals import RANK, markers_of, value_of
from bihuan_text.outline import Role

from .registry import Amiss, Paper

_SAID = regex("sums", "said")
_SAID_BELOW = regex("sums", "said_below")
_FOUND = regex("sums", "found")
LAST_YEAR = re.compile("上年|去年|上一年|上次")
_LISTED = {
    "一": re.compile("([一二三四五六七八九十])是"),
    "1": re.compile(r"(?<!\d)(\d{1,2})[.、](?!\d)"),
    "第": re.compile("第([一二三四五六七八九十])[，、]"),
    "（": re.compile(r"（(\d{1,2})）"),
}
_TOLD_DONE = re.compile(r"完成$|解决$|整改$|销号$|落实$|推进$|改进$|坚持$|办理$|其余$|余下$|还有$|\d$")
_OTHER_PART = re.compile(r"[^\n。]{0,8}(?:原因|根源|整改|措施|方向|打算|思路|下一步)")
_NTH = re.compile(r"^[ \t]*第([一二三四五六七八九十])个(?:问题|方面|部分)", re.MULTILINE)
_PART_OF_PAPER = re.compile("一、[^\n]{0,12}(?:问题|不足|原因|情况|措施|整改|回顾)")
_HEADING = 30
_PRIOR_SAID = regex("sums", "prior_said")
_PRIOR_ALL = regex("sums", "prior_all")
_FEW = 2
_ITEM_DONE = re.compile("已(?:经)?(?:全部)?(?:完成|整改到位|整改完毕|解决|销号)")
_ITEM_OPEN = re.compile("持续推进|正在推进|正在整改|未完成|基本完成|长期坚持|尚未|还在")


def announced(text: str) -> Iterator[Amiss]:
    """三个方面：一是…二是… : the list follows at once; one that begins anew in the same line cannot be counted."""
    for match in _SAID.finditer(text):
        if match["n"] and _TOLD_DONE.search(text, max(0, match.start() - 2), match.start()):
            continue
        name = "n" if match["n"] else "m"
        said = value_of(match[name])
        last, end = _last_listed(text, match.end())
        if _named_before(text, match.start()) == said:
            continue  # 学习、作风、纪律三个方面查找。一是…: the three stand before, the list is of something else
        if said > 1 and last > 1 and last != said and "\n" in text[end : end + 400] + "\n":
            yield Amiss(*match.span(), f"说的是{match[name]}个，后面列了{last}个。")
    for match in _SAID_BELOW.finditer(text):
        if _other_things(text, match) or text[match.start("n") - 1] in "十一二三四五六七八九":
            continue
        said, last = value_of(match["n"]), _headed(text, match.start("first"))
        if said > 1 and last > 1 and last != said:
            yield Amiss(match.start(), match.end("said"), f"说的是{match['n']}个，后面列了{last}个。")


def _named_before(text: str, end: int) -> int:
    """How many things the clause before names, counted off with 、."""
    start = max(text.rfind(mark, 0, end) for mark in "。；：，\n") + 1
    return len(re.findall("[、和及]", text[start:end])) + 1


def _other_things(text: str, match: re.Match[str]) -> bool:
    """Whether what follows are the parts of the whole paper, or aspects where problems were counted."""
    end = text.find("\n", match.start("first"))
    heading = text[match.start("first") : end if end > 0 else len(text)][:_HEADING]
    if re.search("方面[^。；]{0,3}\\d", match["said"]):
        return True  # 四个方面6个问题
    return bool(_PART_OF_PAPER.match(heading)) or ("方面" not in match["said"] and "方面" in heading)


def _last_listed(text: str, start: int) -> tuple[int, int]:
    """The last number of the list that begins at ``start``, 0 when its end is not clear, and where it stands."""
    last, place = 0, start
    for item in _LISTED[text[start]].finditer(text, start):
        number = value_of(item[1])
        if number == last + 1:
            last, place = number, item.end()
        else:
            return (last if "\n" in text[place : item.start()] else 0), place
    return last, place


def _headed(text: str, start: int) -> int:
    """How many headings of one form follow from ``start`` on, one a line; 0 where their numbers do not follow."""
    if text.startswith("第", start):
        numbers = [value_of(match[1]) for match in _NTH.finditer(text, start)]
        return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0
    last, family = 0, ""
    for mark in markers_of(text[start:]):
        family = family or mark.family
        if RANK[mark.family] < RANK[family]:
            break
        if mark.family == family and ((mark.number == 1 and last) or _OTHER_PART.match(text, start + mark.end)):
            break  # another list, or after the four aspects of a self-examination its causes and measures
        if mark.family == family:
            if mark.number != last + 1:
                return 0
            last = mark.number
    return last


def problems_said(paper: Paper) -> Iterator[tuple[Amiss, bool]]:
    """The number of problems against those that were read, and whether it is sure: prose may hold several in one part."""
    count = len(paper.report.problems)
    if not count:
        return
    headings = {aspect.heading for aspect in paper.report.aspects}
    first = paper.shadow.at(paper.report.problems[0].start)
    prior = max((paper.shadow.at(span.end) for span in paper.parts(Role.PRIOR)), default=0)
    text = paper.shadow.text
    told = chain(_FOUND.finditer(text, min(prior, first), first), _FOUND.finditer(text, 0, _first_part(paper)))
    match = next((m for m in told if not LAST_YEAR.search(text, max(0, m.start() - 16), m.start())), None)
    if match is None:
        return
    said = match["n"] or match["m"]
    if value_of(said) not in (count, len(paper.report.aspects)):
        sure = len(headings) != count
        yield Amiss(*match.span(), f"前面说查摆出{said}个问题，正文写了{count}个。"), sure


def _first_part(paper: Paper) -> int:
    """Where the opening of the paper ends: before its first part."""
    return min((paper.shadow.at(span.start) for _, span in paper.report.sections), default=0)


def last_year_said(paper: Paper) -> Iterator[Amiss]:
    """已完成3个 of last year, where each item below says itself how far it got and four of them are done."""
    for part in paper.parts(Role.PRIOR):
        start, end = paper.shadow.at(part.start), paper.shadow.at(part.end)
        match = _PRIOR_SAID.search(paper.shadow.text, start, end)
        items = [paper.said(item.start, item.end) for item in paper.report.prior]
        told = [bool(_ITEM_DONE.search(said)) for said in items if not _ITEM_OPEN.search(said)]
        if match and len(items) > 1 and all(told) and value_of(match["n"]) != len(told):
            yield Amiss(*match.span(), f"这里写完成{match['n']}个，下面逐条写的是{len(told)}个。")


def last_year_total(paper: Paper) -> Iterator[Amiss]:
    """上年度查摆问题3个 and two told: some papers only tell of a few, so it is pointed out."""
    for part in paper.parts(Role.PRIOR):
        start, end = paper.shadow.at(part.start), paper.shadow.at(part.end)
        whole, items = _PRIOR_ALL.search(paper.shadow.text, start, end), len(paper.report.prior)
        said = value_of(whole["n"] or whole["m"]) if whole else 0
        if whole and items > 1 and 0 < abs(said - items) <= _FEW:
            yield Amiss(*whole.span(), f"这里写{said}个问题，下面写了{items}个。")
