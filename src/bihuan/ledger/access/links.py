"""Who may take a line away, and who may bring a workbook back."""

from __future__ import annotations

from bihuan.core.access import Verdict, verdict
from bihuan.cycle.models import Cycle
from bihuan.ledger import access
from bihuan.ledger.models import Problem
from bihuan.ledger.states import ProblemState
from bihuan.org.models import Seat


def may_unlink_measure(seat: Seat, problem: Problem) -> Verdict:
    """措施只在开始整改以前断开：责任人做过事，断开了就不知道谁不能核验（R23）。"""
    begun = problem.state != ProblemState.RAISED
    return access.may_set_measures(seat, problem) & verdict(
        (not begun, "已经开始整改，谁做过要留底，措施不再断开；做法变了，请改措施的文字，或者再定一条")
    )


def may_bring_sheet(seat: Seat, cycle: Cycle) -> Verdict:
    """拿表改台账由书记和委员来办，只改本支部的。"""
    return verdict(
        (seat.org_id == cycle.org_id and seat.on_committee, "拿表改台账由本支部的书记或委员来办，请他们来办")
    )
