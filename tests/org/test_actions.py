"""Founding, roster, posts and accounts, through the actions."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.core import audit
from bihuan.core.access import Refused
from bihuan.core.models import Entry
from bihuan.org import actions, queries
from bihuan.org.models import Membership, Seat
from tests.cast import DAY, Cast, at, person_named


def test_only_full_members_of_this_branch_are_due(cast: Cast) -> None:
    due = {person.name for person in queries.due_on(cast.branch.pk, DAY)}
    assert due == {"赵一", "钱二", "周三", "孙四", "郭五", "何六", "高七"}


def test_a_member_disciplined_is_not_due_while_it_lasts(cast: Cast) -> None:
    actions.state_standing(
        person_named(cast.branch, "高七"),
        kind="留党察看",
        reason="样例决定",
        since=date(2026, 1, 1),
        until=date(2026, 12, 31),
        by=cast.secretary,
        at=at(),
    )
    assert "高七" not in {person.name for person in queries.due_on(cast.branch.pk, DAY)}
    assert "高七" in {person.name for person in queries.due_on(cast.branch.pk, date(2025, 6, 1))}


def test_a_full_member_from_a_day_on_was_probationary_before(cast: Cast) -> None:
    membership = Membership.objects.of(cast.branch.pk).get(person__name="李八")
    actions.make_full_member(membership, on=date(2026, 3, 1), by=cast.secretary, at=at())
    kinds = {
        day: m.membership.kind
        for day in (date(2026, 2, 28), date(2026, 3, 1))
        for m in queries.roster(cast.branch.pk, day)
        if m.person.name == "李八"
    }
    assert kinds == {date(2026, 2, 28): "预备", date(2026, 3, 1): "正式"}


def test_posts_change_by_closing_one_and_opening_another(cast: Cast) -> None:
    people = {name: person_named(cast.branch, name) for name in ("赵一", "钱二", "孙四")}
    actions.set_posts(
        {people["钱二"]: "书记", people["赵一"]: "副书记", people["孙四"]: "组织委员"},
        since=date(2026, 3, 1), by=cast.secretary, at=at(),
    )  # fmt: skip
    before = {m.person.name: m.titles for m in queries.roster(cast.branch.pk, date(2026, 2, 1)) if m.titles}
    after = {m.person.name: m.titles for m in queries.roster(cast.branch.pk, DAY) if m.titles}
    assert before == {"赵一": ("书记",), "钱二": ("组织委员",), "周三": ("纪检委员",)}
    assert after == {"钱二": ("书记",), "赵一": ("副书记",), "孙四": ("组织委员",)}


def test_a_member_may_not_keep_the_roster_and_the_attempt_is_recorded(cast: Cast) -> None:
    lines = Entry.objects.count()
    with pytest.raises(Refused, match="名册由书记"):
        actions.take_in_roster([actions.NewMember(name="新来的", kind="正式")], by=cast.member, at=at())
    assert Entry.objects.count() == lines + 1
    assert '"refused":["名册由书记' in Entry.objects.order_by("pk").last().line


def test_the_chain_of_all_this_holds(cast: Cast) -> None:
    read, breaks = audit.verify()
    assert read > 10
    assert breaks == []


def test_seats_of_another_branch_are_not_there(cast: Cast) -> None:
    seen = set(Seat.objects.visible_to(cast.secretary).values_list("org__name", flat=True))
    assert seen == {"第一支部"}
    assert set(Seat.objects.visible_to(cast.clerk).values_list("org__name", flat=True)) == {
        "第一支部", "第二支部", "中共样例镇委员会"
    }  # fmt: skip
