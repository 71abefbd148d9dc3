"""Accounts and seats of the branch's own people."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.utils.crypto import get_random_string

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.org import access, signing
from bihuan.org.models import COMMITTEE_SEATS, Account, Capacity, Person, Post, Seat

INVITE_DAYS = 7
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


@action("org.seat.shared", "给了别处的账号一个席位")
def share_seat(*, login: str, capacity: str, by: Seat, at: datetime) -> Seat:
    """给一个已有的账号在本党组织另一个席位（一个人在两个支部任职、上级经办在别处是党员）；他一次只坐一个。"""
    access.may_give_account(by).enforce()
    account = Account.objects.select_for_update().filter(login=login.strip(), is_active=True).first()
    if account is None:
        raise Refused(f"没有登录名是“{login}”的账号，请看看有没有写错")
    verdict(
        (not Seat.objects.of(by.org_id).on(at.date()).filter(account=account).exists(), f"“{login}”在这里已经有席位"),
        (capacity == Capacity.MEMBER or capacity in COMMITTEE_SEATS, "这个身份不由支部发"),
    ).enforce()
    seat = Seat.objects.create(
        account=account, org_id=by.org_id, capacity=capacity, since=at.date(), **stamp(by=by, at=at)
    )
    audit.record(seat, by=by, at=at)
    return seat


@action("org.account.password_reset", "重发了一次性密码")
def reset_password(account: Account, *, by: Seat, at: datetime) -> str:
    """忘了密码：给一个新的一次性密码，锁也打开。本支部的账号由支部，全系统的由安全管理员来办。"""
    account, seat = _tended(account, by=by, at=at)
    password = one_time_password()
    account.set_password(password)
    account.must_change_password, account.failures, account.locked_until = True, 0, None
    account.invite_digest, account.invite_until = "", None
    account.save()
    audit.record(seat, by=by, at=at)
    return password


@action("org.account.invited", "发了登录链接")
def invite(account: Account, *, by: Seat, at: datetime) -> str:
    """给一个只能用一次的链接，本人打开定密码；原来的密码和链接都作废。Returns the secret part, which is kept nowhere."""
    account, seat = _tended(account, by=by, at=at)
    secret = secrets.token_urlsafe(32)
    account.invite_digest, account.invite_until = signing.digest_of(secret), at + timedelta(days=INVITE_DAYS)
    account.set_unusable_password()
    account.must_change_password = False
    account.save()
    audit.record(seat, by=by, at=at)
    return secret


def _tended(account: Account, *, by: Seat, at: datetime) -> tuple[Account, Seat]:
    """The account, locked, with the seat whose chain tells of it, if `by` may look after it."""
    seats = Seat.objects.of(by.org_id).on(at.date())
    if by.capacity == Capacity.SECURITY_ADMIN:
        access.may_tend_accounts(by).enforce()
        seats = Seat.objects.everywhere("the accounts of the whole installation")
    else:
        access.may_give_account(by).enforce()
    seat = seats.filter(account=account).order_by("-since", "-pk").select_for_update().first()
    if seat is None:
        raise Refused("这个账号不在本支部，请找它所在的支部。")
    if seat.is_administrator and by.capacity != Capacity.SECURITY_ADMIN:
        raise Refused("管理员的账号由安全管理员照看，请找安全管理员。")
    return Account.objects.select_for_update().get(pk=account.pk), seat


@action("org.account.barred", "停用或恢复了账号")
def bar_account(account: Account, *, barred: bool, by: Seat, at: datetime) -> Account:
    """安全管理员停用一个账号（已经登录的马上退出），或恢复它并打开锁。自己的账号不能停。"""
    access.may_tend_accounts(by).enforce()
    verdict((account.pk != by.account_id, "自己的账号不能自己停用")).enforce()
    account, seat = _tended(account, by=by, at=at)
    account.is_active, account.failures, account.locked_until = not barred, 0, None
    account.save(update_fields=["is_active", "failures", "locked_until"])
    audit.record(seat, by=by, at=at)
    return account


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
