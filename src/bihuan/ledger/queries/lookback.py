"""What may be drawn for 回头看, what was drawn, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.cycle.models import Cycle
from bihuan.cycle.policy import Policy
from bihuan.ledger.lookback import months_before
from bihuan.ledger.models import Decision, DecisionKind, Lookback, LookbackDraw, Problem, ProblemSubject
from bihuan.ledger.states import ProblemState


def pool(cycle: Cycle, day: date) -> list[Problem]:
    """The branch's problems, of whatever year, that were closed so many months ago and not looked at since.

    Empty while the year's policy sets no number. Personal problems are never drawn: a drawing is shown to everybody.
    """
    months = Policy.read(cycle.policy).lookback_months
    if months is None:
        return []
    closed = Problem.objects.of(cycle.org_id).filter(state=ProblemState.CLOSED).exclude(subject=ProblemSubject.PERSON)
    decisions = Decision.objects.of(cycle.org_id).filter(kind=DecisionKind.CLOSING, passed=True)
    closed_on = dict(decisions.order_by("recorded_at").values_list("problem_id", "occurred_on"))
    looked = Lookback.objects.of(cycle.org_id).exclude(result="")
    looked_on = dict(looked.order_by("looked_on").values_list("problem_id", "looked_on"))
    until = months_before(day, months)
    return [
        problem
        for problem in closed.order_by("no", "pk")
        if (since := closed_on.get(problem.pk)) and since <= until and (looked_on.get(problem.pk) or date.min) < since
    ]


def waiting(cycle: Cycle) -> list[Lookback]:
    """What was drawn and not looked at yet. What was opened again meanwhile needs no look."""
    items = Lookback.objects.of(cycle.org_id).filter(result="", problem__state=ProblemState.CLOSED)
    return list(items.select_related("problem", "draw").order_by("draw__occurred_on", "problem__no"))


@dataclass(frozen=True)
class Drawn:
    """One drawing with its items, and the order that decided it: (number, beginning of its digest, whether drawn)."""

    draw: LookbackDraw
    items: tuple[Lookback, ...]
    order: tuple[tuple[str, str, bool], ...]


def drawings(cycle: Cycle) -> list[Drawn]:
    """The drawings of a year, newest first."""
    draws = LookbackDraw.objects.of(cycle.org_id).filter(cycle=cycle).select_related("by__account__person")
    items = Lookback.objects.of(cycle.org_id).filter(draw__cycle=cycle)
    items = items.select_related("problem", "looker__account__person").order_by("problem__no")
    held = list(items)
    return [
        Drawn(
            draw,
            tuple(item for item in held if item.draw_id == draw.pk),
            tuple((no, digest[:12], place < draw.size) for place, (no, digest) in enumerate(draw.pool)),
        )
        for draw in draws.order_by("-occurred_on", "-recorded_at")
    ]
