"""The rules of a meeting, number by number, as domain.md states them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bihuan.meeting import rules


@pytest.mark.parametrize(
    ("due", "present", "ok"), [(9, 5, True), (9, 4, False), (10, 5, True), (10, 4, False), (1, 1, True), (0, 0, False)]
)
def test_r1_half_of_those_due_must_be_there(due: int, present: int, ok: bool) -> None:
    law = rules.has_quorum(due, present)
    assert (law.ok, law.hard, law.code) == (ok, True, "R1")
    assert f"应到{due}人，实到{present}人" in law.sentence
    assert law.article == "《中国共产党支部工作条例（试行）》第十一条"


@pytest.mark.parametrize(
    ("due", "favour", "ok"), [(10, 5, False), (10, 6, True), (9, 4, False), (9, 5, True), (3, 2, True), (0, 0, False)]
)
def test_r2_more_than_half_of_those_due_must_agree(due: int, favour: int, ok: bool) -> None:
    assert rules.motion_passes(due, favour).ok is ok


@pytest.mark.parametrize(
    ("due", "present", "ok"), [(5, 3, True), (5, 2, False), (3, 2, True), (3, 1, False), (4, 2, True)]
)
def test_r4_half_of_the_committee_must_be_there(due: int, present: int, ok: bool) -> None:
    assert rules.committee_has_quorum(due, present).ok is ok


def test_r3_there_are_not_more_votes_than_people_with_a_vote() -> None:
    assert rules.votes_fit(7, 5, 1, 1).ok
    assert not rules.votes_fit(7, 6, 1, 1).ok


def test_r5_due_is_present_and_absent() -> None:
    assert rules.counts_agree(7, 5, 2).ok
    assert not rules.counts_agree(8, 5, 2).ok


def test_r10_a_study_on_or_before_the_day_opens_the_meeting() -> None:
    day = date(2026, 3, 9)
    assert rules.study_before_meeting([day], day).ok
    assert not rules.study_before_meeting([date(2026, 3, 10)], day).ok
    assert not rules.study_before_meeting([], day).ok
    assert rules.study_before_meeting([], day).hard


def test_r13_what_belongs_before_is_before_and_the_report_after() -> None:
    day = date(2026, 3, 9)
    assert rules.days_in_order([day], day, report_on=day).ok
    late = rules.days_in_order([date(2026, 3, 12), date(2026, 3, 1)], day)
    assert not late.ok
    assert "有1次" in late.sentence
    assert "2026年3月12日" in late.sentence
    assert not rules.days_in_order([], day, report_on=date(2026, 3, 8)).ok


@pytest.mark.parametrize(("base", "most"), [(10, 3), (11, 3), (12, 4), (2, 0), (0, 0)])
def test_r26_a_third_is_rounded_down(base: int, most: int) -> None:
    assert rules.excellent_ceiling(base, Fraction(1, 3)) == most
    assert rules.excellent_within_ceiling(most, base, Fraction(1, 3), "正式党员").ok
    over = rules.excellent_within_ceiling(most + 1, base, Fraction(1, 3), "正式党员")
    assert (over.ok, over.hard) == (False, False)
    assert f"最多{most}人" in over.sentence


def test_r28_the_grades_add_up() -> None:
    assert rules.ballots_agree(7, {"优秀": 2, "合格": 5}).ok
    wrong = rules.ballots_agree(7, {"优秀": 2, "合格": 4})
    assert not wrong.ok
    assert "合起来6人" in wrong.sentence


def test_r58_everybody_absent_has_a_reason() -> None:
    assert rules.absence_has_reason(0, 0).ok
    assert rules.absence_has_reason(2, 0).ok
    assert not rules.absence_has_reason(2, 1).ok


def test_a_committee_that_decided_nothing_may_have_been_too_small() -> None:
    small = rules.Sheet("支委会", date(2026, 3, 9), 3, 1, 2, 0, 3)
    assert rules.refusing(small, rules.weigh(small)) == []
    deciding = rules.Sheet("支委会", date(2026, 3, 9), 3, 1, 2, 0, 3, decides=True)
    assert [law.code for law in rules.refusing(deciding, rules.weigh(deciding))] == ["R4"]


def test_every_rule_fits_where_a_resolution_keeps_it() -> None:
    law = rules.motion_passes(300, 300, committee=True)
    assert len(f"{law.sentence}（{law.article}）") <= 200
