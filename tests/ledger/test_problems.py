"""Raising a problem, its numbers, its causes, and beginning to work."""

from __future__ import annotations

import pytest

from bihuan.core.access import Refused, Stale
from bihuan.cycle.actions import open_cycle
from bihuan.ledger.actions import problems
from bihuan.ledger.models import Origin, Problem
from tests.cast import Cast, at, person_named
from tests.ledger.make import a_cycle, a_measure, a_problem, at_work, claimed, fresh


def test_numbers_follow_one_another_in_a_year(cast: Cast) -> None:
    assert [a_problem(cast).no for _ in range(3)] == ["25-01", "25-02", "25-03"]
    special = open_cycle(year=2025, kind="专题", seq=1, by=cast.secretary, at=at())
    assert a_problem(cast, cycle=special).no == "25专1-01"
    assert a_problem(cast).no == "25-04"


def test_a_problem_waits_for_the_committee_and_keeps_where_it_came_from(cast: Cast) -> None:
    problem = a_problem(cast)
    assert (problem.state, problem.origin.kind, problem.origin.words) == (
        "待支委会研究", "意见", "名单哪天贴的都不晓得"
    )  # fmt: skip


@pytest.mark.parametrize("field", ["statement", "example", "origin_words"])
def test_words_with_a_secrecy_marking_are_not_taken_in(cast: Cast, field: str) -> None:
    with pytest.raises(Refused, match="严禁录入涉密信息"):
        a_problem(cast, **{field: "机密★10年 某文件没有传达"})
    assert not Problem.objects.of(cast.branch.pk).exists()
    assert not Origin.objects.of(cast.branch.pk).exists()


def test_a_personal_problem_names_its_person(cast: Cast) -> None:
    with pytest.raises(Refused, match="个人问题要写明是谁的"):
        a_problem(cast, subject="个人")
    with pytest.raises(Refused, match="不写个人的名字"):
        a_problem(cast, person=person_named(cast.branch, "孙四"))
    with pytest.raises(Refused, match="王十不在本支部的名册上"):
        a_problem(cast, subject="个人", person=person_named(cast.other_branch, "王十"))


def test_a_member_raises_their_own_personal_problem_and_nobody_elses(cast: Cast) -> None:
    mine = a_problem(cast, subject="个人", person=cast.person(cast.member), by=cast.member)
    assert mine.person == cast.person(cast.member)
    with pytest.raises(Refused, match="别人的个人问题"):
        a_problem(cast, subject="个人", person=cast.person(cast.probationer), by=cast.member)


def test_a_year_of_another_branch_is_refused(cast: Cast) -> None:
    theirs = open_cycle(year=2025, by=cast.outsider, at=at())
    with pytest.raises(Refused, match="这个年度是别的支部的"):
        a_problem(cast, cycle=theirs)


def test_work_starts_with_a_cause_and_a_complete_measure(cast: Cast) -> None:
    problem = a_problem(cast)
    with pytest.raises(Refused, match=r"还没有写原因.*还没有措施"):
        problems.start_work(problem, by=cast.secretary, at=at())
    problems.add_cause(problem, text="没有定下由谁负责", by=cast.secretary, at=at())
    a_measure(cast, problem, owner=None, due=None)
    with pytest.raises(Refused, match="还没有责任人、时限"):
        problems.start_work(problem, by=cast.secretary, at=at())
    assert fresh(problem).state == "待支委会研究"


def test_one_cause_behind_two_problems(cast: Cast) -> None:
    one, two = a_problem(cast), a_problem(cast)
    cause = problems.add_cause(one, text="没有定下由谁负责", by=cast.secretary, at=at())
    problems.link_cause(two, cause, by=cast.secretary, at=at())
    assert [link.cause for link in two.cause_links.all()] == [cause]
    with pytest.raises(Refused, match="已经连在这个问题上"):
        problems.link_cause(two, cause, by=cast.secretary, at=at())


def test_only_the_committee_sets_causes(cast: Cast) -> None:
    problem = a_problem(cast)
    with pytest.raises(Refused, match="原因和措施由支委会定"):
        problems.add_cause(problem, text="没有定下由谁负责", by=cast.member, at=at())


def test_two_tabs_on_one_problem(cast: Cast) -> None:
    problem = a_problem(cast)
    problems.change_problem(problem, statement="名单公示晚", example="", seen_version=1, by=cast.secretary, at=at())
    with pytest.raises(Stale) as stale:
        problems.change_problem(problem, statement="公示晚了", example="", seen_version=1, by=cast.organiser, at=at())
    assert stale.value.subject.statement == "名单公示晚"


def test_nothing_is_changed_while_it_is_being_checked(cast: Cast) -> None:
    problem, _ = claimed(cast)
    with pytest.raises(Refused, match="正在核验，不能改"):
        problems.add_cause(problem, text="又一条", by=cast.secretary, at=at())


def test_work_is_not_started_twice(cast: Cast) -> None:
    problem, _ = at_work(cast)
    with pytest.raises(Refused, match="不用再开始"):
        problems.start_work(problem, by=cast.secretary, at=at())


def test_raising_in_a_closed_transaction_leaves_no_gap_in_numbers(cast: Cast) -> None:
    cycle = a_cycle(cast)
    a_problem(cast, cycle=cycle)
    with pytest.raises(Refused):
        a_problem(cast, cycle=cycle, statement="  ")
    assert a_problem(cast, cycle=cycle).no == "25-02"
