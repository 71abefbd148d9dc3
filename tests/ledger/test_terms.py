"""Terms: extended visibly, and 长期坚持 whose day of review waits until the owner notes that it was looked at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.ledger.actions import measures, problems
from bihuan.ledger.models import Measure, Problem, Progress
from bihuan.ledger.queries import reviews_waiting
from bihuan.ledger.queries.story import story
from bihuan.ledger.queries.table import ledger_rows
from tests.cast import DAY, Cast, at
from tests.ledger.make import a_measure, a_problem, at_work, fresh

JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 1)


@pytest.fixture(autouse=True)
def on_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(18))


def steady(cast: Cast) -> tuple[Problem, Measure]:
    problem = a_problem(cast)
    problems.add_cause(problem, text="没有定人", by=cast.secretary, at=at(9))
    measure = a_measure(cast, problem, due=None, reviews=[DAY - timedelta(days=30), JUNE, SEPTEMBER])
    return problems.start_work(problem, by=cast.secretary, at=at(9, 15)), measure


def page(seat: Any, problem: Problem) -> str:
    client = Client()
    client.force_login(seat.account)
    return str(client.get(reverse("ledger:problem", args=[problem.pk])).content.decode())


def test_a_day_of_review_waits_until_it_was_looked_at(cast: Cast) -> None:
    problem, measure = steady(cast)
    after = JUNE + timedelta(days=9)
    [row] = ledger_rows(problem.cycle, cast.secretary, after)
    assert (row.due, row.is_late(after)) == (JUNE, True)
    note = measures.note_review(measure, words="抽了两个村，都按时贴了", on=after, by=cast.member, at=at(10, day=after))
    assert note.review == JUNE
    [row] = ledger_rows(problem.cycle, cast.secretary, after)
    assert (row.due, row.is_late(after), story(problem, after).due) == (SEPTEMBER, False, SEPTEMBER)
    measures.note_review(measure, words="又看了", on=SEPTEMBER, by=cast.member, at=at(10, day=SEPTEMBER))
    [row] = ledger_rows(problem.cycle, cast.secretary, SEPTEMBER)
    assert (row.due, row.steady) == (None, True)


def test_what_nobody_works_on_yet_is_not_called_late_to_everybody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    a_measure(cast, a_problem(cast), due=DAY + timedelta(days=2))
    monkeypatch.setattr(clock, "now", lambda: at(18, day=DAY + timedelta(days=9)))
    client = Client()
    client.force_login(cast.probationer.account)
    html = client.get(reverse("ledger:table")).content.decode()
    assert "3月11日" in html
    assert "已过" not in html


def test_one_look_answers_all_days_before_it(cast: Cast) -> None:
    _, measure = steady(cast)
    late = SEPTEMBER + timedelta(days=3)
    assert reviews_waiting(measure, late) == [JUNE, SEPTEMBER]
    measures.note_review(measure, words="看了", on=late, by=cast.member, at=at(10, day=late))
    assert reviews_waiting(measure, late) == []


def test_nothing_to_look_at_yet(cast: Cast) -> None:
    _, measure = steady(cast)
    with pytest.raises(Refused, match="还没有要看的"):
        measures.note_review(measure, words="看了", on=DAY, by=cast.member, at=at(10))
    dated = at_work(cast)[1]
    with pytest.raises(Refused, match="还没有要看的"):
        measures.note_review(dated, words="看了", on=DAY, by=cast.member, at=at(10))
    measures.note_progress(measure, words="平常的进展", on=DAY, by=cast.member, at=at(10))
    assert reviews_waiting(measure, JUNE) == [JUNE]
    assert not Progress.objects.of(cast.branch.pk).filter(review__isnull=False).exists()


def test_the_page_of_progress_offers_the_review_when_it_is_due(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _, measure = steady(cast)
    client, address = Client(), reverse("ledger:note_progress", args=[measure.pk])
    client.force_login(cast.member.account)
    assert "这是一次回头看" not in client.get(address).content.decode()
    monkeypatch.setattr(clock, "now", lambda: at(18, day=JUNE))
    client = Client()  # a sitting of another day
    client.force_login(cast.member.account)
    assert "这是一次回头看" in client.get(address).content.decode()
    client.post(address, {"words": "看过了", "on": "2026-6-1", "reviewed": "on"})
    assert Progress.objects.of(cast.branch.pk).get().review == JUNE


def test_the_second_extension_is_counted_and_old_terms_stay_struck_through(cast: Cast) -> None:
    problem, measure = at_work(cast)
    for month in (5, 6):
        measures.extend_term(
            measure,
            due=date(2026, month, 30),
            reason="雨季",
            approved_by="支委会",
            by=cast.secretary,
            at=at(9, 20 + month),
        )
    [told] = story(problem, DAY).measures
    assert told.extensions == 2
    html = page(cast.secretary, problem)
    assert "第2次延期" in html
    assert html.count("<s>") == 2
    first = html.index("<s>")
    assert first < html.index("2026年5月30日", first) < html.index("2026年6月30日", first)
    assert fresh(measure).term().due == date(2026, 6, 30)
