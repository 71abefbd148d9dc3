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


# --- more time runs out ----------------------------------------------------------------------------------------------
def extended(cast: Cast) -> tuple[Problem, Measure, date]:
    """A problem at work whose measure was due on 3月29日 and has until 4月30日."""
    problem, measure = at_work(cast)
    until = date(2026, 4, 30)
    measures.extend_term(measure, due=until, reason="雨季", approved_by="支委会", by=cast.secretary, at=at(11))
    return problem, measure, until


def test_while_more_time_runs_it_is_put_off_and_afterwards_it_is_late_again(cast: Cast) -> None:
    problem, _, until = extended(cast)
    words = []
    for day in (until, until + timedelta(days=1)):
        [row] = ledger_rows(problem.cycle, cast.secretary, day)
        words.append((row.word, row.is_late(day), row.extended_from, row.extension))
        assert story(problem, day).word == row.word  # the page of the problem says the same
    first = DAY + timedelta(days=20)
    assert words == [("已延期", False, first, 1), ("整改中", True, first, 1)]


@pytest.mark.parametrize(
    ("who", "told"), [("secretary", True), ("member", True), ("organiser", False), ("clerk", False)]
)
def test_an_extension_that_ran_out_is_named_to_those_who_are_told_of_lateness(
    cast: Cast, who: str, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, _, until = extended(cast)
    monkeypatch.setattr(clock, "now", lambda: at(9, day=until + timedelta(days=3)))
    client = Client()
    client.force_login(getattr(cast, who).account)
    table = client.get(reverse("ledger:table"), {"cycle": problem.cycle_id}).content.decode()
    assert ("第1次延期到期，原3月29日，已过3天" in table) == told
    assert "已延期" not in table  # for everybody it is at work again
    story_ = client.get(reverse("ledger:problem", args=[problem.pk])).content.decode()
    assert ("第1次延期到2026年4月30日为止，没有做完，从那天起又算过期，已过3天" in story_) == told
    assert "第1次延期，到<time" in story_  # the fact itself is everybody's


def test_done_or_claimed_in_time_no_extension_is_over(cast: Cast) -> None:
    problem, _, until = extended(cast)
    [told] = story(problem, until).measures
    assert told.over == ""
    [told] = story(problem, until + timedelta(days=1)).measures
    assert told.over
    Problem.objects.of(cast.branch.pk).filter(pk=problem.pk).update(state="待核验")
    [told] = story(fresh(problem), until + timedelta(days=1)).measures
    assert told.over == ""


def test_an_extension_says_until_when_and_not_into_the_past(cast: Cast) -> None:
    _, measure, until = extended(cast)
    given = {"reason": "又下雨", "approved_by": "支委会", "by": cast.secretary}
    with pytest.raises(Refused, match="要比原来的时限晚"):
        measures.extend_term(measure, due=until, at=at(12), **given)
    late = until + timedelta(days=20)
    with pytest.raises(Refused, match="已经过了"):
        measures.extend_term(measure, due=until + timedelta(days=5), at=at(9, day=late), **given)
    again = measures.extend_term(measure, due=late + timedelta(days=9), at=at(9, day=late), **given)
    assert again.runs_out == late + timedelta(days=9)


def test_a_review_put_off_leaves_steady_work_steady(cast: Cast) -> None:
    problem, measure = steady(cast)
    put_off = JUNE + timedelta(days=20)
    given = {"reason": "汛期", "approved_by": "支委会", "by": cast.secretary}
    with pytest.raises(Refused, match="要比原来的时限晚"):
        measures.extend_term(measure, due=JUNE, at=at(11), **given)
    term = measures.extend_term(measure, due=put_off, at=at(11), **given)
    assert (term.due, term.reviews, term.runs_out) == (None, [put_off.isoformat(), SEPTEMBER.isoformat()], put_off)
    [row] = ledger_rows(problem.cycle, cast.secretary, JUNE + timedelta(days=1))
    assert (row.word, row.due, row.steady, row.extended_from) == ("已延期", put_off, True, JUNE)
    after = put_off + timedelta(days=2)
    [row] = ledger_rows(problem.cycle, cast.secretary, after)
    assert (row.word, row.is_late(after)) == ("整改中", True)
    note = measures.note_review(measure, words="看过", on=after, by=cast.member, at=at(10, day=after))
    assert note.review == put_off
    [row] = ledger_rows(problem.cycle, cast.secretary, after)  # and from here on as before
    assert (row.word, row.due, row.extended_from, row.extension) == ("整改中", SEPTEMBER, None, 0)


def test_the_page_of_more_time_speaks_of_what_is_put_off(cast: Cast) -> None:
    _, measure = steady(cast)
    client = Client()
    client.force_login(cast.secretary.account)
    address = reverse("ledger:term", args=[measure.pk])
    html = client.get(address).content.decode()
    assert "这一次推到哪天看" in html
    assert "等着看的日子：2026年6月1日" in html
    client.post(address, {"due": "2026-6-21", "reason": "汛期", "approved_by": "3月9日支委会"})
    assert fresh(measure).term().reviews == ["2026-06-21", "2026-09-01"]
