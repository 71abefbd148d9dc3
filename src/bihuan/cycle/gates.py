"""What somebody states about a gate of the year: that it holds, or why it was passed without."""

from __future__ import annotations

from datetime import datetime

from bihuan.core import audit
from bihuan.core.access import verdict
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.cycle import access
from bihuan.cycle.models import Cycle, GateFact
from bihuan.org.models import Seat


@action("cycle.gate.stated", "说明了一个关口")
def state_gate(cycle: Cycle, *, code: str, ok: bool, shown_by: str, by: Seat, at: datetime) -> GateFact:
    """写下一个关口过没过，凭什么；说过的不改，再说一次就以后说的为准。"""
    access.may_keep_year(by).enforce()
    shown_by = shown_by.strip()
    verdict(
        (by.org_id == cycle.org_id, "这是别的支部的年度，由它自己说明"),
        (shown_by, "请写明依据或理由"),
        (len(shown_by) <= 300, "依据或理由请不超过300字"),
    ).enforce()
    fact = GateFact.objects.create(cycle=cycle, code=code, ok=ok, shown_by=shown_by, **stamp(by=by, at=at))
    audit.record(fact, by=by, at=at)
    return fact


def stated(cycle: Cycle, code: str) -> GateFact | None:
    """What was stated last about this gate."""
    facts = GateFact.objects.of(cycle.org_id).filter(cycle=cycle, code=code)
    return facts.order_by("recorded_at", "id").last()
