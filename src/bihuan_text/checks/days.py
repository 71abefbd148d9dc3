"""D19: days that cannot be, weekdays said wrongly, and days in the wrong order."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from bihuan_text.kinds import Kind
from bihuan_text.ledger import ledger_rows
from bihuan_text.lists import regex
from bihuan_text.outline import Role

from .attendance import is_record
from .deadlines import after_the_paper, far_years, of_notice, set_too_late, signed_too_early, steps, year_not_changed
from .hours import hours, passed, report_before_meeting
from .registry import Paper, Remark, Severity, rule

_DAY = regex("days", "day")
_WEEKDAY = regex("days", "weekday")
_RANGE = regex("days", "range")
_OVER_YEARS = regex("days", "over_years")
_MEETING = regex("days", "meeting")
_NOT_OURS = regex("days", "not_ours")
_BEFORE = regex("days", "before")
_AFTERWARDS = regex("days", "afterwards")
_SIGNED = regex("days", "signed")
_AHEAD = re.compile("(?:方案|计划|安排|要点|通知|提醒)$")  # papers that speak of days to come
_HOLIDAYS = {(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)}  # those that have the same date every year
_FULL_DAY = re.compile(r"(?P<year>20\d\d) ?[年.\-/] ?(?P<month>\d{1,2}) ?[月.\-/] ?(?P<day>\d{1,2})")
_FILLED_IN = re.compile(r"(?:填报|填表|制表|填写|更新|统计)(?:日期|时间)[：:]?\s*" + _FULL_DAY.pattern)
_DONE = re.compile("(?<!未)(?<!没有)(?:完成|解决|到位|销号|办结|整改好|已整改)")
_HALF_A_YEAR = 183
_MONTHS = 12
_ASK = "请核对原始记录，改正日期。"


@rule("D19")
def days(paper: Paper) -> Iterator[Remark]:
    """Every day of the text, then the order of study, talks, meeting and report."""
    text = paper.shadow.text
    found = list(_DAY.finditer(text))
    for match in found:
        yield from _impossible(paper, match)
    for match in _OVER_YEARS.finditer(text):
        if (int(match["y2"]), int(match["m2"])) < (int(match["y1"]), int(match["m1"])):
            yield _remark(paper, match.span(), "起止的年月前后颠倒。")
    for match in _RANGE.finditer(text):
        yield from _backwards(paper, match)
    for each in hours(text):
        yield _remark(paper, (each.start, each.end), each.why)
    held = next((m for m in found if _holds(text, m)), None)
    yield from _order(paper, found, held)
    yield from _due(paper, held)
    yield from _long_past(paper)
    yield from _otherwise(paper, found, held)


def _remark(paper: Paper, place: tuple[int, int], why: str) -> Remark:
    return Remark(paper.shadow.back(*place), why, _ASK)


def _impossible(paper: Paper, match: re.Match[str]) -> Iterator[Remark]:
    year, month, day = int(match["year"] or 2024), int(match["month"]), int(match["day"])
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        yield _remark(paper, match.span(), f"没有“{match.group()}”这一天。")
        return
    weekday = _WEEKDAY.match(paper.shadow.text, match.end())
    if match["year"] and weekday:
        right = "一二三四五六日"[date(year, month, day).weekday()]
        if weekday[1].replace("天", "日") != right:
            place = (match.start(), weekday.end())
            yield _remark(paper, place, f"{year}年{month}月{day}日是星期{right}，不是星期{weekday[1]}。")


def _backwards(paper: Paper, match: re.Match[str]) -> Iterator[Remark]:
    """From a later day to an earlier one of the same month; months may run over the year's end."""
    first, second = int(match["m1"]), int(match["m2"] or match["m1"])
    if 1 <= second <= _MONTHS and int(match["d2"]) > monthrange(2024, second)[1]:
        yield _remark(paper, match.span(), f"没有“{second}月{match['d2']}日”这一天。")
    elif first == second and int(match["d1"]) > int(match["d2"]):
        yield _remark(paper, match.span(), "起止日期前后颠倒。")


def _order(paper: Paper, found: list[re.Match[str]], held: re.Match[str] | None) -> Iterator[Remark]:
    """Study, talks and opinions come before the meeting, the report after it."""
    text = paper.shadow.text
    meeting = _resolved(held, None, text) if held else None
    if held is None or meeting is None:
        return
    if (meeting.month, meeting.day) in _HOLIDAYS:
        why = f"开会的{meeting.month}月{meeting.day}日是法定节假日，请核对日期。"
        yield Remark(paper.shadow.back(*held.span()), why, _ASK, severity=Severity.INFO)
    for match in found if not _AHEAD.search(paper.report.title or "") else ():
        if match.start() > _before_problems(paper):
            break
        sentence = _sentence(text, match)
        day = _resolved(match, meeting, text)
        if match is not held and day and day > meeting and _prepares(sentence):
            why = (
                f"会前的学习、谈话、征求意见写在{day.month}月{day.day}日，晚于开会的{meeting.month}月{meeting.day}日。"
            )
            yield _remark(paper, match.span(), why)
    day, signed = _signed_on(text), _SIGNED.search(text)
    if day and signed and day < meeting:
        place = (signed.start(1), signed.start(1) + len(signed.group().strip()))
        yield _remark(paper, place, f"落款日期早于开会的{meeting.year}年{meeting.month}月{meeting.day}日。")


