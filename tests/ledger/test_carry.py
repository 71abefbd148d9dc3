"""Answering what last year left (R20)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.core.access import Refused, Stale
from bihuan.ledger.actions.carry import answer_carry, name_measures
from bihuan.ledger.models import Carry
from bihuan.ledger.queries import carries as answers
from tests.cast import Cast, at
from tests.ledger import making
from tests.ledger.test_reading import signed_in

GROUND = "5月6日起逐闸试机，读数在记录簿第3至9页"


@pytest.mark.parametrize("answer", ["完成", "基本完成", "持续推进", "未完成"])
def test_each_of_the_four_answers_needs_its_ground(cast: Cast, answer: str) -> None:
    carry = making.a_carried_problem(cast)
    with pytest.raises(Refused, match="佐证或理由"):
        answer_carry(carry, answer=answer, ground="  ", by=cast.secretary, at=at())
    answered = answer_carry(carry, answer=answer, ground=GROUND, by=cast.inspector, at=at())
    assert (answered.answer, answered.ground, answered.confirmed_by) == (answer, GROUND, cast.inspector)


def test_no_fifth_answer(cast: Cast) -> None:
    carry = making.a_carried_problem(cast)
    with pytest.raises(Refused, match="四种"):
        answer_carry(carry, answer="差不多", ground=GROUND, by=cast.secretary, at=at())


def test_the_database_holds_that_an_answer_has_its_ground(cast: Cast) -> None:
    carry = making.a_carried_problem(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Carry.objects.of(cast.branch.pk).filter(pk=carry.pk).update(answer="完成")


def test_the_committee_answers_nobody_else(cast: Cast) -> None:
    carry = making.a_carried_problem(cast)
    for seat, reason in ((cast.member, "支委会成员"), (cast.outsider, "别的支部"), (cast.clerk, "别的支部")):
        with pytest.raises(Refused, match=reason):
            answer_carry(carry, answer="完成", ground=GROUND, by=seat, at=at())


def test_two_tabs_the_second_sees_the_first_ones_answer(cast: Cast) -> None:
    carry = making.a_carried_problem(cast)
    seen = carry.version
    answer_carry(carry, answer="完成", ground=GROUND, seen_version=seen, by=cast.secretary, at=at())
    with pytest.raises(Stale):
        answer_carry(carry, answer="未完成", ground="别的话", seen_version=seen, by=cast.organiser, at=at())
    page = signed_in(cast.organiser).post(
        reverse("ledger:carry", args=[carry.pk]), {"answer": "未完成", "ground": "别的话", "version": seen}
    )
    assert page.status_code == 200
    assert GROUND in page.content.decode()
    assert "别的话" in page.content.decode()


def test_progress_counts_carried_answered_and_unconfirmed(cast: Cast) -> None:
    carry = making.a_carried_problem(cast)
    cycle = carry.into
    assert answers.carry_progress(cycle) == (1, 0, 7)
    making.confirm(making.proposals(carry.problem.origin.paper, "问题")[1], cast)  # type: ignore[arg-type]
    answer_carry(carry, answer="完成", ground=GROUND, by=cast.secretary, at=at())
    assert answers.carry_progress(cycle) == (2, 1, 6)
    following = answers.next_unanswered(cycle, cast.secretary)
    assert following is not None
    assert following.problem.no == "24-02"


def test_the_list_says_how_many_and_the_form_leads_to_the_next(cast: Cast) -> None:
    carry = making.a_carried_problem(cast)
    second = making.confirm(making.proposals(carry.problem.origin.paper, "问题")[1], cast)  # type: ignore[arg-type]
    client = signed_in(cast.secretary)
    assert "2条，已答复0条" in client.get(reverse("ledger:carries")).content.decode()
    posted = {"answer": "完成", "ground": GROUND, "version": carry.version, "form_key": "a" * 32}
    answer = client.post(reverse("ledger:carry", args=[carry.pk]), posted)
    following = Carry.objects.of(cast.branch.pk).get(problem=second.problem)
    assert answer["Location"] == reverse("ledger:carry", args=[following.pk])
    again = client.post(reverse("ledger:carry", args=[carry.pk]), posted)  # a double tap
    assert again["Location"] == answer["Location"]
    assert Carry.objects.of(cast.branch.pk).get(pk=carry.pk).version == carry.version + 1
    assert "2条，已答复1条" in client.get(reverse("ledger:carries")).content.decode()


def test_the_form_shows_what_the_ledger_said_of_owner_day_and_state(cast: Cast) -> None:
    paper = making.taken(cast, data=making.workbook(), name="台账.xlsx")
    problem = making.confirm(making.proposals(paper, "问题")[0], cast).problem
    making.confirm(making.proposals(paper, "措施")[0], cast, problems=[problem])
    carry = Carry.objects.of(cast.branch.pk).get(problem=problem)
    page = signed_in(cast.secretary).get(reverse("ledger:carry", args=[carry.pk])).content.decode()
    for words in ("逐闸试机", "责任人：闸管员", "时限：2025年5月底", "已试机3座"):
        assert words in page


def test_another_branchs_answer_is_not_there(cast: Cast) -> None:
    carry = making.a_carried_problem(cast)
    url = reverse("ledger:carry", args=[carry.pk])
    assert signed_in(cast.secretary).get(url).status_code == 200
    assert signed_in(cast.outsider).get(url).status_code == 404
    assert signed_in(cast.outsider).post(url, {"answer": "完成", "ground": GROUND}).status_code == 404


def test_an_empty_list_teaches(cast: Cast) -> None:
    client = signed_in(cast.secretary)
    assert "还没有开始一个年度" in client.get(reverse("ledger:carries")).content.decode()
    making.year(cast)
    assert "把上年度的材料交进来" in client.get(reverse("ledger:carries")).content.decode()


def test_the_list_takes_the_same_queries_for_three_as_for_one(cast: Cast) -> None:
    carry = making.a_carried_problem(cast)
    client, url = signed_in(cast.secretary), reverse("ledger:carries")
    client.get(url)  # the first page of a session also writes the session
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for proposal in making.proposals(carry.problem.origin.paper, "问题")[1:]:  # type: ignore[arg-type]
        making.confirm(proposal, cast)
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(one) == len(three)


def test_a_person_picks_which_measures_were_meant_for_it_and_may_pick_again(cast: Cast) -> None:
    carry = making.a_carried_problem(cast)
    found = making.proposals(carry.problem.origin.paper, "措施")  # type: ignore[arg-type]
    first, second, _ = [making.confirm(p, cast).measure for p in found]
    client, url = signed_in(cast.secretary), reverse("ledger:name_measures", args=[carry.pk])
    assert client.get(url).status_code == 405
    for chosen in ([first], [first, second], [second]):
        client.post(url, {"measures": [m.pk for m in chosen if m is not None]})
        named = [p.measure for p in answers.last_years(carry.problem).measures]
        assert named == chosen
    with pytest.raises(Refused, match="支委会成员"):
        name_measures(carry, [], by=cast.member, at=at())
    assert signed_in(cast.outsider).post(url, {}).status_code == 404
