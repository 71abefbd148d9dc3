"""The report on its page, and its beginning."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.core.doors import SeatRequest, seated
from bihuan.cycle.queries import current_cycle
from bihuan.org.models import Capacity
from bihuan.report import access, actions
from bihuan.report.forms import ShapeForm
from bihuan.report.models import Draft
from bihuan.report.queries import draft_of, drafts_open_to, standing
from bihuan.report.sheets import sheet_of
from bihuan.report.views.loading import draft_or_404


@seated
@require_GET
def draft(request: SeatRequest) -> HttpResponse:
    """The report of the present year, or the page that says how to begin."""
    if request.seat.capacity == Capacity.CLERK:
        return redirect("report:received")
    cycle = current_cycle(request.seat.org_id)
    held = draft_of(cycle) if cycle else None
    if held is None:
        begin = {"cycle": cycle, "form": ShapeForm(), "verdict": access.may_start(request.seat, cycle)}
        return render(request, "report/begin.html", begin)
    return _shown(request, held)


@seated
@require_GET
def one(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The report of whichever year."""
    return _shown(request, draft_or_404(request, pk))


def _shown(request: SeatRequest, held: Draft) -> HttpResponse:
    day = clock.today()
    now = standing(held, day)
    sheet = sheet_of(now, request.seat, held.cycle.org.parent_on(day))
    others = drafts_open_to(request.seat).exclude(pk=held.pk).order_by("-cycle__year", "-recorded_at")
    return render(request, "report/draft.html", {"sheet": sheet, "standing": now, "draft": held, "others": others})


@seated
@require_POST
def start(request: SeatRequest) -> HttpResponse:
    cycle, form = current_cycle(request.seat.org_id), ShapeForm(request.POST)
    if cycle is None:
        raise Refused("还没有开始这个年度，请先开始年度。")
    if form.is_valid():
        actions.start_draft(cycle, shape=form.cleaned_data["shape"], by=request.seat, at=clock.now())
        messages.success(request, "起好了稿。数字和清单是记录里的，空着的地方请您写。")
    return redirect("report:draft")
