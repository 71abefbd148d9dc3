"""经过: what happened to a problem, told by its own records and, where an act left none, by the audit chain."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from bihuan.core import days
from bihuan.core.acting import VERBS
from bihuan.core.models import Entry, Record
from bihuan.ledger.models import AssignmentRole
from bihuan.ledger.rules import shortened

if TYPE_CHECKING:
    from bihuan.ledger.queries.story import Gathered


@dataclass(frozen=True)
class Moment:
    """One line of 经过. `turn`: the problem turned a corner there."""

    at: datetime
    who: str
    what: str
    turn: bool = False


def timeline(gathered: Gathered, org: UUID) -> Iterator[Moment]:
    """From the records themselves, and from the audit chain what left no record of its own."""
    problem = gathered.problem
    yield _moment(problem, f"登记了问题，编号{problem.no}", turn=True)
    for recurs in gathered.earlier:
        yield _moment(recurs, f"写明是{recurs.earlier.no}又出现")
    for cause in gathered.causes:
        yield _moment(cause, f"写下原因：{shortened(cause.text, 24)}")
    for measure in gathered.measures:
        yield _moment(measure, f"定下措施：{shortened(measure.action, 24)}")
    yield from _hands(gathered)
    for progress in gathered.progress:
        yield _moment(progress, f"记进展：{shortened(progress.words, 24)}")
    for piece in gathered.evidence:
        version = f"，第{piece.revision}版" if piece.revision > 1 else ""
        yield _moment(piece, f"添佐证：{shortened(piece.shows, 24)}{version}")
    for up in gathered.hand_ups:
        yield _moment(up, f"报给{up.to.name}", turn=True)
    yield from _closing(gathered)
    yield from _from_audit(gathered, org)


def _hands(gathered: Gathered) -> Iterator[Moment]:
    """Hand-overs and more time; the first owner and the first term belong to the measure's own line."""
    begun = {m.pk: m.recorded_at for m in gathered.measures}
    for spell in gathered.assignments:
        if spell.role == AssignmentRole.OWNER and spell.recorded_at != begun.get(spell.measure_id):
            yield _moment(spell, f"责任人换成{spell.who}")
    for term in gathered.terms:
        if term.extends_id:
            yield _moment(term, f"延期到{_day(term.due)}，{term.approved_by}同意：{shortened(term.reason, 24)}")


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "长期坚持"


def _closing(gathered: Gathered) -> Iterator[Moment]:
    for claim in gathered.claims:
        yield _moment(claim, "申请销号", turn=True)
    for check in gathered.verifications:
        why = f"：{shortened(check.reason, 24)}" if check.reason else ""
        yield _moment(check, f"核验{check.result}{why}", turn=True)
    for decision in gathered.decisions:
        yield _moment(
            decision, f"记下{decision.label}{'同意' if decision.passed else '不同意'}{decision.kind}", turn=True
        )
    for reopening in gathered.reopenings:
        yield _moment(reopening, f"重新打开：{shortened(reopening.reason, 24)}", turn=True)
    for answer in gathered.answers:
        yield _moment(answer, f"{answer.into.label}答复：{answer.answer}")


def _moment(record: Record, what: str, *, turn: bool = False) -> Moment:
    other_day = record.occurred_on != days.local(record.recorded_at).date()
    on = f"（{days.say_full(record.occurred_on)}的事）" if other_day else ""
    return Moment(record.recorded_at, record.by.label, f"{what}{on}", turn)


_TOLD_BY_AUDIT = {"ledger.problem.started": True, "ledger.problem.changed": False, "ledger.measure.changed": False}


def _from_audit(gathered: Gathered, org: UUID) -> Iterator[Moment]:
    subjects = [gathered.problem, *gathered.measures]
    about = Q()
    for subject in subjects:
        about |= Q(line__contains=f'"subject":"{subject._meta.label}:{subject.pk}"')
    for line in Entry.objects.filter(about, org=org).values_list("line", flat=True):
        told = json.loads(line)
        if told.get("verb") in _TOLD_BY_AUDIT:
            at = datetime.fromisoformat(told["at"])
            yield Moment(at, told["who"], VERBS[told["verb"]].sentence, _TOLD_BY_AUDIT[told["verb"]])
