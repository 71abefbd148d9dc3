"""Coming in and going out. There is no seat yet, so these verbs leave their lines in the installation's own chain."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from bihuan.core import audit
from bihuan.core.access import Refused
from bihuan.org import rules
from bihuan.org.models import Account

FAILURES = 5  # R55; then the account is shut for a while
SHUT_MINUTES = 15
_WRONG = "登录名或密码不对，请看清大小写再试一次；忘了密码请找支部重发。"


def sign_in(login: str, password: str, *, at: datetime) -> Account:
    """The account, if login and password are right and it is not shut. Raises `Refused` with one sentence otherwise.

    A wrong password counts and is recorded even though the caller is refused, so the refusal is raised after the commit.
    """
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(login=login.strip(), is_active=True).first()
        refusal = _refusal(account, password, at)
    if refusal or account is None:
        raise Refused(refusal)
    return account


def _refusal(account: Account | None, password: str, at: datetime) -> str:
    if account is None:
        make_password(
            password
        )  # as slow as a wrong password, so that login names cannot be guessed by the time it takes
        audit.note("org.account.unknown", by=None, at=at)
        return _WRONG
    if account.locked_until and at < account.locked_until:
        minutes = int((account.locked_until - at).total_seconds() // 60) + 1
        return f"连续输错{FAILURES}次，账号先锁上了，请{minutes}分钟后再试，或请支部重发密码。"
    if account.check_password(password):
        if account.failures:
            account.failures, account.locked_until = 0, None
            account.save(update_fields=["failures", "locked_until"])
        audit.note("org.account.signed_in", by=None, at=at, account=str(account.pk))
        return ""
    account.failures += 1
    shut = account.failures >= FAILURES
    if shut:
        account.failures, account.locked_until = 0, at + timedelta(minutes=SHUT_MINUTES)
    account.save(update_fields=["failures", "locked_until"])
    audit.note("org.account.shut" if shut else "org.account.failed", by=None, at=at, account=str(account.pk))
    return f"连续输错{FAILURES}次，账号锁{SHUT_MINUTES}分钟。" if shut else _WRONG


@transaction.atomic
def set_password(account: Account, password: str, *, at: datetime) -> Account:
    """自己换密码。"""
    account = Account.objects.select_for_update().get(pk=account.pk)
    _take_password(account, password, at=at)
    audit.note("org.account.password_set", by=None, at=at, account=str(account.pk))
    return account


def _take_password(account: Account, password: str, *, at: datetime) -> None:
    if account.has_usable_password():
        account.old_passwords = [account.password, *account.old_passwords][: rules.PASSWORDS_KEPT]
    account.set_password(password)
    account.must_change_password, account.password_set_at = False, at
    account.failures, account.locked_until = 0, None
    account.invite_digest, account.invite_until = "", None
    account.save()


def used_before(account: Account, password: str) -> bool:
    """Whether this is the present password or one of the last (R55)."""
    return account.check_password(password) or any(check_password(password, old) for old in account.old_passwords)


def invited(secret: str, *, at: datetime) -> Account | None:
    """The account that a link with this secret leads into; None when it was used, is too old, or never was."""
    found = Account.objects.filter(invite_digest=digest_of(secret), is_active=True).first() if secret else None
    return found if found and found.invite_until and at < found.invite_until else None


def digest_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return sha256(secret.encode()).hexdigest()


def accept_invitation(secret: str, password: str, *, at: datetime) -> Account:
    """用邀请链接定下自己的密码；链接用过就作废。"""
    with transaction.atomic():
        account = invited(secret, at=at)
        account = Account.objects.select_for_update().get(pk=account.pk) if account else None
        if account is None or account.invite_digest != digest_of(secret):
            raise Refused("这个链接用过了，或者过期了，请找支部另发一个。")
        _take_password(account, password, at=at)
        audit.note("org.account.invite_used", by=None, at=at, account=str(account.pk))
    return account


def set_look(account: Account, *, big_type: bool, night: bool) -> Account:
    """大字、深色：只是自己看的样子，不进审计。"""
    account.big_type, account.night = big_type, night
    account.save(update_fields=["big_type", "night"])
    return account