def _due(paper: Paper, held: re.Match[str] | None) -> Iterator[Remark]:
    """Dates by which something is due, against the day of the meeting or, in a notice, the day it was signed."""
    text = paper.shadow.text
    if paper.kind is Kind.NOTICE:
        known = _signed_on(text) or date((paper.report.year or 2024) + 1, 1, 1)
        for each in report_before_meeting(text, known):
            yield _remark(paper, (each.start, each.end), each.why)
        return
    meeting = _resolved(held, None, text) if held else None
    for part in paper.parts(Role.MEASURES) if meeting else ():
        start, end = paper.shadow.at(part.start), paper.shadow.at(part.end)
        for each in passed(text, start, end, meeting, years=True) if meeting else ():
            yield Remark(paper.shadow.back(each.start, each.end), each.why, _ASK, severity=Severity.WARN)


def _long_past(paper: Paper) -> Iterator[Remark]:
    """A row of a ledger that was due half a year before the ledger was filled in, and is not told to be done."""
    written = _FILLED_IN.search(paper.shadow.text) if paper.kind is Kind.LEDGER else None
    filled = _day_in(written)
    for row in ledger_rows(paper.document) if filled else ():
        if row.due is None or (row.status and _DONE.search(row.status.text)):
            continue
        dues = [day for match in _FULL_DAY.finditer(row.due.text) if (day := _day_in(match))]
        if dues and filled and (filled - max(dues)).days > _HALF_A_YEAR:
            why = f"完成时限比填报的{filled.year}年{filled.month}月{filled.day}日早半年以上，进展里没有写已经完成。"
            yield Remark(row.due.span, why, "请核对年份；确实逾期的，请写明原因和新的时限。", severity=Severity.WARN)


def _day_in(match: re.Match[str] | None) -> date | None:
    """The day that the first three groups say; None where nothing was found or no calendar has it."""
    try:
        return date(*(int(match[n]) for n in (1, 2, 3))) if match else None
    except ValueError:
        return None


def _otherwise(paper: Paper, found: list[re.Match[str]], held: re.Match[str] | None) -> Iterator[Remark]:
    """What only a look at several places tells: warned of."""
    text = paper.shadow.text
    clashes = [*steps(text), *far_years(text, paper.report.year)]
    day = (_resolved(held, None, text) if held else None) or _signed_on(text)
    if paper.kind is Kind.NOTICE:
        clashes += of_notice(text, signed) if (signed := _signed_on(text)) else []
    else:
        clashes += [*after_the_paper(paper, day), *year_not_changed(paper)]
        if (signed := _signed_on(text)) and not _AHEAD.search(paper.report.title or ""):
            clashes += signed_too_early(text, [m for m in found if m is not held], signed)  # the meeting was told
    if is_record(paper) and (day := _day_of_record(text)):
        clashes += set_too_late(text, 0, len(text), day)
    elif held and day and paper.kind is not Kind.NOTICE:
        for part in paper.parts(Role.MEASURES):
            clashes += set_too_late(text, paper.shadow.at(part.start), paper.shadow.at(part.end), day)
    for each in clashes:
        yield Remark(paper.shadow.back(each.start, each.end), each.why, _ASK, severity=Severity.WARN)


def _day_of_record(text: str) -> date | None:
    """The first whole day of a record is that of the meeting."""
    return _day_in(re.search(r"(20\d\d) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日", text[:400]))


def _signed_on(text: str) -> date | None:
    return _day_in(_SIGNED.search(text))


def _before_problems(paper: Paper) -> int:
    """Where the account of preparation and meeting ends: what comes after it speaks of other days too."""
    starts = [span.start for role, span in paper.report.sections if role is not Role.PRIOR]
    return paper.shadow.at(min(starts)) if starts else len(paper.shadow.text)


def _sentence(text: str, match: re.Match[str]) -> str:
    """The clause of the day: from the last full mark before it to the next after it."""
    start = max(text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
    end = min((at for mark in "。；\n" if (at := text.find(mark, match.end())) >= 0), default=len(text))
    return text[start:end]


def _holds(text: str, match: re.Match[str]) -> bool:
    if text.startswith(("前", "以前", "之前"), match.end()):
        return False  # a day by which it is to be held
    sentence = _sentence(text, match)
    after = sentence[max(0, sentence.find(match.group())) :][:60]
    return bool(_MEETING.search(after)) and not _NOT_OURS.search(after.split("组织生活会")[0])


def _prepares(sentence: str) -> bool:
    return bool(_BEFORE.search(sentence)) and not _AFTERWARDS.search(sentence) and not _MEETING.search(sentence)


def _resolved(match: re.Match[str], meeting: date | None, text: str) -> date | None:
    """The day with its year: its own, the meeting's, or the last one named; autumn before a spring meeting is last year."""
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        year = int(match["year"])
    elif meeting is not None:
        year = meeting.year - (month - meeting.month > 5)
    else:
        years = re.findall(r"(20\d\d) ?年(?!度)", text[max(0, match.start() - 80) : match.start()])
        if not years:
            return None
        year = int(years[-1])
    try:
        return date(year, month, day)
    except ValueError:
        return None
