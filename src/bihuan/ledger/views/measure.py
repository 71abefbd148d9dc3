"""Setting a measure, changing it, handing it over, giving it more time, and noting what was done."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect

from bihuan.core import clock, days
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.ledger import access, queries
from bihuan.ledger.actions import measures as actions
from bihuan.ledger.forms.measures import (
    ExtensionForm,
    HandOverForm,
    LinkMeasureForm,
    MeasureForm,
    MeasureWordsForm,
    ProgressForm,
    TermForm,
)
from bihuan.ledger.models import Measure, Problem, Progress
from bihuan.ledger.queries.terms import next_day
from bihuan.ledger.rules import shortened
from bihuan.ledger.views.story import seen_problem
from bihuan.ledger.views.tried import form_page, tried
from bihuan.org.models import Group, Org, Person
from bihuan.org.queries import groups_on, roster


def seen_measure(request: SeatRequest, pk: str) -> tuple[Measure, Problem]:
    """A measure this seat may see, and the problem one came from (or the first it answers)."""
    measure = get_object_or_404(queries.measures_seen_by(request.seat), pk=pk)
    seen = Problem.objects.visible_to(request.seat).filter(measure_links__measure=measure).select_related("cycle__org")
    asked = request.GET.get("problem", "")
    problems = list(seen.order_by("no"))
    return measure, next((p for p in problems if str(p.pk) == asked), problems[0])


def people(request: SeatRequest) -> list[Person]:
    """The roster today, as fields offer it."""
    return [member.person for member in roster(request.seat.org_id, clock.today())]


def bodies(request: SeatRequest) -> tuple[list[Group], Org]:
    """The 党小组 there are today, and the branch: what a measure can rest with besides people and posts."""
    return [held.group for held in groups_on(request.seat.org_id, clock.today()) if held.people], request.seat.org


def _back(request: SeatRequest, problem: Problem, words: str) -> HttpResponseRedirect:
    done(request, words)
    return redirect("ledger:problem", problem.pk)


@seated
def add_measure(request: SeatRequest, pk: str) -> HttpResponse:
    """定一条措施。"""
    problem = seen_problem(request, pk)
    causes = queries.causes_of(problem)
    form = MeasureForm(
        request.POST or None, roster=people(request), bodies=bodies(request), causes=causes, initial={"causes": causes}
    )
    if tried(request, form, lambda: actions.add_measure(problem, **form.cleaned_data, by=request.seat, at=clock.now())):
        return _back(request, problem, "措施定下了。")
    return form_page(
        request, problem, form, title="怎么改，谁来改", button="定下措施", template="ledger/loop/measure.html",
        may=access.may_set_measures(request.seat, problem),
    )  # fmt: skip


@seated
def link_measure(request: SeatRequest, pk: str) -> HttpResponse:
    """一条措施管几个问题。"""
    problem = seen_problem(request, pk)
    form = LinkMeasureForm(request.POST or None, measures=queries.measures_beside(problem, request.seat))
    if tried(
        request,
        form,
        lambda: actions.link_measure(problem, form.cleaned_data["measure"], by=request.seat, at=clock.now()),
    ):
        return _back(request, problem, "措施连上了。")
    return form_page(
        request, problem, form, title="用哪一条已有的措施", button="连上",
        may=access.may_set_measures(request.seat, problem),
    )  # fmt: skip


@seated
def change_measure(request: SeatRequest, pk: str) -> HttpResponse:
    """改措施和完成标准。"""
    measure, problem = seen_measure(request, pk)
    form = MeasureWordsForm(request.POST or None, initial={"action": measure.action, "standard": measure.standard})
    if tried(
        request,
        form,
        lambda: actions.change_measure(
            measure, **form.cleaned_data, seen_version=form.seen_version, by=request.seat, at=clock.now()
        ),
    ):
        return _back(request, problem, "措施改好了。")
    return form_page(
        request, problem, form, title="改一改这条措施", button="存下", record=measure,
        may=access.may_change_measure(request.seat, measure),
    )  # fmt: skip


@seated
def hand_over(request: SeatRequest, pk: str) -> HttpResponse:
    """换责任人。"""
    measure, problem = seen_measure(request, pk)
    form = HandOverForm(
        request.POST or None, roster=people(request), bodies=bodies(request), initial={"since": clock.today()}
    )
    spell = tried(
        request, form, lambda: actions.hand_over(measure, **form.cleaned_data, by=request.seat, at=clock.now())
    )
    if spell is not None:
        return _back(request, problem, f"{days.say_full(spell.since)}起由{spell.who}负责。")
    now = "、".join(spell.who for spell in measure.owners_on(clock.today()))
    told = f"现在的责任人：{now}。原来的责任人以后也不能核验这个问题。" if now else "还没有定责任人。"
    return form_page(
        request, problem, form, title="换谁来负责" if now else "定下谁来负责",
        button="换责任人" if now else "定下责任人", lead=f"“{shortened(measure.action, 30)}”{told}",
        may=access.may_change_measure(request.seat, measure),
    )  # fmt: skip


@seated
def term(request: SeatRequest, pk: str) -> HttpResponse:
    """定时限；已经有的，延期。"""
    measure, problem = seen_measure(request, pk)
    held = measure.term()
    if held is None:
        return _first_term(request, measure, problem)
    form = ExtensionForm(request.POST or None, steady=held.due is None, today=clock.today())
    if tried(request, form, lambda: actions.extend_term(measure, **form.cleaned_data, by=request.seat, at=clock.now())):
        return _back(request, problem, "延期记下了，原来的时限留着。")
    waits = next_day(held, measure.progress.filter(review__isnull=False))
    until = days.say_full(waits) if waits else "看的日子都看过了"
    kind = "现在的时限" if held.due else "长期坚持，等着看的日子"
    return form_page(
        request, problem, form, title="要延到哪天", button="记下延期",
        lead=f"“{shortened(measure.action, 30)}”{kind}：{until}。",
        may=access.may_change_measure(request.seat, measure),
    )  # fmt: skip


def _first_term(request: SeatRequest, measure: Measure, problem: Problem) -> HttpResponse:
    form = TermForm(request.POST or None)
    if tried(request, form, lambda: actions.set_term(measure, **form.cleaned_data, by=request.seat, at=clock.now())):
        return _back(request, problem, "时限定下了。")
    return form_page(
        request, problem, form, title="定下时限", button="定下时限",
        may=access.may_change_measure(request.seat, measure),
    )  # fmt: skip


@seated
def note_progress(request: SeatRequest, pk: str) -> HttpResponse:
    """记一条进展。"""
    measure, problem = seen_measure(request, pk)
    waiting = bool(queries.reviews_waiting(measure, clock.today()))
    form = ProgressForm(request.POST or None, today=clock.today(), waiting=waiting)

    def act() -> Progress:
        given = form.cleaned_data
        note = actions.note_review if given.get("reviewed") else actions.note_progress
        return note(measure, words=given["words"], on=given["on"], by=request.seat, at=clock.now())

    if tried(request, form, act):
        return _back(request, problem, "进展记下了。")
    return form_page(
        request, problem, form, title="这几天做了什么", button="记下进展",
        lead=f"措施：{shortened(measure.action, 60)}", may=access.may_work(request.seat, measure),
    )  # fmt: skip
