"""Who keeps the superior's forms."""

from __future__ import annotations

from bihuan.core.access import Verdict, verdict
from bihuan.cycle.models import Cycle
from bihuan.org.models import Seat
from bihuan.report.templating.models import SuperiorForm


def may_add(seat: Seat) -> Verdict:
    """上级的表由书记、副书记或委员收进来。"""
    return verdict((seat.on_committee, "上级的表由书记、副书记或委员收进来，请他们来传"))


def may_set(seat: Seat, form: SuperiorForm) -> Verdict:
    """每一处填什么，由书记、副书记或委员指。"""
    return verdict(
        (seat.on_committee, "每一处填什么，由书记、副书记或委员来指"),
        (form.org_id == seat.org_id, "这张表不是本支部的"),
        (form.away_on is None, "这张表收起来了，要用请先放回来"),
    )


def may_retire(seat: Seat, form: SuperiorForm) -> Verdict:
    """不用的表由书记、副书记或委员收起来，随时可以放回来。"""
    return verdict(
        (seat.on_committee, "不用的表由书记、副书记或委员收起来，请找他们"),
        (form.org_id == seat.org_id, "这张表不是本支部的"),
    )


def may_fill(seat: Seat, cycle: Cycle | None) -> Verdict:
    """按记录填好的表，由书记、副书记或委员下载。"""
    return verdict(
        (seat.on_committee, "填好的表由书记、副书记或委员下载，请找他们"),
        (cycle is not None, "还没有开始年度，没有记录可以填，请先开始年度"),
    )
