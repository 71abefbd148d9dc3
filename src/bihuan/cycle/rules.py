"""What the regulations and the calendar say about a year. Pure functions."""

from __future__ import annotations

from datetime import date


def usual_year(day: date) -> int:
    """The 年度 one is most likely busy with: meetings of a year are held from January to March of the next, so until
    June it is the year before."""
    return day.year - 1 if day.month <= 6 else day.year
