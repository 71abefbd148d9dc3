"""A way in by a link, passwords that are not used again, seats one at a time, what each role sees."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core.access import Refused
from bihuan.org import actions, rules, signing
from bihuan.org.models import Account, Seat
from tests.cast import PASSWORD, Cast, at, person_named

NEW = "wo-zi-ji-de-hao-mima"


def given_by_link(cast: Cast, client: Client) -> str:
    client.force_login(cast.secretary.account)
    guo = person_named(cast.branch, "郭五")
    sheet = client.post(
        reverse("org:give_account", args=[guo.pk]), {"login": "guo", "capacity": "党员", "way": "link"}
    ).content.decode()
    found = re.search(r"https?://[^/]+(/org/invited/[\w-]+/)", sheet)
    assert found, sheet
    return found[1]


def test_a_link_lets_the_person_set_the_password_once(cast: Cast, client: Client) -> None:
    link = given_by_link(cast, client)
    account = Account.objects.get(login="guo")
    assert link.split("/")[-2] not in str(vars(account)), "only the digest is kept"
    guest = Client()
    assert "郭五" in guest.get(link).content.decode()
    assert guest.post(link, {"password": NEW, "again": NEW}).headers["Location"] == "/"
    assert guest.get("/").status_code == 200
    assert signing.sign_in("guo", NEW, at=at()) == account
    assert Client().get(link).headers["Location"] == reverse("org:login")
    with pytest.raises(Refused, match="用过了"):
        signing.accept_invitation(link.split("/")[-2], "lingyige-hao-mima", at=at())


def test_a_link_is_too_old_after_seven_days_and_a_wrong_one_leads_nowhere(cast: Cast) -> None:
    secret = actions.invite(cast.member.account, by=cast.secretary, at=at())
    assert signing.invited(secret, at=at() + timedelta(days=6)) == cast.member.account
    assert signing.invited(secret, at=at() + timedelta(days=7)) is None
    assert signing.invited(secret + "x", at=at()) is None
    assert signing.invited("", at=at()) is None


def test_a_new_link_ends_the_old_one_and_the_old_password(cast: Cast) -> None:
    first = actions.invite(cast.member.account, by=cast.secretary, at=at())
    second = actions.invite(cast.member.account, by=cast.secretary, at=at())
    assert signing.invited(first, at=at()) is None
    assert signing.invited(second, at=at())
    with pytest.raises(Refused):
        signing.sign_in("sun", PASSWORD, at=at())


def test_a_member_invites_nobody_and_a_branch_not_anothers(cast: Cast) -> None:
    for seat in (cast.member, cast.outsider):
        with pytest.raises(Refused):
            actions.invite(cast.probationer.account, by=seat, at=at())


def test_none_of_the_last_passwords_again(cast: Cast) -> None:
    account = cast.member.account
    words = [f"{NEW}-{number}" for number in range(rules.PASSWORDS_KEPT + 1)]
    for word in words:
        account = signing.set_password(account, word, at=at())
    assert all(signing.used_before(account, word) for word in words)
    assert not signing.used_before(account, PASSWORD), "longer ago"


def test_a_password_that_is_too_old_is_changed_first(cast: Cast, client: Client, settings: object) -> None:
    settings.PASSWORD_DAYS = 90  # type: ignore[attr-defined]
    client.force_login(cast.member.account)
    assert client.get("/").headers["Location"] == reverse("org:new_password")
    client.post(reverse("org:new_password"), {"password": NEW, "again": NEW})
    assert client.get("/").status_code == 200
    assert rules.password_too_old(at(), at() + timedelta(days=91), 90)
    assert not rules.password_too_old(at(), at() + timedelta(days=90), 90)
    assert not rules.password_too_old(None, at(), 0)


@pytest.fixture
def two_seats(cast: Cast) -> tuple[Client, Seat, Seat]:
    """赵 is also 上级经办 of the committee."""
    account = cast.secretary.account
    from bihuan.core.models import stamp

    clerk = Seat.objects.create(
        account=account, org=cast.committee, capacity="上级经办", since=at().date(), **stamp(by=cast.clerk, at=at())
    )
    client = Client()
    client.force_login(account)
    return client, cast.secretary, clerk


def test_of_several_seats_one_is_chosen_and_the_head_says_which(
    two_seats: tuple[Client, Seat, Seat],
) -> None:
    client, _, clerk = two_seats
    assert client.get("/org/members/").headers["Location"] == reverse("org:seats")
    client.post(reverse("org:seats"), {"seat": str(clerk.pk)})
    page = client.get("/")
    assert "上级经办" in page.content.decode()
    assert page.context["page_head"].org_name == "中共样例镇委员会"


def test_changing_seats_keeps_to_a_page_that_exists_there(cast: Cast, two_seats: tuple[Client, Seat, Seat]) -> None:
    client, _, clerk = two_seats
    zhao = person_named(cast.branch, "赵一").pk
    for there, leads in (
        ("/ledger/", "/ledger/"),
        (f"/org/members/{zhao}/", "/org/members/"),
        ("https://evil.example/", "/"),
        ("/no/such/page/", "/"),
    ):
        answer = client.post(reverse("org:seats"), {"seat": str(clerk.pk), "next": there})
        assert answer.headers["Location"] == leads, there
        assert client.get(leads).status_code == 200


def test_what_each_role_sees_follows_the_functions_that_hold_the_doors(cast: Cast, client: Client) -> None:
    client.force_login(cast.member.account)
    table = {right.what: dict(right.cells) for right in client.get(reverse("desk:roles")).context["table"]}
    assert [c for c, may in table["管名册和职务"].items() if may] == ["书记", "副书记", "组织委员"]
    assert [c for c, may in table["看支部的台账、会议、报告和名册"].items() if not may] == [
        "系统管理员", "安全管理员", "审计管理员"
    ]  # fmt: skip
    assert table["登记问题"]["党员"]
    assert not table["登记问题"]["上级经办"]
    assert [c for c, may in table["照看全系统的账号"].items() if may] == ["安全管理员"]
    assert not any(table["做备份"][c] for c in ("书记", "审计管理员")), "there are two branches here"
