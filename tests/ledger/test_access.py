"""Who may do what in which state: a table of people and states, and the rules they rest on."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from bihuan.core.access import Verdict
from bihuan.ledger import access, rules
from bihuan.ledger.actions import closing
from bihuan.ledger.models import Measure, Problem
from bihuan.org.models import Seat
from tests.cast import DAY, Cast, at
from tests.ledger.make import a_cycle, a_measure, a_problem, claimed, closed, fresh, proven, verified

PEOPLE = ("secretary", "organiser", "inspector", "member", "probationer", "outsider", "clerk")


def raised(cast: Cast) -> tuple[Problem, Measure]:
    problem = a_problem(cast)
    return problem, a_measure(cast, problem)


def sent_back(cast: Cast) -> tuple[Problem, Measure]:
    problem, measure = claimed(cast)
    closing.verify(problem, result="退回", reason="补撤下日期", by=cast.inspector, at=at(14))
    return fresh(problem), measure


def again(cast: Cast) -> tuple[Problem, Measure]:
    problem, measure = closed(cast)
    closing.reopen(problem, reason="又来了", by=cast.secretary, at=at(17))
    return fresh(problem), measure


STATES: dict[str, Callable[[Cast], tuple[Problem, Measure]]] = {
    "待支委会研究": raised,
    "整改中": proven,
    "待核验": claimed,
    "待核验，已通过": verified,
    "退回": sent_back,
    "已销号": closed,
    "再次出现": again,
}
COMMITTEE = {"secretary", "organiser", "inspector"}
AT_WORK = {"整改中", "退回", "再次出现"}

# act → state → who may; a state that is not named: nobody
MAY: dict[str, dict[str, set[str]]] = {
    "change": {state: COMMITTEE for state in {"待支委会研究", *AT_WORK}},
    "set": {state: COMMITTEE for state in {"待支委会研究", *AT_WORK}},
    "change_measure": {state: COMMITTEE for state in {"待支委会研究", *AT_WORK}},
    "work": {state: {*COMMITTEE, "member"} for state in AT_WORK},
    "claim": {state: {"member"} for state in AT_WORK},
    "verify": {"待核验": COMMITTEE},
    "decide": {"待核验，已通过": COMMITTEE},
    "reopen": {"已销号": COMMITTEE},
}


def ask(act: str, seat: Seat, problem: Problem, measure: Measure) -> Verdict:
    match act:
        case "change":
            return access.may_change(seat, problem)
        case "set":
            return access.may_set_measures(seat, problem)
        case "change_measure":
            return access.may_change_measure(seat, measure)
        case "work":
            return access.may_work(seat, measure, day=DAY)
        case "claim":
            return access.may_claim(seat, problem, day=DAY)
        case "verify":
            return access.may_verify(seat, problem, day=DAY)
        case "decide":
            return access.may_decide(seat, problem)
        case _:
            return access.may_reopen(seat, problem)


@pytest.mark.parametrize("state", STATES)
def test_who_may_do_what(cast: Cast, state: str) -> None:
    problem, measure = STATES[state](cast)
    found = {act: {who for who in PEOPLE if ask(act, getattr(cast, who), problem, measure)} for act in MAY}
    assert found == {act: by_state.get(state, set()) for act, by_state in MAY.items()}


@pytest.mark.parametrize("state", STATES)
def test_every_refusal_says_who_can_or_what_is_missing(cast: Cast, state: str) -> None:
    problem, measure = STATES[state](cast)
    verdicts = [ask(act, getattr(cast, who), problem, measure) for act in MAY for who in PEOPLE]
    reasons = {reason for verdict in verdicts for reason in verdict.reasons}
    assert reasons
    assert [r for r in reasons if "请" not in r and "正在" not in r and "不用" not in r and "等会议" not in r] == []


def test_everybody_of_the_branch_may_raise(cast: Cast) -> None:
    cycle = a_cycle(cast)
    assert {who for who in PEOPLE if access.may_raise(getattr(cast, who), cycle)} == {
        "secretary", "organiser", "inspector", "member", "probationer"
    }  # fmt: skip


def test_starting_waits_for_cause_owner_and_term(cast: Cast) -> None:
    problem = a_problem(cast)
    assert access.may_start(cast.secretary, problem, day=DAY).reasons == (
        "还没有写原因，请书记或委员补上", "还没有措施，请书记或委员补上"
    )  # fmt: skip


def test_a_claim_names_each_measure_that_lacks_something(cast: Cast) -> None:
    problem, _ = proven(cast)
    a_measure(cast, problem, action="另一条措施", standard="")
    assert access.may_claim(cast.member, problem, day=DAY).reasons == (
        "措施“另一条措施”还没有完成标准，请书记或委员补上", "措施“另一条措施”还没有佐证，请责任人补上"
    )  # fmt: skip


# --- the rules themselves --------------------------------------------------------------------------------------------
def test_doer_is_not_checker() -> None:
    one, other = uuid4(), uuid4()
    assert rules.doer_is_not_checker(one, {other})
    assert not rules.doer_is_not_checker(one, {one, other})
    assert not rules.doer_is_not_checker(None, set())


def test_a_complete_measure_has_owner_and_term() -> None:
    assert rules.measure_is_complete(rules.MeasureShape("做", 1, DAY, [], []))
    assert rules.measure_is_complete(rules.MeasureShape("做", 1, None, ["2026-06-01"], []))
    assert rules.measure_lacks(rules.MeasureShape("做", 0, None, [], [])) == ["责任人", "时限"]


@pytest.mark.parametrize(
    ("example", "marks"),
    [
        ("2025年10月18日走访时农机维修点没有人", ["时间", "地点或事项"]),
        ("支部书记3次没有到会", ["人或岗位", "数量"]),
        ("有的同志不够主动", ["人或岗位"]),
        ("学得不深不透", []),
    ],
)
def test_what_an_example_gives(example: str, marks: list[str]) -> None:
    assert rules.example_marks(example) == marks
    assert bool(rules.example_hint(example)) == (len(marks) < 2)


def test_the_next_number() -> None:
    assert rules.number_after([], "25-") == "25-01"
    assert rules.number_after(["25-01", "25-09", "25专1-12"], "25-") == "25-10"
    assert rules.number_after(["25-99"], "25-") == "25-100"
