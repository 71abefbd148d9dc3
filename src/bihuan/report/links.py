"""Where other rooms' records are looked at and entered. The one place that knows their addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import NoReverseMatch, reverse


def _first(names: Sequence[str], *args: Any) -> str:
    """The first of these addresses that the house has, or "" (the row is then shown without a link)."""
    for name in names:
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return ""


def problem(key: object) -> str:
    """One problem's story."""
    return _first(("ledger:problem",), key)


def ledger() -> str:
    """The table of problems."""
    return _first(("ledger:table", "ledger:ledger", "ledger:list", "ledger:problems"))


def last_year() -> str:
    """Last year's problems and their answers."""
    return _first(("ledger:carries", "ledger:last_year", "ledger:answers"))


def meeting(key: object) -> str:
    """One meeting as it was registered."""
    return _first(("meeting:meeting", "meeting:register"), key)


def registration() -> str:
    """The page on which meetings, studies and figures are entered."""
    return _first(("meeting:register", "meeting:home", "meeting:registration"))


def notice() -> str:
    """The page on which this year's notice is entered."""
    return _first(("cycle:notice", "cycle:year"))


def roster() -> str:
    """The roster."""
    return _first(("org:members", "org:roster"))
