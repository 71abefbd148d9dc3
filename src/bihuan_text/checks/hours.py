"""D19: hours that run backwards, and dates by which something is due that have passed already."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bihuan_text.lists import regex

from .registry import Amiss

_ANY_HOUR = re.compile(r"\d ?[点时：:]")
_SPOKEN = regex("hours", "spoken")
_CLOCK = regex("hours", "clock")
_WHOLE_HOURS = regex("hours", "whole_hours")
_MINUTE = regex("hours", "minute")
_BY = regex("hours", "by")
_MEETING_BY = regex("hours", "meeting_by")
_MEETING_DUE = regex("hours", "meeting_due")
_REPORT_BY = regex("hours", "report_by")
_MORNING, _NOON, _EVENING = 6, 13, 18  # hours between which a meeting that ends before it begins is a slip


def hours(text: str) -> Iterator[Amiss]:
    """下午3点至2点40分, 14:30—13:20, 9时75分. Nights and noons are left alone: they run over twelve."""
    if not _ANY_HOUR.search(text):
        return
    for match in _SPOKEN.finditer(text):
        begin, end = _minutes(match["h1"], match["m1"]), _minutes(match["h2"], match["m2"])
        if end < begin and not (int(match["h1"]) > 8 and int(match["h2"]) < 6):
            yield Amiss(*match.span(), "起止时间前后颠倒。")
    for match in _CLOCK.finditer(text):
        begin, end = _minutes(match["h1"], match["m1"]), _minutes(match["h2"], match["m2"])
        if end < begin and _MORNING <= int(match["h1"]) <= _EVENING and int(match["h2"]) >= _MORNING:
            yield Amiss(*match.span(), "起止时间前后颠倒。")
    for match in _WHOLE_HOURS.finditer(text):
        begin, end = _minutes(match["h1"], match["m1"]), _minutes(match["h2"], match["m2"])
        if end < begin and _NOON <= int(match["h1"]) <= _EVENING and int(match["h2"]) >= _MORNING:
            yield Amiss(*match.span(), "起止时间前后颠倒。")
    for match in _MINUTE.finditer(text):
        if int(match["h"]) > 24 or int(match["m"]) > 59:
            yield Amiss(*match.span(), f"没有“{match.group()}”这个时间。")


def _minutes(hour: str, minute: str | None) -> int:
    return int(hour) * 60 + (30 if minute == "半" else int(minute or 0))


def _day_of(match: re.Match[str], known: date) -> date | None:
    """The last day on which something is due; without a year the first such day that is not half a year past."""
    month = int(match["month"])
    year = int(match["year"] or known.year)
    if not match["year"] and known.month - month > 5:
        year += 1
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(int(match["day"] or last), last))


@dataclass(frozen=True, slots=True)
class Limit:
    """A day by which something is due, at shadow [start, end); ``year`` where it names its year."""

    start: int
    end: int
    day: date
    year: bool
    said: str


def limits(text: str, start: int, end: int, known: date) -> Iterator[Limit]:
    """Every such day; one without a year is the first that is not half a year before ``known``."""
    for match in _BY.finditer(text, start, end):
        if day := _day_of(match, known):
            yield Limit(*match.span(), day, bool(match["year"]), match.group().strip())


def passed(text: str, start: int, end: int, known: date, *, years: bool) -> Iterator[Amiss]:
    """Measures due before ``known``, the day of the meeting; with ``years`` only those that name their year."""
    for match in _BY.finditer(text, start, end):
        day = _day_of(match, known) if match["year"] or not years else None
        if day and day < known:
            why = f"完成时限“{match.group().strip()}”早于开会的{known.year}年{known.month}月{known.day}日。"
            yield Amiss(*match.span(), why)


def report_before_meeting(text: str, known: date) -> Iterator[Amiss]:
    """A notice that wants the report on a meeting before the last day on which the meeting may be held."""
    told = (*_MEETING_BY.finditer(text), *_MEETING_DUE.finditer(text))
    meetings = [day for match in told if (day := _day_of(match, known))]
    for match in _REPORT_BY.finditer(text) if meetings else ():
        day = _day_of(match, known)
        if day and day < max(meetings):
            last = max(meetings)
            why = f"报送的期限早于开会的最后期限{last.month}月{last.day}日。"
            yield Amiss(match.start("said"), match.end("said"), why)
