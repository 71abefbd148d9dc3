"""The pages of meetings, through the client."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from bihuan.core import clock
from bihuan.cycle.models import Cycle, GateFact
from bihuan.meeting import actions, queries
from bihuan.meeting.figures import KINDS
from bihuan.meeting.forms.minutes import read_guests
from bihuan.meeting.models import Figure, Meeting, Resolution, Study
from bihuan.org.actions import NewMember, take_in_roster
from bihuan.org.models import Membership, Seat
from tests.cast import DAY, Cast, at, person_named
from tests.meeting.make import a_life_meeting, a_meeting, a_study, a_verified_problem, a_year

LIST = "?day=2026-03-09&form="


@pytest.fixture
def client(cast: Cast, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser on the cast's day."""
    (data_folder / "static").mkdir(exist_ok=True)
    monkeypatch.setattr(clock, "now", lambda: at(15))
    return Client()


def sit(client: Client, seat: Seat) -> Client:
    client.force_login(seat.account)
    return client


def minutes(cast: Cast, form: str, **changes: str) -> dict[str, str]:
    """What a page with everybody present sends."""
    marks = {f"here-{e.person.pk}": "到会" for e in queries.expected(cast.branch.pk, form, DAY)}
    head = {
        "topic": "样例议题", "place": "会议室", "chair": str(person_named(cast.branch, "赵一").pk),
        "recorder": str(person_named(cast.branch, "钱二").pk),
    }  # fmt: skip
    return {**marks, **head, **changes}


def key(cast: Cast, name: str) -> UUID:
    return person_named(cast.branch, name).pk


def figures_sent(**values: str) -> dict[str, str]:
    blank = {f"{part}-{kind.code}": "" for kind in KINDS for part in ("value", "from")}
    return {**blank, **{f"value-{code}": value for code, value in values.items()}}


def test_while_there_is_no_year_every_page_says_so(client: Client, cast: Cast) -> None:
    sit(client, cast.organiser)
    for name in ("register", "new", "study"):
        assert "先开始一个年度" in client.get(reverse(f"meeting:{name}")).content.decode()


def test_a_meeting_is_registered_day_first_then_names(client: Client, cast: Cast) -> None:
    a_study(cast, a_year(cast))
    sit(client, cast.organiser)
    first = client.get(reverse("meeting:new")).content.decode()
    assert "哪天开的" in first
    assert "还没有到" not in first
    wrong = client.get(reverse("meeting:new") + "?day=2026-03-10&form=党员大会").content.decode()
    assert "不能晚于2026年3月9日" in wrong
    names = client.get(reverse("meeting:new") + LIST + "党员大会").content.decode()
    assert "不计入应到：预备党员没有表决权" in names
    assert "checked" not in names
    typed = minutes(cast, "党员大会", is_life_meeting="on", is_appraisal="on", guests="镇督导组，督导\n")
    typed |= {f"here-{key(cast, '高七')}": "缺席", f"why-{key(cast, '高七')}": "住院"}
    typed |= {"item-0": "定下整改方案", "favour-0": "6", "against-0": "", "abstained-0": ""}
    answer = client.post(reverse("meeting:new") + LIST + "党员大会", typed)
    meeting = Meeting.objects.of(cast.branch.pk).get()
    assert answer.headers["Location"] == reverse("meeting:detail", args=[meeting.pk])
    counts = queries.attendance_counts(meeting)
    assert (counts.due, counts.present, counts.absent, counts.guests) == (7, 6, 1, 1)
    assert Resolution.objects.of(cast.branch.pk).get().passed
    shown = client.get(answer.headers["Location"]).content.decode()
    for words in ("高七：住院", "镇督导组", "定下整改方案", "第十一条", "有表决权的党员应到7人，实到6人"):
        assert words in shown


def test_a_double_tap_registers_once_and_leads_to_the_same_page(client: Client, cast: Cast) -> None:
    a_year(cast)
    sit(client, cast.organiser)
    typed = minutes(cast, "支委会") | {"form_key": "0" * 32}
    first, second = (client.post(reverse("meeting:new") + LIST + "支委会", typed) for _ in range(2))
    assert Meeting.objects.of(cast.branch.pk).count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_nobody_is_present_until_marked_and_the_fill_button_only_shows(client: Client, cast: Cast) -> None:
    a_year(cast)
    sit(client, cast.organiser)
    away = {f"here-{key(cast, '高七')}": "缺席", f"why-{key(cast, '高七')}": "住院", "topic": "半个议题"}
    empty = client.post(reverse("meeting:new") + LIST + "党员大会", away).content.decode()
    assert "名单里有7人要再看一看" in empty
    assert empty.count("请选到会还是缺席") == 7
    filled = client.post(reverse("meeting:new") + LIST + "党员大会", {**away, "fill": "1"}).content.decode()
    assert "没有选的7人都填成了到会，还没有存" in filled
    assert filled.count(" checked") == 8
    assert "半个议题" in filled
    assert "请填写“地点”" not in filled
    assert not Meeting.objects.of(cast.branch.pk).exists()


