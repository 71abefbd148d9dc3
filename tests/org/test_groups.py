"""党小组: dated, inside the branch; a second seat; whoever leaves leaves everything."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core.access import Refused
from bihuan.org import actions, queries
from bihuan.org.models import Membership, Seat
from tests.cast import DAY, Cast, at, person_named

BEFORE = date(2026, 2, 1)


def group(cast: Cast, places: dict[str, str], leaders: tuple[str, ...] = (), since: date = DAY) -> None:
    actions.set_groups(
        sorted(set(places.values())),
        places={person_named(cast.branch, name): of for name, of in places.items()},
        leaders=[person_named(cast.branch, name) for name in leaders],
        since=since, by=cast.secretary, at=at(),
    )  # fmt: skip


def told(cast: Cast, day: date) -> dict[str, tuple[list[str], str]]:
    return {
        one.group.name: ([p.name for p in one.people], one.leader.name if one.leader else "")
        for one in queries.groups_on(cast.branch.pk, day)
    }


def test_groups_hold_from_a_day_and_the_day_before_is_as_it_was(cast: Cast) -> None:
    group(cast, {"孙四": "一组", "郭五": "一组", "何六": "二组"}, ("孙四",), since=BEFORE)
    group(cast, {"孙四": "一组", "郭五": "二组", "何六": "二组"}, ("何六",))
    assert told(cast, DAY - timedelta(days=1)) == {"一组": (["孙四", "郭五"], "孙四"), "二组": (["何六"], "")}
    assert told(cast, DAY) == {"一组": (["孙四"], ""), "二组": (["何六", "郭五"], "何六")}
    assert told(cast, BEFORE - timedelta(days=1)) == {}


def test_a_leader_is_of_the_group_and_alone(cast: Cast) -> None:
    with pytest.raises(Refused, match="组长要在组里"):
        group(cast, {"孙四": "一组"}, ("郭五",))
    with pytest.raises(Refused, match="只有一位组长"):
        group(cast, {"孙四": "一组", "郭五": "一组"}, ("孙四", "郭五"))
    group(cast, {"孙四": "一组"})
    with pytest.raises(Refused, match="和原来一样"):
        group(cast, {"孙四": "一组"})


def test_setting_the_committee_leaves_the_leaders_alone(cast: Cast) -> None:
    group(cast, {"孙四": "一组"}, ("孙四",))
    actions.set_posts({person_named(cast.branch, "钱二"): "书记"}, since=DAY, by=cast.secretary, at=at())
    assert told(cast, DAY)["一组"][1] == "孙四"


def test_from_the_page_in_two_steps(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.organiser.account)
    page = reverse("org:groups")
    assert "还没有分党小组" in client.get(page).content.decode()
    client.post(page, {"names": "一组\n二组\n"})
    sun = person_named(cast.branch, "孙四").pk
    client.post(page, {"names": "一组\n二组", f"group-{sun}": "一组", f"leads-{sun}": "on"})
    assert "一组1人，组长孙四；二组0人" in client.get(page).content.decode()
    member = Client()
    member.force_login(cast.member.account)
    assert "名册由书记" in member.post(page, {"names": "三组"}).content.decode()


def test_whoever_leaves_is_of_no_group_and_sits_nowhere(cast: Cast) -> None:
    group(cast, {"孙四": "一组"}, ("孙四",))
    sun = Membership.objects.of(cast.branch.pk).get(person__name="孙四")
    actions.end_membership(
        sun,
        until=DAY,
        went_by="转出",
        paper_no="样组〔2026〕1号",
        by=cast.secretary,
        at=at(day=DAY + timedelta(days=1)),
    )
    assert told(cast, DAY + timedelta(days=1)) == {"一组": ([], "")}
    assert not Seat.objects.of(cast.branch.pk).on(DAY + timedelta(days=1)).filter(account__login="sun").exists()


def test_nobody_writes_his_own_leaving(cast: Cast) -> None:
    zhao = Membership.objects.of(cast.branch.pk).get(person__name="赵一")
    with pytest.raises(Refused, match="由他来写"):
        actions.end_membership(zhao, until=DAY, went_by="转出", by=cast.secretary, at=at())


def test_the_secretary_of_two_branches(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.outsider.account)
    client.post(reverse("org:sitting"), {"login": "zhao", "capacity": "书记"})
    seats = Seat.objects.everywhere("test").filter(account__login="zhao").values_list("org__name", "capacity")
    assert set(seats) == {("第一支部", "书记"), ("第二支部", "书记")}
    again = client.post(reverse("org:sitting"), {"login": "zhao", "capacity": "委员"}).content.decode()
    assert "已经有席位" in again
    nobody = client.post(reverse("org:sitting"), {"login": "mei-you", "capacity": "委员"}).content.decode()
    assert "没有登录名" in nobody
