"""States of a problem, reached through the house's own actions. Everything written here is invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bihuan.cycle.actions import open_cycle
from bihuan.cycle.models import Cycle
from bihuan.ledger.actions import closing, measures, problems
from bihuan.ledger.models import Evidence, Measure, Problem
from tests.cast import DAY, Cast, at

STANDARDS = "连续两轮都在3个工作日内贴出\n八个村全部贴到"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def a_cycle(cast: Cast, year: int = 2025) -> Cycle:
    return open_cycle(year=year, by=cast.secretary, at=at(8))


def a_problem(cast: Cast, **changes: Any) -> Problem:
    given: dict[str, Any] = {
        "cycle": a_cycle(cast),
        "statement": "补贴名单公示不及时",
        "example": "2025年5月20日核定的名单，6月12日才在3个村贴出",
        "origin_kind": "意见",
        "origin_words": "名单哪天贴的都不晓得",
        "by": cast.secretary,
        "at": at(9),
    }
    return problems.raise_problem(**{**given, **changes})


def a_measure(cast: Cast, problem: Problem, **changes: Any) -> Measure:
    given: dict[str, Any] = {
        "action": "名单核定、张贴、撤下归一个人管",
        "standard": STANDARDS,
        "owner": cast.person(cast.member),
        "due": DAY + timedelta(days=20),
        "by": cast.secretary,
        "at": at(9, 10),
    }
    return measures.add_measure(problem, **{**given, **changes})


def at_work(cast: Cast, **changes: Any) -> tuple[Problem, Measure]:
    """A problem in 整改中 with one measure of 孙."""
    problem = a_problem(cast, **changes)
    problems.add_cause(problem, text="没有定下由谁负责张贴", by=cast.secretary, at=at(9, 5))
    measure = a_measure(cast, problem)
    return problems.start_work(problem, by=cast.secretary, at=at(9, 15)), measure


def proof(cast: Cast, measure: Measure, standard: str = "", **changes: Any) -> Evidence:
    given: dict[str, Any] = {
        "kind": "口述",
        "words": "第一轮名单第2个工作日贴出",
        "shows": "公示的日期",
        "standard": standard,
        "on": date(2026, 3, 2),
        "by": cast.member,
        "at": at(10),
    }
    return measures.add_evidence(measure, **{**given, **changes})


def proven(cast: Cast, **changes: Any) -> tuple[Problem, Measure]:
    """A problem at work, each of whose standards has its evidence."""
    problem, measure = at_work(cast, **changes)
    for standard in STANDARDS.splitlines():
        proof(cast, measure, standard)
    return problem, measure


def claimed(cast: Cast) -> tuple[Problem, Measure]:
    problem, measure = proven(cast)
    closing.claim_closing(problem, words="", by=cast.member, at=at(11))
    return fresh(problem), measure


def verified(cast: Cast) -> tuple[Problem, Measure]:
    problem, measure = claimed(cast)
    closing.verify(problem, result="通过", reason="", by=cast.inspector, at=at(14))
    return fresh(problem), measure


def closed(cast: Cast) -> tuple[Problem, Measure]:
    problem, measure = verified(cast)
    closing.decide_closing(
        problem, meeting=problem.cycle.pk, label="2026年3月9日支委会", passed=True, by=cast.secretary, at=at(16)
    )
    return fresh(problem), measure


def fresh(record: Any) -> Any:
    """The record as the database has it now."""
    return type(record).objects.of(record.scope_org_id).get(pk=record.pk)
