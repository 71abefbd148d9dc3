"""What was handed up, and to whom it can be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from bihuan.ledger.models import HandUp, Problem
from bihuan.org.models import Org

UP, ANSWERED = "已上报", "上级已答复"


def superiors(org_id: UUID, day: date) -> list[Org]:
    """The organisations above this one that day, the nearest first."""
    found: list[Org] = []
    above = Org.objects.of(org_id).get().parent_on(day)
    while above is not None and above not in found:
        found.append(above)
        above = above.parent_on(day)
    return found


def hand_ups_of(problem: Problem) -> list[HandUp]:
    """Each time the problem was handed up, with what came back."""
    return list(problem.hand_ups.select_related("to", "by__account__person", "answered_by__account__person"))


def up_words(org_id: UUID, problems: Iterable[UUID]) -> dict[UUID, str]:
    """Problem → 已上报 or 上级已答复, as the last hand-up stands. One query."""
    rows = HandUp.objects.of(org_id).filter(problem__in=list(problems)).order_by("occurred_on", "recorded_at")
    return {row.problem_id: ANSWERED if row.answer else UP for row in rows}
