"""The three steps of 销号, each by somebody else: the owner asks, another person checks, the meeting decides."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.ledger import access, queries
from bihuan.ledger.actions.locking import (
    lock_problem,
    measures_held,
    move,
    move_measure,
    need_words,
    refuse_secrets,
)
from bihuan.ledger.models import (
    Claim,
    Decision,
    DecisionKind,
    Problem,
    Reopening,
    Verification,
    VerificationResult,
    doers_mark,
    mark,
)
from bihuan.ledger.rules import shortened
from bihuan.ledger.states import MeasureState, ProblemState
from bihuan.org.models import Seat


@action("ledger.problem.claimed", "申请了销号")
def claim_closing(problem: Problem, *, words: str = "", by: Seat, at: datetime) -> Claim:
    """申请销号：责任人说标准都做到了。没有佐证对上的标准，要说明为什么。"""
    problem = lock_problem(problem, by)
    access.may_claim(by, problem, day=at.date()).enforce()
    refuse_secrets(words)
    open_standards = "、".join(f"“{shortened(s)}”" for s in queries.uncovered_standards(problem))
    verdict(
        (words.strip() or not open_standards, f"{open_standards}还没有佐证对上，请补佐证，或者写明为什么")
    ).enforce()
    claim = Claim.objects.create(problem=problem, words=words.strip(), **stamp(by=by, at=at))
    audit.record(claim, by=by, at=at)
    _move(problem, ProblemState.CLAIMED, by=by, at=at)
    return claim


@action("ledger.problem.verified", "核验了佐证")
def verify(
    problem: Problem, *, result: str, reason: str = "", met: Collection[str] | None = None, by: Seat, at: datetime
) -> Verification:
    """核验：别人拿佐证逐条对照标准。条条都达到的才通过，等会议决定；退回的回到责任人手里。

    met: the standards found met, in their words; None: all of them when it passed, those with proof when it was sent back.
    The doers are copied into the row at this moment, and the database refuses a checker who is one of them (R23).
    """
    problem = lock_problem(problem, by)
    access.may_verify(by, problem, day=at.date()).enforce()
    refuse_secrets(reason)
    checked = _checked(problem, result, met)
    _check_result(problem, result, reason, checked)
    claim, checker = queries.latest_claim(problem), by.person
    if claim is None or checker is None:
        raise Refused("责任人还没有申请销号，请责任人先申请")
    verification = Verification.objects.create(
        problem=problem,
        claim=claim,
        checker=checker,
        doers=doers_mark(queries.doers(problem)),
        checker_mark=mark(checker.pk),
        result=result,
        checked=checked,
        reason=reason.strip(),
        **stamp(by=by, at=at),
    )
    audit.record(verification, by=by, at=at)
    if result == VerificationResult.PASSED:
        _move_measures(problem, MeasureState.DONE, by=by, at=at)
    else:
        _move(problem, ProblemState.SENT_BACK, by=by, at=at)
    return verification


def _checked(problem: Problem, result: str, met: Collection[str] | None) -> list[dict[str, Any]]:
    """Each standard of done in its words, and whether it was found met."""
    standards = list(dict.fromkeys(s for m in queries.measures_of(problem) for s in m.standards))
    if met is None:
        lacking = queries.uncovered_standards(problem) if result == VerificationResult.SENT_BACK else []
        met = [standard for standard in standards if standard not in lacking]
    return [{"standard": standard, "met": standard in met} for standard in standards]


def _check_result(problem: Problem, result: str, reason: str, checked: list[dict[str, Any]]) -> None:
    verdict((result in VerificationResult.values, "请选核验通过，或者退回")).enforce()
    if result == VerificationResult.SENT_BACK:
        need_words(reason, "退回要补什么")
        return
    unmet = "、".join(f"“{shortened(line['standard'])}”" for line in checked if not line["met"])
    verdict((not unmet, f"{unmet}没有勾“达到了”，不能通过；都对上了再勾，对不上的请退回补证")).enforce()
    bare = "、".join(f"“{shortened(standard)}”" for standard in queries.uncovered_standards(problem))
    verdict(
        (reason.strip() or not bare, f"{bare}还没有佐证对上；请退回补上，或者到现场看过，把看到的写下来再通过")
    ).enforce()


@action("ledger.problem.decided", "记下了销号的决定")
def decide_closing(
    problem: Problem, *, meeting: UUID | None, label: str, passed: bool, by: Seat, at: datetime
) -> Decision:
    """会议决定：同意的销号，不同意的退回。

    meeting: the key of the recorded meeting; None only where the year's policy asks for no meeting.
    label: how the meeting is named in papers, 2026年3月9日支委会.
    """
    problem = lock_problem(problem, by)
    may = access.may_decide if meeting is not None else access.may_decide_without_meeting
    may(by, problem).enforce()
    refuse_secrets(label)
    claim = queries.latest_claim(problem)
    if claim is None:
        raise Refused("责任人还没有申请销号，请责任人先申请")
    decision = Decision.objects.create(
        problem=problem,
        verification=claim.verification,
        kind=DecisionKind.CLOSING,
        meeting=meeting,
        label=need_words(label, "哪次会议决定的"),
        passed=passed,
        **stamp(by=by, at=at),
    )
    audit.record(decision, by=by, at=at)
    _move(problem, ProblemState.CLOSED if passed else ProblemState.SENT_BACK, by=by, at=at)
    if not passed:
        _move_measures(problem, MeasureState.DOING, by=by, at=at)
    return decision


@action("ledger.problem.reopened", "重新打开了问题")
def reopen(problem: Problem, *, reason: str, by: Seat, at: datetime) -> Problem:
    """销了号又出现：写明看到什么，问题回到责任人手里，再走一圈。"""
    problem = lock_problem(problem, by)
    access.may_reopen(by, problem).enforce()
    refuse_secrets(reason)
    reopening = Reopening.objects.create(
        problem=problem, reason=need_words(reason, "为什么重新打开"), **stamp(by=by, at=at)
    )
    audit.record(reopening, by=by, at=at)
    _move(problem, ProblemState.AGAIN, by=by, at=at)
    _move_measures(problem, MeasureState.DOING, by=by, at=at)
    return problem


def _move(problem: Problem, to: str, *, by: Seat, at: datetime) -> None:
    before = problem.facts()
    move(problem, to)
    audit.record(problem, by=by, at=at, before=before)


def _move_measures(problem: Problem, to: MeasureState, *, by: Seat, at: datetime) -> None:
    for measure in measures_held(problem):
        before = measure.facts()
        if move_measure(measure, to):
            audit.record(measure, by=by, at=at, before=before)
