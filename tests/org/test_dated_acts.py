"""Joined, transferred, 转正, disciplined, died: each a dated act, and 应到 is right on any past day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.org import actions, queries
from bihuan.org.models import Membership, Post, Seat, Standing
from tests.cast import DAY, Cast, at, person_named
from tests.org.test_groups import group, told

FEB, MARCH = date(2026, 2, 1), date(2026, 3, 1)


def spell(cast: Cast, name: str) -> Membership:
    found = Membership.objects.of(cast.branch.pk).filter(person__name=name).order_by("since").last()
    assert found is not None
    return found


def due(cast: Cast, day: date) -> int:
    return len(queries.due_on(cast.branch.pk, day))


def end(cast: Cast, name: str, until: date, how: str = "转出", paper: str = "") -> None:
    actions.end_membership(spell(cast, name), until=until, went_by=how, paper_no=paper, by=cast.secretary, at=at())


def test_every_act_counts_from_its_own_day_and_no_other(cast: Cast) -> None:
    """Recorded in one afternoon, each for a day that is past: 应到 on the day before, on the day, on the day after."""
    new = actions.NewMember(
        "冯一", "正式", since=date(2026, 2, 3), came_by="转入", came_paper="样组介〔2026〕8号"
    )  # fmt: skip
    actions.take_in_roster([new], by=cast.secretary, at=at())
    actions.make_full_member(spell(cast, "李八"), on=date(2026, 2, 5), by=cast.secretary, at=at())
    actions.state_standing(
        person_named(cast.branch, "何六"), kind="留党察看", reason="样例决定", since=date(2026, 2, 7),
        until=date(2026, 2, 8), by=cast.secretary, at=at(),
    )  # fmt: skip
    end(cast, "郭五", date(2026, 2, 10), "转出", "样组介〔2026〕9号")
    end(cast, "高七", date(2026, 2, 12), "去世")
    days = [date(2026, 2, of) for of in range(2, 14)]
    assert [due(cast, day) for day in days] == [7, 8, 8, 9, 9, 8, 8, 9, 9, 8, 8, 7]
    assert due(cast, date(2019, 12, 31)) == 0
    came, went = spell(cast, "冯一"), spell(cast, "郭五")
    assert (came.came_by, came.came_paper, went.went_paper) == ("转入", "样组介〔2026〕8号", "样组介〔2026〕9号")


def test_a_leaving_written_by_mistake_is_taken_back_with_what_ended_that_day(cast: Cast) -> None:
    group(cast, {"周三": "一组"}, since=FEB)
    end(cast, "周三", MARCH)
    assert (due(cast, DAY), told(cast, DAY)["一组"]) == (6, ([], ""))
    actions.undo_leaving(spell(cast, "周三"), by=cast.secretary, at=at(16))
    back = spell(cast, "周三")
    assert (back.until, back.went_by, due(cast, DAY)) == (None, "", 7)
    assert told(cast, DAY)["一组"] == (["周三"], "")
    assert Post.objects.of(cast.branch.pk).on(DAY).filter(person=back.person, title="纪检委员").exists()
    assert not Seat.objects.of(cast.branch.pk).on(DAY + timedelta(days=1)).filter(account__person=back.person).exists()
    with pytest.raises(Refused, match="没有写过离开"):
        actions.undo_leaving(back, by=cast.secretary, at=at(17))
    end(cast, "周三", FEB)
    assert due(cast, MARCH) == 6


def test_what_was_followed_by_something_is_not_taken_back(cast: Cast) -> None:
    actions.make_full_member(spell(cast, "李八"), on=MARCH, by=cast.secretary, at=at())
    first = Membership.objects.of(cast.branch.pk).filter(person__name="李八").order_by("since")[0]
    with pytest.raises(Refused, match="没有写过离开"):
        actions.undo_leaving(first, by=cast.secretary, at=at())
    end(cast, "何六", FEB)
    left, he = spell(cast, "何六"), person_named(cast.branch, "何六")
    again = actions.NewMember("何六", "正式", since=MARCH, person=he)
    actions.take_in_roster([again], by=cast.secretary, at=at())
    with pytest.raises(Refused, match="后来又写过他进来"):
        actions.undo_leaving(left, by=cast.secretary, at=at())


def test_a_secretary_who_was_followed_comes_back_without_the_post(cast: Cast) -> None:
    end_by = {"by": cast.organiser, "at": at()}
    zhao, qian = person_named(cast.branch, "赵一"), person_named(cast.branch, "钱二")
    actions.end_membership(spell(cast, "赵一"), until=FEB, went_by="转出", **end_by)
    actions.set_posts({qian: "书记"}, since=MARCH, **end_by)
    actions.undo_leaving(spell(cast, "赵一"), **end_by)
    held = Post.objects.of(cast.branch.pk).on(DAY).filter(title="书记")
    assert [post.person for post in held] == [qian]
    assert zhao in queries.due_on(cast.branch.pk, DAY)


def test_a_standing_gets_its_last_day(cast: Cast) -> None:
    he = person_named(cast.branch, "何六")
    standing = actions.state_standing(
        he, kind="停止党籍", reason="样例决定", since=FEB, until=None, by=cast.secretary, at=at()
    )
    assert (due(cast, FEB - timedelta(days=1)), due(cast, DAY)) == (7, 6)
    actions.end_standing(standing, until=MARCH, by=cast.secretary, at=at())
    assert (due(cast, MARCH), due(cast, MARCH + timedelta(days=1))) == (6, 7)
    for until, words in ((FEB - timedelta(days=1), "不能早于"), (MARCH, "和原来一样")):
        with pytest.raises(Refused, match=words):
            actions.end_standing(standing, until=until, by=cast.secretary, at=at())
    with pytest.raises(Refused):
        actions.end_standing(standing, until=DAY, by=cast.outsider, at=at())


def test_both_from_the_pages(cast: Cast, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data_folder / "static").mkdir(exist_ok=True)
    monkeypatch.setattr(clock, "now", lambda: at(15))
    client, he = Client(), person_named(cast.branch, "何六")
    client.force_login(cast.organiser.account)
    page = reverse("org:person", args=[he.pk])
    client.post(
        reverse("org:standing", args=[he.pk]), {"kind": "不计入应到", "reason": "样例长病", "since": "2026-2-1"}
    )
    standing = Standing.objects.of(cast.branch.pk).get()
    there = reverse("org:end_standing", args=[standing.pk])
    assert there in client.get(page).content.decode()
    assert client.post(there, {"until": "2026.3.1"}).headers["Location"] == page
    assert "2026年3月1日止" in client.get(page).content.decode().replace('<time datetime="2026-03-01">', "").replace(
        "</time>", ""
    )
    leaving = reverse("org:end_membership", args=[spell(cast, "何六").pk])
    undo = reverse("org:undo_leaving", args=[spell(cast, "何六").pk])
    said = client.post(leaving, {"until": "2026-3-2", "went_by": "转出", "paper_no": ""}, follow=True).content.decode()
    assert f'action="{undo}"' in said
    assert "离开写错了，撤回" in client.get(page).content.decode()
    assert "还在名册上" in client.post(undo, follow=True).content.decode()
    assert "离开写错了，撤回" not in client.get(page).content.decode()
    past = client.get(reverse("org:members") + "?on=2026-2-15").content.decode()
    assert "那一天计入应到的6名" in past
