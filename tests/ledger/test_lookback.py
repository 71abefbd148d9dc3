"""回头看: a sample that anybody can draw over, each looked at again, the record kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.core.digests import sm3
from bihuan.core.models import Entry
from bihuan.cycle.actions import set_policy
from bihuan.cycle.models import Cycle
from bihuan.cycle.policy import Policy
from bihuan.ledger.actions import closing
from bihuan.ledger.actions.lookback import draw_lookback, look_back
from bihuan.ledger.lookback import months_before, order, seed_of
from bihuan.ledger.models import Lookback, LookbackDraw, Problem
from bihuan.ledger.queries.lookback import pool, waiting
from tests.cast import DAY, Cast, at, person_named
from tests.ledger.make import STANDARDS, a_cycle, at_work, closed, fresh, proof

pytestmark = pytest.mark.django_db
LATER = date(2026, 9, 9)


def later(hour: int = 9) -> datetime:
    return at(hour, day=LATER)


def numbers(cast: Cast, cycle: Cycle, months: int | None = 6, sample: int | None = 2) -> Cycle:
    policy = replace(Policy.read(cycle.policy), lookback_months=months, lookback_sample=sample)
    return set_policy(cycle, policy=policy, seen_version=None, by=cast.secretary, at=at(8))


def another_closed(cast: Cast, cycle: Cycle, statement: str) -> Problem:
    problem, measure = at_work(cast, cycle=cycle, statement=statement)
    for standard in STANDARDS.splitlines():
        proof(cast, measure, standard)
    closing.claim_closing(problem, words="", by=cast.member, at=at(11))
    closing.verify(problem, result="通过", reason="", by=cast.inspector, at=at(14))
    closing.decide_closing(problem, meeting=cycle.pk, label="样例支委会", passed=True, by=cast.secretary, at=at(16))
    return fresh(problem)


def four(cast: Cast) -> Cycle:
    first, _ = closed(cast)
    for number in range(3):
        another_closed(cast, first.cycle, f"样例问题{number}")
    return numbers(cast, first.cycle)


def drawn(cast: Cast) -> list[Lookback]:
    draw = draw_lookback(four(cast), by=cast.secretary, at=later())
    return list(draw.items.select_related("problem__cycle").order_by("problem__no"))


def test_months_end_where_the_month_does() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 3, 9), 3) == date(2025, 12, 9)
    assert months_before(date(2026, 12, 31), 12) == date(2025, 12, 31)


def test_nothing_is_drawn_until_the_numbers_are_set(cast: Cast) -> None:
    problem, _ = closed(cast)
    assert pool(problem.cycle, date(2030, 1, 1)) == []
    with pytest.raises(Refused, match="还没有定销号满几个月回头看、一次抽几条"):
        draw_lookback(problem.cycle, by=cast.secretary, at=later())


def test_the_same_year_and_day_draw_the_same(cast: Cast) -> None:
    cycle = four(cast)
    draw = draw_lookback(cycle, by=cast.organiser, at=later())
    nos = [problem.no for problem in Problem.objects.of(cycle.org_id).filter(cycle=cycle)]
    by_hand = sorted(nos, key=lambda no: sm3(f"{cycle.label}|2026-09-09|{no}".encode()))
    assert draw.seed == "2025年度|2026-09-09"
    assert [no for no, _ in draw.pool] == by_hand
    assert {item.problem.no for item in draw.items.select_related("problem")} == set(by_hand[:2])
    assert [no for no, _ in order(seed_of(cycle.label, LATER), reversed(nos))] == by_hand
    assert [no for no, _ in order(seed_of(cycle.label, DAY), nos)] != by_hand


def test_only_what_was_closed_long_enough_ago_and_is_not_personal(cast: Cast) -> None:
    cycle = four(cast)
    assert len(pool(cycle, LATER)) == 4
    assert pool(cycle, date(2026, 9, 8)) == []
    person = person_named(cast.branch, "郭五")
    Problem.objects.of(cycle.org_id).filter(no="25-02").update(subject="个人", person=person)
    assert [p.no for p in pool(cycle, LATER)] == ["25-01", "25-03", "25-04"]
    with pytest.raises(Refused, match="还没有销号满6个月"):
        draw_lookback(cycle, by=cast.secretary, at=at(17))


def test_who_draws_and_not_twice(cast: Cast) -> None:
    cycle = four(cast)
    with pytest.raises(Refused, match="由书记或委员来抽"):
        draw_lookback(cycle, by=cast.member, at=later())
    draw_lookback(cycle, by=cast.secretary, at=later())
    with pytest.raises(Refused, match="还有2条没有看"):
        draw_lookback(cycle, by=cast.secretary, at=later(10))
    for item in waiting(cycle):
        look_back(item, result="还管用", words="看过公示栏", by=cast.inspector, at=later(11))
    with pytest.raises(Refused, match="今天已经抽过一次"):
        draw_lookback(cycle, by=cast.secretary, at=later(12))
    again = draw_lookback(cycle, by=cast.secretary, at=at(9, day=date(2026, 9, 10)))
    assert len(again.pool) == 2  # what was looked at since its closing is not drawn again


def test_still_good_is_kept_and_never_changed(cast: Cast) -> None:
    item = drawn(cast)[0]
    look_back(item, result="还管用", words="第三季度两轮都按期贴出", by=cast.inspector, at=later(10))
    kept = fresh(item)
    assert (kept.result, kept.words, kept.looked_on) == ("还管用", "第三季度两轮都按期贴出", LATER)
    assert kept.looker_id == cast.inspector.pk
    assert fresh(item.problem).state == "已销号"
    last = Entry.objects.filter(org=cast.branch.pk).order_by("seq").last()
    assert last is not None
    assert "ledger.lookback.looked" in last.line
    with pytest.raises(Refused, match="已经看过了"):
        look_back(item, result="又出现了", words="变了", by=cast.inspector, at=later(11))
    with pytest.raises(DatabaseError, match="写下就不能改"), transaction.atomic():
        Lookback.objects.of(cast.branch.pk).filter(pk=item.pk).update(words="改")


def test_what_came_back_is_opened_again_with_the_reason(cast: Cast) -> None:
    item = drawn(cast)[0]
    with pytest.raises(Refused, match="看到了什么"):
        look_back(item, result="又出现了", words=" ", by=cast.inspector, at=later(10))
    look_back(item, result="又出现了", words="九月的名单晚了四天", by=cast.inspector, at=later(10))
    problem = fresh(item.problem)
    assert problem.state == "再次出现"
    assert [r.reason for r in problem.reopenings.all()] == ["回头看：九月的名单晚了四天"]


def test_who_did_it_does_not_look(cast: Cast) -> None:
    item = drawn(cast)[0]
    with pytest.raises(Refused, match="由书记或委员来看"):
        look_back(item, result="还管用", words="看过", by=cast.member, at=later())
    with pytest.raises(Refused):
        look_back(item, result="还管用", words="看过", by=cast.outsider, at=later())


def test_what_was_opened_meanwhile_waits_no_more(cast: Cast) -> None:
    items = drawn(cast)
    closing.reopen(items[0].problem, reason="样例", by=cast.secretary, at=later(10))
    assert [item.pk for item in waiting(items[0].draw.cycle)] == [items[1].pk]
    with pytest.raises(Refused, match="不用回头看"):
        look_back(items[0], result="还管用", words="看过", by=cast.inspector, at=later(11))


def client(seat: Any) -> Client:
    made = Client()
    made.force_login(seat.account)
    return made


def test_the_pages_draw_show_and_keep(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cycle = four(cast)
    monkeypatch.setattr(clock, "now", later)
    page = reverse("ledger:lookback")
    assert "由书记或委员来抽" in client(cast.member).get(page).content.decode()
    answer = client(cast.secretary).post(reverse("ledger:draw_lookback"), {"form_key": "a" * 32})
    assert (answer.status_code, answer.url) == (302, page)
    html = client(cast.member).get(page).content.decode()
    assert "2025年度|2026-09-09" in html
    assert html.count("抽中\n") + html.count("抽中<") >= 2
    item = waiting(cycle)[0]
    address = reverse("ledger:look_back", args=[item.pk])
    assert client(cast.outsider).get(address).status_code == 404
    assert "连续两轮都在3个工作日内贴出" in client(cast.inspector).get(address).content.decode()
    sent = {"form_key": "b" * 32, "words": "看过两个村", "result": "还管用"}
    assert client(cast.inspector).post(address, sent).status_code == 302
    assert "看过两个村" in client(cast.member).get(page).content.decode()
    assert "周三看过：还管用" in client(cast.inspector).get(address).content.decode()


def test_an_empty_branch_gets_a_page(cast: Cast) -> None:
    page = reverse("ledger:lookback")
    assert client(cast.secretary).get(page).status_code == 200
    a_cycle(cast)
    assert "由书记在本年度的口径里定" in client(cast.secretary).get(page).content.decode()
    assert not LookbackDraw.objects.of(cast.branch.pk).exists()
