"""Seats: given, changed, taken back from one page; somebody who may do so always stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.access import Refused, Stale
from bihuan.core.models import Entry
from bihuan.cycle.actions import open_cycle
from bihuan.org import access, actions, queries
from bihuan.org.models import Account, Org, OrgKind, Seat
from tests.cast import DAY, Cast, at, person_named

TOMORROW = DAY + timedelta(days=1)


def seat_of(org: Org, login: str, day: date = DAY) -> Seat:
    return Seat.objects.of(org.pk).on(day).select_related("account__person", "org").get(account__login=login)


def lines(verb: str) -> int:
    return Entry.objects.filter(line__contains=f'"{verb}"').exclude(line__contains='"refused":').count()


@pytest.fixture
def client(cast: Cast, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """书记's client on the cast's day."""
    (data_folder / "static").mkdir(exist_ok=True)
    monkeypatch.setattr(clock, "now", lambda: at(15))
    return sit(cast.secretary)


def sit(seat: Seat) -> Client:
    client = Client()
    client.force_login(seat.account)
    return client


def read(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_a_seat_changes_its_capacity_from_the_day_and_the_day_before_stays(cast: Cast) -> None:
    actions.change_seat(
        cast.member, capacity="委员", seen_version=1, by=cast.secretary, at=at(day=TOMORROW)
    )  # fmt: skip
    assert (seat_of(cast.branch, "sun").capacity, seat_of(cast.branch, "sun", TOMORROW).capacity) == ("党员", "委员")
    assert lines("org.seat.changed") == 2


def test_a_seat_of_today_is_put_right_in_place(cast: Cast) -> None:
    changed = actions.change_seat(cast.member, capacity="委员", seen_version=1, by=cast.secretary, at=at(16))
    assert (changed.pk, changed.capacity) == (cast.member.pk, "委员")
    with pytest.raises(Stale):
        actions.change_seat(cast.member, capacity="党员", seen_version=1, by=cast.secretary, at=at(17))
    with pytest.raises(Refused, match="他现在就是委员"):
        actions.change_seat(changed, capacity="委员", seen_version=None, by=cast.secretary, at=at(17))


def test_an_ended_seat_opens_nothing_the_same_day_and_its_work_stays(cast: Cast) -> None:
    deputy = actions.change_seat(cast.inspector, capacity="副书记", seen_version=1, by=cast.secretary, at=at(16))
    open_cycle(year=2025, by=deputy, at=at(16))
    actions.end_seat(deputy, by=cast.secretary, at=at(9, day=TOMORROW))
    assert not Seat.objects.of(cast.branch.pk).on(TOMORROW).filter(account__login="zhou").exists()
    assert seat_of(cast.branch, "zhou").capacity == "副书记"


def test_a_seat_given_by_mistake_is_as_if_never_given_unless_it_was_used(cast: Cast) -> None:
    seat, _ = actions.give_seat(org=cast.branch, login="wu", capacity="党员", by=cast.secretary, at=at(14))
    assert actions.end_seat(seat, by=cast.secretary, at=at(15)) is None
    assert not Seat.objects.of(cast.branch.pk).filter(account__login="wu").exists()
    used, _ = actions.give_seat(org=cast.branch, login="wu", capacity="书记", by=cast.secretary, at=at(16))
    open_cycle(year=2025, by=used, at=at(16))
    ended = actions.end_seat(used, by=cast.secretary, at=at(17))
    assert ended is not None
    assert (ended.until, lines("org.seat.ended")) == (DAY, 2)


def test_whoever_may_give_seats_is_never_gone(cast: Cast) -> None:
    actions.end_seat(cast.organiser, by=cast.secretary, at=at(day=TOMORROW))
    for act in (
        lambda: actions.end_seat(cast.secretary, by=cast.secretary, at=at(day=TOMORROW)),
        lambda: actions.change_seat(
            cast.secretary, capacity="委员", seen_version=None, by=cast.secretary, at=at(day=TOMORROW)
        ),
    ):
        with pytest.raises(Refused, match="只有这一位管得了席位"):
            act()
    actions.change_seat(cast.member, capacity="副书记", seen_version=None, by=cast.secretary, at=at(day=TOMORROW))
    actions.end_seat(cast.secretary, by=cast.secretary, at=at(day=TOMORROW))


def test_two_who_end_each_other_at_once_leave_one(cast: Cast) -> None:
    """The second one's request was under way when the first took his seat: his own seat is gone, he may not end the last."""
    actions.end_seat(cast.organiser, by=cast.secretary, at=at(day=TOMORROW))
    with pytest.raises(Refused, match="只有这一位"):
        actions.end_seat(cast.secretary, by=cast.organiser, at=at(day=TOMORROW))


