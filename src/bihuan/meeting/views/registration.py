"""The one page of a year's registrations, and the small pages beside it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bihuan.core import clock
from bihuan.core.access import Refused, Stale
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.cycle.models import Cycle
from bihuan.cycle.views import cycle_for, no_year
from bihuan.meeting import access, actions, queries
from bihuan.meeting.forms.small import FiguresForm, ReasonForm, StudyForm
from bihuan.meeting.models import Meeting, Study


@seated
def register(request: SeatRequest, cycle_id: UUID | None = None) -> HttpResponse:
    """What is registered of a year, what the regulations say to it, and the counts from paper."""
    cycle = cycle_for(request.seat, cycle_id)
    if cycle is None:
        return no_year(request)
    form = FiguresForm(request.POST or None, kept=queries.figures(cycle))
    if request.method == "POST" and form.is_valid():
        try:
            _count(request, cycle, form)
        except Stale as stale:
            form.show_stale(stale)
        except actions.Doubtful as doubt:
            form.ask_why(doubt.laws)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("meeting:register", cycle.pk)
    context = {
        "cycle": cycle,
        "life": queries.life_meeting(cycle),
        "rows": queries.meetings_of(cycle),
        "studies": queries.studies_of(cycle),
        "laws": queries.laws(cycle, clock.today()),
        "form": form,
        "verdict": access.may_register(request.seat) & access.is_own(request.seat, cycle.org_id),
    }
    return render(request, "meeting/register.html", context)


def _count(request: SeatRequest, cycle: Cycle, form: FiguresForm) -> None:
    access.is_own(request.seat, cycle.org_id).enforce()
    kept = actions.register_figures(
        cycle, values=form.values(), seen=form.seen(), despite=form.cleaned_data["despite"],
        by=request.seat, at=clock.now(),
    )  # fmt: skip
    done(request, f"存下了，{cycle.label}现在登记了{len(kept)}个数。")


@seated
def study(request: SeatRequest, study_id: UUID | None = None) -> HttpResponse:
    """Register one 集中学习, or put one right."""
    kept = get_object_or_404(Study.objects.visible_to(request.seat), pk=study_id) if study_id else None
    cycle = kept.cycle if kept else cycle_for(request.seat, None)
    if cycle is None:
        return no_year(request)
    start = (
        {"held_on": kept.occurred_on, "topic": kept.topic, "place": kept.place, "present": kept.present} if kept else {}
    )
    form = StudyForm(request.POST or None, initial=start, today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            _study(request, cycle, kept, form)
        except Stale as stale:
            form.show_stale(stale)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("meeting:register", cycle.pk)
    verdict = access.may_register(request.seat) & access.is_own(request.seat, cycle.org_id)
    return render(request, "meeting/study.html", {"cycle": cycle, "kept": kept, "form": form, "verdict": verdict})


def _study(request: SeatRequest, cycle: Cycle, kept: Study | None, form: StudyForm) -> None:
    typed = form.cleaned_data
    if kept is None:
        made = actions.register_study(cycle, **typed, by=request.seat, at=clock.now())
    else:
        made = actions.correct_study(kept, **typed, seen_version=form.seen_version, by=request.seat, at=clock.now())
    done(request, f"集中学习存下了：{made}。")


@seated
def explain(request: SeatRequest, cycle_id: UUID) -> HttpResponse:
    """Say why a warning is passed; the reason stays in the record."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.seat).select_related("org"), pk=cycle_id)
    line = _law(request, cycle, request.GET.get("key", ""))
    form = ReasonForm(request.POST or None, initial={"reason": line.reason})
    verdict = access.may_register(request.seat) & access.is_own(request.seat, cycle.org_id)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            access.is_own(request.seat, cycle.org_id).enforce()
            actions.explain(cycle, key=line.key, **form.cleaned_data, by=request.seat, at=clock.now())
            done(request, "理由写进记录了。")
            return redirect("meeting:register", cycle.pk)
    return render(request, "meeting/explain.html", {"cycle": cycle, "line": line, "form": form, "verdict": verdict})


def _law(request: SeatRequest, cycle: Cycle, key: str) -> queries.LawLine:
    """The warning of that key, if it does not hold now; 404 otherwise."""
    lines = queries.laws(cycle, clock.today())
    _, _, meeting_key = key.partition(":")
    if meeting_key:
        meetings = Meeting.objects.visible_to(request.seat).filter(orgs__cycle=cycle)
        lines = queries.laws_of_meeting(get_object_or_404(meetings, pk=_uuid(meeting_key)), cycle)
    line = next((li for li in lines if li.key == key and not li.law.ok and not li.law.hard), None)
    if line is None:
        raise Http404
    return line


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