def test_a_refusal_keeps_everything_that_was_written(client: Client, cast: Cast) -> None:
    a_year(cast)
    sit(client, cast.organiser)
    typed = minutes(cast, "党员大会", is_life_meeting="on", topic="写了很久的议题")
    page = client.post(reverse("meeting:new") + LIST + "党员大会", typed).content.decode()
    assert "没有登记集中学习" in page
    assert "写了很久的议题" in page
    assert page.count(" checked") == 9
    assert not Meeting.objects.of(cast.branch.pk).exists()


def test_a_warning_asks_for_a_reason_and_keeps_it(client: Client, cast: Cast) -> None:
    a_year(cast)
    sit(client, cast.organiser)
    typed = minutes(cast, "党员大会") | {f"here-{key(cast, '高七')}": "缺席"}
    page = client.post(reverse("meeting:new") + LIST + "党员大会", typed).content.decode()
    assert "有1人没有写事由" in page
    assert "照记的理由" in page
    client.post(reverse("meeting:new") + LIST + "党员大会", {**typed, "despite": "记录本上没有写"})
    assert GateFact.objects.of(cast.branch.pk).get().shown_by == "记录本上没有写"
    assert Meeting.objects.of(cast.branch.pk).exists()


def test_more_lines_for_resolutions_keep_what_is_there(client: Client, cast: Cast) -> None:
    a_year(cast)
    sit(client, cast.organiser)
    typed = minutes(cast, "支委会") | {f"item-{n}": f"第{n}件事" for n in range(3)} | {"more": "1"}
    page = client.post(reverse("meeting:new") + LIST + "支委会", typed).content.decode()
    assert page.count('name="item-') == 6
    assert "第2件事" in page
    wrong = client.post(reverse("meeting:new") + LIST + "支委会", minutes(cast, "支委会") | {"item-0": "一件事"})
    assert "请写上赞成多少票" in wrong.content.decode()


def test_a_registration_is_put_right_and_the_second_tab_sees_it(client: Client, cast: Cast) -> None:
    meeting = a_meeting(
        cast, a_year(cast), "党员大会", absent={"高七": "住院"}, guests=[actions.GuestLine("督导组", "镇")]
    )
    sit(client, cast.organiser)
    edit = reverse("meeting:edit", args=[meeting.pk])
    page = client.get(edit).content.decode()
    assert "督导组，镇" in page
    assert page.count(" checked") == 8
    right = minutes(cast, "党员大会", place="二楼", version="1")
    assert client.post(edit, right).status_code == 302
    second = client.post(edit, {**right, "place": "三楼"}).content.decode()
    assert "二楼" in second
    assert "三楼" in second
    assert 'name="version" value="2"' in second
    meeting.refresh_from_db()
    assert (meeting.place, queries.attendance_counts(meeting).absent) == ("二楼", 0)


def test_another_day_gives_that_days_names(client: Client, cast: Cast) -> None:
    meeting = a_meeting(cast, a_year(cast), "党员大会")
    gone = Membership.objects.of(cast.branch.pk).get(person__name="高七")
    Membership.objects.of(cast.branch.pk).filter(pk=gone.pk).update(until=date(2026, 3, 5))
    sit(client, cast.organiser)
    edit = reverse("meeting:edit", args=[meeting.pk])
    assert "其实是哪天开的" in client.get(edit + "?when=1").content.decode()
    assert "高七" in client.get(edit + "?day=2026-03-05&form=党员大会").content.decode()
    assert "高七" not in client.get(edit + "?day=2026-03-09&form=党员大会").content.decode()


def test_a_wrong_registration_is_withdrawn_after_one_question(client: Client, cast: Cast) -> None:
    meeting = a_meeting(cast, a_year(cast))
    sit(client, cast.organiser)
    address = reverse("meeting:withdraw", args=[meeting.pk])
    assert "找不回来" in client.get(address).content.decode()
    assert Meeting.objects.of(cast.branch.pk).exists()
    client.post(address, {"version": "1"})
    assert not Meeting.objects.of(cast.branch.pk).exists()


