"""What cannot be solved here goes up and stays open; the answer is written down, and settles nothing by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.ledger.actions.upward import answer_hand_up, hand_up
from bihuan.ledger.models import HandUp, Problem
from bihuan.ledger.queries.upward import superiors, up_words
from tests.cast import DAY, Cast, at
from tests.ledger.make import a_problem, at_work, closed, fresh

REASON = "路面归镇里管，支部修不了"


@pytest.fixture(autouse=True)
def on_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(18))


def handed(cast: Cast, problem: Problem, **changes: Any) -> HandUp:
    given: dict[str, Any] = {"to": cast.committee, "reason": REASON, "on": DAY, "by": cast.secretary, "at": at(10)}
    return hand_up(problem, **{**given, **changes})


def sitting(seat: Any) -> Client:
    client = Client()
    client.force_login(seat.account)
    return client


def test_it_goes_up_and_stays_open(cast: Cast) -> None:
    problem, _ = at_work(cast)
    up = handed(cast, problem, paper_no="样支〔2026〕3号")
    assert (up.to, up.occurred_on, up.paper_no) == (cast.committee, DAY, "样支〔2026〕3号")
    assert fresh(problem).state == "整改中"
    assert up_words(cast.branch.pk, [problem.pk]) == {problem.pk: "已上报"}
    table = sitting(cast.secretary).get(reverse("ledger:table")).content.decode()
    assert "（已上报）" in table
    assert "还有1条问题" in table
    assert REASON in sitting(cast.member).get(reverse("ledger:problem", args=[problem.pk])).content.decode()


def test_only_upwards_with_a_reason_and_once_until_the_answer(cast: Cast) -> None:
    problem = a_problem(cast)
    assert superiors(cast.branch.pk, DAY) == [cast.committee]
    for changes, why in (
        ({"to": cast.other_branch}, "只能报给本支部的上级"),
        ({"reason": " "}, "还没有写"),
        ({"on": DAY + timedelta(days=1)}, "还没有到"),
        ({"by": cast.member}, "书记或委员"),
    ):
        with pytest.raises(Refused, match=why):
            handed(cast, problem, **changes)
    assert not HandUp.objects.of(cast.branch.pk).exists()
    handed(cast, problem)
    with pytest.raises(Refused, match="还在等答复"):
        handed(cast, problem)


def test_personal_and_finished_ones_stay(cast: Cast) -> None:
    personal = a_problem(cast, subject="个人", person=cast.person(cast.member))
    with pytest.raises(Refused, match="个人问题在支部里解决"):
        handed(cast, personal)
    done, _ = closed(cast)
    with pytest.raises(Refused, match="不用上报"):
        handed(cast, done)


@pytest.mark.parametrize("who", ["secretary", "clerk"])
def test_the_answer_comes_from_above_or_is_written_down_here(cast: Cast, who: str) -> None:
    problem = a_problem(cast)
    up = handed(cast, problem)
    with pytest.raises(Refused, match="由书记、委员或上级的经办来记"):
        answer_hand_up(up, answer="列入明年计划", on=DAY, by=cast.member, at=at(11))
    with pytest.raises(Refused, match="在上报以前"):
        answer_hand_up(up, answer="列入", on=DAY - timedelta(days=1), by=cast.secretary, at=at(11))
    seat = getattr(cast, who)
    answer_hand_up(up, answer="列入明年计划", on=DAY, by=seat, at=at(12))
    assert (fresh(up).answer, fresh(up).answered_by) == ("列入明年计划", seat)
    assert fresh(problem).state == "待支委会研究"
    assert up_words(cast.branch.pk, [problem.pk]) == {problem.pk: "上级已答复"}
    with pytest.raises(Refused, match="已经记下答复"):
        answer_hand_up(up, answer="又一次", on=DAY, by=seat, at=at(13))
    handed(cast, problem, at=at(14))
    assert up_words(cast.branch.pk, [problem.pk]) == {problem.pk: "已上报"}


def test_the_pages(cast: Cast) -> None:
    problem = a_problem(cast)
    client, up = sitting(cast.secretary), reverse("ledger:hand_up", args=[problem.pk])
    assert client.get(reverse("ledger:answer_hand_up", args=[problem.pk])).status_code == 404
    assert "中共样例镇委员会" in client.get(up).content.decode()
    said = client.post(up, {"to": str(cast.committee.pk), "reason": REASON, "on": "2026-3-9"}, follow=True)
    assert "已报给中共样例镇委员会" in said.content.decode()
    answer = reverse("ledger:answer_hand_up", args=[problem.pk])
    page = sitting(cast.clerk).post(answer, {"answer": "列入明年计划", "on": "2026-3-9"}, follow=True).content.decode()
    assert "列入明年计划" in page
    assert "报给中共样例镇委员会" in page.split('class="timeline"')[1]
    assert sitting(cast.outsider).get(up).status_code == 404
