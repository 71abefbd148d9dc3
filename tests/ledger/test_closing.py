"""销号: the owner asks, another checks, a meeting decides. The whole loop, and every way round it that must fail."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from bihuan.core import audit, ids
from bihuan.core.access import Refused
from bihuan.core.models import stamp
from bihuan.ledger import queries
from bihuan.ledger.actions import closing, measures, problems
from bihuan.ledger.models import Claim, Decision, Problem, Reopening, Verification, doers_mark, mark
from tests.cast import DAY, Cast, at, person_named
from tests.ledger.make import STANDARDS, at_work, claimed, closed, fresh, proof, proven, verified


def test_the_whole_loop(cast: Cast) -> None:
    problem, measure = at_work(cast)
    assert (problem.state, measure.state) == ("整改中", "未开始")
    measures.note_progress(measure, words="第一轮贴了八个村", on=DAY, by=cast.member, at=at(10))
    assert fresh(measure).state == "进行中"
    for standard in STANDARDS.splitlines():
        proof(cast, measure, standard)
    closing.claim_closing(problem, words="两条都做到了", by=cast.member, at=at(11))
    assert fresh(problem).state == "待核验"
    closing.verify(problem, result="通过", reason="到三个村看过", by=cast.inspector, at=at(14))
    assert (fresh(problem).state, queries.awaits_decision(problem)) == ("待核验", True)
    assert fresh(measure).state == "已落实"
    key = ids.new_id()
    decision = closing.decide_closing(
        problem, meeting=key, label="2026年3月9日支委会", passed=True, by=cast.secretary, at=at(16)
    )
    assert fresh(problem).state == "已销号"
    assert (decision.meeting, decision.verification.checker.name) == (key, "周三")
    assert audit.verify(cast.branch.pk)[1] == []


def test_a_claim_needs_evidence_on_every_measure(cast: Cast) -> None:
    problem, _ = at_work(cast)
    with pytest.raises(Refused, match="还没有佐证"):
        closing.claim_closing(problem, words="都做到了", by=cast.member, at=at(11))
    assert fresh(problem).state == "整改中"


def test_a_standard_without_proof_is_explained_or_the_claim_is_refused(cast: Cast) -> None:
    problem, measure = at_work(cast)
    proof(cast, measure, STANDARDS.splitlines()[0])
    with pytest.raises(Refused, match="“八个村全部贴到”还没有佐证对上"):
        closing.claim_closing(problem, words=" ", by=cast.member, at=at(11))
    closing.claim_closing(problem, words="渡口村的公示栏在修，请到现场看", by=cast.member, at=at(11))
    assert fresh(problem).state == "待核验"


def test_passing_without_proof_for_a_standard_needs_what_was_seen(cast: Cast) -> None:
    problem, measure = at_work(cast)
    proof(cast, measure, STANDARDS.splitlines()[0])
    closing.claim_closing(problem, words="公示栏在修，请到现场看", by=cast.member, at=at(11))
    with pytest.raises(Refused, match="把看到的写下来再通过"):
        closing.verify(problem, result="通过", reason="", by=cast.inspector, at=at(14))
    closing.verify(problem, result="通过", reason="到渡口村看过，贴在门上", by=cast.inspector, at=at(14))
    assert queries.awaits_decision(problem)


def test_replaced_evidence_proves_nothing_any_more(cast: Cast) -> None:
    problem, measure = at_work(cast)
    first, second = STANDARDS.splitlines()
    old = proof(cast, measure, first)
    proof(cast, measure, second, replaces=old)
    assert queries.uncovered_standards(problem) == [first]


def test_only_the_owner_asks(cast: Cast) -> None:
    problem, _ = proven(cast)
    with pytest.raises(Refused, match="申请销号由责任人来办，请孙四来办"):
        closing.claim_closing(problem, words="", by=cast.secretary, at=at(11))


def test_a_second_tap_changes_nothing(cast: Cast) -> None:
    problem, _ = claimed(cast)
    with pytest.raises(Refused, match="已经申请过"):
        closing.claim_closing(problem, words="", by=cast.member, at=at(11, 1))
    assert Claim.objects.of(cast.branch.pk).count() == 1


# --- doer is not checker (R23) ---------------------------------------------------------------------------------------
def test_no_doer_checks_not_even_the_secretary(cast: Cast) -> None:
    problem, measure = proven(cast)
    measures.hand_over(measure, owner=cast.person(cast.secretary), since=DAY, by=cast.secretary, at=at(10))
    closing.claim_closing(problem, words="", by=cast.secretary, at=at(11))
    with pytest.raises(Refused, match="不能核验自己做的事；请钱二、周三核验"):
        closing.verify(problem, result="通过", reason="看过", by=cast.secretary, at=at(14))
    assert not Verification.objects.of(cast.branch.pk).exists()


@pytest.mark.parametrize("part", ["leader", "helper", "former owner", "by post"])
def test_leaders_helpers_former_owners_and_holders_of_a_post_are_doers(cast: Cast, part: str) -> None:
    from tests.ledger.make import a_measure, a_problem

    inspector = cast.person(cast.inspector)
    problem = a_problem(cast)
    problems.add_cause(problem, text="没有定下由谁负责", by=cast.secretary, at=at(9, 5))
    given = {
        "leader": {"leader": inspector},
        "helper": {"helpers": [inspector]},
        "former owner": {"owner": inspector},
        "by post": {"owner": None, "owner_post": "纪检委员", "helpers": [cast.person(cast.member)]},
    }[part]
    measure = a_measure(cast, problem, **given)
    if part in {"former owner", "by post"}:
        measures.hand_over(measure, owner=cast.person(cast.member), since=DAY, by=cast.secretary, at=at(9, 20))
    problems.start_work(problem, by=cast.secretary, at=at(9, 30))
    for standard in STANDARDS.splitlines():
        proof(cast, measure, standard)
    closing.claim_closing(problem, words="", by=cast.member, at=at(11))
    assert inspector.pk in queries.doers(problem)
    with pytest.raises(Refused, match="不能核验自己做的事"):
        closing.verify(problem, result="通过", reason="", by=cast.inspector, at=at(14))


def test_the_database_refuses_a_checker_who_is_a_doer(cast: Cast) -> None:
    problem, _ = claimed(cast)
    doer = cast.person(cast.member)
    claim = queries.latest_claim(problem)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(
            problem=problem, claim=claim, checker=doer, doers=doers_mark([doer.pk]), checker_mark=mark(doer.pk),
            result="通过", reason="", **stamp(by=cast.member, at=at()),
        )  # fmt: skip


def test_the_database_refuses_somebody_elses_mark(cast: Cast) -> None:
    problem, _ = claimed(cast)
    doer, other = cast.person(cast.member), cast.person(cast.inspector)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(
            problem=problem, claim=queries.latest_claim(problem), checker=doer, doers=doers_mark([doer.pk]),
            checker_mark=mark(other.pk), result="通过", reason="", **stamp(by=cast.member, at=at()),
        )  # fmt: skip


def test_the_database_refuses_to_close_without_proof_and_decision(cast: Cast) -> None:
    problem, _ = claimed(cast)
    with pytest.raises(IntegrityError, match="没有通过的核验和决定"), transaction.atomic():
        Problem.objects.of(cast.branch.pk).filter(pk=problem.pk).update(state="已销号")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_problem SET state = '已销号'")
    assert fresh(problem).state == "待核验"


def test_a_branch_whose_whole_committee_did_it_is_checked_from_above(cast: Cast) -> None:
    from bihuan.org.models import Person
    from tests.ledger.make import a_measure, a_problem

    problem = a_problem(cast)
    problems.add_cause(problem, text="人手少，没有分工", by=cast.secretary, at=at(9, 5))
    everybody = [person_named(cast.branch, name) for name in ("赵一", "钱二", "周三")]
    measure = a_measure(cast, problem, helpers=everybody)
    problems.start_work(problem, by=cast.secretary, at=at(9, 30))
    for standard in STANDARDS.splitlines():
        proof(cast, measure, standard)
    closing.claim_closing(problem, words="", by=cast.member, at=at(11))
    with pytest.raises(Refused, match="请上级党组织的经办同志核验"):
        closing.verify(problem, result="通过", reason="", by=cast.organiser, at=at(14))
    with pytest.raises(Refused, match="还没有对上是哪一位"):
        closing.verify(problem, result="通过", reason="", by=cast.clerk, at=at(14))
    cast.clerk.account.person = Person.objects.create(
        name="郑十一", home=cast.committee, **stamp(by=cast.clerk, at=at(8))
    )
    cast.clerk.account.save()
    assert closing.verify(problem, result="通过", reason="", by=cast.clerk, at=at(14)).checker.name == "郑十一"


def test_the_clerk_above_does_not_check_where_the_branch_can(cast: Cast) -> None:
    from bihuan.org.models import Person

    problem, _ = claimed(cast)
    cast.clerk.account.person = Person.objects.create(
        name="郑十一", home=cast.committee, **stamp(by=cast.clerk, at=at(8))
    )
    cast.clerk.account.save()
    with pytest.raises(Refused, match="请赵一、钱二、周三核验"):
        closing.verify(problem, result="通过", reason="", by=cast.clerk, at=at(14))


# --- sent back, not passed, come again -------------------------------------------------------------------------------
def test_sent_back_needs_what_to_bring_and_goes_round_again(cast: Cast) -> None:
    problem, measure = claimed(cast)
    with pytest.raises(Refused, match="退回要补什么还没有写"):
        closing.verify(problem, result="退回", reason=" ", by=cast.inspector, at=at(14))
    closing.verify(problem, result="退回", reason="请补第二轮的撤下日期", by=cast.inspector, at=at(14))
    assert fresh(problem).state == "退回"
    proof(cast, measure, at=at(15))
    closing.claim_closing(problem, words="", by=cast.member, at=at(15, 30))
    closing.verify(problem, result="通过", reason="", by=cast.inspector, at=at(16))
    assert [v.result for v in Verification.objects.of(cast.branch.pk)] == ["退回", "通过"]


def test_nothing_is_decided_before_it_was_verified(cast: Cast) -> None:
    problem, _ = claimed(cast)
    with pytest.raises(Refused, match="还没有核验通过"):
        closing.decide_closing(problem, meeting=ids.new_id(), label="支委会", passed=True, by=cast.secretary, at=at(16))
    assert not Decision.objects.of(cast.branch.pk).exists()


def test_a_meeting_may_say_no(cast: Cast) -> None:
    problem, measure = verified(cast)
    closing.decide_closing(problem, meeting=ids.new_id(), label="支委会", passed=False, by=cast.secretary, at=at(16))
    assert (fresh(problem).state, fresh(measure).state) == ("退回", "进行中")
    assert not queries.awaits_decision(problem) or fresh(problem).state != "待核验"
    with pytest.raises(Refused, match="还没有申请销号"):
        closing.decide_closing(problem, meeting=ids.new_id(), label="支委会", passed=True, by=cast.secretary, at=at(17))


def test_without_a_meeting_only_where_the_year_says_so(cast: Cast) -> None:
    problem, _ = verified(cast)
    with pytest.raises(Refused, match="销号要会议决定"):
        closing.decide_closing(problem, meeting=None, label="书记决定", passed=True, by=cast.secretary, at=at(16))
    problem.cycle.policy["closing_needs_meeting"] = False
    problem.cycle.save()
    closing.decide_closing(problem, meeting=None, label="书记审定", passed=True, by=cast.secretary, at=at(16))
    assert fresh(problem).state == "已销号"


def test_it_comes_again_and_must_be_proven_anew(cast: Cast) -> None:
    problem, measure = closed(cast)
    closing.reopen(problem, reason="3月又有一轮晚贴了5天", by=cast.secretary, at=at(17))
    assert (fresh(problem).state, fresh(measure).state) == ("再次出现", "进行中")
    assert Reopening.objects.of(cast.branch.pk).get().reason == "3月又有一轮晚贴了5天"
    with pytest.raises(Refused, match="还没有申请销号"):
        closing.decide_closing(problem, meeting=ids.new_id(), label="支委会", passed=True, by=cast.secretary, at=at(18))


def test_a_member_does_not_decide_or_reopen(cast: Cast) -> None:
    problem, _ = verified(cast)
    with pytest.raises(Refused, match="由书记或委员记下来"):
        closing.decide_closing(problem, meeting=ids.new_id(), label="支委会", passed=True, by=cast.member, at=at(16))
    with pytest.raises(Refused, match="重新打开由书记或委员来办"):
        closing.reopen(problem, reason="又来了", by=cast.member, at=at(17))


def test_another_branch_reaches_nothing(cast: Cast) -> None:
    problem, _ = claimed(cast)
    with pytest.raises(Refused, match="您看不到这一条"):
        closing.verify(problem, result="通过", reason="", by=cast.outsider, at=at(14))


# --- each standard by itself -----------------------------------------------------------------------------------------
def test_it_passes_only_when_every_standard_is_met(cast: Cast) -> None:
    problem, _ = claimed(cast)
    first, second = STANDARDS.splitlines()
    with pytest.raises(Refused, match=f"“{second}”没有勾“达到了”，不能通过"):
        closing.verify(problem, result="通过", met=[first], by=cast.inspector, at=at(14))
    assert not problem.verifications.exists()
    check = closing.verify(problem, result="退回", reason="补照片", met=[first], by=cast.inspector, at=at(14))
    assert check.checked == [{"standard": first, "met": True}, {"standard": second, "met": False}]
    assert check.unmet == [second]


def test_proof_alone_meets_no_standard_on_the_page(cast: Cast) -> None:
    """Both standards have their proof; the checker still ticks each, and what was ticked is kept and shown."""
    problem, _ = claimed(cast)
    first, second = STANDARDS.splitlines()
    client = Client()
    client.force_login(cast.inspector.account)
    address = reverse("ledger:verify", args=[problem.pk])
    assert client.get(address).content.decode().count('type="checkbox" name="met"') == 2
    html = client.post(address, {"result": "通过", "met": [second]}).content.decode()
    assert f"“{first}”没有勾“达到了”" in html
    assert html.count("checked") == 1  # what was ticked is not lost
    client.post(address, {"result": "通过", "met": ["没有这一条", first, second]})
    assert not problem.verifications.exists()
    client.post(address, {"result": "通过", "met": [first, second]})
    assert [line["met"] for line in problem.verifications.get().checked] == [True, True]
    assert "2条标准都达到" in client.get(reverse("ledger:problem", args=[problem.pk])).content.decode()


def test_what_was_not_met_stands_on_the_page_of_the_problem(cast: Cast) -> None:
    problem, _ = claimed(cast)
    first, second = STANDARDS.splitlines()
    closing.verify(problem, result="退回", reason="补照片", met=[first], by=cast.inspector, at=at(14))
    client = Client()
    client.force_login(cast.member.account)
    assert f"没有达到：{second}" in client.get(reverse("ledger:problem", args=[problem.pk])).content.decode()
