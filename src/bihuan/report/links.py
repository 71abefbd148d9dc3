"""Where other rooms' records are looked at and entered. The one place that knows their addresses."""

from __future__ import annotations

from django.urls import reverse


def problem(key: object) -> str:
    """One problem's story."""
    return reverse("ledger:problem", args=[key])


def ledger() -> str:
    """The table of problems."""
    return reverse("ledger:table")


def last_year() -> str:
    """Last year's problems and their answers."""
    return reverse("ledger:carries")


def meeting(key: object) -> str:
    """One meeting as it was registered."""
    return reverse("meeting:meeting", args=[key])


def registration() -> str:
    """The page on which meetings, studies and figures are entered."""
    return reverse("meeting:register")


def notice() -> str:
    """The page on which this year's notice is entered."""
    return reverse("cycle:notice")
