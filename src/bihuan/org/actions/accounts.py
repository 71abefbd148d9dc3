"""Accounts and seats of the branch's own people."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action
from bihuan.org import access, signing
from bihuan.org.actions.passwords import one_time_password
from bihuan.org.actions.seats import open_seat, reseat
from bihuan.org.models import COMMITTEE_SEATS, Account, Capacity, Membership, Person, Post, Seat, Tie

INVITE_DAYS = 7


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
        reseat(Seat.objects.of(by.org_id).select_for_update().get(pk=by.pk), capacity, by=by, at=at)
    return account


@action("org.account.given", "发了账号")
def give_account(person: Person, *, login: str, capacity: str, by: Seat, at: datetime) -> tuple[Seat, str]:
    """给名册上的一位党员发账号和席位。Returns the seat and a password that is shown once and must be changed."""
    access.may_give_account(by).enforce()
    verdict(
        (not Account.objects.filter(login=login).exists(), f"登录名“{login}”已经有人用了，请换一个"),
        (not Account.objects.filter(person=person).exists(), f"{person.name}已经有账号"),
        (capacity in access.seats_of_kind(by.org), "这个身份不由支部发"),
    ).enforce()
    password = one_time_password()
    account = Account(login=login, person=person, must_change_password=True)
    account.set_password(password)
    account.save(force_insert=True)
    return open_seat(account, by.org, capacity, by=by, at=at), password


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
    if by.capacity != Capacity.SECURITY_ADMIN and _reaches_further(account, by, at):
        raise Refused("这个账号在别处也有席位，重发密码会连那里一起打开；请找他的组织关系所在的支部，或者安全管理员。")
    return Account.objects.select_for_update().get(pk=account.pk), seat


def _reaches_further(account: Account, by: Seat, at: datetime) -> bool:
    """Whether a new password would open more than this branch may open: a superior's seat, or somebody else's member."""
    seats = Seat.objects.everywhere("all seats of one account").on(at.date()).filter(account=account)
    elsewhere = set(seats.exclude(org=by.org_id).values_list("capacity", flat=True))
    own = Membership.objects.of(by.org_id).on(at.date()).filter(person=account.person_id).exclude(tie=Tie.TAKES_PART)
    return bool(elsewhere) and (Capacity.CLERK in elsewhere or not own.exists())


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
