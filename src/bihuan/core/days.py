"""Days as people write them and as pages say them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from django.utils import timezone

NEAR = 7  # days: from here on the distance is set in bold

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_STYLES = (
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?"),
    re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_MONTH_ONLY = re.compile(r"\d{4}(?:年\d{1,2}月?|[-./]\d{1,2})")
_NO_YEAR = re.compile(r"\d{1,2}(?:月\d{1,2}[日号]?|[-./]\d{1,2})")
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?"
)

_MIDNIGHT = re.compile(r"\s+0{1,2}:00(?::00)?$")  # what a spreadsheet adds to a day


class NoDay(ValueError):
    """What was written is not a day; its text is the sentence for the page."""


def read_day(written: str) -> date:
    """The day meant by 2026-3-5, 2026.3.5, 2026/3/5, 2026年3月5日, 20260305 or 二〇二六年三月五日, in any width.

    Raises NoDay with a sentence that quotes what was written and says what is wrong with it.
    """
    plain = re.sub(r"\s", "", _MIDNIGHT.sub("", unicodedata.normalize("NFKC", written).strip()))
    parts = _arabic(plain) or _chinese(plain)
    if parts is None:
        raise NoDay(_complaint(written.strip(), plain))
    try:
        return date(*parts)
    except ValueError:
        raise NoDay(f"“{written.strip()}”没有这一天，请改成别的日子。") from None


def _arabic(plain: str) -> tuple[int, int, int] | None:
    for style in _STYLES:
        if found := style.fullmatch(plain):
            year, month, day = (int(g) for g in found.groups() if g.isdecimal())
            return year, month, day
    return None


def _chinese(plain: str) -> tuple[int, int, int] | None:
    found = _CHINESE.fullmatch(plain)
    if found is None:
        return None
    year = int("".join(str(_DIGITS[c]) for c in found[1]))
    return year, _under_hundred(found[2]), _under_hundred(found[3])


def _under_hundred(word: str) -> int:
    """十 → 10, 十二 → 12, 三十一 → 31; 0 (which is no day) for what is not a number so written."""
    tens, ten, ones = word.partition("十")
    if not ten:
        return _DIGITS[word] if len(word) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _complaint(written: str, plain: str) -> str:
    if _MONTH_ONLY.fullmatch(plain):
        return f"“{written}”没有写到哪一天，请把年、月、日写全。"
    if _NO_YEAR.fullmatch(plain):
        return f"“{written}”没有写哪一年，请把年、月、日写全。"
    return f"“{written}”认不出是哪一天，请写成年、月、日。"


def say_day(day: date, today: date) -> str:
    """The day in words, with the year only when it is not this year."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def say_full(day: date) -> str:
    """The day in words with its year."""
    return f"{day.year}年{day.month}月{day.day}日"


def say_moment(moment: datetime, today: date) -> str:
    """Day and time of day in the installation's time zone."""
    here = local(moment)
    return f"{say_day(here.date(), today)}{here.hour}:{here.minute:02d}"


def local(moment: datetime) -> datetime:
    """The moment in the installation's time zone; a naive one is taken to be there already."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def distance(day: date, today: date) -> str:
    """How far off the day is, in words."""
    days = (day - today).days
    if days == 0:
        return "就在今天"
    return f"还有{days}天" if days > 0 else f"已过{-days}天"


def nearness(day: date, today: date) -> str:
    """The class of a day's distance: late, near, or neither."""
    days = (day - today).days
    if days < 0:
        return "is-late"
    return "is-near" if days <= NEAR else ""