def test_a_barred_account_does_not_count_as_somebody_who_may(cast: Cast) -> None:
    Account.objects.filter(pk=cast.organiser.account_id).update(is_active=False)
    assert "只有这一位" in access.may_end_seat(cast.secretary, cast.secretary, DAY).why


def test_the_others_and_the_neighbours_may_not(cast: Cast) -> None:
    for by in (cast.member, cast.inspector):
        with pytest.raises(Refused, match="席位由书记"):
            actions.end_seat(cast.probationer, by=by, at=at())
    with pytest.raises(Refused, match="不在这里"):
        actions.end_seat(cast.member, by=cast.outsider, at=at())
    with pytest.raises(Refused, match="由它自己给"):
        actions.give_seat(org=cast.branch, login="wu", capacity="书记", by=cast.outsider, at=at())
    with pytest.raises(Refused, match="这里不给这个身份"):
        actions.give_seat(org=cast.branch, login="wu", capacity="上级经办", by=cast.secretary, at=at())
    with pytest.raises(Refused, match="这里不给这个身份"):
        actions.give_seat(org=cast.branch, login="wu", capacity="系统管理员", by=cast.secretary, at=at())


def test_the_three_offices_are_not_touched_here(cast: Cast) -> None:
    office, _ = actions.give_office(login="xitong", capacity="系统管理员", by=cast.secretary, at=at())
    with pytest.raises(Refused, match="三员"):
        actions.end_seat(office, by=cast.secretary, at=at(day=TOMORROW))
    assert sit(cast.secretary).get(reverse("org:end_seat", args=[office.pk])).status_code == 404


def test_a_clerk_who_is_a_member_elsewhere_and_one_without_an_account(cast: Cast) -> None:
    seat, password = actions.give_seat(org=cast.committee, login="sun", capacity="上级经办", by=cast.clerk, at=at())
    assert (seat.person, password) == (cast.person(cast.member), "")
    fresh, password = actions.give_seat(org=cast.committee, login="xin", capacity="上级经办", by=cast.clerk, at=at())
    assert len(password) == 14
    assert fresh.account.must_change_password
    with pytest.raises(Refused, match="这里不给这个身份"):
        actions.give_seat(org=cast.committee, login="li", capacity="书记", by=cast.clerk, at=at())


def test_the_first_clerk_is_named_by_the_system_administrator_alone(cast: Cast) -> None:
    system, _ = actions.give_office(login="xitong", capacity="系统管理员", by=cast.secretary, at=at())
    above = queries.without_clerk(DAY)
    assert [org.kind for org in above] == [OrgKind.COMMITTEE]  # 第二支部's own superior of its first hour
    seat, _ = actions.give_seat(org=above[0], login="wu", capacity="上级经办", by=system, at=at())
    assert (seat.org_id, queries.without_clerk(DAY)) == (above[0].pk, [])
    with pytest.raises(Refused, match="已经有经办"):
        actions.give_seat(org=cast.committee, login="li", capacity="上级经办", by=system, at=at())
    with pytest.raises(Refused, match="只给上级党组织的经办"):
        actions.give_seat(org=cast.branch, login="wu", capacity="书记", by=system, at=at())


def test_the_first_clerk_from_the_page(client: Client, cast: Cast) -> None:
    del client  # its clock
    system, _ = actions.give_office(login="xitong", capacity="系统管理员", by=cast.secretary, at=at())
    Account.objects.filter(pk=system.account_id).update(must_change_password=False)
    hers, org = sit(system), queries.without_clerk(DAY)[0]
    assert reverse("org:first_clerk") in read(hers, "org:offices")
    sheet = hers.post(reverse("org:first_clerk"), {"org": str(org.pk), "login": "jingban"}).content.decode()
    assert "一次性密码" in sheet
    assert seat_of(org, "jingban").capacity == "上级经办"
    assert reverse("org:first_clerk") not in read(hers, "org:offices")
    assert "系统管理员指定" in sit(cast.secretary).post(
        reverse("org:first_clerk"), {"org": str(org.pk), "login": "bie"}
    ).content.decode()  # fmt: skip


