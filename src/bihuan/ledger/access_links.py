"""Who may take a line away, and who sees what hangs on no problem."""

from __future__ import annotations

from uuid import UUID

from bihuan.core.access import Verdict, verdict
from bihuan.ledger import access
from bihuan.ledger.models import Problem
from bihuan.ledger.states import ProblemState
from bihuan.org.models import Capacity, Seat

_SEES_PERSONAL = frozenset({Capacity.SECRETARY, Capacity.DEPUTY, Capacity.ORGANISATION, Capacity.DISCIPLINE})


def may_unlink_measure(seat: Seat, problem: Problem) -> Verdict:
    """措施只在开始整改以前断开：责任人做过事，断开了就不知道谁不能核验（R23）。"""
    begun = problem.state != ProblemState.RAISED
    return access.may_set_measures(seat, problem) & verdict(
        (not begun, "已经开始整改，谁做过要留底，措施不再断开；做法变了，请改措施的文字，或者再定一条")
    )


def sees_orphans(seat: Seat, org: UUID) -> bool:
    """What hangs on no problem may have come from a personal one: only those who see personal problems see it."""
    return seat.org_id == org and seat.capacity in _SEES_PERSONAL
