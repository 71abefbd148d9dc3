"""系统管理员, 安全管理员, 审计管理员: three accounts, each with its own pages and none with a branch's."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bihuan.core.access import Refused
from bihuan.core.models import stamp
from bihuan.ledger.models import Problem
from bihuan.org import actions, signing
from bihuan.org.models import OFFICES, Account, Membership, Seat
from tests.archive.year import a_year
from tests.cast import PASSWORD, Cast, at


def office(cast: Cast, capacity: str, by: Seat | None = None) -> Seat:
    login = {"系统管理员": "xitong", "安全管理员": "anquan", "审计管理员": "shenji"}[capacity]
    seat, _ = actions.give_office(login=login, capacity=capacity, by=by or cast.secretary, at=at())
    seat.account.must_change_password = False
    seat.account.save()
    return Seat.objects.everywhere("test").select_related("account__person", "org").get(pk=seat.pk)


def all_three(cast: Cast) -> dict[str, Seat]:
    system = office(cast, "系统管理员")
    return {"系统管理员": system} | {c: office(cast, c, by=system) for c in OFFICES[1:]}


def inside(seat: Seat) -> Client:
    client = Client()
    client.force_login(seat.account)
    return client


def test_the_first_is_named_by_the_founding_branch_and_he_names_the_others(cast: Cast) -> None:
    with pytest.raises(Refused, match="请先指定系统管理员"):
        office(cast, "安全管理员")
    with pytest.raises(Refused, match="最早建立的支部"):
        office(cast, "系统管理员", by=cast.outsider)
    three = all_three(cast)
    assert len({seat.account_id for seat in three.values()}) == 3
    with pytest.raises(Refused, match="由系统管理员给"):
        actions.give_office(login="bie", capacity="系统管理员", by=cast.secretary, at=at())


def test_never_two_of_the_three_with_one_account(cast: Cast) -> None:
    system = office(cast, "系统管理员")
    for capacity in OFFICES:
        with pytest.raises(Refused, match="三员要由三个账号分别担任"):
            actions.give_office(login="xitong", capacity=capacity, by=system, at=at())
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(
            account=system.account,
            org=system.org,
            capacity="审计管理员",
            since=at().date(),
            **stamp(by=system, at=at()),
        )


def test_an_office_is_taken_back_but_not_by_its_own_holder(cast: Cast) -> None:
    three = all_three(cast)
    system = three["系统管理员"]
    with pytest.raises(Refused, match="自己的席位"):
        actions.end_office(system, by=system, at=at())
    answer = inside(system).post(reverse("org:end_office", args=[three["审计管理员"].pk]))
    assert answer.status_code == 302
    assert Seat.objects.everywhere("test").get(pk=three["审计管理员"].pk).until is not None


@pytest.mark.parametrize("capacity", OFFICES)
def test_they_see_no_record_of_a_branch(cast: Cast, capacity: str) -> None:
    a_year(cast)
    client = inside(all_three(cast)[capacity])
    for name in ("ledger:table", "meeting:register", "report:draft", "org:members", "org:paste", "desk:first_hour"):
        answer = client.get(reverse(name))
        assert answer.status_code == 403, name
        page = answer.content.decode()
        assert "只管系统，不看支部的记录" in page
        assert all(person not in page for person in ("赵一", "郭五", "高七"))
    seat = Seat.objects.everywhere("test").filter(capacity=capacity).get()
    assert not Problem.objects.visible_to(seat).exists()
    assert not Membership.objects.visible_to(seat).exists()


@pytest.mark.parametrize("capacity", OFFICES)
def test_the_head_shows_what_they_may_open_and_it_opens(cast: Cast, capacity: str) -> None:
    client = inside(all_three(cast)[capacity])
    home = client.get("/")
    assert home.status_code == 302
    rooms = client.get(home.headers["Location"]).context["page_head"].rooms
    assert rooms[0].current == "page"
    assert [client.get(room.url).status_code for room in rooms] == [200] * len(rooms)


def test_the_security_administrator_bars_opens_and_resets(cast: Cast) -> None:
    client = inside(all_three(cast)["安全管理员"])
    sun = cast.member.account
    there = inside(cast.member)
    assert there.get("/").status_code == 200
    tend = reverse("org:tend_account", args=[sun.pk])
    client.post(tend, {"do": "bar"})
    assert there.get("/").status_code == 302, "a barred account is out at once"
    with pytest.raises(Refused):
        signing.sign_in("sun", PASSWORD, at=at())
    assert "停用了" in client.get(reverse("org:accounts")).content.decode()
    client.post(tend, {"do": "open"})
    assert signing.sign_in("sun", PASSWORD, at=at()) == sun
    sheet = client.post(tend, {"do": "reset"}).content.decode()
    assert "一次性密码" in sheet
    assert Account.objects.get(pk=sun.pk).must_change_password
    own = Account.objects.get(login="anquan")
    assert client.post(reverse("org:tend_account", args=[own.pk]), {"do": "bar"}).status_code == 403


@pytest.mark.parametrize("who", ["secretary", "member", "clerk"])
def test_nobody_else_tends_accounts(cast: Cast, who: str) -> None:
    client = inside(getattr(cast, who))
    assert client.get(reverse("org:accounts")).status_code == 403
    assert client.post(reverse("org:tend_account", args=[cast.member.account.pk]), {"do": "bar"}).status_code == 404
    assert Account.objects.get(login="sun").is_active


def test_a_branch_does_not_reset_an_administrators_password(cast: Cast) -> None:
    with pytest.raises(Refused, match="由安全管理员照看"):
        actions.reset_password(office(cast, "系统管理员").account, by=cast.secretary, at=at())


def test_the_security_administrator_reads_who_came_in_and_nothing_else(cast: Cast) -> None:
    three = all_three(cast)
    signing.sign_in("sun", PASSWORD, at=at())
    page = inside(three["安全管理员"]).get(reverse("archive:audit"))
    text = page.content.decode()
    assert "有账号登录了" in text
    assert ">sun<" in text
    assert "收进了名册" not in text


def test_the_audit_administrator_reads_and_walks_every_chain(cast: Cast) -> None:
    three = all_three(cast)
    page = inside(three["审计管理员"]).get(reverse("archive:audit"))
    chains = {line.org for line in page.context["page_of"].paginator.object_list}
    assert {cast.branch.pk, cast.other_branch.pk} <= chains
    own = inside(cast.secretary).get(reverse("archive:audit"))
    assert page.context["read"] > own.context["read"]


def test_accounts_are_asked_for_in_a_few_questions(cast: Cast, django_assert_num_queries: object) -> None:
    client = inside(all_three(cast)["安全管理员"])
    client.get(reverse("org:accounts"))
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get(reverse("org:accounts"))
