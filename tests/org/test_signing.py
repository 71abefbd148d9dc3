"""Coming in: five failures shut the account, and everything of it is in the installation's chain."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.core import audit
from bihuan.core.access import Refused
from bihuan.core.models import Entry
from bihuan.org import actions, signing
from bihuan.org.models import Account
from tests.cast import PASSWORD, Cast, at


def test_the_right_password_comes_in(cast: Cast) -> None:
    assert signing.sign_in("zhao", PASSWORD, at=at()) == cast.secretary.account


def test_five_failures_shut_the_account_for_a_while(cast: Cast) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            signing.sign_in("zhao", "bu-dui", at=at())
    with pytest.raises(Refused, match="先锁上了"):
        signing.sign_in("zhao", PASSWORD, at=at(9, 10))
    assert signing.sign_in("zhao", PASSWORD, at=at() + timedelta(minutes=16))
    verbs = [line for line in Entry.objects.filter(org=audit.NOBODY).values_list("line", flat=True)]
    assert sum("org.account.failed" in line for line in verbs) == 4
    assert sum("org.account.shut" in line for line in verbs) == 1


def test_an_unknown_name_says_the_same_as_a_wrong_password(cast: Cast) -> None:
    with pytest.raises(Refused) as unknown:
        signing.sign_in("mei-you", PASSWORD, at=at())
    with pytest.raises(Refused) as wrong:
        signing.sign_in("zhao", "bu-dui", at=at())
    assert str(unknown.value) == str(wrong.value)


def test_a_given_account_must_change_its_password(cast: Cast, client: object) -> None:
    password = actions.reset_password(cast.member.account, by=cast.secretary, at=at())
    client.post("/org/login/", {"login": "sun", "password": password})  # type: ignore[attr-defined]
    response = client.get("/")  # type: ignore[attr-defined]
    assert response.headers["Location"] == "/org/password/"
    new = "wo-zi-ji-de-hao-mima"
    client.post("/org/password/", {"password": new, "again": new})  # type: ignore[attr-defined]
    assert Account.objects.get(login="sun").check_password(new)


def test_only_the_branch_resets_its_passwords(cast: Cast) -> None:
    with pytest.raises(Refused, match="不在本支部"):
        actions.reset_password(cast.member.account, by=cast.outsider, at=at())
