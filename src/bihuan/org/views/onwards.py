"""Where a form leads that may have been opened from the first hour."""

from __future__ import annotations

from bihuan.core.doors import SeatRequest


def onwards(request: SeatRequest) -> str:
    """Back into the first hour, if that is where one came from; else to the roster."""
    return "desk:first_hour" if request.POST.get("next_page") == "first_hour" else "org:members"
