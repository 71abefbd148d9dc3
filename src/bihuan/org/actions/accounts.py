"""Accounts and seats of the branch's own people."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.crypto import get_random_string

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action, check_version
from bihuan.core.models import stamp
from bihuan.org import access
from bihuan.org.models import COMMITTEE_SEATS, Account, Capacity, Person, Post, Seat

# Letters and figures that cannot be taken for one another when read from a printed sheet.
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


@action("org.account.owned", "认领了自己的账号")
def own_account(person: Person, *, by: Seat, at: datetime) -> Account:
    """第一个账号是装系统时给的：写下它是名册上的哪一位；席位的身份随这一位的职务。"""
    account = Account.objects.select_for_update().get(pk=by.account_id)
    titles = [post.title for post in Post.objects.of(by.org_id).on(at.date()).filter(person=person)]
    capacity = next((title for title in titles if title in COMMITTEE_SEATS), "")
    verdict(
        (account.person_id in {None, person.pk}, "这个账号已经有主"),
        (not Account.objects.filter(person=person).exclude(pk=account.pk).exists(), "这位党员已经有账号"),
        (capacity, "第一个账号要由书记、副书记或委员认领；您若是帮忙的，请先给他们发账号"),
    ).enforce()
    account.person = person
    account.save(update_fields=["person"])
    audit.record(person, by=by, at=at)
    if capacity != by.capacity:
        _reseat(by, capacity, by=by, at=at)
    return account


@action("org.account.given", "发了账号")
def give_account(person: Person, *, login: str, capacity: str, by: Seat, at: datetime) -> tuple[Seat, str]:
    """给名册上的一位党员发账号和席位。Returns the seat and a password that is shown once and must be changed."""
    access.may_give_account(by).enforce()
    verdict(
        (not Account.objects.filter(login=login).exists(), f"登录名“{login}”已经有人用了，请换一个"),
        (not Account.objects.filter(person=person).exists(), f"{person.name}已经有账号"),
        (capacity == Capacity.MEMBER or capacity in COMMITTEE_SEATS, "这个身份不由支部发"),
    ).enforce()
    password = one_time_password()
    account = Account(login=login, person=person, must_change_password=True)
    account.set_password(password)
    account.save(force_insert=True)
    seat = Seat.objects.create(
        account=account, org_id=by.org_id, capacity=capacity, since=at.date(), **stamp(by=by, at=at)
    )
    audit.record(seat, by=by, at=at)
    return seat, password


@action("org.account.password_reset", "重发了一次性密码")
def reset_password(account: Account, *, by: Seat, at: datetime) -> str:
    """忘了密码：给一个新的一次性密码，锁也打开。"""
    access.may_give_account(by).enforce()
    seat = Seat.objects.of(by.org_id).on(at.date()).filter(account=account).select_for_update().first()
    if seat is None:
        raise Refused("这个账号不在本支部，请找它所在的支部。")
    password = one_time_password()
    account.set_password(password)
    account.must_change_password, account.failures, account.locked_until = True, 0, None
    account.save()
    audit.record(seat, by=by, at=at)
    return password


@action("org.seat.changed", "换了席位的身份")
def change_capacity(seat: Seat, *, capacity: str, seen_version: int | None, by: Seat, at: datetime) -> Seat:
    """一个账号在本支部的身份换了：原来的席位到今天为止，另给一个。"""
    access.may_give_account(by).enforce()
    seat = Seat.objects.of(by.org_id).select_for_update().get(pk=seat.pk)
    check_version(seat, seen_version)
    return _reseat(seat, capacity, by=by, at=at)


def _reseat(seat: Seat, capacity: str, *, by: Seat, at: datetime) -> Seat:
    """Close the seat with yesterday and open one with the new capacity; a seat that began today is put right in place."""
    seat = Seat.objects.of(by.org_id).select_for_update().get(pk=seat.pk)
    before, today = seat.facts(), at.date()
    if seat.since >= today:
        seat.capacity = capacity
        seat.keep("capacity")
        audit.record(seat, by=by, at=at, before=before)
        return seat
    seat.until = today - timedelta(days=1)
    seat.keep("until")
    audit.record(seat, by=by, at=at, before=before)
    new = Seat.objects.create(
        account_id=seat.account_id, org_id=by.org_id, capacity=capacity, since=today, **stamp(by=by, at=at)
    )
    audit.record(new, by=by, at=at)
    return new


def one_time_password() -> str:
    """Twelve clear characters in three groups, to be read from paper."""
    return "-".join(get_random_string(4, _CLEAR) for _ in range(3))


def first_account(*, at: datetime, login: str = "admin") -> tuple[Account, str] | None:
    """The way in at first start: an account with a one-time password, or None if there is an account already."""
    if Account.objects.exists():
        return None
    password = one_time_password()
    account = Account(login=login, must_change_password=True)
    account.set_password(password)
    account.save(force_insert=True)
    audit.note("org.account.first", by=None, at=at)
    return account, password
