"""整改落实情况通报: every item for every member, personal ones by their number only."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from bihuan.ledger.queries.circular import circular
from tests.cast import DAY, Cast, person_named
from tests.ledger.make import a_cycle, a_measure, a_problem, at_work, closed, proof

pytestmark = pytest.mark.django_db
SECRET = "样例个人问题：汇报没有写日期"


def get(seat: Any, **asked: str) -> Any:
    client = Client()
    client.force_login(seat.account)
    return client.get(reverse("ledger:circular"), asked)


def test_each_item_says_where_it_stands_its_proof_and_what_comes(cast: Cast) -> None:
    done, _ = closed(cast)
    going, measure = at_work(cast, statement="学习笔记没有人看", cycle=done.cycle)
    proof(cast, measure, shows="看完了两本")
    a_problem(cast, statement="会议室没有牌子", cycle=done.cycle)
    told = circular(done.cycle, DAY)
    assert [(i.problem.pk, i.stands) for i in told.items][:2] == [(done.pk, "已完成"), (going.pk, "正在整改")]
    assert told.told == (("已完成", 1), ("正在整改", 1), ("还没有开始", 1))
    first, second, third = told.items
    assert (first.decided, first.proof, first.coming) == ("2026年3月9日支委会", ("公示的日期",), ())
    assert (second.proof, second.coming) == (("看完了两本",), ("名单核定、张贴、撤下归一个人管（2026年3月29日前）",))
    assert (third.proof, third.coming, third.decided) == ((), (), "")
    html = get(cast.probationer).content.decode()
    for words in (
        "学习笔记没有人看",
        "2026年3月9日支委会决定销号",
        "看完了两本",
        "已完成1条，正在整改1条，还没有开始1条",
    ):
        assert words in html


def test_personal_items_are_masked_for_everybody(cast: Cast) -> None:
    guo = person_named(cast.branch, "郭五")
    problem = a_problem(cast, subject="个人", person=guo, statement=SECRET, example="样例个人事例")
    a_measure(cast, problem, action="样例个人措施", owner=guo)
    for seat in (cast.member, cast.secretary, cast.inspector):
        html = get(seat).content.decode()
        assert "另有个人问题1条" in html
        main = html[html.index("<main") : html.index("</main>")]
        assert not [words for words in (SECRET, "样例个人事例", "样例个人措施", "郭五") if words in main]


def test_another_branch_and_the_superior_do_not_get_it(cast: Cast) -> None:
    problem, _ = at_work(cast)
    for seat in (cast.outsider, cast.clerk):
        assert get(seat, cycle=str(problem.cycle_id)).status_code == 404
        assert problem.statement not in get(seat).content.decode()
    assert get(cast.member, cycle="x").status_code == 404


def test_an_empty_year_says_where_it_comes_from(cast: Cast) -> None:
    assert "通报从台账里来" in get(cast.member).content.decode()
    a_cycle(cast)
    assert "通报从台账里来" in get(cast.member).content.decode()


def test_the_number_of_queries_does_not_grow(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cycle = a_cycle(cast)
    for number in range(5):
        a_measure(cast, a_problem(cast, cycle=cycle, statement=f"第{number}条"))
    with django_assert_num_queries(5):
        assert len(circular(cycle, DAY).items) == 5
