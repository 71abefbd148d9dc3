"""The ledger as a table: what it shows, to whom, and that it asks the database the same number of times however long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.core import clock
from bihuan.ledger.actions import measures
from bihuan.ledger.queries.table import (
    LATE,
    UNFINISHED,
    Wanted,
    brief_rows,
    group_of,
    grouped,
    in_full,
    ledger_rows,
    sorted_rows,
    tally,
)
from bihuan.org.models import Seat
from tests.cast import DAY, Cast, at, person_named
from tests.ledger.make import a_cycle, a_measure, a_problem, at_work, claimed, closed, proof


@pytest.fixture(autouse=True)
def on_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(18))


def page_for(seat: Seat, **asked: str) -> Any:
    client = Client()
    client.force_login(seat.account)
    return client.get(reverse("ledger:table"), asked)


def test_a_row_tells_what_form_22_asks(cast: Cast) -> None:
    problem, measure = at_work(cast)
    measures.note_progress(measure, words="第一轮贴了八个村", on=DAY, by=cast.member, at=at(10))
    old = proof(cast, measure)
    proof(cast, measure, replaces=old)
    [row] = ledger_rows(problem.cycle, cast.secretary, DAY)
    assert (row.no, row.state, row.origin, row.owners, row.due, row.evidence, row.checker) == (
        "25-01", "整改中", "意见", ("孙四",), DAY + timedelta(days=20), 1, ""
    )  # fmt: skip
    assert (row.progress, row.measures) == ("第一轮贴了八个村", ("名单核定、张贴、撤下归一个人管",))
    assert row.standards == ("连续两轮都在3个工作日内贴出", "八个村全部贴到")


def test_a_closed_row_names_checker_and_day(cast: Cast) -> None:
    problem, _ = closed(cast)
    [row] = ledger_rows(problem.cycle, cast.secretary, DAY)
    assert (row.word, row.checker, row.closed_on, row.is_late(DAY + timedelta(days=99))) == (
        "已销号",
        "周三",
        DAY,
        False,
    )


def test_more_time_is_said_with_the_old_day(cast: Cast) -> None:
    problem, measure = at_work(cast)
    later = DAY + timedelta(days=50)
    measures.extend_term(measure, due=later, reason="雨季", approved_by="支委会", by=cast.secretary, at=at(11))
    [row] = ledger_rows(problem.cycle, cast.secretary, DAY)
    assert (row.word, row.due, row.extended_from) == ("已延期", later, DAY + timedelta(days=20))
    assert "原3月29日，还有50天" in page_for(cast.secretary).content.decode()


def test_steady_work_is_due_on_its_next_day_of_review(cast: Cast) -> None:
    problem = a_problem(cast)
    a_measure(cast, problem, due=None, reviews=[DAY - timedelta(days=5), DAY + timedelta(days=30)])
    [row] = ledger_rows(problem.cycle, cast.secretary, DAY)
    assert (row.steady, row.due) == (True, DAY + timedelta(days=30))


@pytest.mark.parametrize("many", [1, 3, 50])
def test_the_table_asks_the_same_number_of_questions(cast: Cast, many: int, django_assert_num_queries: Any) -> None:
    for _ in range(many):
        problem = a_problem(cast)
        proof_less = a_measure(cast, problem, helpers=[person_named(cast.branch, "郭五")])
        assert proof_less.pk
    cycle = a_cycle(cast)
    with django_assert_num_queries(10):
        assert len(ledger_rows(cycle, cast.secretary, DAY)) == many


def test_the_page_asks_the_same_for_few_and_for_many(cast: Cast) -> None:
    """With one it is printed at once, with sixty only on request: the questions to the database are as many."""

    def questions(**asked: str) -> int:
        page_for(cast.secretary, **asked)
        with CaptureQueriesContext(connection) as caught:
            page_for(cast.secretary, **asked)
        return len(caught)

    a_measure(cast, a_problem(cast))
    few = questions()
    for _ in range(60):
        a_measure(cast, a_problem(cast))
    assert (questions(), questions(paper="1")) == (few, few)


def test_only_what_is_shown_is_asked_for_in_full(cast: Cast) -> None:
    problem, measure = at_work(cast)
    measures.note_progress(measure, words="第一轮贴了八个村", on=DAY, by=cast.member, at=at(10))
    proof(cast, measure)
    [brief] = brief_rows(problem.cycle, cast.secretary, DAY)
    assert (brief.progress, brief.evidence, brief.owners, brief.word) == ("", 0, ("孙四",), "整改中")
    [row] = in_full(cast.branch.pk, [brief])
    assert (row.progress, row.evidence) == ("第一轮贴了八个村", 1)
    assert [row] == ledger_rows(problem.cycle, cast.secretary, DAY)
    html = page_for(cast.secretary).content.decode()
    assert 'data-label="佐证">1份' in html
    assert "第一轮贴了八个村" in html  # on the printed sheet


def test_filters_and_order() -> None:
    from bihuan.ledger.queries.table import LedgerRow

    def row(no: str, state: str, due: int | None, owner: str, **more: Any) -> LedgerRow:
        given: dict[str, Any] = {
            "pk": None, "no": no, "statement": f"问题{no}", "example": "", "subject": "支部", "personal": False,
            "state": state, "origin": "意见", "measures": (), "standards": (), "leaders": (), "owners": (owner,),
            "owner_ids": frozenset(), "helpers": (), "due": DAY + timedelta(days=due) if due is not None else None,
            "steady": False, "extended_from": None, "progress": "", "progress_on": None, "evidence": 0, "checker": "",
            "closed_on": None,
        }  # fmt: skip
        return LedgerRow(**{**given, **more})

    rows = [
        row("1", "整改中", 9, "甲"),
        row("2", "已销号", 1, "乙"),
        row("3", "退回", -2, "甲"),
        row("4", "待支委会研究", None, ""),
    ]
    assert [r.no for r in sorted_rows(rows, "due")] == ["3", "1", "4", "2"]
    assert [r.no for r in sorted_rows(rows, "no")] == ["1", "2", "3", "4"]

    def found(wanted: Wanted) -> list[str]:
        return [r.no for r in rows if wanted.answers(r, r.is_late(DAY))]

    assert found(Wanted(state=UNFINISHED)) == ["1", "3", "4"]
    assert found(Wanted(state=LATE)) == ["3"]
    assert found(Wanted(state="已销号")) == ["2"]
    assert found(Wanted(owner="甲")) == ["1", "3"]
    assert found(Wanted(origin="谈话")) == []
    assert found(Wanted(words="问题3")) == ["3"]
    assert tally(rows) == [("待支委会研究", 1), ("整改中", 1), ("退回", 1), ("已销号", 1)]


def test_the_page_shows_rows_tally_and_the_printed_form(cast: Cast) -> None:
    claimed(cast)
    a_problem(cast, statement="支委会只记结论")
    html = page_for(cast.secretary).content.decode()
    assert "还有2条问题<wbr>没有销号" in html
    assert html.count('data-label="核验人"') == 2
    assert "截至<time" in html
    assert "整改目标（完成标准）" in html
    assert "%" not in html.split("<main")[1].split("</main>")[0].replace("%E", "")


def test_words_filter_over_the_page(cast: Cast) -> None:
    a_problem(cast, statement="支委会只记结论")
    a_problem(cast, statement="农机没有人值班")
    html = page_for(cast.secretary, words="农机").content.decode()
    assert "农机没有人值班" in html
    assert "支委会只记结论" not in html
    assert "没有这样的问题" in page_for(cast.secretary, words="没有的词").content.decode()


@pytest.mark.parametrize(
    ("who", "told"), [("secretary", True), ("member", True), ("organiser", False), ("probationer", False)]
)
def test_lateness_is_told_to_the_owner_and_the_secretary_only(
    cast: Cast, who: str, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, _ = at_work(cast)
    monkeypatch.setattr(clock, "now", lambda: at(9, day=DAY + timedelta(days=29)))
    seat = getattr(cast, who)
    html = page_for(seat).content.decode()
    assert ("已过9天" in html) == told
    assert ("已过时限的" in html) == told
    client = Client()
    client.force_login(seat.account)
    story = client.get(reverse("ledger:problem", args=[problem.pk])).content.decode()
    assert ("已过9天" in story) == told
    assert "时限" in story


def test_rows_stand_under_headings(cast: Cast) -> None:
    at_work(cast)
    a_problem(cast, statement="窗口排队久", origin_kind="督导")
    a_measure(cast, a_problem(cast, statement="名单又晚了"))
    rows = ledger_rows(a_cycle(cast), cast.secretary, DAY)
    assert [r.no for r in grouped(rows, "origin")] == ["25-01", "25-03", "25-02"]
    assert [r.no for r in grouped(rows, "")] == ["25-01", "25-02", "25-03"]
    assert [group_of(r, "owner") for r in rows] == ["孙四", "还没有定责任人", "孙四"]
    for group in ("state", "owner", "origin", "aspect"):
        html = page_for(cast.secretary, group=group).content.decode()
        headings = {group_of(r, group) for r in rows}
        assert html.count('scope="rowgroup"') == len(headings)
        assert html.count('scope="colgroup"') == len(headings)  # and on paper
        assert "分组</span>" in html
    assert 'scope="rowgroup"' not in page_for(cast.secretary, group="nonsense").content.decode()


def test_fifty_a_page(cast: Cast) -> None:
    for _ in range(52):
        a_problem(cast)
    first, second = page_for(cast.secretary), page_for(cast.secretary, page="2")
    assert first.content.decode().count('data-label="核验人"') == 50
    assert second.content.decode().count('data-label="核验人"') == 2
    assert "共52条，这是第51到52条" in second.content.decode()


def test_the_sheet_to_print_holds_every_row_and_travels_only_when_asked_for_if_it_is_long(cast: Cast) -> None:
    for _ in range(50):
        a_problem(cast)
    fits = page_for(cast.secretary).content.decode()
    assert (fits.count("打印台账"), fits.count("排好打印稿")) == (1, 0)
    assert "共50条</span>" in fits
    a_problem(cast)
    long = page_for(cast.secretary).content.decode()
    assert (long.count("打印台账"), long.count("排好打印稿"), "填表人" in long) == (0, 1, False)
    sheet = page_for(cast.secretary, paper="1").content.decode()
    assert (sheet.count("打印台账"), sheet.count("排好打印稿")) == (1, 0)
    assert "共51条</span>" in sheet


def test_a_personal_problem_is_hidden_from_others_and_never_printed(cast: Cast) -> None:
    a_problem(cast, subject="个人", person=cast.person(cast.member), statement="学习笔记三个月没有记")
    a_problem(cast)
    assert "学习笔记" in page_for(cast.member).content.decode()
    assert "学习笔记" not in page_for(cast.probationer).content.decode()
    html = page_for(cast.secretary).content.decode()
    assert html.count("学习笔记") == 1
    assert "个人问题1条另列" in html


def test_the_clerk_above_opens_a_branchs_ledger_and_sees_nothing_personal(cast: Cast) -> None:
    cycle = a_cycle(cast)
    a_problem(cast, subject="个人", person=cast.person(cast.member), statement="学习笔记三个月没有记")
    a_problem(cast, statement="农机没有人值班")
    assert "第一支部　2025年度" in page_for(cast.clerk).content.decode()
    html = page_for(cast.clerk, cycle=str(cycle.pk)).content.decode()
    assert "农机没有人值班" in html
    assert "学习笔记" not in html


def test_a_year_of_another_branch_is_not_there(cast: Cast) -> None:
    cycle = a_cycle(cast)
    assert page_for(cast.outsider, cycle=str(cycle.pk)).status_code == 404
    assert page_for(cast.outsider, cycle="x").status_code == 404


def test_an_empty_ledger_says_what_belongs_there(cast: Cast) -> None:
    assert "台账从一个年度开始" in page_for(cast.secretary).content.decode()
    a_cycle(cast)
    assert "问题从哪里来" in page_for(cast.secretary).content.decode()
