"""A file edited elsewhere comes back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.access import Stale
from bihuan.core.doors import SeatRequest, seated
from bihuan.report import access, actions
from bihuan.report.body import read_body
from bihuan.report.facts import collect
from bihuan.report.forms import ReadbackForm
from bihuan.report.queries import latest_readback
from bihuan.report.readback.pages import returned
from bihuan.report.views.loading import draft_or_404


@seated
def readback(request: SeatRequest, pk: UUID) -> HttpResponse:
    """What the last file brought, one change after the other; and the place to hand in another."""
    held = draft_or_404(request, pk)
    form = ReadbackForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with form.refusals():
            actions.take_readback(held, name=file.name or "", data=file.read(), by=request.seat, at=clock.now())
            return redirect("report:readback", held.pk)
    back = latest_readback(held)
    context = {
        "draft": held,
        "form": form,
        "back": returned(back, read_body(held.body), collect(held.cycle, clock.today())) if back else None,
        "verdict": access.may_write(request.seat, held),
    }
    return render(request, "report/readback.html", context)


@seated
@require_POST
def decide_change(request: SeatRequest, pk: UUID) -> HttpResponse:
    held = draft_or_404(request, pk)
    back, number = latest_readback(held), request.POST.get("number", "")
    if back is None or not number.isdecimal():
        raise Http404
    accepted = request.POST.get("decision") == "take"
    try:
        actions.decide_change(back, int(number), accepted=accepted, by=request.seat, at=clock.now())
    except Stale:
        messages.warning(request, "这一段在系统里后来又改过，没有收。请看报告里现在的话，再改；或者把文件再传一次。")
    else:
        messages.success(request, "收下了。" if accepted else "不收，报告照旧。")
    return redirect("report:readback", held.pk)
