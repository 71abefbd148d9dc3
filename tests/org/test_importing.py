"""A table is compared with today's roster; nothing is kept until somebody looked; next month shows the difference."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.core import audit
from bihuan.core.access import Refused
from bihuan.core.models import Entry
from bihuan.org import actions, comparing, queries, roster
from bihuan.org.models import Membership, Person
from tests.cast import DAY, Cast, at, person_named
from tests.org.test_tables import ID, office_book, packed

HEAD = "姓名\t类别\t入党日期\t转正日期\t职务\n"
TODAY = (
    "赵一\t正式\t\t\t书记\n钱二\t正式\t\t\t组织委员\n周三\t正式\t\t\t纪检委员\n孙四\t正式\n郭五\t正式\n何六\t正式\n"
    "高七\t正式\n李八\t预备\n"
)


def compared(cast: Cast, text: str) -> comparing.Comparison:
    org = cast.branch.pk
    return comparing.compare(roster.parse(HEAD + text), queries.roster(org, DAY), queries.former_members(org, DAY))


def test_the_same_table_changes_nothing(cast: Cast) -> None:
    found = compared(cast, TODAY)
    assert (found.new, found.changed, found.missing, found.wrong) == ([], [], [], [])
    assert len(found.same) == 8


def test_new_changed_and_missing_are_told_apart(cast: Cast) -> None:
    table = TODAY.replace("李八\t预备", "李八\t正式\t2025.3.1\t2026.3.1").replace("何六\t正式\n", "新来\t正式\n")
    found = compared(cast, table.replace("孙四\t正式", "孙四\t正式\t\t\t宣传委员"))
    assert [line.name for line, _ in found.new] == ["新来"]
    assert {c.member.person.name: c.words for c in found.changed} == {
        "孙四": ("职务由没有改为宣传委员",),
        "李八": ("预备党员转正，2026年3月1日起", "入党日期补上2025年3月1日"),
    }
    assert [m.person.name for m in found.missing] == ["何六"]


def test_a_full_member_does_not_become_probationary(cast: Cast) -> None:
    found = compared(cast, "高七\t预备\n")
    assert ["已经是正式党员" in line.wrong[0] for line in found.wrong] == [True]


def test_two_of_one_name_on_the_roster_must_be_told_apart(cast: Cast) -> None:
    actions.take_in_roster([actions.NewMember(name="高七", kind="正式", mark="小")], by=cast.secretary, at=at())
    assert compared(cast, "高七\t正式\n").same, "the one without a mark is meant"
    Person.objects.of(cast.branch.pk).filter(name="高七", mark="").update(mark="大")
    assert "请写明是哪一位" in compared(cast, "高七\t正式\n").wrong[0].wrong[0]


def changes(cast: Cast) -> actions.RosterChanges:
    he = Membership.objects.of(cast.branch.pk).select_related("person").get(person__name="何六")
    li = Membership.objects.of(cast.branch.pk).select_related("person").get(person__name="李八")
    return actions.RosterChanges(
        since=DAY,
        new=[actions.NewMember(name="新来", kind="正式", since=DAY)],
        corrections=[actions.Correction(li, full_on=date(2026, 3, 1), joined_party_on=date(2025, 3, 1))],
        leaving=[actions.Leaving(he, "转出", "样组〔2026〕3号")],
    )


def test_changes_are_dated_and_each_leaves_its_line(cast: Cast) -> None:
    lines = Entry.objects.count()
    assert actions.apply_roster(changes(cast), by=cast.secretary, at=at()) == 3
    verbs = [e.line.partition('"verb":"')[2].partition('"')[0] for e in Entry.objects.order_by("pk")[lines:]]
    assert sorted(verbs) == sorted(
        ["org.membership.ended", "org.person.joining_corrected", "org.membership.kind_changed",
         "org.membership.kind_changed", "org.roster.taken_in", "org.roster.applied"]
    )  # fmt: skip
    due = {
        day: {p.name for p in queries.due_on(cast.branch.pk, day)} for day in (date(2026, 2, 28), date(2026, 3, 8), DAY)
    }
    assert "何六" in due[date(2026, 3, 8)]
    assert "何六" not in due[DAY]
    assert "新来" in due[DAY]
    assert "新来" not in due[date(2026, 3, 8)]
    assert "李八" in due[date(2026, 3, 8)]
    assert "李八" not in due[date(2026, 2, 28)]
    gone = Membership.objects.of(cast.branch.pk).get(person__name="何六")
    assert (gone.until, gone.went_by, gone.went_paper) == (date(2026, 3, 8), "转出", "样组〔2026〕3号")


def test_one_wrong_thing_keeps_all_of_it_out(cast: Cast) -> None:
    wanted = changes(cast)
    both = actions.RosterChanges(
        since=DAY, new=[*wanted.new, actions.NewMember(name="又来", kind="正式", since=DAY, title="书记")],
        leaving=wanted.leaving,
    )  # fmt: skip
    with pytest.raises(Refused, match="书记只有一位"):
        actions.apply_roster(both, by=cast.secretary, at=at())
    assert {m.person.name for m in queries.roster(cast.branch.pk, DAY)} >= {"何六"}
    assert not Person.objects.of(cast.branch.pk).filter(name="新来").exists()


def test_how_somebody_went_must_be_said(cast: Cast) -> None:
    he = changes(cast).leaving[0].membership
    with pytest.raises(Refused, match="怎么走的"):
        actions.apply_roster(
            actions.RosterChanges(since=DAY, leaving=[actions.Leaving(he, "")]), by=cast.secretary, at=at()
        )


def test_somebody_who_comes_back_is_the_same_person(cast: Cast) -> None:
    actions.apply_roster(changes(cast), by=cast.secretary, at=at())
    found = compared(cast, "何六\t正式\n")
    assert [person.name for _, person in found.new if person] == ["何六"]


def test_a_member_may_not_take_over_a_table(cast: Cast) -> None:
    with pytest.raises(Refused, match="名册由书记"):
        actions.apply_roster(changes(cast), by=cast.member, at=at())


def test_from_the_file_to_the_roster_without_keeping_the_file(cast: Cast, client: Client) -> None:
    client.force_login(cast.secretary.account)
    file = SimpleUploadedFile("名册.xlsx", packed(office_book()))
    looked = client.post(reverse("org:paste"), {"table": file, "complete": "on"})
    page = looked.content.decode()
    assert "新收进来的" in page
    assert "隐藏的1行没有读" in page
    assert ID not in page
    assert "110105194912310020" not in page
    assert not Person.objects.of(cast.branch.pk).filter(name="甲一").exists()
    carried = looked.context["form"].data["roster"].replace("书记", "委员")
    people = {m.person.name: m.person.pk for m in queries.roster(cast.branch.pk, DAY)}
    went = {f"went-{pk}": "stays" for pk in people.values()} | {f"went-{people['何六']}": "转出"}
    kept = client.post(reverse("org:paste"), {"roster": carried, "complete": "on", "save": "1", **went})
    assert kept.status_code == 302, kept.content.decode()
    assert Membership.objects.of(cast.branch.pk).filter(person__name="甲一", until=None).exists()
    assert Membership.objects.of(cast.branch.pk).get(person__name="何六").went_by == "转出"
    assert Membership.objects.of(cast.branch.pk).get(person__name="高七").until is None
    again = client.post(reverse("org:paste"), {"roster": carried}).content.decode()
    assert "4人和名册一样" in again


def test_leaving_takes_the_post_along(cast: Cast) -> None:
    zhou = Membership.objects.of(cast.branch.pk).get(person__name="周三")
    actions.end_membership(zhou, until=DAY, went_by="去世", by=cast.secretary, at=at())
    assert person_named(cast.branch, "周三").posts.get().until == DAY


def test_the_roster_of_another_day(cast: Cast, client: Client) -> None:
    actions.apply_roster(changes(cast), by=cast.secretary, at=at())
    client.force_login(cast.secretary.account)
    then = client.get(reverse("org:members"), {"on": "2026.3.8"}).content.decode()
    assert "2026年3月8日名册上有8名党员" in then
    assert "何六" in then
    before = client.get(reverse("org:members"), {"on": "2019年1月1日"}).content.decode()
    assert "那一天名册上还没有人" in before


def test_a_large_roster_is_not_written_one_by_one(cast: Cast) -> None:
    asked = []
    for start, count in ((0, 10), (1000, 150)):
        new = [actions.NewMember(name=f"样{i}", kind="正式", since=DAY) for i in range(start, start + count)]
        with CaptureQueriesContext(connection) as queries_made:
            actions.apply_roster(actions.RosterChanges(since=DAY, new=new), by=cast.secretary, at=at())
        asked.append(len(queries_made))
    assert asked[1] - asked[0] < 150 / 20, "SQLite takes some dozens of rows in one statement, never one by one"
    assert Entry.objects.filter(line__contains='"verb":"org.roster.taken_in"').count() >= 160
    assert audit.verify(cast.branch.pk)[1] == []
