"""A registered meeting decides about a problem."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.cycle.queries import current_cycle
from bihuan.ledger import access as ledger_access
from bihuan.ledger.models import Problem
from bihuan.meeting import access, actions, queries
from bihuan.meeting.forms.small import ResolveForm
from bihuan.meeting.models import Resolution


@seated
def resolve(request: SeatRequest, problem_id: UUID) -> HttpResponse:
    """Which meeting, how many votes; whether it passed is counted, and the ledger is told."""
    problems = Problem.objects.visible_to(request.seat).select_related("cycle__org")
    problem = get_object_or_404(problems, pk=problem_id)
    cycle = current_cycle(problem.cycle.org_id) or problem.cycle
    rows = queries.deciding_meetings(cycle)
    form = ResolveForm(request.POST or None, meetings=rows)
    if request.method == "POST" and form.is_valid():
        try:
            resolution = _resolve(request, problem, form)
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
        else:
            done(request, _outcome(problem, resolution))
            return redirect("ledger:problem", problem.pk)
    verdict = access.may_register(request.seat) & ledger_access.may_decide(request.seat, problem)
    context = {
        "problem": problem, "key": str(problem.pk), "cycle": cycle, "rows": rows, "form": form, "verdict": verdict,
        "may_register": access.may_register(request.seat),
    }  # fmt: skip
    return render(request, "meeting/resolve.html", context)


def _resolve(request: SeatRequest, problem: Problem, form: ResolveForm) -> Resolution:
    typed = form.cleaned_data
    return actions.resolve_closing(
        typed["meeting"].meeting, problem, in_favour=typed["in_favour"], against=typed["against"],
        abstained=typed["abstained"], by=request.seat, at=clock.now(),
    )  # fmt: skip


def _outcome(problem: Problem, resolution: Resolution) -> str:
    end = "同意销号，这一条合上了" if resolution.passed else "没有通过，退回责任人"
    return f"{resolution.meeting.label}：问题{problem.no}{end}。"
