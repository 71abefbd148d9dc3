"""The three offices that look after the system: never two of them with one account."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.org import access
from bihuan.org.actions.passwords import one_time_password
from bihuan.org.models import ADMIN_SEATS, Account, Seat


@action("org.office.given", "给了管理员席位")
def give_office(*, login: str, capacity: str, by: Seat, at: datetime) -> tuple[Seat, str]:
    """给一个账号系统管理员、安全管理员或审计管理员的席位；一个账号只能担任其中一员。

    Returns the seat, and a one-time password where the account was made for it ("" where it was there before).
    """
    access.may_give_office(by, capacity).enforce()
    verdict((capacity in ADMIN_SEATS, "这里只给系统管理员、安全管理员和审计管理员")).enforce()
    account, password = Account.objects.select_for_update().filter(login=login.strip()).first(), ""
    if account is None:
        account, password = Account(login=login.strip(), must_change_password=True), one_time_password()
        account.set_password(password)
        account.save(force_insert=True)
    _holds_none(account, at)
    seat = Seat.objects.create(
        account=account, org_id=by.org_id, capacity=capacity, since=at.date(), **stamp(by=by, at=at)
    )
    audit.record(seat, by=by, at=at)
    return seat, password


def _holds_none(account: Account, at: datetime) -> None:
    """R55: administrator, security and audit are different accounts."""
    held = Seat.objects.everywhere("all offices of an account").filter(account=account, capacity__in=ADMIN_SEATS)
    present = held.filter(Q(until__isnull=True) | Q(until__gte=at.date())).first()
    if present is not None:
        raise Refused(f"“{account.login}”已经是{present.capacity}，三员要由三个账号分别担任，请写另一个登录名")
    verdict((account.is_active, f"“{account.login}”已经停用，请写另一个登录名")).enforce()


@action("org.office.ended", "收回了管理员席位")
def end_office(seat: Seat, *, by: Seat, at: datetime) -> Seat:
    """收回一个管理员席位，到昨天为止（今天才给的，到今天为止）。自己的席位不能自己收回，免得没有人管系统。"""
    access.may_give_office(by, seat.capacity).enforce()
    seat = Seat.objects.everywhere("an office is the installation's").select_for_update().get(pk=seat.pk)
    verdict(
        (seat.is_administrator and seat.until is None, "这个席位已经收回了"),
        (seat.pk != by.pk, "自己的席位请别的系统管理员来收回"),
    ).enforce()
    before = seat.facts()
    seat.until = max(seat.since, at.date() - timedelta(days=1))
    seat.keep("until")
    audit.record(seat, by=by, at=at, before=before)
    return seat
