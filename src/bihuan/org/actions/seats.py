"""Who sits in an organisation, in what capacity. The three offices are given elsewhere (`offices`)."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import ProtectedError

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action, check_version
from bihuan.core.models import stamp
from bihuan.org import access
from bihuan.org.actions.passwords import one_time_password
from bihuan.org.models import Account, Capacity, Org, Seat


@action("org.seat.given", "给了席位")
def give_seat(*, org: Org, login: str, capacity: str, by: Seat, at: datetime) -> tuple[Seat, str]:
    """给一个账号在这个党组织的席位（一个人在两个支部任职、上级经办在别处是党员）；他一次只坐一个。

    Returns the seat, and a one-time password where an account was made for it: only a 上级经办 may have none yet, since
    the committee above keeps no roster; a branch gives accounts to the people of its roster (`give_account`).
    """
    access.may_give_seat(by, org, capacity).enforce()
    org = Org.objects.everywhere("locked: seats of one organisation change one after another").select_for_update().get(
        pk=org.pk
    )  # fmt: skip
    login, password = login.strip(), ""
    account = Account.objects.select_for_update().filter(login=login).first()
    if account is None:
        verdict((capacity == Capacity.CLERK, f"没有登录名是“{login}”的账号，请看看有没有写错")).enforce()
        account, password = Account(login=login, must_change_password=True), one_time_password()
        account.set_password(password)
        account.save(force_insert=True)
    verdict(
        (account.is_active, f"“{login}”已经停用，请先请安全管理员恢复"),
        (
            not Seat.objects.of(org.pk).on(at.date()).filter(account=account).exists(),
            f"“{login}”在这里已经有席位，请改它的身份",
        ),
    ).enforce()
    return open_seat(account, org, capacity, by=by, at=at), password


def open_seat(account: Account, org: Org, capacity: str, *, by: Seat, at: datetime) -> Seat:
    """A seat from today; a step of framed verbs."""
    seat = Seat.objects.create(account=account, org=org, capacity=capacity, since=at.date(), **stamp(by=by, at=at))
    audit.record(seat, by=by, at=at)
    return seat


@action("org.seat.changed", "改了席位的身份")
def change_seat(seat: Seat, *, capacity: str, seen_version: int | None, by: Seat, at: datetime) -> Seat:
    """改一个席位的身份：原来的到昨天为止，新的从今天起；今天才给的就地改。管得了席位的人至少留一位。"""
    seat = _locked(seat, by)
    check_version(seat, seen_version)
    access.may_change_seat(by, seat, capacity, at.date()).enforce()
    return reseat(seat, capacity, by=by, at=at)


def reseat(seat: Seat, capacity: str, *, by: Seat, at: datetime) -> Seat:
    """The same account in another capacity from today; a step of framed verbs."""
    if seat.since >= at.date():
        before = seat.facts()
        seat.capacity = capacity
        seat.keep("capacity")
        audit.record(seat, by=by, at=at, before=before)
        return seat
    _close(seat, by=by, at=at)
    return open_seat(seat.account, seat.org, capacity, by=by, at=at)


@action("org.seat.ended", "收回了席位")
def end_seat(seat: Seat, *, by: Seat, at: datetime) -> Seat | None:
    """收回一个席位，到昨天为止，写过的都还在。今天才给、还没有用过的当作没有给过；用过的到今天为止。

    Returns the seat with its last day, or None where it was taken away altogether.
    """
    seat = _locked(seat, by)
    access.may_end_seat(by, seat, at.date()).enforce()
    if seat.since >= at.date() and _withdrawn(seat, by=by, at=at):
        return None
    return _close(seat, by=by, at=at)


def _withdrawn(seat: Seat, *, by: Seat, at: datetime) -> bool:
    """Take away a seat from which nothing was recorded yet."""
    gone, before = copy.copy(seat), seat.facts()
    try:
        with transaction.atomic():
            seat.delete()
    except ProtectedError:
        seat.pk = gone.pk
        return False
    audit.record(gone, by=by, at=at, before=before, after={})
    return True


def _close(seat: Seat, *, by: Seat, at: datetime) -> Seat:
    before = seat.facts()
    seat.until = max(seat.since, at.date() - timedelta(days=1))
    seat.keep("until")
    audit.record(seat, by=by, at=at, before=before)
    return seat


def _locked(seat: Seat, by: Seat) -> Seat:
    """The seat of this organisation, behind the lock that lets two people never take the last seat from each other."""
    Org.objects.of(by.org_id).select_for_update().get(pk=by.org_id)
    found = Seat.objects.of(by.org_id).select_related("account__person", "org").filter(pk=seat.pk).first()
    if found is None:
        raise Refused("这个席位不在这里，或者刚才已经收回了；请退回去，刷新以后再看。")
    return found
