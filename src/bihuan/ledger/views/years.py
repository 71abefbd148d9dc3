"""Which year of one's own organisation a page is about."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from bihuan.core.doors import SeatRequest
from bihuan.cycle.models import Cycle
from bihuan.cycle.queries import current_cycle


def own_year(request: SeatRequest) -> Cycle | None:
    """The year asked for with ?cycle=, or the one the organisation is busy with; None where there is none.

    Another organisation's year is not there: these pages are for those who belong to the branch.
    """
    asked, seat = request.GET.get("cycle", ""), request.seat
    seen = Cycle.objects.visible_to(seat).filter(org=seat.org_id).select_related("org", "notice")
    if not asked:
        now = current_cycle(seat.org_id)
        return now if now and seen.filter(pk=now.pk).exists() else None
    try:
        key = UUID(asked)
    except ValueError:
        raise Http404 from None
    found: Cycle = get_object_or_404(seen, pk=key)
    return found
