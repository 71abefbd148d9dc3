"""The page on which last year's paper comes in: a file, a pasted table, or “没有”."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.cycle.gates import state_gate, stated
from bihuan.cycle.models import Cycle
from bihuan.cycle.queries import current_cycle
from bihuan.ledger.access import reading as access
from bihuan.ledger.actions import intake
from bihuan.ledger.forms.reading import FileForm, NoneForm, PasteForm, YearForm
from bihuan.ledger.models import Paper
from bihuan.ledger.queries.carries import earlier_papers

GATE = "last_year_paper"


@seated
def take_paper(request: SeatRequest) -> HttpResponse:
    """Three ways in one page; which form was sent is told by the button that sent it."""
    cycle = current_cycle(request.seat.org_id)
    if cycle is None:
        return render(request, "ledger/reading/no_year.html")
    way = request.POST.get("way", "")
    posted = {name: request.POST if way == name else None for name in ("file", "pasted", "none")}
    forms: dict[str, Form] = {
        "file": FileForm(posted["file"], request.FILES or None if way == "file" else None, prefix=None),
        "pasted": PasteForm(posted["pasted"]),
        "none": NoneForm(posted["none"]),
    }
    if way in forms and forms[way].is_valid():
        try:
            return _taken(request, cycle, way, forms[way])
        except Refused as refusal:
            forms[way].add_error(None, "；".join(refusal.reasons))
    context = {
        "cycle": cycle,
        "forms": forms,
        "way": way,
        "may": access.may_take_paper(request.seat, cycle),
        "papers": earlier_papers(cycle.org_id, cycle),
        "none": stated(cycle, GATE),
    }
    return render(request, "ledger/reading/take_paper.html", context)


def _taken(request: SeatRequest, cycle: Cycle, way: str, form: Form) -> HttpResponse:
    by, at = request.seat, clock.now()
    if way == "none":
        state_gate(cycle, code=GATE, ok=True, shown_by=form.cleaned_data["reason"], by=by, at=at)
        done(request, "记下了：没有上年度材料。以后找到了，还可以交进来。")
        return redirect("ledger:carries")
    if way == "file":
        file: UploadedFile = form.cleaned_data["file"]
        paper = intake.take_paper(cycle=cycle, name=file.name or "", data=file.read(), by=by, at=at)
    else:
        paper = intake.take_paper(cycle=cycle, name="", pasted=form.cleaned_data["pasted"], by=by, at=at)
    if paper.recorded_at != at:
        done(request, f"这份材料已经交过了，就是《{paper.name}》，没有再存一份。")
    return redirect("ledger:reading", paper.pk)


@seated
def state_year(request: SeatRequest, pk: str) -> HttpResponse:
    """Which year the paper is about, where it does not say."""
    paper = get_object_or_404(Paper.objects.visible_to(request.seat).select_related("cycle"), pk=pk)
    form = YearForm(request.POST or None, initial={"year": paper.year})
    if request.method == "POST" and form.is_valid():
        try:
            intake.state_year(paper, year=form.cleaned_data["year"], by=request.seat, at=clock.now())
        except Refused as refusal:
            form.add_error("year", "；".join(refusal.reasons))
        else:
            done(request, f"记下了：这份材料写的是{form.cleaned_data['year']}年度。")
            return redirect("ledger:reading", paper.pk)
    may = access.may_take_paper(request.seat, paper.cycle)
    return render(request, "ledger/reading/year.html", {"paper": paper, "form": form, "may": may})


@seated
def withdraw_paper(request: SeatRequest, pk: str) -> HttpResponse:
    """Take a wrong paper back."""
    paper = get_object_or_404(Paper.objects.visible_to(request.seat).select_related("cycle"), pk=pk)
    if request.method == "POST":
        intake.withdraw_paper(paper, by=request.seat, at=clock.now())
        done(request, f"取回了《{paper.name}》，读出的条目也一起去掉了。")
        return redirect("ledger:take_paper")
    may = access.may_withdraw(request.seat, paper, paper.proposals.filter(accepted=True).count())
    return render(request, "ledger/reading/withdraw.html", {"paper": paper, "may": may})
