"""Who may make a backup and read the audit chain."""

from __future__ import annotations

from bihuan.core.access import Verdict, verdict
from bihuan.org.access import may_read_audit
from bihuan.org.models import Capacity, OrgKind, Seat

__all__ = ["may_back_up", "may_read_audit"]


def may_back_up(seat: Seat) -> Verdict:
    """备份由系统管理员做；系统里只有一个支部时，书记也可以做（备份里是整个系统，不只是一个支部）。"""
    if seat.capacity == Capacity.SYSTEM_ADMIN:
        return verdict()
    branches = Seat.objects.everywhere("a backup holds all of the system").filter(org__kind=OrgKind.BRANCH)
    alone = branches.exclude(org=seat.org_id).exists() is False
    return verdict(
        (seat.is_secretary, "备份由书记或系统管理员做，请他们来办"),
        (alone or not seat.is_secretary, "这个系统里不止一个支部，备份里有别的支部的记录，请系统管理员来做"),
    )
