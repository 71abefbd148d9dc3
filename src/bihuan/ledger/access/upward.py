"""Who may hand a problem up, and who may write down what came back."""

from __future__ import annotations

from bihuan.core.access import Verdict, verdict
from bihuan.ledger.models import HandUp, Problem, ProblemSubject
from bihuan.org.models import Capacity, Seat


def may_hand_up(seat: Seat, problem: Problem) -> Verdict:
    """支部解决不了的，由书记或委员报给上级；个人问题不上报。"""
    own = seat.on_committee and seat.org_id == problem.scope_org_id
    return verdict(
        (own, "上报由书记或委员来办，请告诉他们"),
        (problem.subject != ProblemSubject.PERSON, "个人问题在支部里解决，不上报"),
        (not problem.is_finished, f"这个问题{problem.state}，不用上报"),
    )


def may_answer_hand_up(seat: Seat, handed: HandUp) -> Verdict:
    """上级的答复，由上级的经办写下，或者由本支部的书记、委员照收到的记下。"""
    own = seat.on_committee and seat.org_id == handed.scope_org_id
    above = seat.capacity == Capacity.CLERK and seat.org_id == handed.to_id
    return verdict(
        (own or above, "上级的答复由书记、委员或上级的经办来记，请他们来记"),
        (not handed.answer, "已经记下答复；又有新的答复，请再上报一次以后再记"),
    )
