"""The lines between problems, causes and measures, said in words; drawn and taken away by a person."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.ledger import access
from bihuan.ledger.access.links import may_unlink_measure
from bihuan.ledger.actions import links as actions
from bihuan.ledger.actions import measures, problems
from bihuan.ledger.models import Cause, Measure, Problem
from bihuan.ledger.queries.links import graph, lines_of, loose_ends
from bihuan.ledger.views.story import seen_problem
from bihuan.ledger.views.years import own_year


@seated
@require_safe
def links(request: SeatRequest) -> HttpResponse:
    """The whole year: a row a problem, what hangs on nothing first."""
    cycle = own_year(request)
    found = graph(cycle, request.seat, clock.today()) if cycle else None
    return render(request, "ledger/loop/links.html", {"cycle": cycle, "graph": found})


@seated
@require_safe
def links_of(request: SeatRequest, pk: str) -> HttpResponse:
    """One problem's lines, with what can be drawn and taken away."""
    problem = seen_problem(request, pk)
    causes, measures_there = loose_ends(problem, request.seat)
    context = {
        "problem": problem,
        "lines": lines_of(problem, request.seat, clock.today()),
        "loose_causes": causes,
        "loose_measures": measures_there,
        "may": access.may_set_measures(request.seat, problem),
        "may_unlink": may_unlink_measure(request.seat, problem),
    }
    return render(request, "ledger/loop/links_of.html", context)


@seated
@require_POST
def tie(request: SeatRequest, pk: str) -> HttpResponse:
    """Draw one line."""
    problem = seen_problem(request, pk)
    cause, measure = _ends(request, problem)
    by, at = request.seat, clock.now()
    if cause and measure:
        actions.aim_measure(problem, measure, cause, by=by, at=at)
    elif measure:
        measures.link_measure(problem, measure, by=by, at=at)
    elif cause:
        problems.link_cause(problem, cause, by=by, at=at)
    done(request, "连上了。", undo=_way_back("untie", problem, cause, measure))
    return redirect("ledger:links_of", problem.pk)


@seated
@require_POST
def untie(request: SeatRequest, pk: str) -> HttpResponse:
    """Take one line away."""
    problem = seen_problem(request, pk)
    cause, measure = _ends(request, problem)
    by, at = request.seat, clock.now()
    if cause and measure:
        actions.unaim_measure(problem, measure, cause, by=by, at=at)
    elif measure:
        actions.unlink_measure(problem, measure, by=by, at=at)
    elif cause:
        actions.unlink_cause(problem, cause, by=by, at=at)
    done(request, "断开了，两头的文字都还在。", undo=_way_back("tie", problem, cause, measure))
    return redirect("ledger:links_of", problem.pk)


def _way_back(name: str, problem: Problem, cause: Cause | None, measure: Measure | None) -> str:
    ends = {"cause": cause, "measure": measure}
    asked = urlencode({what: str(end.pk) for what, end in ends.items() if end})
    return f"{reverse(f'ledger:{name}', args=[problem.pk])}?{asked}"


def _ends(request: SeatRequest, problem: Problem) -> tuple[Cause | None, Measure | None]:
    """The ends that were named, of what this seat may reach from here; anything else is not there."""
    lines, (causes, loose) = lines_of(problem, request.seat, clock.today()), loose_ends(problem, request.seat)
    near_causes = {c.pk: c for c in [*causes, *(end.cause for end in lines.causes)]}
    near_measures = {m.pk: m for m in [*loose, *(end.measure for end in lines.measures)]}
    cause, measure = _key(request, "cause"), _key(request, "measure")
    known = (cause is None or cause in near_causes) and (measure is None or measure in near_measures)
    if not known or (cause is None and measure is None):
        raise Http404
    return near_causes[cause] if cause else None, near_measures[measure] if measure else None


def _key(request: SeatRequest, name: str) -> UUID | None:
    asked = request.POST.get(name) or request.GET.get(name, "")
    try:
        return UUID(asked) if asked else None
    except ValueError:
        raise Http404 from None


@seated
@require_POST
def same_matter(request: SeatRequest, pk: str) -> HttpResponse:
    """A person says that this is an earlier problem come back (or, to undo it, that it is not)."""
    problem, key = seen_problem(request, pk), _key(request, "earlier")
    branch = Problem.objects.visible_to(request.seat).filter(cycle__org=problem.scope_org_id)
    earlier = get_object_or_404(branch, pk=key)
    act = actions.withdraw_recurrence if request.GET.get("undo") else problems.note_recurrence
    act(problem, earlier, by=request.seat, at=clock.now())
    undo = f"{reverse('ledger:same_matter', args=[problem.pk])}?earlier={earlier.pk}"
    if request.GET.get("undo"):
        done(request, "收回了，两个问题不再连着。", undo=undo)
    else:
        done(request, f"记下了，是{earlier.no}又出现。", undo=f"{undo}&undo=1")
    return redirect("ledger:problem", problem.pk)
