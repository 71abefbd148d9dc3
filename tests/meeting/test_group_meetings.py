"""党小组会: held by a group of the day, convened by its leader, deciding nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.meeting import actions, queries
from bihuan.meeting.models import Meeting
from bihuan.org import actions as org_actions
from bihuan.org import queries as people
from bihuan.report.facts import collect
from bihuan.report.forms_out.at_meeting import minutes as minutes_form
from bihuan.report.forms_out.at_meeting import sign_in
from bihuan.report.forms_out.source import Source
from tests.cast import DAY, Cast, at, person_named
from tests.meeting.make import a_group, a_group_meeting, a_meeting, a_study, a_year, sheet
from tests.meeting.test_registering import minutes

NEW = "?day=2026-03-09&form=党小组会"


@pytest.fixture
def client(cast: Cast, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """组织委员's browser on the cast's day."""
    (data_folder / "static").mkdir(exist_ok=True)
    monkeypatch.setattr(clock, "now", lambda: at(15))
    client = Client()
    client.force_login(cast.organiser.account)
    return client


def test_the_list_of_a_group_meeting_is_the_group_of_that_day(cast: Cast) -> None:
    before = DAY - timedelta(days=1)
    group = a_group(cast, "孙四", "郭五", since=before)
    org_actions.set_groups(
        ["第一党小组"], places={person_named(cast.branch, n): "第一党小组" for n in ("孙四", "何六", "高七")},
        leaders=[person_named(cast.branch, "孙四")], since=DAY, by=cast.secretary, at=at(),
    )  # fmt: skip
    listed = {
        day: {e.person.name for e in queries.expected(cast.branch.pk, "党小组会", day, group)}
        for day in (before - timedelta(days=1), before, DAY)
    }
    assert list(listed.values()) == [set(), {"孙四", "郭五"}, {"孙四", "何六", "高七"}]
    assert not queries.expected(cast.other_branch.pk, "党小组会", DAY, group)


def test_a_group_meeting_says_which_group_and_no_other_meeting_does(cast: Cast) -> None:
    cycle, group = a_year(cast), a_group(cast, "孙四", "郭五")
    with pytest.raises(Refused, match="要选是哪个党小组"):
        a_meeting(cast, cycle, "党小组会", attendance=sheet(cast, "党小组会", group=group))
    with pytest.raises(Refused, match="别的会议不选"):
        a_meeting(cast, cycle, "支委会", group=group)
    with pytest.raises(Refused, match="那一天没有这个党小组"):
        a_group_meeting(cast, cycle, group, held_on=date(2025, 12, 31), attendance=sheet(cast, "党员大会"))
    stranger = [*sheet(cast, "党小组会", group=group), actions.Line(person_named(cast.branch, "高七").pk, True)]
    with pytest.raises(Refused, match="不在应到的名册上"):
        a_group_meeting(cast, cycle, group, attendance=stranger)
    with pytest.raises(Refused, match="还有1人没有登记"):
        a_group_meeting(cast, cycle, group, attendance=stranger[:1])


def test_the_database_lets_no_other_meeting_name_a_group(cast: Cast) -> None:
    meeting, group = a_meeting(cast, a_year(cast), "支委会"), a_group(cast, "孙四")
    with pytest.raises(IntegrityError, match="only_a_group_meeting_names_a_group"), transaction.atomic():
        Meeting.objects.of(cast.branch.pk).filter(pk=meeting.pk).update(group=group)


def test_the_leader_convenes_or_a_reason_stands(cast: Cast) -> None:
    cycle, group = a_year(cast), a_group(cast, "孙四", "郭五")
    with pytest.raises(actions.Doubtful, match="组长是孙四") as doubt:
        a_group_meeting(cast, cycle, group, chair="郭五")
    assert doubt.value.laws[0].article.endswith("第十三条")
    meeting = a_group_meeting(cast, cycle, group, chair="郭五", despite="组长那天出差，托郭五召集")
    lines = {line.law.code: line for line in queries.laws_of_meeting(meeting, cycle)}
    assert (lines["召集"].law.ok, lines["召集"].reason) == (False, "组长那天出差，托郭五召集")
    alone = a_group(cast, "何六", leader="", name="第二党小组")
    with pytest.raises(actions.Doubtful, match="没有组长"):
        a_group_meeting(cast, cycle, alone, chair="何六")


def test_a_general_meeting_that_resolved_something_does_not_become_a_group_meeting(cast: Cast) -> None:
    cycle, group = a_year(cast), a_group(cast, "孙四", "郭五")
    meeting = a_meeting(cast, cycle, "党员大会", resolutions=[actions.Motion("整改方案", 6)])
    kept = list(meeting.resolutions.all())
    said = minutes(
        cast, meeting, form="党小组会", group=group, chair=person_named(cast.branch, "孙四").pk,
        attendance=sheet(cast, "党小组会", group=group),
        resolutions=[actions.Motion("整改方案", 2, key=kept[0].pk)],
    )  # fmt: skip
    with pytest.raises(Refused, match="党小组会不作决定"):
        actions.correct_meeting(meeting, minutes=said, seen_version=1, by=cast.organiser, at=at())
    meeting.refresh_from_db()
    assert (meeting.form, meeting.group) == ("党员大会", None)


def shown(client: Client, more: str) -> str:
    return client.get(reverse("meeting:new") + more).content.decode()


def sent(cast: Cast, *names: str, **changes: str) -> dict[str, str]:
    """What the page sends with these people present, 孙四 in the chair."""
    marks = {f"here-{person_named(cast.branch, name).pk}": "到会" for name in names}
    chair, recorder = (str(person_named(cast.branch, name).pk) for name in ("孙四", "郭五"))
    return {**marks, "topic": "学习讨论", "place": "会议室", "chair": chair, "recorder": recorder, **changes}


def test_without_groups_the_page_says_what_to_do_first(client: Client, cast: Cast) -> None:
    a_year(cast)
    page = shown(client, NEW)
    assert "支部没有分党小组" in page
    assert reverse("org:groups") in page
    assert "here-" not in page


def test_only_the_groups_of_that_day_are_offered(client: Client, cast: Cast) -> None:
    a_year(cast)
    a_group(cast, "孙四", since=DAY - timedelta(days=40))
    a_group(cast, "何六", leader="何六", name="第二党小组", since=DAY - timedelta(days=20))
    org_actions.set_groups(
        ["第二党小组", "第三党小组"],
        places={person_named(cast.branch, "何六"): "第二党小组", person_named(cast.branch, "高七"): "第三党小组"},
        leaders=[person_named(cast.branch, "何六")], since=DAY, by=cast.secretary, at=at(),
    )  # fmt: skip
    page = shown(client, NEW)
    assert "是哪个党小组" in page
    assert [name in page for name in ("第一党小组", "第二党小组（1人，组长何六）", "第三党小组（1人）")] == [
        False,
        True,
        True,
    ]
    earlier = shown(client, "?day=2026-03-08&form=党小组会")
    assert [name in earlier for name in ("第一党小组", "第二党小组", "第三党小组")] == [True, True, False]
    gone = people.groups_on(cast.branch.pk, DAY - timedelta(days=1))[0].pk
    assert "没有您选的这一项" in shown(client, f"{NEW}&group={gone}")
    assert "没有您选的这一项" in shown(client, f"{NEW}&group=x")


def test_the_only_group_needs_no_choosing_and_its_leader_is_in_the_chair(client: Client, cast: Cast) -> None:
    a_year(cast)
    a_group(cast, "孙四", "郭五")
    page = shown(client, NEW)
    chair = person_named(cast.branch, "孙四").pk
    assert f'<option value="{chair}" selected>' in page
    assert (page.count('name="why-'), "高七" in page.split("谁到会")[1].split("列席")[0]) == (2, False)


def test_a_group_meeting_is_registered_and_put_right_from_the_pages(client: Client, cast: Cast) -> None:
    a_year(cast)
    group = a_group(cast, "孙四", "郭五")
    other = a_group(cast, "何六", leader="何六", name="第二党小组")
    answer = client.post(f"{reverse('meeting:new')}{NEW}&group={group}", sent(cast, "孙四", "郭五"))
    meeting = Meeting.objects.of(cast.branch.pk).get()
    assert (answer.headers["Location"], meeting.group_id) == (reverse("meeting:detail", args=[meeting.pk]), group)
    detail = client.get(answer.headers["Location"]).content.decode()
    assert "第一党小组会" in detail
    assert "组长孙四召集并主持" in detail
    assert "第一党小组会" in client.get(reverse("meeting:register")).content.decode()
    edit = reverse("meeting:edit", args=[meeting.pk])
    assert client.get(edit).content.decode().count(" checked") == 2
    he = str(person_named(cast.branch, "何六").pk)
    moved = sent(cast, "何六", chair=he, recorder=he) | {"version": "1"}
    assert client.post(f"{edit}{NEW}&group={other}", moved).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.label, queries.attendance_counts(meeting).due) == ("2026年3月9日第二党小组会", 1)


def test_another_branchs_group_is_not_offered(client: Client, cast: Cast) -> None:
    a_year(cast)
    theirs = org_actions.set_groups(["外组"], places={}, leaders=[], since=DAY, by=cast.outsider, at=at())[0]
    assert "支部没有分党小组" in shown(client, f"{NEW}&group={theirs.pk}")


def test_the_forms_name_the_group(cast: Cast) -> None:
    cycle, group = a_year(cast), a_group(cast, "孙四", "郭五", "李八")
    other = a_group(cast, "何六", leader="何六", name="第二党小组")
    a_study(cast, cycle)
    a_group_meeting(cast, cycle, group, is_life_meeting=True)
    a_group_meeting(
        cast, cycle, other, chair="何六", recorder=person_named(cast.branch, "何六"), is_life_meeting=True, at=at(10)
    )
    source = Source(cycle, cast.organiser, DAY)
    sheets = sign_in(source).leaves
    assert [leaf.above[0] for leaf in sheets] == [
        "会议：第一党小组组织生活会，样例议题", "会议：第二党小组组织生活会，样例议题"
    ]  # fmt: skip
    assert [[row[1] for row in leaf.grids[0].rows] for leaf in sheets] == [["孙四", "郭五", "李八"], ["何六"]]
    assert "2026年3月9日第一党小组组织生活会" in str(minutes_form(source).leaves[0])


def test_where_each_group_held_it_the_report_counts_them_together(cast: Cast) -> None:
    cycle = a_year(cast)
    a_study(cast, cycle)
    first, second = a_group(cast, "孙四", "郭五"), a_group(cast, "何六", "高七", leader="何六", name="第二党小组")
    a_group_meeting(cast, cycle, first, is_life_meeting=True)
    absent = sheet(cast, "党小组会", group=second, absent={"高七": "出差"})
    a_group_meeting(cast, cycle, second, chair="何六", is_life_meeting=True, attendance=absent)
    facts = collect(cycle, DAY)
    assert [facts[code].value for code in ("应到", "实到", "缺席")] == ["4", "3", "1"]
    assert {row.text for row in facts["应到"].rows} == {"孙四", "郭五", "何六", "高七"}
    assert len({row.url for row in facts["应到"].rows}) == 2  # each opens the meeting of its group
