"""Studies and counts from paper records."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from bihuan.core.access import Refused, Stale
from bihuan.cycle.actions import set_policy
from bihuan.cycle.policy import Policy
from bihuan.meeting import actions, queries
from bihuan.meeting.actions import Count
from bihuan.meeting.models import Study
from tests.cast import DAY, Cast, at
from tests.meeting.make import a_life_meeting, a_study, a_year

GRADES = {"polled": 7, "excellent": 2, "qualified": 5, "basically_qualified": 0, "unqualified": 0, "probationary": 1}


def counted(numbers: dict[str, int]) -> dict[str, Count]:
    return {code: Count(value, "评议情况汇总表") for code, value in numbers.items()}


def test_counts_are_kept_with_their_source_and_changed_in_place(cast: Cast) -> None:
    cycle = a_year(cast)
    actions.register_figures(cycle, values={"opinions": Count(12, "征求意见汇总表")}, by=cast.organiser, at=at())
    kept = actions.register_figures(
        cycle, values={"opinions": Count(13, "征求意见汇总表"), "criticisms": Count(9, "批评意见汇总表")},
        seen={"opinions": 1, "criticisms": 0}, by=cast.organiser, at=at(),
    )  # fmt: skip
    assert {code: (f.value, f.shown_by, f.version) for code, f in kept.items()} == {
        "opinions": (13, "征求意见汇总表", 2), "criticisms": (9, "批评意见汇总表", 1)
    }  # fmt: skip
    kept = actions.register_figures(cycle, values={"opinions": None}, by=cast.organiser, at=at())
    assert set(kept) == {"criticisms"}


def test_a_number_without_a_source_or_a_name_is_refused(cast: Cast) -> None:
    cycle = a_year(cast)
    with pytest.raises(Refused, match="出自哪份记录"):
        actions.register_figures(cycle, values={"opinions": Count(12, " ")}, by=cast.organiser, at=at())
    with pytest.raises(Refused, match="不在登记表里"):
        actions.register_figures(cycle, values={"likes": Count(12, "手机")}, by=cast.organiser, at=at())
    with pytest.raises(Refused, match="照纸面记录登记"):
        actions.register_figures(cycle, values={"opinions": Count(1, "汇总表")}, by=cast.member, at=at())


def test_the_second_of_two_tabs_sees_the_first(cast: Cast) -> None:
    cycle = a_year(cast)
    one = {"opinions": Count(12, "征求意见汇总表")}
    actions.register_figures(cycle, values=one, by=cast.organiser, at=at())
    actions.register_figures(
        cycle, values={"opinions": Count(13, "征求意见汇总表")}, seen={"opinions": 1}, by=cast.organiser, at=at()
    )
    with pytest.raises(Stale):
        actions.register_figures(
            cycle, values={"opinions": Count(14, "另一份")}, seen={"opinions": 1}, by=cast.secretary, at=at()
        )


def test_r28_grades_that_do_not_add_up_need_a_reason(cast: Cast) -> None:
    cycle = a_year(cast)
    with pytest.raises(actions.Doubtful, match="合起来6人，定等次的7人"):
        actions.register_figures(cycle, values=counted({**GRADES, "qualified": 4}), by=cast.organiser, at=at())
    assert queries.figures(cycle) == {}
    actions.register_figures(
        cycle, values=counted({**GRADES, "qualified": 4}), despite="一位党员暂缓定等次", by=cast.organiser, at=at()
    )
    r28 = next(line for line in queries.laws(cycle, DAY) if line.law.code == "R28")
    assert (r28.law.ok, r28.reason) == (False, "一位党员暂缓定等次")


def test_r26_the_ceiling_follows_the_base_and_ratio_of_the_year(cast: Cast) -> None:
    cycle = a_year(cast)
    actions.register_figures(cycle, values=counted(GRADES), by=cast.organiser, at=at())
    assert next(li for li in queries.laws(cycle, DAY) if li.law.code == "R26").law.sentence == (
        "正式党员7人，优秀最多2人，登记了2人，没有超过。"
    )
    with pytest.raises(actions.Doubtful, match="优秀最多2人，登记了3人，多了1人"):
        actions.register_figures(cycle, values=counted({"excellent": 3, "qualified": 4}), by=cast.organiser, at=at())
    set_policy(cycle, policy=Policy(excellent_ratio=Fraction(1, 2), excellent_base="参评党员"),
               seen_version=None, by=cast.secretary, at=at())  # fmt: skip
    actions.register_figures(cycle, values=counted({"excellent": 3, "qualified": 4}), by=cast.organiser, at=at())
    cycle.refresh_from_db()
    r26 = next(li for li in queries.laws(cycle, DAY) if li.law.code == "R26")
    assert r26.law.sentence == "参评党员7人，优秀最多3人，登记了3人，没有超过。"


def test_r25_probationary_members_stand_apart_and_are_not_made_up(cast: Cast) -> None:
    cycle = a_year(cast)
    with pytest.raises(actions.Doubtful, match="名册上有1人"):
        actions.register_figures(cycle, values=counted({"probationary": 2}), by=cast.organiser, at=at())


def test_r13_a_study_after_the_meeting_shows(cast: Cast) -> None:
    cycle = a_year(cast)
    a_life_meeting(cast, cycle, held_on=DAY - timedelta(days=5))
    a_study(cast, cycle, held_on=DAY)
    r13 = next(line for line in queries.laws(cycle, DAY) if line.law.code == "R13")
    assert not r13.law.ok
    actions.explain(cycle, key=r13.key, reason="会后又学了一次，不算会前学习", by=cast.organiser, at=at())
    assert not next(line for line in queries.laws(cycle, DAY) if line.law.code == "R13").open


def test_the_only_study_before_the_meeting_cannot_be_moved_behind_it(cast: Cast) -> None:
    cycle = a_year(cast)
    a_life_meeting(cast, cycle, held_on=DAY - timedelta(days=5))
    study = Study.objects.of(cast.branch.pk).get()
    with pytest.raises(Refused, match="只登记了这一次学习"):
        actions.correct_study(study, held_on=DAY, topic="样例文件", seen_version=1, by=cast.organiser, at=at())
    actions.correct_study(
        study, held_on=DAY - timedelta(days=5), topic="样例文件二", seen_version=1, by=cast.organiser, at=at()
    )
    study.refresh_from_db()
    assert (study.topic, study.version) == ("样例文件二", 2)
    with pytest.raises(Stale):
        actions.correct_study(study, held_on=DAY, topic="别的", seen_version=1, by=cast.organiser, at=at())
    with pytest.raises(Refused, match="还没有到"):
        a_study(cast, cycle, held_on=DAY + timedelta(days=1))
