"""The verbs of a problem: raise it, say why it is, begin to work on it."""

from __future__ import annotations

from datetime import date, datetime

from bihuan.core import audit
from bihuan.core.access import verdict
from bihuan.core.acting import action, check_version
from bihuan.core.models import Source, stamp
from bihuan.cycle.models import Aspect, Cycle, CycleKind
from bihuan.ledger import access
from bihuan.ledger.actions.locking import lock_problem, move, need_on_roster, need_words, refuse_secrets
from bihuan.ledger.models import Cause, CauseLink, Origin, Problem, ProblemSubject, Recurs
from bihuan.ledger.rules import number_after
from bihuan.ledger.states import ProblemState
from bihuan.org.models import Person, Seat


@action("ledger.problem.raised", "登记了一个问题")
def raise_problem(
    *,
    cycle: Cycle,
    subject: str = ProblemSubject.BRANCH,
    person: Person | None = None,
    aspect: Aspect | None = None,
    aspect_words: str = "",
    statement: str,
    example: str = "",
    origin_kind: str,
    origin_words: str = "",
    origin_number: str = "",
    origin_paper: str = "",
    origin_on: date | None = None,
    origin: Origin | None = None,
    earlier: Problem | None = None,
    source: str = Source.LIVE,
    by: Seat,
    at: datetime,
) -> Problem:
    """登记一个问题，给它本年度的下一个编号，状态是“待支委会研究”。

    origin: an origin that exists already (a paper's span); otherwise one is made of `origin_kind` and `origin_words`.
    earlier: whoever writes it down says that it is this earlier problem come back.
    """
    cycle = Cycle.objects.of(by.org_id).select_for_update().filter(pk=cycle.pk).first() or cycle
    (access.may_raise(by, cycle) & access.may_raise_about(by, person)).enforce()
    statement = need_words(statement, "问题")
    refuse_secrets(statement, example, origin_words, origin_number, origin_paper)
    _check_person(subject, person, cycle, at)
    head = stamp(by=by, at=at, source=source)
    verdict((origin_on is None or origin_on <= at.date(), "来源的日子还没有到，请改成今天或以前的日子")).enforce()
    origin = origin or Origin.objects.create(
        org_id=cycle.org_id,
        kind=origin_kind,
        words=origin_words.strip(),
        number=origin_number.strip(),
        paper_name=origin_paper.strip(),
        said_on=origin_on,
        **head,
    )
    problem = Problem.objects.create(
        cycle=cycle,
        no=next_number(cycle),
        subject=subject,
        person=person,
        aspect=aspect,
        aspect_words=aspect_words.strip(),
        statement=statement,
        example=example.strip(),
        origin=origin,
        **head,
    )
    audit.record(problem, by=by, at=at)
    if earlier is not None:
        _tie(problem, earlier, by=by, at=at)
    return problem


def _check_person(subject: str, person: Person | None, cycle: Cycle, at: datetime) -> None:
    personal = subject == ProblemSubject.PERSON
    verdict(
        (not personal or person is not None, "个人问题要写明是谁的，请从名册里选"),
        (personal or person is None, "支部和支委会的问题不写个人的名字，请去掉人，或改成个人问题"),
    ).enforce()
    if person is not None:
        need_on_roster([person], cycle.org_id, at.date())


def next_number(cycle: Cycle) -> str:
    """The next 台账编号 of a locked year: 25-04; of a 专题: 25专1-04."""
    year = f"{cycle.year % 100:02d}"
    prefix = f"{year}-" if cycle.kind == CycleKind.YEARLY and cycle.seq == 1 else f"{year}专{cycle.seq}-"
    return number_after(Problem.objects.of(cycle.org_id).filter(cycle=cycle).values_list("no", flat=True), prefix)


@action("ledger.problem.changed", "改了问题的文字")
def change_problem(
    problem: Problem, *, statement: str, example: str, seen_version: int | None, by: Seat, at: datetime
) -> Problem:
    """改问题或事例的文字。"""
    problem = lock_problem(problem, by)
    access.may_change(by, problem).enforce()
    check_version(problem, seen_version)
    refuse_secrets(statement, example)
    before = problem.facts()
    problem.statement, problem.example = need_words(statement, "问题"), example.strip()
    problem.keep("statement", "example")
    audit.record(problem, by=by, at=at, before=before)
    return problem


@action("ledger.cause.added", "写下了原因")
def add_cause(problem: Problem, *, text: str, origin: Origin | None = None, by: Seat, at: datetime) -> Cause:
    """给一个问题写一条原因。"""
    problem = lock_problem(problem, by)
    access.may_set_measures(by, problem).enforce()
    text = need_words(text, "原因")
    refuse_secrets(text)
    head = stamp(by=by, at=at)
    cause = Cause.objects.create(cycle=problem.cycle, text=text, origin=origin, **head)
    CauseLink.objects.create(cause=cause, problem=problem, **head)
    audit.record(cause, by=by, at=at)
    return cause


@action("ledger.cause.linked", "把原因连到了问题")
def link_cause(problem: Problem, cause: Cause, *, by: Seat, at: datetime) -> CauseLink:
    """几个问题同一个原因：把已有的原因连到另一个问题。"""
    problem = lock_problem(problem, by)
    access.may_set_measures(by, problem).enforce()
    verdict(
        (cause.scope_org_id == problem.scope_org_id, "这条原因是别的支部的"),
        (not problem.cause_links.filter(cause=cause).exists(), "这条原因已经连在这个问题上"),
    ).enforce()
    link = CauseLink.objects.create(cause=cause, problem=problem, **stamp(by=by, at=at))
    audit.record(link, by=by, at=at)
    return link


@action("ledger.problem.recurs", "写明是以前的问题又出现")
def note_recurrence(problem: Problem, earlier: Problem, *, by: Seat, at: datetime) -> Recurs:
    """今年的一个问题，是以前办完的一个又出现：两条连起来，各走各的圈。"""
    problem = lock_problem(problem, by)
    access.may_set_measures(by, problem).enforce()
    return _tie(problem, earlier, by=by, at=at)


def _tie(problem: Problem, earlier: Problem, *, by: Seat, at: datetime) -> Recurs:
    """Write down, inside another act, that a problem is an earlier one come back. Raises `Refused`."""
    seen = Problem.objects.visible_to(by).filter(pk=earlier.pk, cycle__org_id=problem.scope_org_id)
    verdict(
        (seen.exists() and earlier.pk != problem.pk, "请选本支部以前的另一个问题"),
        (not problem.recurrences.filter(earlier=earlier).exists(), "已经写明过，不用再写"),
    ).enforce()
    recurs = Recurs.objects.create(problem=problem, earlier=earlier, **stamp(by=by, at=at))
    audit.record(recurs, by=by, at=at)
    return recurs


@action("ledger.problem.started", "定下开始整改")
def start_work(problem: Problem, *, by: Seat, at: datetime) -> Problem:
    """支委会研究过了，开始整改。要有原因，每条措施要有责任人和时限（R21、R22）。"""
    problem = lock_problem(problem, by)
    access.may_start(by, problem, day=at.date()).enforce()
    before = problem.facts()
    move(problem, ProblemState.DOING)
    audit.record(problem, by=by, at=at, before=before)
    return problem
