"""Days as people write them: 2026-3-5, 2026.3.5, 2026/3/5, 2026年3月5日, 20260305."""

from __future__ import annotations

import re
from datetime import date

_PARTS = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*月?")


class NoSuchDay(ValueError):
    """A text that is no day; its message is the sentence for the person who wrote it."""


def parse_day(text: str) -> date:
    """The day a text names. Raises `NoSuchDay` with one sentence; never guesses a missing day or month."""
    words = text.strip()
    found = _PARTS.fullmatch(words) or _SOLID.fullmatch(words)
    if found is None:
        missing = "只有年月，没有日" if _MONTH.fullmatch(words) else "认不出是哪一天"
        raise NoSuchDay(f"“{words}”{missing}，请写成2026年3月5日这样。")
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay(f"没有“{words}”这一天，请改成别的日子。") from None
