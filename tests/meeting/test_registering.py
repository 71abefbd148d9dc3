"""Registering meetings from paper, through the actions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.core import audit
from bihuan.core.access import Refused, Stale
from bihuan.core.models import Entry
from bihuan.cycle.models import GateFact
from bihuan.meeting import actions, queries
from bihuan.meeting.models import Attendance, Guest, Meeting, Resolution
from bihuan.org import actions as org_actions
from tests.cast import DAY, Cast, at, person_named
from tests.meeting.make import (
    a_group,
    a_group_meeting,
    a_life_meeting,
    a_meeting,
    a_study,
    a_verified_problem,
    a_year,
    sheet,
)


def minutes(cast: Cast, meeting: Meeting, **changes: object) -> actions.Minutes:
    """The same minutes as registered, with what is to be put right."""
    given: dict[str, object] = {
        "form": meeting.form, "held_on": meeting.occurred_on, "topic": meeting.topic, "place": meeting.place,
        "chair": meeting.chair_id, "recorder": meeting.recorder_id, "is_life_meeting": meeting.is_life_meeting,
        "is_appraisal": meeting.is_appraisal,
        "attendance": [actions.Line(a.person_id, a.present, a.absent) for a in queries.attendance_of(meeting)],
    }  # fmt: skip
    return actions.Minutes(**{**given, **changes})  # type: ignore[arg-type]


def test_the_numbers_come_from_the_lines_and_the_probationary_stand_apart(cast: Cast) -> None:
    meeting = a_life_meeting(
        cast, a_year(cast), absent={"高七": "住院"}, guests=[actions.GuestLine("镇督导组", "督导")]
    )
    counts = queries.attendance_counts(meeting)
    assert (counts.due, counts.present, counts.absent, counts.not_counted, counts.others_present, counts.guests) == (
        7, 6, 1, 1, 1, 1
    )  # fmt: skip
    li = Attendance.objects.of(cast.branch.pk).get(person__name="李八")
    assert (li.counted, li.not_counted) == (False, "预备党员没有表决权")


def test_r1_a_general_meeting_of_too_few_is_refused(cast: Cast) -> None:
    away = dict.fromkeys(("孙四", "郭五", "何六", "高七"), "出差")
    with pytest.raises(Refused, match=r"应到7人，实到3人，至少要到4人.*第十一条"):
        a_meeting(cast, a_year(cast), "党员大会", absent=away)
    assert not Meeting.objects.of(cast.branch.pk).exists()
    del away["孙四"]
    assert queries.attendance_counts(a_meeting(cast, a_year(cast), "党员大会", absent=away)).present == 4


def test_r3_a_member_disciplined_that_day_does_not_make_a_quorum(cast: Cast) -> None:
    for name in ("何六", "高七"):
        org_actions.state_standing(
            person_named(cast.branch, name), kind="留党察看", reason="样例决定", since=date(2026, 1, 1), until=None,
            by=cast.secretary, at=at(),
        )  # fmt: skip
    away = dict.fromkeys(("周三", "孙四", "郭五"), "出差")
    with pytest.raises(Refused, match="应到5人，实到2人"):
        a_meeting(cast, a_year(cast), "党员大会", absent=away)


def test_r4_a_committee_of_too_few_may_meet_but_not_decide(cast: Cast) -> None:
    cycle = a_year(cast)
    alone = {"钱二": "出差", "周三": "出差"}
    zhao = person_named(cast.branch, "赵一")
    a_meeting(cast, cycle, absent=alone, recorder=zhao)
    with pytest.raises(Refused, match=r"支委应到3人，实到1人.*第十二条"):
        a_meeting(cast, cycle, absent=alone, recorder=zhao, resolutions=[actions.Motion("一件事", 1)])


def test_r10_without_a_study_there_is_no_life_meeting(cast: Cast) -> None:
    cycle = a_year(cast)
    with pytest.raises(Refused, match="没有登记集中学习"):
        a_meeting(cast, cycle, "党员大会", is_life_meeting=True)
    a_study(cast, cycle, held_on=DAY)
    a_meeting(cast, cycle, "党员大会", is_life_meeting=True)
    found = queries.life_meeting(cycle)
    assert found is not None
    assert found.label == "2026年3月9日组织生活会"


def test_r58_an_absence_without_a_reason_needs_one_for_the_record(cast: Cast) -> None:
    cycle = a_year(cast)
    with pytest.raises(actions.Doubtful, match="有1人没有写事由") as doubt:
        a_meeting(cast, cycle, "党员大会", absent={"高七": ""})
    assert [law.code for law in doubt.value.laws] == ["R58"]
    meeting = a_meeting(cast, cycle, "党员大会", absent={"高七": ""}, despite="纸面记录上没有写")
    lines = {line.law.code: line for line in queries.laws_of_meeting(meeting, cycle)}
    assert (lines["R58"].law.ok, lines["R58"].reason, lines["R58"].open) == (False, "纸面记录上没有写", False)
    assert GateFact.objects.of(cast.branch.pk).count() == 1


def test_r5_a_roster_changed_afterwards_shows_and_can_be_put_right(cast: Cast) -> None:
    cycle = a_year(cast)
    meeting = a_life_meeting(cast, cycle)
    assert all(line.law.ok for line in queries.laws(cycle, DAY))
    late = org_actions.NewMember(name="冯十一", kind="正式", since=date(2026, 1, 1))
    org_actions.take_in_roster([late], by=cast.secretary, at=at())
    r5 = next(line for line in queries.laws(cycle, DAY) if line.law.code == "R5")
    assert "应到8人，实到7人，缺席0人，对不上" in r5.law.sentence
    lines = sheet(cast, "党员大会", absent={"冯十一": "外出"})
    actions.correct_meeting(
        meeting, minutes=minutes(cast, meeting, attendance=lines), seen_version=1, by=cast.organiser, at=at()
    )
    assert all(line.law.ok for line in queries.laws(cycle, DAY))
    assert queries.attendance_counts(meeting).due == 8


def test_nobody_is_left_out_and_nobody_is_made_up(cast: Cast) -> None:
    cycle = a_year(cast)
    with pytest.raises(Refused, match="还有1人没有登记"):
        a_meeting(cast, cycle, "党员大会", attendance=sheet(cast, "党员大会", left_out=["高七"]))
    stranger = actions.Line(person_named(cast.other_branch, "吴九").pk, True)
    with pytest.raises(Refused, match="不在应到的名册上"):
        a_meeting(cast, cycle, "党员大会", attendance=[*sheet(cast, "党员大会"), stranger])
    with pytest.raises(Refused, match="缺席"):
        a_meeting(cast, cycle, "党员大会", absent={"赵一": "出差"})
    with pytest.raises(Refused, match="还没有到"):
        a_meeting(cast, cycle, held_on=DAY + timedelta(days=1))
    with pytest.raises(Refused, match="名册上选"):
        a_meeting(cast, cycle, chair=person_named(cast.other_branch, "吴九"))


def test_somebody_long_away_is_not_counted_with_the_reason(cast: Cast) -> None:
    lines = sheet(cast, "党员大会", absent={"高七": "出国"}, uncounted={"高七": "出国超过半年"})
    meeting = a_meeting(cast, a_year(cast), "党员大会", attendance=lines)
    counts = queries.attendance_counts(meeting)
    assert (counts.due, counts.absent, counts.not_counted) == (6, 0, 2)


def test_a_group_meeting_names_its_own_people_and_decides_nothing(cast: Cast) -> None:
    cycle = a_year(cast)
    group = a_group(cast, "孙四", "郭五", "何六", "李八")
    meeting = a_group_meeting(cast, cycle, group)
    assert meeting.label == "2026年3月9日第一党小组会"
    assert queries.attendance_counts(meeting).due == 3
    assert queries.meeting_choices(cycle) == []
    with pytest.raises(Refused, match="党小组会不作决定"):
        a_group_meeting(cast, cycle, group, resolutions=[actions.Motion("一件事", 4)])


@pytest.mark.parametrize(("favour", "passed"), [(3, False), (4, True)])
def test_r2_a_motion_is_counted_by_those_due(cast: Cast, favour: int, passed: bool) -> None:
    a_meeting(
        cast, a_year(cast), "党员大会", absent={"高七": "住院", "何六": "出差"},
        resolutions=[actions.Motion("定下整改方案", favour, abstained=5 - favour)],
    )  # fmt: skip
    resolution = Resolution.objects.of(cast.branch.pk).get()
    assert resolution.passed is passed
    assert "应到会有表决权的党员7人，赞成要超过半数，也就是至少4票" in resolution.rule


def test_more_votes_than_voters_are_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="票比人多"):
        a_meeting(cast, a_year(cast), "党员大会", resolutions=[actions.Motion("一件事", 8)])


def test_a_correction_is_seen_by_the_other_tab_and_in_the_chain(cast: Cast) -> None:
    cycle = a_year(cast)
    meeting = a_meeting(cast, cycle, "党员大会", guests=[actions.GuestLine("镇督导组")])
    right = minutes(cast, meeting, place="二楼会议室", attendance=sheet(cast, "党员大会", absent={"高七": "住院"}))
    actions.correct_meeting(meeting, minutes=right, seen_version=1, by=cast.organiser, at=at(10))
    meeting.refresh_from_db()
    assert (meeting.place, meeting.version) == ("二楼会议室", 2)
    assert Attendance.objects.of(cast.branch.pk).get(person__name="高七").version == 2
    assert Attendance.objects.of(cast.branch.pk).get(person__name="孙四").version == 1
    assert not Guest.objects.of(cast.branch.pk).exists()
    with pytest.raises(Stale):
        actions.correct_meeting(meeting, minutes=right, seen_version=1, by=cast.secretary, at=at(11))
    line = Entry.objects.filter(line__contains="meeting.meeting.corrected").get().line
    assert '"fields":["attendance","guests","place"]' in line
    assert "住院" not in line
    assert audit.verify()[1] == []


def test_a_member_may_not_register_and_another_branch_may_not_correct(cast: Cast) -> None:
    cycle = a_year(cast)
    meeting = a_meeting(cast, cycle)
    with pytest.raises(Refused, match="照纸面记录登记"):
        a_meeting(cast, cycle, by=cast.member)
    with pytest.raises(Refused, match="不在本支部"):
        actions.correct_meeting(meeting, minutes=minutes(cast, meeting), seen_version=1, by=cast.outsider, at=at())
    assert not Meeting.objects.visible_to(cast.outsider).exists()
    assert Meeting.objects.visible_to(cast.clerk).count() == 1


def test_a_double_registration_is_withdrawn_unless_it_decided_something(cast: Cast) -> None:
    cycle = a_year(cast)
    twice = a_meeting(cast, cycle, resolutions=[actions.Motion("一件事", 3)])
    actions.withdraw_meeting(twice, seen_version=1, by=cast.organiser, at=at())
    assert not Meeting.objects.of(cast.branch.pk).exists()
    problem, meeting = a_verified_problem(cast, cycle), a_meeting(cast, cycle)
    actions.resolve_closing(meeting, problem, in_favour=3, by=cast.secretary, at=at(12))
    with pytest.raises(Refused, match="决定过销号"):
        actions.withdraw_meeting(meeting, seen_version=1, by=cast.organiser, at=at())


def test_of_several_life_meetings_the_general_one_counts(cast: Cast) -> None:
    cycle = a_year(cast)
    general = a_life_meeting(cast, cycle, held_on=DAY - timedelta(days=2))
    a_meeting(cast, cycle, "支委会", is_life_meeting=True)
    assert queries.life_meeting(cycle) == general
    assert [row.meeting.form for row in queries.meetings_of(cycle)] == ["支委会", "党员大会"]


def test_an_appraisal_outside_a_general_meeting_is_doubted(cast: Cast) -> None:
    with pytest.raises(actions.Doubtful, match="测评要在党员大会上做"):
        a_meeting(cast, a_year(cast), "支委会", is_appraisal=True)
