"""Sources with their own numbers, papers and days stand in the same table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.ledger.models import Problem
from tests.cast import DAY, Cast, at
from tests.ledger.make import a_cycle, a_problem


@pytest.fixture(autouse=True)
def on_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(18))


def sitting(seat: Any) -> Client:
    client = Client()
    client.force_login(seat.account)
    return client


def test_the_number_the_source_gave_stands_beside_ours(cast: Cast) -> None:
    problem = a_problem(
        cast,
        origin_kind="巡察",
        origin_number="样巡反馈7",
        origin_paper="样例巡察反馈意见",
        origin_on=date(2026, 1, 15),
    )
    a_problem(cast, statement="窗口排队久")
    assert (problem.no, problem.origin.number, problem.origin.said_on) == ("25-01", "样巡反馈7", date(2026, 1, 15))
    page = sitting(cast.secretary).get(reverse("ledger:table"), {"origin": "巡察"}).content.decode()
    assert "巡察 样巡反馈7" in page
    assert "窗口排队久" not in page
    assert "补贴名单" in sitting(cast.secretary).get(reverse("ledger:table"), {"words": "样巡反馈7"}).content.decode()
    told = sitting(cast.member).get(reverse("ledger:problem", args=[problem.pk])).content.decode()
    assert "样例巡察反馈意见" in told
    assert "2026年1月15日" in told


def test_it_is_typed_where_the_problem_is_raised(cast: Cast) -> None:
    a_cycle(cast)
    given = {
        "statement": "台账对不上", "origin_kind": "专项整治", "subject": "支部", "origin_number": "整治12",
        "origin_on": "2026-2-1",
    }  # fmt: skip
    sitting(cast.secretary).post(reverse("ledger:raise"), given)
    [problem] = Problem.objects.of(cast.branch.pk)
    assert (problem.origin.kind, problem.origin.number, problem.origin.said_on) == (
        "专项整治",
        "整治12",
        date(2026, 2, 1),
    )


def test_a_day_to_come_is_no_source(cast: Cast) -> None:
    with pytest.raises(Refused, match="来源的日子还没有到"):
        a_problem(cast, origin_on=DAY + timedelta(days=1))
