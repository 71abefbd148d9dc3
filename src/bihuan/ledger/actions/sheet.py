"""A workbook taken back into the ledger, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bihuan.core import audit
from bihuan.core.access import verdict
from bihuan.core.acting import action
from bihuan.cycle.models import Cycle, Subject
from bihuan.ledger.access.links import may_bring_sheet
from bihuan.ledger.actions.measures import add_measure, change_measure
from bihuan.ledger.actions.problems import change_problem, raise_problem
from bihuan.ledger.comparing import Change
from bihuan.ledger.models import Problem
from bihuan.org.models import Seat


@action("ledger.sheet.applied", "照一张表改了台账")
def apply_sheet(cycle: Cycle, changes: Sequence[Change], *, by: Seat, at: datetime) -> int:
    """照看过的对照改台账：新的问题、新的措施、改过的文字；有一处不成，全都不存。Returns how many rows it concerned.

    Each change is an act of its own with its own line; a row that somebody else changed meanwhile refuses the whole.
    """
    may_bring_sheet(by, cycle).enforce()
    verdict((changes, "这张表和台账一样，没有要改的")).enforce()
    for change in changes:
        _apply(cycle, change, by=by, at=at)
    audit.record(cycle, by=by, at=at, before=cycle.facts())
    return len(changes)


def _apply(cycle: Cycle, change: Change, *, by: Seat, at: datetime) -> None:
    problem = change.problem
    if problem is None:
        problem = raise_problem(
            cycle=cycle, statement=change.statement, example=change.example, origin_kind=change.origin,
            **_aspect(cycle, change.aspect), by=by, at=at,
        )  # fmt: skip
    elif change.measure is not None:
        change_measure(
            change.measure, action=change.action, standard=change.standard, seen_version=change.version, by=by, at=at
        )
    elif change.new_measure is None:
        change_problem(
            problem, statement=change.statement, example=change.example, seen_version=change.version, by=by, at=at
        )
    _add_measure(problem, change, by=by, at=at)


def _aspect(cycle: Cycle, words: str) -> dict[str, Any]:
    """The notice's own aspect where the words are its words; else the words."""
    aspects = [*cycle.aspects(Subject.COMMITTEE), *cycle.aspects(Subject.MEMBERS)]
    known = next((aspect for aspect in aspects if aspect.text == words), None)
    return {"aspect": known} if known else {"aspect_words": words}


def _add_measure(problem: Problem, change: Change, *, by: Seat, at: datetime) -> None:
    if (new := change.new_measure) is not None:
        add_measure(
            problem, action=new.action, standard=new.standard, owner=new.owner, owner_post=new.owner_post,
            leader=new.leader, helpers=new.helpers, due=new.due, reviews=new.reviews, by=by, at=at,
        )  # fmt: skip
