"""责任清单: one person's duties of the year on one sheet."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.ledger.access.duty import may_see_duties
from bihuan.ledger.queries.duty_list import duty_list, people_with_duties
from bihuan.ledger.views.years import own_year
from bihuan.org.models import Person


@seated
@require_safe
def duties(request: SeatRequest) -> HttpResponse:
    """Whose lists there are; who is not on the committee is led to their own."""
    seat = request.seat
    own = Person.objects.visible_to(seat).filter(account=seat.account_id).first()
    if own and not seat.on_committee:
        return redirect("ledger:duty", own.pk)
    cycle = own_year(request)
    people = people_with_duties(cycle, clock.today()) if cycle and seat.on_committee else []
    return render(request, "ledger/loop/duties.html", {"cycle": cycle, "people": people})


@seated
@require_safe
def duty(request: SeatRequest, pk: str) -> HttpResponse:
    """Everything that rests with one person. Whose it is not gets no page: that there is one would say something too."""
    person = get_object_or_404(Person.objects.visible_to(request.seat), pk=pk)
    if not may_see_duties(request.seat, person):
        raise Http404
    cycle = own_year(request)
    listed = duty_list(person, cycle, request.seat, clock.today()) if cycle else None
    context = {"person": person, "cycle": cycle, "list": listed, "others": request.seat.on_committee}
    return render(request, "ledger/loop/duty.html", context)
