"""One problem as a story."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from bihuan.core import clock
from bihuan.core.access import Verdict
from bihuan.core.doors import SeatRequest, seated
from bihuan.ledger import access
from bihuan.ledger.access.upward import may_hand_up
from bihuan.ledger.models import Problem
from bihuan.ledger.queries.recurring import like_before, still_there, tried_before
from bihuan.ledger.queries.story import Story, story
from bihuan.ledger.queries.upward import hand_ups_of, up_words
from bihuan.ledger.rules import example_hint, shortened
from bihuan.ledger.states import ProblemState


def seen_problem(request: SeatRequest, pk: str) -> Problem:
    """The problem, if this seat may see it; else there is no such page."""
    seen = Problem.objects.visible_to(request.seat).select_related("cycle__org", "origin__paper", "person", "aspect")
    return get_object_or_404(seen, pk=pk)


@seated
def problem(request: SeatRequest, pk: str) -> HttpResponse:
    """The whole story, and beside each part the next act, or why not."""
    record = seen_problem(request, pk)
    told = story(record, clock.today())
    may = _verdicts(request, told)
    seen = set(Problem.objects.visible_to(request.seat).values_list("pk", flat=True)) if told.earlier else set()
    context: dict[str, Any] = {
        "problem": record,
        "story": told,
        "rings": told.rings(),
        "may": may,
        "main": _main(may, told),
        "parts": [
            (m, access.may_work(request.seat, m.measure), access.may_change_measure(request.seat, m.measure))
            for m in told.measures
        ],
        "late": told.is_late and access.sees_lateness(request.seat, told.owner_ids),
        "needs_meeting": record.cycle.policy.get("closing_needs_meeting", True),
        "hint": example_hint(record.example) if may["change"] else "",
        "earlier": [recurs.earlier for recurs in told.earlier if recurs.earlier_id in seen],
        "hand_ups": hand_ups_of(record),
        "up_word": up_words(record.scope_org_id, [record.pk]).get(record.pk, ""),
        **_before(request, record, may["set"]),
        "back": f"?problem={record.pk}",
        "short": shortened(record.statement, 30),
    }
    return render(request, "ledger/loop/problem.html", context)


def _before(request: SeatRequest, record: Problem, may_set: Verdict) -> dict[str, Any]:
    """How many years it has been there, what was tried, and which earlier problem it reads like."""
    year = max(record.cycle.year, clock.today().year - 1)
    still = still_there(record.scope_org_id, [(record.pk, record.cycle.year)], year)
    return {
        "still": "" if record.is_finished else still.get(record.pk, ""),
        "tried_before": tried_before(record, request.seat) if still else [],
        "alike": like_before(record, request.seat) if may_set else [],
    }


def _verdicts(request: SeatRequest, told: Story) -> dict[str, Verdict]:
    seat, record = request.seat, told.problem
    return {
        "hand_up": may_hand_up(seat, record),
        "change": access.may_change(seat, record),
        "set": access.may_set_measures(seat, record),
        "start": access.may_start(seat, record),
        "claim": access.may_claim(seat, record),
        "verify": access.may_verify(seat, record),
        "decide": access.may_decide(seat, record),
        "reopen": access.may_reopen(seat, record),
    }


def _main(may: dict[str, Verdict], told: Story) -> str:
    """The one act the page's main button is for."""
    if told.problem.state == ProblemState.RAISED and may["set"]:
        return next((act for act, done in (("cause", told.causes), ("measure", told.measures)) if not done), "start")
    if may["claim"] and told.uncovered:
        return ""  # it may be asked with an explanation, but bringing the missing proof comes first
    return next((act for act in ("verify", "decide", "claim") if may[act]), "")
