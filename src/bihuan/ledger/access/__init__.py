"""Who may do what in the ledger. Every reason says what is missing and who can. `day`: on which day; today if left out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from bihuan.core import clock
from bihuan.core.access import YES, Verdict, verdict
from bihuan.cycle.models import Cycle
from bihuan.ledger import queries
from bihuan.ledger.models import AssignmentRole, Measure, Problem, ProblemSubject
from bihuan.ledger.rules import (
    doer_is_not_checker,
    measure_lacks,
    problem_is_linked,
    shortened,
)
from bihuan.ledger.states import AT_WORK, FINISHED, ProblemState
from bihuan.org.models import ADMIN_SEATS, Capacity, Person, Seat

_SEES_PERSONAL = frozenset({Capacity.SECRETARY, Capacity.DEPUTY, Capacity.ORGANISATION, Capacity.DISCIPLINE})
_SETTABLE = AT_WORK | {ProblemState.RAISED}


def may_raise(seat: Seat, cycle: Cycle | None = None) -> Verdict:
    """本支部的每一位党员都可以登记问题，先进“待支委会研究”。"""
    at_home = seat.capacity not in ADMIN_SEATS and seat.capacity != Capacity.CLERK
    return verdict(
        (at_home, "问题由本支部的党员登记，请他们来写"),
        (not at_home or cycle is None or cycle.org_id == seat.org_id, "这个年度是别的支部的，请在本支部的台账里登记"),
    )


def may_raise_about(seat: Seat, person: Person | None) -> Verdict:
    """个人问题由本人登记，或由书记、副书记、组织委员、纪检委员登记。"""
    own = person is None or person.pk == seat.person_id or seat.capacity in _SEES_PERSONAL
    return verdict((own, "别人的个人问题，请书记、副书记、组织委员或纪检委员登记"))


def may_change(seat: Seat, problem: Problem) -> Verdict:
    """问题的文字由支委改；还在等支委会研究时，登记的人自己也能改。"""
    own = problem.by_id == seat.pk and problem.state == ProblemState.RAISED
    return verdict(
        (_of_branch(seat, problem) and (seat.on_committee or own), "问题的文字由书记或委员改，请他们来改"),
    ) & _may_be_set(problem)


def may_set_measures(seat: Seat, problem: Problem) -> Verdict:
    """原因和措施由支委会定：书记、副书记、委员来写。"""
    return verdict(
        (_of_branch(seat, problem) and seat.on_committee, "原因和措施由支委会定，请书记或委员来写"),
    ) & _may_be_set(problem)


def _may_be_set(problem: Problem) -> Verdict:
    waiting = "正在核验，不能改；要改请核验的人先退回"
    return verdict(
        (problem.state in _SETTABLE, waiting if problem.state == ProblemState.CLAIMED else _finished(problem))
    )


def _finished(problem: Problem) -> str:
    return f"这个问题{problem.state}，不再改；又出现了，请书记或委员重新打开"


def _of_branch(seat: Seat, problem: Problem) -> bool:
    return seat.org_id == problem.scope_org_id


def may_start(seat: Seat, problem: Problem, *, day: date | None = None) -> Verdict:
    """开始整改：有原因（D14），有措施（R21），措施有责任人和时限（R22）。"""
    measures = [queries.shape_of(measure, day or clock.today()) for measure in queries.measures_of(problem)]
    who = verdict((_of_branch(seat, problem) and seat.on_committee, "开始整改由支委会定，请书记或委员来办"))
    what = verdict(
        (problem.state == ProblemState.RAISED, f"这个问题已经是“{problem.state}”，不用再开始"),
        (problem.cause_links.exists(), "还没有写原因，请书记或委员补上"),
        (problem_is_linked(measures), "还没有措施，请书记或委员补上"),
    )
    lacking = [(m.lead, "、".join(measure_lacks(m))) for m in measures if measure_lacks(m)]
    return who & what & Verdict(tuple(f"措施“{lead}”还没有{what}，请书记或委员补上" for lead, what in lacking))


def may_work(seat: Seat, measure: Measure, *, day: date | None = None) -> Verdict:
    """进展和佐证由这条措施的责任人、责任领导、协同的人和支委来写。"""
    theirs = queries.holds(seat, measure, day or clock.today(), *AssignmentRole.values)
    committee = seat.on_committee and seat.org_id == measure.scope_org_id
    return verdict((theirs or committee, "进展和佐证由这条措施的责任人、协同的人或支委来写，请他们来写")) & _is_at_work(
        measure
    )


def _is_at_work(measure: Measure) -> Verdict:
    states = {problem.state for problem in queries.problems_of(measure)}
    if states & AT_WORK:
        return YES
    if ProblemState.RAISED in states:
        return Verdict(("支委会还没有定下开始整改，请书记或委员先开始",))
    if ProblemState.CLAIMED in states:
        return Verdict(("正在核验，要补请核验的人先退回",))
    return Verdict(("这个问题已经办完，不再添；又出现了，请书记或委员重新打开",))


def may_change_measure(seat: Seat, measure: Measure) -> Verdict:
    """措施、责任人和时限由支委改；它对应的问题里有一个在核验，就先不改。"""
    problems = queries.problems_of(measure)
    claimed = [p for p in problems if p.state == ProblemState.CLAIMED]
    return verdict(
        (seat.on_committee and seat.org_id == measure.scope_org_id, "措施由支委会定，请书记或委员来改"),
        (not claimed, f"{'、'.join(p.no for p in claimed)}正在核验，不能改；要改请核验的人先退回"),
        (
            not problems or any(p.state not in FINISHED for p in problems),
            "对应的问题都已经办完，不再改；又出现了，请书记或委员重新打开",
        ),
    )


def may_claim(seat: Seat, problem: Problem, *, day: date | None = None) -> Verdict:
    """申请销号：责任人来办；每条措施都有完成标准，都有佐证（R23）。"""
    day, measures = day or clock.today(), queries.measures_of(problem)
    owners = "、".join(queries.owner_names(problem, day)) or "责任人（还没有定）"
    own = _of_branch(seat, problem) and any(queries.holds(seat, m, day, AssignmentRole.OWNER) for m in measures)
    asked = verdict(
        (own, f"申请销号由责任人来办，请{owners}来办"),
        (problem.state in AT_WORK, _why_not_claim(problem)),
        (problem_is_linked(measures), "还没有措施，请书记或委员补上"),
    )
    proven = {piece.measure_id for piece in queries.evidence_of(problem)}
    bare = [f"措施“{shortened(m.action)}”还没有佐证，请责任人补上" for m in measures if m.pk not in proven]
    vague = [f"措施“{shortened(m.action)}”还没有完成标准，请书记或委员补上" for m in measures if not m.standards]
    return asked & Verdict((*vague, *bare))


def _why_not_claim(problem: Problem) -> str:
    return {
        ProblemState.RAISED.value: "支委会还没有定下开始整改，请书记或委员先开始",
        ProblemState.CLAIMED.value: "已经申请过，正在等核验和决定",
    }.get(problem.state, _finished(problem))


def may_verify(seat: Seat, problem: Problem, *, day: date | None = None) -> Verdict:
    """核验：本支部支委里没有做过这件事的人；支委都做过的，由上级经办来核验。书记也不例外（R23）。"""
    workers = queries.doers(problem)
    able = queries.eligible_checkers(problem, day or clock.today())
    return verdict(
        (problem.state == ProblemState.CLAIMED, "责任人还没有申请销号，请责任人先申请"),
        (not queries.awaits_decision(problem), "已经核验通过，在等会议决定"),
        (seat.person_id is not None, "您的账号还没有对上是哪一位，请书记在名册上认领以后再核验"),
        (
            seat.person_id is None or doer_is_not_checker(seat.person_id, workers),
            f"您做过这个问题的整改，不能核验自己做的事；请{_who_checks(able)}核验",
        ),
        (_may_check(seat, problem, bool(able)), f"核验由没有做过这件事的支委来办，请{_who_checks(able)}核验"),
    )


def _may_check(seat: Seat, problem: Problem, committee_can: bool) -> bool:
    if _of_branch(seat, problem):
        return seat.on_committee
    above = seat.capacity == Capacity.CLERK and problem.scope_org_id in seat.reach()
    return above and not committee_can and problem.subject != ProblemSubject.PERSON


def _who_checks(able: list[Person]) -> str:
    return "、".join(person.name for person in able) if able else "上级党组织的经办同志"


def may_decide(seat: Seat, problem: Problem) -> Verdict:
    """决定销号或退回：核验通过以后，由支委会（没有支委会的，党员大会）定，书记或委员记下来。"""
    return verdict(
        (_of_branch(seat, problem) and seat.on_committee, "会上的决定由书记或委员记下来，请他们来办"),
        (problem.state == ProblemState.CLAIMED, "责任人还没有申请销号，请责任人先申请"),
        (queries.awaits_decision(problem), "还没有核验通过，请没有做过这件事的支委先核验"),
    )


def may_decide_without_meeting(seat: Seat, problem: Problem) -> Verdict:
    """不经会议决定：只有本年度定下销号不用上会的支部可以。"""
    free = not problem.cycle.policy.get("closing_needs_meeting", True)
    return may_decide(seat, problem) & verdict((free, "销号要会议决定，请在登记会议时记下支委会的决定"))


def may_reopen(seat: Seat, problem: Problem) -> Verdict:
    """销了号又出现的，由支委重新打开。"""
    return verdict(
        (_of_branch(seat, problem) and seat.on_committee, "重新打开由书记或委员来办，请告诉他们"),
        (problem.state == ProblemState.CLOSED, f"这个问题现在是“{problem.state}”，不用重新打开"),
    )


def sees_lateness(seat: Seat, owners: Collection[UUID]) -> bool:
    """过了时限只提醒责任人和书记，不给别人看，也不排名次（M2）。"""
    return seat.is_secretary or (seat.person_id is not None and seat.person_id in owners)
