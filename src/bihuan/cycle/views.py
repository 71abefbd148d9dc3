"""Pages of a year: its notice, its numbers, and beginning one."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from bihuan.core import clock, vault
from bihuan.core.access import Refused, Stale, Verdict
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.forms import handed_in
from bihuan.core.ui.toasts import done
from bihuan.cycle import access, actions, forms, packs, queries, rules
from bihuan.cycle.models import Cycle, CycleKind
from bihuan.cycle.plan import plan_remarks
from bihuan.cycle.policy import Policy
from bihuan.org import queries as people
from bihuan.org.models import Seat


def cycle_for(seat: Seat, cycle_id: UUID | None) -> Cycle | None:
    """The year named in the address (404 if it is another branch's), or the one the branch is busy with."""
    if cycle_id is None:
        return queries.current_cycle(seat.org_id)
    years = Cycle.objects.visible_to(seat).select_related("org", "notice")
    found: Cycle = get_object_or_404(years, pk=cycle_id)
    return found


@seated
def notice(request: SeatRequest, cycle_id: UUID | None = None) -> HttpResponse:
    """The year's notice: typed in when it comes, put right later. A sample fills the form only when asked for."""
    cycle = cycle_for(request.seat, cycle_id)
    if cycle is None:
        return no_year(request)
    page = queries.notice_page(cycle)
    sample = packs.sample() if "sample" in request.GET else None
    start = _usual(cycle) | forms.filled(page) | (_sample_start(sample) if sample else {})
    form = forms.NoticeForm(request.POST or None, request.FILES or None, initial=start, pack=str(start["pack"]))
    if request.method == "POST" and form.is_valid():
        try:
            _receive(request, cycle, form)
        except Stale as stale:
            form.show_stale(stale)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_onwards(request, cycle))
    context = {
        "cycle": cycle, "kept": page, "form": form, "sample": sample, "verdict": _may(request, cycle),
        "remarks": _remarks(page), "next_page": request.GET.get("from") or request.POST.get("next_page", ""),
    }  # fmt: skip
    return render(request, "cycle/notice.html", context)


def _usual(cycle: Cycle) -> dict[str, str]:
    """The notice mostly comes from the organisation above, whose name was written down once already."""
    above = cycle.org.parent_on(clock.today())
    return {"issuer": above.name} if above else {}


def _sample_start(sample: packs.Pack) -> dict[str, str]:
    lines = {name: "\n".join(sample.aspects[subject]) for name, subject in (("committee", "班子"), ("members", "党员"))}
    return {**lines, "pack": sample.mark}


def _receive(request: SeatRequest, cycle: Cycle, form: forms.NoticeForm) -> None:
    received = actions.receive_notice(
        cycle, **form.given(), file=handed_in(form.cleaned_data["file"]), seen_version=form.seen_version,
        by=request.seat, at=clock.now(),
    )  # fmt: skip
    done(request, f"存下了{cycle.label}的通知：{received}。")


def _onwards(request: SeatRequest, cycle: Cycle) -> str:
    if request.POST.get("next_page") == "first_hour":
        return reverse("desk:first_hour")
    return reverse("cycle:notice", args=[cycle.pk])


def _may(request: SeatRequest, cycle: Cycle) -> Verdict:
    return access.may_keep_year(request.seat) & access.is_own_year(request.seat, cycle)


def _remarks(page: queries.NoticePage) -> list[str]:
    number = page.notice.number if page.notice else ""
    found = [rules.number_remark(number), rules.aspects_remark(page.committee, page.members)]
    return [remark for remark in found if remark]


@seated
def notice_file(request: SeatRequest, cycle_id: UUID) -> FileResponse:
    """The notice's own paper, only ever as a download."""
    cycle = cycle_for(request.seat, cycle_id)
    if cycle is None or cycle.notice is None or cycle.notice.file is None:
        raise Http404
    path = vault.path_of(cycle.notice.file.sha256)
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=cycle.notice.file_name)


@seated
def policy(request: SeatRequest, cycle_id: UUID | None = None) -> HttpResponse:
    """The numbers of a year; other years keep theirs."""
    cycle = cycle_for(request.seat, cycle_id)
    if cycle is None:
        return no_year(request)
    form = forms.PolicyForm(request.POST or None, initial=forms.written(Policy.read(cycle.policy)))
    if request.method == "POST" and form.is_valid():
        try:
            with form.refusals():
                actions.set_policy(
                    cycle, policy=form.policy(), seen_version=form.seen_version, by=request.seat, at=clock.now()
                )
                done(request, f"{cycle.label}的口径存下了，别的年度不变。")
                return redirect("cycle:policy", cycle.pk)
        except Stale as stale:
            form.show_stale(stale)
    verdict = access.may_set_policy(request.seat) & access.is_own_year(request.seat, cycle)
    return render(request, "cycle/policy.html", {"cycle": cycle, "form": form, "verdict": verdict})


@seated
def plan(request: SeatRequest, cycle_id: UUID | None = None) -> HttpResponse:
    """Which step by which day, and who looks after it."""
    cycle = cycle_for(request.seat, cycle_id)
    if cycle is None:
        return no_year(request)
    kept = queries.plan_of(cycle)
    here = [member.person for member in people.roster(cycle.org_id, clock.today())]
    form = forms.PlanForm(request.POST or None, kept=kept, people=here)
    if request.method == "POST" and form.is_valid():
        try:
            with form.refusals():
                actions.set_plan(cycle, steps=form.planned(), by=request.seat, at=clock.now())
                done(request, f"{cycle.label}的步骤排好了。")
                return redirect("cycle:plan", cycle.pk)
        except Stale as stale:
            form.show_stale(stale)
    due = cycle.notice.report_due if cycle.notice else None
    remarks = plan_remarks({code: step.due for code, step in kept.items() if step.due}, due)
    context = {"cycle": cycle, "form": form, "remarks": remarks, "verdict": _may(request, cycle)}
    return render(request, "cycle/plan.html", context)


@seated
def open_year(request: SeatRequest) -> HttpResponse:
    """Begin another year, or a 专题."""
    start = {"year": rules.usual_year(clock.today()), "kind": CycleKind.YEARLY}
    form = forms.OpenForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            cycle = _open(request.seat, **form.cleaned_data)
            done(request, f"{cycle.label}开始了。通知来了就登记，没有来也可以先做别的。")
            return redirect("cycle:notice", cycle.pk)
    context = {
        "form": form,
        "verdict": access.may_keep_year(request.seat),
        "years": queries.years_of(request.seat.org_id),
    }
    return render(request, "cycle/open.html", context)


def _open(seat: Seat, year: int, kind: str) -> Cycle:
    seq = queries.next_special(seat.org_id, year) if kind == CycleKind.SPECIAL else 1
    return actions.open_cycle(year=year, kind=kind, seq=seq, by=seat, at=clock.now())


def no_year(request: SeatRequest) -> HttpResponse:
    """What any page of a year says while there is none."""
    return render(request, "cycle/no_year.html", {"verdict": access.may_keep_year(request.seat)})
