"""The lines between problems, causes and measures: several to several, what hangs on nothing first, drawn and undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.core.models import Entry
from bihuan.ledger.actions import links, measures, problems
from bihuan.ledger.models import MeasureLink
from bihuan.ledger.queries.links import graph, lines_of, loose_ends
from tests.cast import DAY, Cast, at
from tests.ledger.make import a_cycle, a_measure, a_problem, at_work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(18))


def sitting(seat: Any) -> Client:
    client = Client()
    client.force_login(seat.account)
    return client


def test_one_measure_for_two_problems_and_a_cause(cast: Cast) -> None:
    first, second = a_problem(cast), a_problem(cast, statement="窗口排队久")
    cause = problems.add_cause(first, text="人手没有排开", by=cast.secretary, at=at(9))
    problems.link_cause(second, cause, by=cast.secretary, at=at(9))
    measure = a_measure(cast, first, causes=[cause])
    measures.link_measure(second, measure, by=cast.secretary, at=at(9))
    found = graph(a_cycle(cast), cast.secretary, DAY)
    assert found.orphans == 0
    [one, two] = found.lines
    assert (one.measures[0].also, two.measures[0].also) == (("25-02",), ("25-01",))
    assert (one.causes[0].met, two.measures[0].causes) == (True, (cause,))


def test_what_hangs_on_nothing_stands_first(cast: Cast) -> None:
    at_work(cast)
    bare = a_problem(cast, statement="窗口排队久")
    measure = a_measure(cast, bare, action="加开一个窗口")
    links.unlink_measure(bare, measure, by=cast.secretary, at=at(10))
    found = graph(a_cycle(cast), cast.secretary, DAY)
    assert [line.problem.no for line in found.lines] == ["25-02", "25-01"]
    assert found.lines[0].orphan == "还没有原因，也没有措施"
    assert found.measures == (measure,)
    assert found.orphans == 2
    html = sitting(cast.secretary).get(reverse("ledger:links")).content.decode()
    assert "还有2处没有连上" in html
    assert html.index("加开一个窗口") < html.index("窗口排队久") < html.index("补贴名单")
    assert "加开一个窗口" not in sitting(cast.member).get(reverse("ledger:links")).content.decode()


def test_a_line_is_taken_away_recorded_and_brought_back(cast: Cast) -> None:
    problem = a_problem(cast)
    measure, client = a_measure(cast, problem), sitting(cast.secretary)
    before = Entry.objects.count()
    answer = client.post(reverse("ledger:untie", args=[problem.pk]), {"measure": str(measure.pk)}, follow=True)
    assert "断开了" in answer.content.decode()
    assert not MeasureLink.objects.of(cast.branch.pk).exists()
    assert Entry.objects.count() == before + 1
    undo = f"{reverse('ledger:tie', args=[problem.pk])}?measure={measure.pk}"
    assert undo in answer.content.decode()
    client.post(undo)
    assert MeasureLink.objects.of(cast.branch.pk).get().problem == problem


def test_once_work_began_a_measure_stays_so_that_its_doers_stay_known(cast: Cast) -> None:
    problem, measure = at_work(cast)
    with pytest.raises(Refused, match="谁做过要留底"):
        links.unlink_measure(problem, measure, by=cast.secretary, at=at(10))
    assert MeasureLink.objects.of(cast.branch.pk).count() == 1
    html = sitting(cast.secretary).get(reverse("ledger:links_of", args=[problem.pk])).content.decode()
    assert "谁做过要留底" in html
    assert "断开措施" not in html


def test_a_measure_is_aimed_at_a_cause_and_not_at_a_strange_one(cast: Cast) -> None:
    problem, measure = at_work(cast)
    [end] = lines_of(problem, cast.secretary, DAY).causes
    links.aim_measure(problem, measure, end.cause, by=cast.secretary, at=at(10))
    assert lines_of(problem, cast.secretary, DAY).measures[0].causes == (end.cause,)
    with pytest.raises(Refused, match="已经写明"):
        links.aim_measure(problem, measure, end.cause, by=cast.secretary, at=at(10))
    links.unaim_measure(problem, measure, end.cause, by=cast.secretary, at=at(11))
    assert lines_of(problem, cast.secretary, DAY).measures[0].causes == ()
    other = problems.add_cause(a_problem(cast, statement="另一件"), text="别的原因", by=cast.secretary, at=at(10))
    with pytest.raises(Refused, match="这条原因还没有连在这个问题上"):
        links.aim_measure(problem, measure, other, by=cast.secretary, at=at(12))


def test_a_member_draws_no_line_and_learns_nothing_of_personal_ones(cast: Cast) -> None:
    personal = a_problem(cast, subject="个人", person=cast.person(cast.inspector), statement="笔记三个月没有记")
    hidden = a_measure(cast, personal, action="每周补记一次笔记")
    open_one = a_problem(cast)
    measures.link_measure(open_one, hidden, by=cast.secretary, at=at(9))
    client = sitting(cast.member)
    html = client.get(reverse("ledger:links_of", args=[open_one.pk])).content.decode()
    assert "请书记或委员来写" in html
    assert personal.no not in html.replace(open_one.no, "")
    assert client.get(reverse("ledger:links_of", args=[personal.pk])).status_code == 404
    assert sitting(cast.outsider).get(reverse("ledger:links_of", args=[open_one.pk])).status_code == 404
    third = a_problem(cast, statement="第三件")
    only_hidden = a_measure(cast, personal, action="每月交一次笔记")
    assert only_hidden not in loose_ends(third, cast.probationer)[1]
    strange = client.post(reverse("ledger:tie", args=[third.pk]), {"measure": str(only_hidden.pk)})
    assert strange.status_code == 404


def test_an_empty_year_teaches(cast: Cast) -> None:
    assert "线从台账里来" in sitting(cast.secretary).get(reverse("ledger:links")).content.decode()


@pytest.mark.parametrize("many", [1, 20])
def test_the_page_asks_the_same_however_long(
    cast: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        a_measure(cast, a_problem(cast, statement=f"问题{number}"))
    cycle = a_cycle(cast)
    with django_assert_num_queries(8):
        assert len(graph(cycle, cast.secretary, DAY).lines) == many


def test_a_measure_without_anybody_or_a_day_is_shown_and_stands_after_the_orphans(cast: Cast) -> None:
    whole, bare, orphan = a_problem(cast), a_problem(cast, statement="报账拖延"), a_problem(cast, statement="没有措施")
    for problem in (whole, bare):
        problems.add_cause(problem, text="没有定人", by=cast.secretary, at=at(9, 5))
    a_measure(cast, whole)
    a_measure(cast, bare, owner=None, due=None, action="月底对账")
    found = graph(a_cycle(cast), cast.secretary, DAY)
    assert [line.problem for line in found.lines] == [orphan, bare, whole]
    assert [[end.lacks for end in line.measures] for line in found.lines] == [[], ["责任人、时限"], [""]]
    assert (found.orphans, found.bare) == (1, 1)
    client = Client()
    client.force_login(cast.secretary.account)
    html = client.get(reverse("ledger:links")).content.decode()
    assert "还没有责任人、时限" in html
    assert "还有1条措施没有落到人和日子" in html
