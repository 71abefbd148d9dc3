"""The demo: a committee with three branches, one of them in mid-cycle. Everything is invented, and everything is reached
through the house's own actions, so that the demo can hold nothing that the rules forbid."""

from __future__ import annotations

from datetime import date

from bihuan.org.models import Seat


def build() -> None:
    """Fill an empty, installed database. Takes a few seconds; nothing is built twice."""
    from bihuan.desk.demo.story import tell  # noqa: PLC0415  only a demo needs all rooms' actions

    if not Seat.objects.everywhere("is there anybody yet").exists():
        tell()


def cast(day: date) -> list[Seat]:
    """Whom one may walk in as: every seat of the demo, the mid-cycle branch first."""
    seats = Seat.objects.everywhere("the demo's cast, in a demo only").on(day)
    return list(seats.select_related("org", "account__person").order_by("org__recorded_at", "since", "recorded_at"))