def test_the_page_shows_who_sits_and_which_seat_is_ones_own(client: Client, cast: Cast) -> None:
    page = read(client, "org:sitting")
    assert "有5个席位" in page
    assert page.count("您现在坐的") == 1
    assert page.count(">收回<") == 5
    member = read(sit(cast.member), "org:sitting")
    assert ">收回<" not in member
    assert "席位由书记、副书记或组织委员管" in member


def test_give_undo_change_and_end_from_the_page(client: Client, cast: Cast) -> None:
    client.post(reverse("org:sitting"), {"login": "wu", "capacity": "委员"})
    seat = seat_of(cast.branch, "wu")
    page = read(client, "org:sitting")
    undo = reverse("org:end_seat", args=[seat.pk])
    assert f'action="{undo}"' in page
    assert "名册上没有这个职务" in page
    assert "当作没有给过" in client.post(undo, follow=True).content.decode()
    sun = seat_of(cast.branch, "sun")
    there = reverse("org:change_seat", args=[sun.pk])
    client.post(there, {"capacity": "宣传委员", "version": "1"})
    assert seat_of(cast.branch, "sun").capacity == "宣传委员"
    assert "您打开这一页以后" in client.post(there, {"capacity": "党员", "version": "1"}).content.decode()
    assert "要收回" in client.get(reverse("org:end_seat", args=[sun.pk])).content.decode()


def test_the_last_keeper_is_told_why_before_pressing(client: Client, cast: Cast) -> None:
    Account.objects.filter(pk=cast.organiser.account_id).update(is_active=False)
    page = read(client, "org:end_seat", cast.secretary.pk)
    assert "只有这一位管得了席位，请先给接手的人席位" in page
    assert 'aria-disabled="true"' in page


def test_a_secretary_of_two_branches_sits_in_one_at_a_time(client: Client, cast: Cast) -> None:
    actions.give_seat(org=cast.other_branch, login="zhao", capacity="书记", by=cast.outsider, at=at())
    both = list(Seat.objects.everywhere("test").filter(account=cast.secretary.account).order_by("org__name"))
    choose = client.get("/", follow=True).content.decode()
    assert "您现在替哪个党组织办事" in choose
    for seat in both:
        client.post(reverse("org:seats"), {"seat": str(seat.pk)})
        page = read(client, "org:sitting")
        assert f'<p class="org">{seat.org.name}</p>' in page
        assert page.count("您现在坐的") == 1
        assert client.get(reverse("org:change_seat", args=[cast.member.pk])).status_code == (
            200 if seat.org_id == cast.branch.pk else 404
        )


def test_a_taken_seat_is_left_at_once(cast: Cast, client: Client) -> None:
    his = sit(cast.organiser)
    assert his.get(reverse("org:members")).status_code == 200
    actions.end_seat(cast.organiser, by=cast.secretary, at=at(16))
    assert his.get(reverse("org:members")).status_code == 302


def test_a_new_password_here_opens_nothing_elsewhere(cast: Cast) -> None:
    """孙四 is a member here and a clerk above; 赵一 has a seat in the other branch without being its member."""
    actions.give_seat(org=cast.committee, login="sun", capacity="上级经办", by=cast.clerk, at=at())
    with pytest.raises(Refused, match="在别处也有席位"):
        actions.reset_password(cast.member.account, by=cast.organiser, at=at())
    actions.give_seat(org=cast.other_branch, login="zhao", capacity="书记", by=cast.outsider, at=at())
    for act in (actions.reset_password, actions.invite):
        with pytest.raises(Refused, match="在别处也有席位"):
            act(cast.secretary.account, by=cast.outsider, at=at())
    assert actions.reset_password(cast.secretary.account, by=cast.organiser, at=at())


def test_a_group_leader_has_no_seat_of_that_name(cast: Cast) -> None:
    assert "党小组组长" not in access.seats_of_kind(cast.branch)
    with pytest.raises(Refused, match="这个身份不由支部发"):
        actions.give_account(
            person_named(cast.branch, "何六"), login="he", capacity="上级经办", by=cast.secretary, at=at()
        )
