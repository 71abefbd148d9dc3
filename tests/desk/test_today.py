"""Today is derived: each matter appears to whoever can do it, and to nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.core.access import Refused
from bihuan.cycle.actions import Planned, set_plan
from bihuan.cycle.models import Cycle
from bihuan.cycle.plan import STEPS
from bihuan.cycle.queries import current_cycle, plan_of
from bihuan.desk import actions, demo, first_hour, steps, today
from bihuan.org.models import Org, Seat
from tests.cast import Cast, at

DAY = date(2026, 3, 9)


@pytest.fixture
def seats(installed: None) -> dict[str, Seat]:
    demo.build()
    return {seat.account.login: seat for seat in demo.cast(DAY)}


def titles(seat: Seat) -> list[str]:
    return [matter.title for matter in today.today(seat, current_cycle(seat.org_id), DAY).matters]


def test_the_checker_is_asked_and_the_doer_is_not(seats: dict[str, Seat]) -> None:
    asked = "请核验：渡口村连着两个月没有农技员下田"
    assert {login for login, seat in seats.items() if asked in titles(seat)} == {
        "hanst",
        "yuemg",
        "chengnq",
        "luxm",
        "liuqy",
    }
    assert titles(seats["shidc"]) == []


def test_the_owner_sees_what_is_due_and_others_do_not(seats: dict[str, Seat]) -> None:
    mine = "请整改：农机维修点周末没有人值班"
    assert {login for login, seat in seats.items() if mine in titles(seat)} == {"dinglx"}


def test_only_the_secretary_is_told_of_others_delay(seats: dict[str, Seat]) -> None:
    told = {login: today.today(seat, current_cycle(seat.org_id), DAY).others for login, seat in seats.items()}
    assert "农机维修点周末没有人值班：丁立夏在整改，已过9天。" in told["hanst"]
    assert {login for login, words in told.items() if words} == {"hanst", "xuecb"}  # the two secretaries


def test_a_finished_branch_has_nothing_urgent_left(seats: dict[str, Seat]) -> None:
    assert titles(seats["xuecb"]) == []
    assert titles(seats["fengrn"]) == []


def test_the_nearest_day_comes_first(seats: dict[str, Seat]) -> None:
    matters = today.today(seats["hanst"], current_cycle(seats["hanst"].org_id), DAY).matters
    assert [matter.day for matter in matters] == sorted((m.day for m in matters), key=lambda day: day or date.max)


def test_the_rail_says_what_is_known_and_why_a_step_is_shut(seats: dict[str, Seat]) -> None:
    rail = {view.name: (view.word, view.fact, view.why) for view in steps.thread(seats["hanst"])}
    assert rail["答复上年度问题"] == ("进行中", "3条，已答复2条", "")
    assert rail["谈心谈话"] == ("已完成", "登记了34次", "")
    assert rail["民主评议"] == ("还不能办", "", "先登记组织生活会。")
    assert rail["整改销号"] == ("进行中", "7条，已销号1条", "")


def test_the_rail_asks_twice_however_much_there_is(seats: dict[str, Seat], django_assert_num_queries: object) -> None:
    for login in ("hanst", "xuecb"):
        with django_assert_num_queries(2):  # type: ignore[operator]
            steps.thread(seats[login])


def test_the_rail_and_the_plan_have_the_same_steps_in_the_same_order(seats: dict[str, Seat]) -> None:
    assert {view.code: view.name for view in steps.thread(seats["hanst"])} == STEPS
    assert [view.code for view in steps.thread(seats["hanst"])] == list(STEPS)


def test_a_plan_stands_beside_the_steps_that_are_not_done(seats: dict[str, Seat]) -> None:
    cycle = current_cycle(seats["hanst"].org_id)
    assert cycle is not None
    planned = [Planned("appraisal", DAY), Planned("talks", DAY)]
    set_plan(cycle, steps=planned, by=seats["hanst"], at=at())
    rail = {v.code: v.planned for v in steps.with_plan(steps.steps(cycle), plan_of(cycle))}
    assert (rail["appraisal"], rail["talks"], rail["report"]) == (f"{DAY.month}月{DAY.day}日以前", "", "")


def test_before_the_study_the_meeting_is_shut(cast: Cast) -> None:
    assert current_cycle(cast.branch.pk) is None
    assert steps.thread(cast.secretary) == []


def test_the_five_questions_answer_themselves_from_records(seats: dict[str, Seat], cast: Cast) -> None:
    assert [q.answered for q in first_hour.questions(None, DAY)] == [False] * 5
    assert [bool(q.why) for q in first_hour.questions(None, DAY)] == [False, True, True, True, True]
    assert [q.answered for q in first_hour.questions(cast.secretary, DAY)] == [True, True, True, False, False]
    assert [q.answered for q in first_hour.questions(seats["hanst"], DAY)] == [True] * 5


def test_a_year_of_history_is_not_the_year_one_is_busy_with(seats: dict[str, Seat]) -> None:
    years = set(Cycle.objects.of(seats["hanst"].org_id).values_list("year", flat=True))
    cycle = current_cycle(seats["hanst"].org_id)
    assert years == {2024, 2025}
    assert cycle is not None
    assert cycle.year == 2025


def test_whoever_is_somebody_already_founds_no_branch_of_his_own(cast: Cast) -> None:
    with pytest.raises(Refused, match="已经属于一位党员"):
        actions.begin(cast.member.account, name="另立的支部", superior="中共样例镇委员会", year=2025, at=at())
    assert not Org.objects.everywhere("nothing was made").filter(name="另立的支部").exists()
