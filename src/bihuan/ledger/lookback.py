"""How a sample is drawn for 回头看: no hand in it, and anybody can do it over. Pure.

The digest of “seed|number” puts the problems into an order; the first of them are the sample. The seed is the year and the
day of the drawing, so that nobody can draw again until it suits.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date

from bihuan.core.digests import sm3


def seed_of(year: str, day: date) -> str:
    """What a drawing of that year and day starts from."""
    return f"{year}|{day.isoformat()}"


def order(seed: str, numbers: Iterable[str]) -> list[tuple[str, str]]:
    """(number, digest) in the order of the drawing: by the SM3 digest of “seed|number”."""
    return sorted(((no, sm3(f"{seed}|{no}".encode())) for no in numbers), key=lambda pair: (pair[1], pair[0]))


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