def test_studies_are_registered_and_put_right(client: Client, cast: Cast) -> None:
    a_year(cast)
    sit(client, cast.organiser)
    client.post(reverse("meeting:study"), {"held_on": "2026.3.2", "topic": "样例文件", "present": "8"})
    study = Study.objects.of(cast.branch.pk).get()
    assert (study.occurred_on, study.present) == (date(2026, 3, 2), 8)
    address = reverse("meeting:study", args=[study.pk])
    client.post(address, {"held_on": "2026.3.3", "topic": "样例文件", "version": "1"})
    stale = client.post(address, {"held_on": "2026.3.4", "topic": "另一份", "version": "1"}).content.decode()
    assert "您打开这一页以后" in stale
    study.refresh_from_db()
    assert (study.occurred_on, study.present) == (date(2026, 3, 3), None)


def test_counts_are_kept_from_the_page_with_the_source_above(client: Client, cast: Cast) -> None:
    cycle = a_year(cast)
    sit(client, cast.organiser)
    typed = figures_sent(polled="7", excellent="2", qualified="5", basically_qualified="0", unqualified="0")
    bare = client.post(reverse("meeting:register"), typed).content.decode()
    assert "“定等次的党员”请写明出自哪份记录" in bare
    typed["from-polled"] = "评议情况汇总表"
    assert client.post(reverse("meeting:register"), typed).status_code == 302
    kept = queries.figures(cycle)
    assert {code: f.value for code, f in kept.items()} == {
        "polled": 7, "excellent": 2, "qualified": 5, "basically_qualified": 0, "unqualified": 0
    }  # fmt: skip
    assert {f.shown_by for f in kept.values()} == {"评议情况汇总表"}
    page = client.get(reverse("meeting:register")).content.decode()
    assert "正式党员7人，优秀最多2人，登记了2人，没有超过" in page


def test_too_many_excellent_are_doubted_on_the_page(client: Client, cast: Cast) -> None:
    a_year(cast)
    sit(client, cast.organiser)
    typed = figures_sent(excellent="3") | {"from-excellent": "汇总表"}
    page = client.post(reverse("meeting:register"), typed).content.decode()
    assert "优秀最多2人，登记了3人，多了1人" in page
    assert not Figure.objects.of(cast.branch.pk).exists()
    client.post(reverse("meeting:register"), {**typed, "despite": "上级同意放宽"})
    assert Figure.objects.of(cast.branch.pk).get().value == 3
    page = client.get(reverse("meeting:register")).content.decode()
    assert "已写明理由：上级同意放宽" in page


def test_a_second_tab_does_not_overwrite_a_count(client: Client, cast: Cast) -> None:
    cycle = a_year(cast)
    kept = {"opinions": actions.Count(12, "征求意见汇总表")}
    actions.register_figures(cycle, values=kept, by=cast.secretary, at=at())
    sit(client, cast.organiser)
    stale = figures_sent(opinions="13") | {"from-opinions": "汇总表", "seen-opinions": "0"}
    page = client.post(reverse("meeting:register"), stale).content.decode()
    assert "12，征求意见汇总表" in page
    assert Figure.objects.of(cast.branch.pk).get().value == 12


def test_a_problem_is_closed_from_its_page(client: Client, cast: Cast) -> None:
    problem = a_verified_problem(cast, a_year(cast))
    sit(client, cast.secretary)
    address = reverse("meeting:resolve", args=[problem.pk])
    empty = client.get(address).content.decode()
    assert "还没有登记支委会或者党员大会" in empty
    onwards = f"?for={problem.pk}"
    assert reverse("meeting:new") + onwards in empty
    asked = client.get(reverse("meeting:new") + onwards).content.decode()
    assert f'name="for" value="{problem.pk}"' in asked
    registered = client.post(reverse("meeting:new") + LIST + f"支委会&for={problem.pk}", minutes(cast, "支委会"))
    assert registered.headers["Location"] == address
    meeting = Meeting.objects.of(cast.branch.pk).get()
    assert "2026年3月9日支委会（应到3人，实到3人）" in client.get(address).content.decode()
    sums = {"meeting": str(meeting.pk), "in_favour": "4", "against": "0", "abstained": "0"}
    assert "票比人多" in client.post(address, sums).content.decode()
    answer = client.post(address, {**sums, "in_favour": "3"})
    assert answer.status_code == 302
    problem.refresh_from_db()
    assert problem.state == "已销号"


