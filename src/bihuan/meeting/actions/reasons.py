"""Warnings that are passed: only with a reason, and the reason stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.cycle.models import Cycle, GateFact
from bihuan.meeting import access, queries, rules
from bihuan.org.models import Seat


class Doubtful(Refused):
    """Warnings nobody gave a reason for. The page shows the laws and asks for one; nothing was kept."""

    def __init__(self, laws: Sequence[rules.Law]) -> None:
        super().__init__(*(f"{law.sentence}（{law.article}）" for law in laws))
        self.laws = tuple(laws)


@action("meeting.warning.explained", "写明了照办的理由")
def explain(cycle: Cycle, *, key: str, reason: str, by: Seat, at: datetime) -> GateFact:
    """给一条提醒写明理由：为什么照现在这样。key: `queries.LawLine.key`."""
    access.may_register(by).enforce()
    verdict((reason.strip(), "请写明理由"), (len(reason) <= 300, "理由请不超过300字")).enforce()
    cycle = Cycle.objects.of(by.org_id).select_for_update().get(pk=cycle.pk)
    return _keep(cycle, key, reason, by=by, at=at)


def keep_reasons(
    cycle: Cycle, laws: Iterable[rules.Law], reason: str, *, by: Seat, at: datetime, meeting: UUID | None = None
) -> None:
    """Keep the reason under each warning that was passed. Called by actions, inside their transaction."""
    for law in laws:
        if not law.ok and not law.hard:
            _keep(cycle, queries.law_key(law, meeting), reason, by=by, at=at)


def _keep(cycle: Cycle, key: str, reason: str, *, by: Seat, at: datetime) -> GateFact:
    """What was stated before stays; what is stated last counts."""
    fact = GateFact.objects.create(cycle=cycle, code=key, ok=True, shown_by=reason.strip(), **stamp(by=by, at=at))
    audit.record(fact, by=by, at=at)
    return fact
