"""The one verb of the desk: the first hour's first answer founds the branch and opens its year, both or neither."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.core.access import verdict
from bihuan.cycle.actions import open_cycle
from bihuan.org.actions import found_branch
from bihuan.org.models import Account, Seat


@transaction.atomic
def begin(account: Account, *, name: str, superior: str, year: int, at: datetime) -> Seat:
    """建立支部，开始一个年度。只有还没有主的账号能建：一位党员离开了席位，不能自己另立一个支部。"""
    verdict((account.person_id is None, "这个账号已经属于一位党员，不能再建立支部；请找支部给一个席位")).enforce()
    seat = found_branch(account, name=name, superior=superior, at=at)
    open_cycle(year=year, by=seat, at=at)
    return seat
