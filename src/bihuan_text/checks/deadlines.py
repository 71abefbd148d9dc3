"""D19: steps out of order, limits that had passed before they were set, facts from after the paper, years far ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bihuan_text.lists import regex
from bihuan_text.outline import Role

from .hours import Limit, limits
from .registry import Amiss, Paper

_AFTER = regex("deadlines", "after")
_PREPARES = regex("deadlines", "prepares")
_HOLDS = regex("deadlines", "holds")
_TOLD = regex("deadlines", "told")
_PLANNED = regex("deadlines", "planned")
_THEN = regex("deadlines", "then")
_FROM_TO = regex("deadlines", "from_to")
_DAY_OR_MONTH = re.compile(r"(?P<month>\d\d?)月(?:(?P<day>\d\d?)日|(?P<end>底))?")
_NEXT_YEAR = re.compile("今年|次年|来年|翌年|第二年|20\\d\\d ?年")
_NO_MONTH = regex("deadlines", "no_month")
_MONTHS = regex("deadlines", "months")
_PAST = regex("deadlines", "past")
_TO_COME = re.compile("[定拟将订约]于?$|计划|预定")
_OPENING = 400  # characters of the opening of a paper whose parts were not found
_FULL_DAY = re.compile(r"(20\d\d) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_HALF = 6  # months: farther back it is the next year
_MONTH = re.compile(r"(?P<year>20\d\d) ?年 ?(?P<month>\d{1,2}) ?月(?: ?(?P<day>\d{1,2}) ?[日号])?")
_YEAR = re.compile(r"(20[3-9]\d)(?<![\d至到\-—～]20[3-9]\d) ?年(?![代度]?(?:规划|远景|目标|愿景))")
_FAR = frozenset((2030, 2035, 2049, 2050, 2060))  # years of great plans
_AHEAD = 6  # years from the paper's own that a plan may look ahead
_GAP = 100  # days by which a limit without a year may be past; farther off it means another year


def steps(text: str) -> Iterator[Amiss]:
    """1月12日收到通知后，于1月10日研究: what comes after stands before."""
    for match in _AFTER.finditer(text):
        first, then = (int(match["m1"]), int(match["d1"])), (int(match["m2"] or match["m1"]), int(match["d2"]))
        if then < first and first[0] - then[0] < _HALF:
            yield Amiss(match.start("then"), match.end("then"), f"写在{first[0]}月{first[1]}日之后的事，日期却早于它。")
    yield from _only_then(text)
    for match in _FROM_TO.finditer(text):
        if 0 < int(match["m1"]) - int(match["m2"]) < _HALF:
            yield Amiss(*match.span("then"), "起止月份前后颠倒。")
    for match in _NO_MONTH.finditer(text):
        yield Amiss(*match.span("of"), f"没有“{match['of']}”这个月份。")
    for match in _MONTHS.finditer(text):
        if int(match["m2"]) < int(match["m1"]):
            yield Amiss(*match.span(), "起止月份前后颠倒。")


def _only_then(text: str) -> Iterator[Amiss]:
    """5月28日下达，班子到5月27日才开会: told as late, and earlier than the day before it in the sentence."""
    for match in _THEN.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
        before = list(_DAY_OR_MONTH.finditer(text, start, match.start("then")))
        if not before or _NEXT_YEAR.search(text, before[-1].end(), match.start("then")):
            continue
        days = (before[-1]["day"] or before[-1]["end"]) and match["d2"]
        first = (int(before[-1]["month"]), int(before[-1]["day"] or 31) if days else 0)
        then = (int(match["m2"]), int(match["d2"]) if days else 0)
        if then < first and first[0] - then[0] < _HALF:
            yield Amiss(*match.span("then"), f"说的是到{match['then']}才做，却早于前面的日期。")


def set_too_late(text: str, start: int, end: int, known: date) -> Iterator[Amiss]:
    """Limits without a year, not long before the day on which they were set."""
    for limit in limits(text, start, end, known):
        gap = (known - limit.day).days
        around = text[max(start, limit.start - 16) : limit.start]
        if 0 < gap <= _GAP and not limit.year and not _TOLD.search(around) and not text.startswith("的", limit.end):
            why = f"时限“{limit.said}”早于开会的{known.year}年{known.month}月{known.day}日。"
            yield Amiss(limit.start, limit.end, why)


def of_notice(text: str, signed: date) -> Iterator[Amiss]:
    """What a notice wants done before it was signed, and what is to come before the meeting and may come after it."""
    found = list(limits(text, 0, len(text), signed))
    meetings = [limit.day for limit in found if _HOLDS.search(_clause(text, limit))]
    for limit in found:
        clause = _clause(text, limit)
        if limit.day < signed and limit.year and not _TOLD.search(clause):
            yield Amiss(limit.start, limit.end, f"时限“{limit.said}”早于通知的日期。")
        elif meetings and limit.day > max(meetings) and _PREPARES.search(clause):
            last = max(meetings)
            yield Amiss(
                limit.start, limit.end, f"会前的事限到“{limit.said}”，晚于开会的最后期限{last.month}月{last.day}日。"
            )


def signed_too_early(text: str, found: list[re.Match[str]], signed: date) -> Iterator[Amiss]:
    """What had been done by a day after the one on which the paper was signed."""
    for match in found:
        month, day = int(match["month"]), int(match["day"])
        year = int(match["year"] or signed.year - (month - signed.month > _HALF))
        after = re.split("[，。；\n]", text[match.end() : match.end() + 24])[0]
        to_come = _TO_COME.search(text, max(0, match.start() - 6), match.start())
        done = _PAST.search(after) and not to_come and not _PLANNED.search("·" + after)
        if done and (year, month, day) > (signed.year, signed.month, signed.day) and year <= signed.year + 1:
            yield Amiss(*match.span(), f"写的是已经做了的事，却晚于落款的{signed.month}月{signed.day}日。")


def year_not_changed(paper: Paper) -> Iterator[Amiss]:
    """2025年3月28日前 as a limit in a paper that tells of January 2026, or a limit before what it tells as done."""
    text, year = paper.shadow.text, paper.report.year
    if year is None or f"{year + 1}年" not in text:
        return
    done = _latest_done(paper, year + 1)
    for part in paper.parts(Role.MEASURES):
        for limit in limits(text, paper.shadow.at(part.start), paper.shadow.at(part.end), date(year + 1, 1, 1)):
            long_past = (limit.day.year, limit.day.month) < (year, 11) or (done is not None and limit.day < done)
            if limit.year and long_past and not _TOLD.search(_clause(text, limit)):
                yield Amiss(limit.start, limit.end, f"整改时限“{limit.said}”已经过去。")


def _latest_done(paper: Paper, year: int) -> date | None:
    """The last whole day of that year on which the opening of the paper tells something done."""
    starts = [paper.shadow.at(span.start) for _, span in paper.report.sections]
    found: list[date] = []
    for match in _FULL_DAY.finditer(paper.shadow.text, 0, min(starts, default=_OPENING)):
        month, day = int(match[2]), int(match[3])
        if int(match[1]) == year and 1 <= month <= 12 and 1 <= day <= 28:  # days that every month has
            found.append(date(year, month, day))
    return max(found, default=None)


def _clause(text: str, limit: Limit) -> str:
    """The line or sentence of a limit, with what stands before it in the same paragraph."""
    start = text.rfind("\n", 0, limit.start) + 1
    end = min((at for mark in "。；\n" if (at := text.find(mark, limit.end)) >= 0), default=len(text))
    before = text[start : limit.start]
    return (
        before[max(before.rfind("；"), before.rfind("。", 0, max(0, len(before) - 60))) + 1 :] + text[limit.start : end]
    )


def after_the_paper(paper: Paper, limit: date | None) -> Iterator[Amiss]:
    """Faults from after the day of the paper; without one, from the second half of the year after the paper's."""
    text, year = paper.shadow.text, paper.report.year
    known = limit or (date(year + 1, 6, 30) if year else None)
    if known is None:
        return
    for part in [*paper.parts(Role.PROBLEMS), *paper.parts(Role.CAUSES)]:
        for match in _MONTH.finditer(text, paper.shadow.at(part.start), paper.shadow.at(part.end)):
            far = (int(match["year"]), int(match["month"])) > (known.year, known.month)
            around = text[max(0, match.start() - 8) : match.start()] + "·" + text[match.end() : match.end() + 8]
            if far and int(match["month"]) <= 12 and not _PLANNED.search(around):
                yield Amiss(*match.span(), f"问题里写的{match.group()}，晚于这份材料的日期。")


def far_years(text: str, year: int | None) -> Iterator[Amiss]:
    """2052年 for 2025年."""
    for match in _YEAR.finditer(text) if year else ():
        said = int(match[1])
        if year and said > year + _AHEAD and said not in _FAR:
            yield Amiss(*match.span(), f"这份材料写的是{year}年度，这里却是{said}年。")
