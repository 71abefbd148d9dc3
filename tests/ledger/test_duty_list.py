"""责任清单: everything that rests with one person, for that person and the committee."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from bihuan.ledger.actions.measures import hand_over
from bihuan.ledger.queries.duty_list import duty_list, people_with_duties
from bihuan.org.models import Person
from tests.cast import DAY, Cast, person_named
from tests.ledger.make import STANDARDS, a_cycle, a_measure, a_problem, at, at_work

ONE = timedelta(days=1)
pytestmark = pytest.mark.django_db


def get(seat: Any, name: str, *args: object) -> Any:
    client = Client()
    client.force_login(seat.account)
    return client.get(reverse(f"ledger:{name}", args=args))


def sun(cast: Cast) -> Person:
    return cast.person(cast.member)


def test_it_has_what_is_answered_for_led_and_helped_with(cast: Cast) -> None:
    problem = a_problem(cast)
    a_measure(cast, problem)
    a_measure(cast, problem, action="每季度回访一次", owner=person_named(cast.branch, "郭五"), leader=sun(cast))
    a_measure(
        cast, problem, action="逐村核对", owner=person_named(cast.branch, "郭五"), helpers=[sun(cast)], due=None,
        reviews=[date(2026, 9, 1), date(2026, 6, 1)],
    )  # fmt: skip
    a_measure(cast, problem, action="与他无关", owner=person_named(cast.branch, "何六"))
    listed = duty_list(sun(cast), problem.cycle, cast.member, DAY)
    assert [(d.role, d.measure.action) for d in listed.duties] == [
        ("责任人", "名单核定、张贴、撤下归一个人管"), ("责任领导", "每季度回访一次"), ("协同", "逐村核对"),
    ]  # fmt: skip
    assert listed.duties[0].due == date(2026, 3, 29)
    assert listed.duties[0].measure.standards == STANDARDS.splitlines()
    assert listed.duties[2].reviews == [date(2026, 6, 1), date(2026, 9, 1)]
    html = get(cast.member, "duty", sun(cast).pk).content.decode()
    for words in ("每季度回访一次", "2026年3月29日", "连续两轮都在3个工作日内贴出", "长期坚持", "未开始"):
        assert words in html
    assert "与他无关" not in html


def test_what_rests_with_a_post_rests_with_who_holds_it(cast: Cast) -> None:
    problem = a_problem(cast)
    a_measure(cast, problem, owner=None, owner_post="组织委员")
    organiser = cast.person(cast.organiser)
    assert [d.through for d in duty_list(organiser, problem.cycle, cast.organiser, DAY).duties] == ["组织委员"]
    assert duty_list(sun(cast), problem.cycle, cast.member, DAY).duties == ()
    assert people_with_duties(problem.cycle, DAY) == [organiser]


def test_who_handed_over_has_it_no_more(cast: Cast) -> None:
    problem, measure = at_work(cast)
    hand_over(measure, owner=person_named(cast.branch, "郭五"), since=DAY + ONE, by=cast.secretary, at=at(12))
    assert duty_list(sun(cast), problem.cycle, cast.member, DAY + ONE).duties == ()
    assert [p.name for p in people_with_duties(problem.cycle, DAY + ONE)] == ["郭五"]


def test_it_is_for_the_person_and_the_committee(cast: Cast) -> None:
    at_work(cast)
    seats = (cast.member, cast.secretary, cast.inspector, cast.probationer, cast.outsider, cast.clerk)
    assert [get(seat, "duty", sun(cast).pk).status_code for seat in seats] == [200, 200, 200, 404, 404, 404]
    assert get(cast.member, "duties").url == reverse("ledger:duty", args=[sun(cast).pk])
    assert "孙四" in get(cast.secretary, "duties").content.decode()
    assert get(cast.clerk, "duties").status_code == 200


def test_a_personal_problem_stands_only_on_a_sheet_that_may_know_it(cast: Cast) -> None:
    guo = person_named(cast.branch, "郭五")
    problem = a_problem(cast, subject="个人", person=guo)
    a_measure(cast, problem, owner=sun(cast), helpers=[guo])
    assert len(duty_list(sun(cast), problem.cycle, cast.secretary, DAY).duties) == 1
    assert duty_list(sun(cast), problem.cycle, cast.member, DAY).duties == ()


def test_the_number_of_queries_does_not_grow(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    problem = a_problem(cast)
    for number in range(6):
        a_measure(cast, problem, action=f"第{number}条")
    with django_assert_num_queries(3):
        assert len(duty_list(sun(cast), problem.cycle, cast.member, DAY).duties) == 6


def test_without_a_year_and_without_duties_the_page_says_so(cast: Cast) -> None:
    assert "现在没有" in get(cast.member, "duty", sun(cast).pk).content.decode()
    a_cycle(cast)
    assert "还没有谁有责任清单" in get(cast.secretary, "duties").content.decode()
