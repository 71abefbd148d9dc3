"""整改落实情况通报 for the branch's members."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.ledger.queries.circular import circular as circular_of
from bihuan.ledger.views.years import own_year


@seated
@require_safe
def circular(request: SeatRequest) -> HttpResponse:
    """What became of each item; personal ones by their number only."""
    cycle = own_year(request)
    told = circular_of(cycle, clock.today()) if cycle else None
    return render(request, "ledger/loop/circular.html", {"cycle": cycle, "told": told})
