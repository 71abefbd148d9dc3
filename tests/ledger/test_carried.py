"""What an answer means for the ledger: 完成 closes nothing, and last year's own ledger is carried into this year."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.cycle.models import Cycle
from bihuan.ledger.actions import carry as actions
from bihuan.ledger.actions import closing, measures
from bihuan.ledger.models import Carry, Problem
from bihuan.ledger.queries import carries as answers
from bihuan.ledger.queries.recurring import still_there
from bihuan.ledger.queries.table import ledger_rows
from tests.cast import DAY, Cast, at
from tests.ledger import making
from tests.ledger.make import a_problem, closed


@pytest.fixture(autouse=True)
def on_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(18))


# --- 完成 is an answer, not a closing (R20, R23) -----------------------------------------------------------------------
def answered(cast: Cast, answer: str) -> Carry:
    carry = making.a_carried_problem(cast)
    return actions.answer_carry(carry, answer=answer, ground="5月换了闸门，7月试过", by=cast.secretary, at=at(12))


def page(seat: Any, name: str, *args: object) -> str:
    client = Client()
    client.force_login(seat.account)
    return str(client.get(reverse(f"ledger:{name}", args=args), follow=True).content.decode())


@pytest.mark.parametrize(
    ("answer", "still"), [("完成", False), ("基本完成", True), ("持续推进", True), ("未完成", True)]
)
def test_only_what_was_answered_as_unfinished_is_said_to_be_still_there(cast: Cast, answer: str, still: bool) -> None:
    carry = answered(cast, answer)
    org, year = cast.branch.pk, carry.into.year
    said = still_there(org, [(carry.problem_id, carry.problem.cycle.year)], year)
    assert said == ({carry.problem_id: "第二年仍在"} if still else {})
    for told in (page(cast.secretary, "problem", carry.problem_id), page(cast.secretary, "table")):
        assert ("第二年仍在" in told) == still
    assert f"今年答复{answer}" in page(cast.secretary, "table")


def test_before_anybody_answers_nothing_is_said_of_years(cast: Cast) -> None:
    carry = making.a_carried_problem(cast)
    assert "仍在" not in page(cast.secretary, "problem", carry.problem_id)


def test_an_answer_of_done_closes_nothing_and_the_page_says_what_closing_needs(cast: Cast) -> None:
    carry = answered(cast, "完成")
    problem = Problem.objects.of(cast.branch.pk).get(pk=carry.problem_id)
    assert problem.state == "整改中"
    told = page(cast.secretary, "problem", problem.pk)
    assert "答复了完成，还没有销号" in told
    assert "还缺措施；补上以后由责任人申请销号，没有参与的人核验，会议决定" in told
    assert "台账上整改中" in page(cast.secretary, "carries")
    assert "答复“完成”不等于销号" in page(cast.secretary, "carry", carry.pk)


def test_from_an_answer_of_done_the_way_to_closing_is_open(cast: Cast) -> None:
    """Owner, standard and proof are set on the carried problem itself; another checks; a meeting decides."""
    carry = answered(cast, "完成")
    problem = carry.problem
    measure = measures.add_measure(
        problem,
        action="换闸门",
        standard="试过三次",
        owner=cast.person(cast.member),
        due=DAY,
        by=cast.secretary,
        at=at(13),
    )
    measures.add_evidence(
        measure, kind="编号", words="登记表第7号", shows="试闸", standard="试过三次", on=DAY, by=cast.member, at=at(13)
    )
    assert "接着由责任人申请销号" in page(cast.secretary, "problem", problem.pk)
    closing.claim_closing(problem, by=cast.member, at=at(14))
    closing.verify(problem, result="通过", by=cast.inspector, at=at(15))
    closing.decide_closing(problem, meeting=carry.into_id, label="支委会", passed=True, by=cast.secretary, at=at(16))
    told = page(cast.secretary, "problem", problem.pk)
    assert "已销号" in told
    assert "还没有销号" not in told


# --- last year stood in the ledger itself ----------------------------------------------------------------------------
def last_years_ledger(cast: Cast) -> tuple[Problem, Problem, Problem]:
    """Of 2024 one closed and one open, of 2023 one still open; and the year 2025 begun."""
    shut, _ = closed(cast)
    open_ = a_problem(cast, cycle=shut.cycle, statement="报账拖延")
    older = a_problem(cast, cycle=making.year(cast, 2023), statement="走访不够")
    Cycle.objects.of(cast.branch.pk).filter(pk=shut.cycle_id).update(year=2024)
    making.year(cast, 2025)
    return shut, open_, older


def test_last_years_problems_of_the_ledger_are_carried_into_the_year_and_answered(cast: Cast) -> None:
    shut, open_, older = last_years_ledger(cast)
    cycle = Cycle.objects.of(cast.branch.pk).get(year=2025)
    assert "台账里有3条还没有带到今年" in page(cast.secretary, "carries")
    client = Client()
    client.force_login(cast.secretary.account)
    told = client.post(reverse("ledger:carry_over"), follow=True).content.decode()
    assert "带过来3条" in told
    assert [c.problem for c in answers.carries(cycle, cast.secretary)] == [older, shut, open_]
    assert answers.carry_progress(cycle) == (3, 0, 0)
    assert [row.no for row in ledger_rows(cycle, cast.secretary, DAY)] == [older.no, shut.no, open_.no]
    assert "还没有带到今年" not in page(cast.secretary, "carries")
    with pytest.raises(Refused, match="没有上年度还没带到今年的问题"):
        actions.carry_over(cycle, by=cast.secretary, at=at(18))


def test_who_may_not_carry_over(cast: Cast) -> None:
    last_years_ledger(cast)
    cycle = Cycle.objects.of(cast.branch.pk).get(year=2025)
    for seat in (cast.member, cast.inspector, cast.outsider, cast.clerk):
        with pytest.raises(Refused):
            actions.carry_over(cycle, by=seat, at=at(18))
    assert not Carry.objects.of(cast.branch.pk).exists()
