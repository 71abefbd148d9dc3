"""Raising a problem, its words, its causes, and beginning to work on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.cycle.models import Cycle
from bihuan.cycle.queries import current_cycle
from bihuan.ledger import access, queries
from bihuan.ledger.actions import problems as actions
from bihuan.ledger.forms.problems import CauseForm, ProblemForm, RaiseForm, RecurrenceForm
from bihuan.ledger.models import Cause, CauseLink, Problem, ProblemSubject
from bihuan.ledger.queries.recurring import Before, before
from bihuan.ledger.rules import example_hint
from bihuan.ledger.views.story import seen_problem
from bihuan.ledger.views.tried import form_page, tried
from bihuan.org.models import Person
from bihuan.org.queries import roster


@seated
def raise_problem(request: SeatRequest) -> HttpResponse:
    """登记一个问题。"""
    cycle = current_cycle(request.seat.org_id)
    if cycle is None:
        return render(request, "ledger/loop/no_year.html", {"cycles": []})
    people = [member.person for member in roster(cycle.org_id, clock.today())]
    aspects = [*cycle.aspects("班子"), *cycle.aspects("党员")]
    like = _before(request, cycle, people)
    form = RaiseForm(request.POST or None, roster=people, aspects=aspects, before=like)
    made = tried(
        request, form, lambda: actions.raise_problem(cycle=cycle, **form.cleaned_data, by=request.seat, at=clock.now())
    )
    if made is not None:
        hint = example_hint(made.example)
        done(request, f"登记好了，编号{made.no}。{hint}")
        return redirect("ledger:problem", made.pk)
    asks = bool(like) and form.only_asks
    context = {"form": form, "cycle": cycle, "before": like, "asks": asks, "may": access.may_raise(request.seat, cycle)}
    return render(request, "ledger/loop/raise.html", context)


def _before(request: SeatRequest, cycle: Cycle, people: list[Person]) -> list[Before]:
    """The earlier problems that what was typed reads like. Nothing is typed yet: none."""
    asked = request.POST.get("person", "") if request.POST.get("subject") == ProblemSubject.PERSON else ""
    person = next((person.pk for person in people if str(person.pk) == asked), None)
    if asked and person is None:
        return []
    return before(request.POST.get("statement", ""), cycle.org_id, cycle.year, request.seat, person=person)


@seated
def change_problem(request: SeatRequest, pk: str) -> HttpResponse:
    """改问题的文字。"""
    problem = seen_problem(request, pk)
    form = ProblemForm(request.POST or None, initial={"statement": problem.statement, "example": problem.example})
    if tried(
        request,
        form,
        lambda: actions.change_problem(
            problem, **form.cleaned_data, seen_version=form.seen_version, by=request.seat, at=clock.now()
        ),
    ):
        done(request, "问题的文字改好了。")
        return redirect("ledger:problem", problem.pk)
    return form_page(
        request, problem, form, title="改一改问题的文字", button="存下", may=access.may_change(request.seat, problem),
        record=problem,
    )  # fmt: skip


@seated
def add_cause(request: SeatRequest, pk: str) -> HttpResponse:
    """写原因，或者连上别的问题已有的原因。"""
    problem = seen_problem(request, pk)
    form = CauseForm(request.POST or None, causes=queries.causes_beside(problem, request.seat))
    if tried(request, form, lambda: _give_cause(request, problem, **form.cleaned_data)):
        done(request, "原因写下了。")
        return redirect("ledger:problem", problem.pk)
    return form_page(
        request, problem, form, title="为什么会有这个问题", button="写下原因",
        may=access.may_set_measures(request.seat, problem),
    )  # fmt: skip


def _give_cause(request: SeatRequest, problem: Problem, text: str, existing: Cause | None = None) -> Cause | CauseLink:
    by, at = request.seat, clock.now()
    if existing is not None:
        return actions.link_cause(problem, existing, by=by, at=at)
    return actions.add_cause(problem, text=text, by=by, at=at)


@seated
def note_recurrence(request: SeatRequest, pk: str) -> HttpResponse:
    """写明是以前的问题又出现。"""
    problem = seen_problem(request, pk)
    form = RecurrenceForm(request.POST or None, problems=queries.finished_before(problem, request.seat))
    if tried(
        request,
        form,
        lambda: actions.note_recurrence(problem, form.cleaned_data["earlier"], by=request.seat, at=clock.now()),
    ):
        done(request, "两个问题连起来了。")
        return redirect("ledger:problem", problem.pk)
    return form_page(
        request, problem, form, title="是以前的哪一个又出现了", button="连起来",
        may=access.may_set_measures(request.seat, problem),
    )  # fmt: skip


@seated
@require_POST
def start_work(request: SeatRequest, pk: str) -> HttpResponse:
    """开始整改。"""
    problem = seen_problem(request, pk)
    actions.start_work(problem, by=request.seat, at=clock.now())
    done(request, "开始整改了，责任人可以写进展和佐证。")
    return redirect("ledger:problem", problem.pk)