def test_a_warning_is_explained_on_its_page_and_nothing_else_is(client: Client, cast: Cast) -> None:
    cycle = a_year(cast)
    a_life_meeting(cast, cycle, held_on=date(2026, 3, 5))
    a_study(cast, cycle, held_on=DAY)
    sit(client, cast.organiser)
    line = next(li for li in queries.laws(cycle, DAY) if li.law.code == "R13")
    address = reverse("meeting:explain", args=[cycle.pk])
    assert client.get(f"{address}?key=R26").status_code == 404
    assert client.get(f"{address}?key=R13:nonsense").status_code == 404
    assert client.get(f"{address}?key={line.key}").status_code == 200
    client.post(f"{address}?key={line.key}", {"reason": "会后补学"})
    assert "已写明理由：会后补学" in client.get(reverse("meeting:register")).content.decode()


def test_members_look_and_see_who_registers(client: Client, cast: Cast) -> None:
    cycle = a_year(cast)
    meeting = a_meeting(cast, cycle)
    sit(client, cast.member)
    for address in (reverse("meeting:register"), reverse("meeting:new"), reverse("meeting:detail", args=[meeting.pk])):
        page = client.get(address).content.decode()
        assert "会议由书记、副书记或委员照纸面记录登记" in page
    client.post(reverse("meeting:new") + LIST + "支委会", minutes(cast, "支委会"))
    client.post(reverse("meeting:withdraw", args=[meeting.pk]), {"version": "1"})
    assert Meeting.objects.of(cast.branch.pk).get() == meeting


def test_another_branchs_meetings_are_not_there(client: Client, cast: Cast) -> None:
    cycle = a_year(cast)
    a_study(cast, cycle)
    meeting, study, problem = (
        a_meeting(cast, cycle),
        Study.objects.of(cast.branch.pk).get(),
        a_verified_problem(cast, cycle),
    )
    addresses = [
        reverse("meeting:detail", args=[meeting.pk]), reverse("meeting:edit", args=[meeting.pk]),
        reverse("meeting:withdraw", args=[meeting.pk]), reverse("meeting:study", args=[study.pk]),
        reverse("meeting:register", args=[cycle.pk]), reverse("meeting:explain", args=[cycle.pk]) + "?key=R26",
        reverse("meeting:resolve", args=[problem.pk]),
    ]  # fmt: skip
    sit(client, cast.outsider)
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)
    assert [client.post(address, {"version": "1"}).status_code for address in addresses] == [404] * len(addresses)


def test_the_committee_above_looks_and_does_not_register(client: Client, cast: Cast) -> None:
    cycle = a_year(cast)
    meeting = a_meeting(cast, cycle)
    sit(client, cast.clerk)
    assert client.get(reverse("meeting:detail", args=[meeting.pk])).status_code == 200
    assert "由它自己登记" in client.get(reverse("meeting:register", args=[cycle.pk])).content.decode()


def _page_queries(cycle: Cycle, number: DjangoAssertNumQueries, expected: int) -> None:
    with number(expected):
        queries.meetings_of(cycle)
        queries.laws(cycle, DAY)


@pytest.mark.parametrize("more", [0, 3])
def test_the_list_asks_as_often_for_one_meeting_as_for_four(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    cycle = a_year(cast)
    a_life_meeting(cast, cycle, absent={"高七": "住院"})
    for _ in range(more):
        a_meeting(cast, cycle, resolutions=[actions.Motion("一件事", 3)])
    _page_queries(cycle, django_assert_num_queries, 11)


def test_guests_are_read_as_people_write_them() -> None:
    read = read_guests("王某，镇督导组\n\n李某(群众代表)\n 镇纪委 \n张某、村民")
    assert [(g.name, g.capacity) for g in read] == [
        ("王某", "镇督导组"), ("李某", "群众代表"), ("镇纪委", ""), ("张某", "村民")
    ]  # fmt: skip


def test_three_hundred_members_are_registered_in_one_go(client: Client, cast: Cast) -> None:
    many = [NewMember(name=f"党员{n}", kind="正式", since=date(2024, 1, 1)) for n in range(293)]
    take_in_roster(many, by=cast.secretary, at=at())
    a_year(cast)
    sit(client, cast.organiser)
    typed = minutes(cast, "党员大会")
    assert sum(name.startswith("here-") for name in typed) == 301
    typed |= {f"why-{name.removeprefix('here-')}": "" for name in typed if name.startswith("here-")}
    with CaptureQueriesContext(connection) as asked:
        assert client.post(reverse("meeting:new") + LIST + "党员大会", typed).status_code == 302
    assert len(asked) < 100
    assert queries.attendance_counts(Meeting.objects.of(cast.branch.pk).get()).present == 300
