"""The verbs of a year."""

from __future__ import annotations

from datetime import datetime

from bihuan.core import audit
from bihuan.core.acting import action
from bihuan.core.models import Source, stamp
from bihuan.cycle import access
from bihuan.cycle.models import Cycle, CycleKind
from bihuan.org.models import Seat


@action("cycle.year.opened", "开始了一个年度")
def open_cycle(
    *, year: int, by: Seat, at: datetime, kind: str = CycleKind.YEARLY, seq: int = 1, source: str = Source.LIVE
) -> Cycle:
    """开始一个年度；已经有了就用原来的。`source` 为导入的，是随上年度材料带进来的历史，不算正在走的年度。"""
    access.may_keep_year(by).enforce()
    cycle, made = Cycle.objects.of(by.org_id).get_or_create(
        org_id=by.org_id, year=year, kind=kind, seq=seq, defaults=stamp(by=by, at=at, source=source)
    )
    audit.record(cycle, by=by, at=at, before={} if made else cycle.facts())
    return cycle
