"""Today: what *I* have to do, one list across all rooms, derived from the records; and what waits for others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from bihuan.cycle.models import Cycle
from bihuan.ledger import access as ledger_access
from bihuan.ledger.models import (
    HOLDER,
    Assignment,
    AssignmentRole,
    Carry,
    Measure,
    Paper,
    Problem,
    Proposal,
    VerificationResult,
)
from bihuan.ledger.queries.holders import Holders
from bihuan.ledger.queries.terms import next_day
from bihuan.ledger.states import AT_WORK, ProblemState
from bihuan.meeting.models import MeetingOrg
from bihuan.org.models import Capacity, Seat
from bihuan.report.models import Draft, Submission, SubmissionState
from bihuan.report.queries import received_by, returned_points

NEAREST = 5  # matters shown at once; the rest is folded
SOON = 30  # days ahead in which a term becomes a matter of today


@dataclass(frozen=True)
class Matter:
    """One matter: what it is, why it waits for you, where it is done, what the button says, and its day if it has one."""

    title: str
    words: str
    url: str
    press: str
    day: date | None = None


@dataclass(frozen=True)
class Today:
    """The home page: matters in order of their day, and the sentences about what others have to do."""

    matters: list[Matter]
    others: list[str]

    @property
    def first(self) -> list[Matter]:
        return self.matters[:NEAREST]

    @property
    def rest(self) -> list[Matter]:
        return self.matters[NEAREST:]


def today(seat: Seat, cycle: Cycle | None, day: date) -> Today:
    """Everything that waits for whoever sits here on that day."""
    if seat.capacity == Capacity.CLERK:
        return Today(list(_received(seat)), [])
    if cycle is None or cycle.org_id != seat.org_id:
        return Today([], [])
    found = [*_last_year(seat, cycle), *_problems(seat, cycle, day), *_year(seat, cycle, day)]
    matters = sorted(found, key=lambda matter: matter.day or date.max)
    return Today(matters, list(_others(seat, cycle, day)))


def _received(seat: Seat) -> Iterator[Matter]:
    """What the branches below have handed up and nobody has looked at yet."""
    for sent in received_by(seat).filter(state=SubmissionState.SENT):
        yield Matter(
            f"请看{sent.draft.cycle.org.name}的情况报告",
            f"{sent.draft.cycle.label}，报上来还没有收下或者退回。",
            reverse("report:received_one", args=[sent.pk]),
            "去看",
        )


def _last_year(seat: Seat, cycle: Cycle) -> Iterator[Matter]:
    if not seat.on_committee:
        return
    waiting = Proposal.objects.of(cycle.org_id).filter(paper__cycle=cycle, accepted__isnull=True)
    paper = Paper.objects.of(cycle.org_id).filter(cycle=cycle, proposals__accepted__isnull=True).first()
    if paper is not None:
        yield Matter(
            f"请确认上年度的{waiting.count()}条",
            f"从《{paper.name}》里读出来的，您逐条看过，才能写今年的答复。",
            reverse("ledger:reading", args=[paper.pk]),
            "开始确认",
        )
    open_ = Carry.objects.of(cycle.org_id).filter(into=cycle, answer="").count()
    if open_:
        yield Matter(
            f"请答复上年度的{open_}个问题",
            "每一个都要说完成、基本完成、持续推进还是未完成，写出佐证或理由。",
            reverse("ledger:carries"),
            "去答复",
        )


def _open_problems(seat: Seat, cycle: Cycle) -> list[Problem]:
    """The unfinished problems this seat may see, with their measures, people, terms and progress, a query each."""
    people = Assignment.objects.of(cycle.org_id).filter(until__isnull=True, role=AssignmentRole.OWNER)
    measures = Measure.objects.of(cycle.org_id).prefetch_related(
        Prefetch("assignments", queryset=people.select_related(*HOLDER)), "terms", "progress"
    )
    return list(
        Problem.objects.visible_to(seat)
        .of_cycle(cycle)
        .unfinished()
        .select_related("cycle")
        .prefetch_related(Prefetch("measure_links__measure", queryset=measures), "verifications")
    )


def _problems(seat: Seat, cycle: Cycle, day: date) -> Iterator[Matter]:
    holders = Holders(cycle.org_id, day)
    for problem in _open_problems(seat, cycle):
        url = reverse("ledger:problem", args=[problem.pk])
        title, due = problem.statement[:30], _due(problem)
        if problem.state in AT_WORK and _is_mine(problem, seat, holders):
            if problem.state == ProblemState.SENT_BACK:
                yield Matter(f"请补证：{title}", f"核验退回：{_last_reason(problem)}", url, "去补", due)
            elif due is None or (due - day).days <= SOON:
                yield Matter(f"请整改：{title}", "您是责任人。做了什么、有什么佐证，写在这里。", url, "写进展", due)
        elif problem.state == ProblemState.CLAIMED and _passed(problem):
            if seat.is_secretary:
                words = "核验已经通过，开过会以后记下决定，这一条才销号。"
                yield Matter(f"请提请会议决定：{title}", words, url, "去看", due)
        elif problem.state == ProblemState.CLAIMED and ledger_access.may_verify(seat, problem):
            yield Matter(f"请核验：{title}", "责任人申请销号。您没有参与整改，可以核验。", url, "去核验", due)
        elif problem.state == ProblemState.RAISED and seat.on_committee:
            yield Matter(f"请研究：{title}", "还没有定原因、措施、责任人和时限。", url, "去定措施", due)


def _is_mine(problem: Problem, seat: Seat, holders: Holders) -> bool:
    """By name, by post, as one of a 党小组 or of the whole branch."""
    owners = (spell for link in problem.measure_links.all() for spell in link.measure.assignments.all())
    return seat.person_id is not None and seat.person_id in holders.of(owners)


def _due(problem: Problem) -> date | None:
    """The nearest day among the terms now in force of its measures."""
    days = []
    for link in problem.measure_links.all():
        terms = sorted(link.measure.terms.all(), key=lambda term: (term.recorded_at, term.pk))
        if terms and (day := next_day(terms[-1], link.measure.progress.all())):
            days.append(day)
    return min(days, default=None)


def _last_reason(problem: Problem) -> str:
    done = sorted(problem.verifications.all(), key=lambda v: v.recorded_at)
    return done[-1].reason if done else ""


def _passed(problem: Problem) -> bool:
    """Whether the latest check said yes, so that only the meeting is missing."""
    done = sorted(problem.verifications.all(), key=lambda v: v.recorded_at)
    return bool(done) and done[-1].result == VerificationResult.PASSED


def _year(seat: Seat, cycle: Cycle, day: date) -> Iterator[Matter]:
    """What the secretary looks after in the year itself."""
    if not seat.is_secretary:
        return
    due = cycle.notice.report_due if cycle.notice else None
    met = MeetingOrg.objects.of(cycle.org_id).filter(cycle=cycle, meeting__is_life_meeting=True).exists()
    if not met:
        words = "按纸面记录登记一次：日期、应到、实到、缺席事由、决议。报告的数从这里来。"
        yield Matter("请登记组织生活会", words, reverse("meeting:register"), "去登记", None)
    elif (last := _last_sent(cycle)) and last.state == SubmissionState.RETURNED:
        points = [each for each in returned_points(last) if not each.answer]
        words = f"有{len(points)}条意见等支部答复。" if points else "意见都答复了，会议看过以后再报送。"
        day_ = min((each.due for each in points if each.due), default=None)
        yield Matter("上级退回了情况报告", words, reverse("report:answers", args=[last.draft_id]), "去答复", day_)
    elif last is None:
        begun = Draft.objects.of(cycle.org_id).filter(cycle=cycle).exists()
        title = "请把情况报告写完" if begun else "请写情况报告"
        yield Matter(title, "文字由支部自己写，数字从记录里来。", reverse("report:draft"), "去写", due)


def _last_sent(cycle: Cycle) -> Submission | None:
    sent = Submission.objects.of(cycle.org_id).filter(draft__cycle=cycle).select_related("draft__cycle")
    return sent.order_by("recorded_at", "pk").last()


def _others(seat: Seat, cycle: Cycle, day: date) -> Iterator[str]:
    """What waits for others, for the secretary only (nobody else is told of another's delay)."""
    if not seat.is_secretary:
        return
    holders = Holders(cycle.org_id, day)
    for problem in _open_problems(seat, cycle):
        due = _due(problem)
        if problem.state in AT_WORK and not _is_mine(problem, seat, holders):
            who = "、".join(
                sorted({a.who for link in problem.measure_links.all() for a in link.measure.assignments.all()})
            )
            late = f"，已过{(day - due).days}天" if due and due < day else ""
            yield f"{problem.statement[:30]}：{who or '还没有定责任人'}在整改{late}。"
