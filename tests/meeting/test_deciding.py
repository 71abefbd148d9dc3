"""What a meeting decides about problems and reports: by arithmetic, never by a tick."""

from __future__ import annotations

import pytest

from bihuan.core import ids
from bihuan.core.access import Refused
from bihuan.ledger.models import Decision
from bihuan.meeting import actions
from bihuan.meeting.models import Resolution
from tests.cast import Cast, at
from tests.meeting.make import a_group, a_group_meeting, a_meeting, a_verified_problem, a_year, sheet


def test_a_committee_closes_a_checked_problem(cast: Cast) -> None:
    cycle = a_year(cast)
    problem, meeting = a_verified_problem(cast, cycle), a_meeting(cast, cycle)
    resolution = actions.resolve_closing(meeting, problem, in_favour=2, against=1, by=cast.secretary, at=at(12))
    problem.refresh_from_db()
    decision = Decision.objects.of(cast.branch.pk).get()
    assert (resolution.passed, problem.state) == (True, "已销号")
    assert (decision.meeting, decision.label, decision.passed) == (meeting.pk, "2026年3月9日支委会", True)
    assert (resolution.about_kind, resolution.about) == ("ledger.problem", problem.pk)


def test_too_few_votes_send_it_back_and_the_meeting_may_vote_again(cast: Cast) -> None:
    cycle = a_year(cast)
    problem, meeting = a_verified_problem(cast, cycle), a_meeting(cast, cycle)
    resolution = actions.resolve_closing(meeting, problem, in_favour=1, against=2, by=cast.secretary, at=at(12))
    problem.refresh_from_db()
    assert (resolution.passed, problem.state) == (False, "退回")


def test_one_meeting_decides_several_problems_each_once(cast: Cast) -> None:
    cycle = a_year(cast)
    meeting = a_meeting(cast, cycle)
    for problem in (a_verified_problem(cast, cycle), a_verified_problem(cast, cycle)):
        actions.resolve_closing(meeting, problem, in_favour=3, by=cast.secretary, at=at(12))
    assert Resolution.objects.of(cast.branch.pk).filter(passed=True).count() == 2
    with pytest.raises(Refused, match="不用再表决"):
        actions.resolve_closing(meeting, problem, in_favour=3, by=cast.secretary, at=at(13))


def test_a_problem_nobody_checked_is_not_closed_and_nothing_is_kept(cast: Cast) -> None:
    from bihuan.ledger.actions import problems

    cycle = a_year(cast)
    problem = problems.raise_problem(cycle=cycle, statement="一个问题", origin_kind="自查", by=cast.secretary, at=at())
    with pytest.raises(Refused):
        actions.resolve_closing(a_meeting(cast, cycle), problem, in_favour=3, by=cast.secretary, at=at(12))
    assert not Resolution.objects.of(cast.branch.pk).exists()
    assert not Decision.objects.of(cast.branch.pk).exists()


def test_r4_too_few_of_the_committee_cannot_close(cast: Cast) -> None:
    cycle = a_year(cast)
    problem = a_verified_problem(cast, cycle)
    meeting = a_meeting(cast, cycle, absent={"钱二": "出差", "周三": "住院"}, recorder=cast.person(cast.secretary))
    with pytest.raises(Refused, match="不能作决定"):
        actions.resolve_closing(meeting, problem, in_favour=1, by=cast.secretary, at=at(12))
    problem.refresh_from_db()
    assert problem.state == "待核验"


def test_a_group_and_a_member_decide_nothing(cast: Cast) -> None:
    cycle = a_year(cast)
    problem = a_verified_problem(cast, cycle)
    group = a_group_meeting(cast, cycle, a_group(cast, "孙四", "郭五"))
    with pytest.raises(Refused, match="党小组会不作决定"):
        actions.resolve_closing(group, problem, in_favour=4, by=cast.secretary, at=at(12))
    with pytest.raises(Refused, match="照纸面记录登记"):
        actions.resolve_closing(a_meeting(cast, cycle), problem, in_favour=3, by=cast.member, at=at(12))


def test_the_general_meeting_counts_all_members_due(cast: Cast) -> None:
    cycle = a_year(cast)
    problem = a_verified_problem(cast, cycle)
    meeting = a_meeting(cast, cycle, "党员大会", absent={"高七": "住院"})
    assert not actions.resolve_closing(meeting, problem, in_favour=3, by=cast.secretary, at=at(12)).passed


def test_a_correction_may_not_turn_a_decision_over(cast: Cast) -> None:
    cycle = a_year(cast)
    problem, meeting = a_verified_problem(cast, cycle), a_meeting(cast, cycle)
    actions.resolve_closing(meeting, problem, in_favour=2, by=cast.secretary, at=at(12))
    fewer = actions.Minutes(
        meeting.form, meeting.occurred_on, meeting.topic, meeting.place, meeting.chair_id, meeting.chair_id,
        sheet(cast, "支委会", absent={"钱二": "出差", "周三": "出差"}),
    )  # fmt: skip
    with pytest.raises(Refused, match="不能作决定"):
        actions.correct_meeting(meeting, minutes=fewer, seen_version=1, by=cast.secretary, at=at(13))
    assert Resolution.objects.of(cast.branch.pk).get().passed


def test_a_report_is_approved_by_the_same_arithmetic(cast: Cast) -> None:
    cycle = a_year(cast)
    meeting, draft = a_meeting(cast, cycle), ids.new_id()
    no = actions.resolve_approval(
        meeting, about=draft, item="同意上报情况报告", in_favour=1, by=cast.secretary, at=at(12)
    )
    yes = actions.resolve_approval(
        meeting, about=draft, item="同意上报情况报告", in_favour=3, by=cast.secretary, at=at(13)
    )
    assert (no.passed, yes.passed, yes.about_kind, yes.about) == (False, True, "report.draft", draft)
