"""Who answers for a measure: a person, a post, a 党小组 or the whole branch; and that none of them checks it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.core.models import stamp
from bihuan.ledger import queries, sheets
from bihuan.ledger.actions import closing, measures, problems
from bihuan.ledger.actions.sheet import apply_sheet
from bihuan.ledger.comparing import compare
from bihuan.ledger.models import Assignment, Measure, Problem
from bihuan.ledger.queries.duty_list import duty_list, people_with_duties
from bihuan.ledger.queries.sheet import STANDARD, sheet_rows
from bihuan.ledger.queries.table import ledger_rows
from bihuan.ledger.sheets import COLUMNS
from bihuan.org import actions as org_actions
from bihuan.org.models import Group, Seat
from bihuan.report.facts.records import Records
from tests.cast import DAY, Cast, at, person_named
from tests.ledger.make import STANDARDS, a_measure, a_problem, fresh, proof

BEFORE = DAY - timedelta(days=30)


@pytest.fixture(autouse=True)
def on_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(18))


def group(cast: Cast, *names: str, since: date = BEFORE) -> Group:
    """一组 of these people from that day on."""
    places = {person_named(cast.branch, name): "一组" for name in names}
    [made] = org_actions.set_groups(["一组"], places=places, leaders=[], since=since, by=cast.secretary, at=at(8))
    return made


def at_work_of(cast: Cast, owner: Any, **changes: Any) -> tuple[Problem, Measure]:
    problem = a_problem(cast)
    problems.add_cause(problem, text="没有定下由谁负责", by=cast.secretary, at=at(9, 5))
    measure = a_measure(cast, problem, owner=owner, **changes)
    return problems.start_work(problem, by=cast.secretary, at=at(9, 15)), measure


def get(seat: Seat, name: str, *args: object, **asked: str) -> str:
    client = Client()
    client.force_login(seat.account)
    return str(client.get(reverse(f"ledger:{name}", args=args), asked).content.decode())


def post(seat: Seat, name: str, *args: object, **given: Any) -> str:
    client = Client()
    client.force_login(seat.account)
    return str(client.post(reverse(f"ledger:{name}", args=args), given, follow=True).content.decode())


# --- a 党小组 --------------------------------------------------------------------------------------------------------
def test_everybody_of_the_group_does_it_and_nobody_of_it_checks_it(cast: Cast) -> None:
    ours = group(cast, "孙四", "周三")
    problem, measure = at_work_of(cast, ours)
    for standard in STANDARDS.splitlines():
        proof(cast, measure, standard)
    assert queries.owner_names(problem, DAY) == ["一组"]
    closing.claim_closing(problem, words="", by=cast.member, at=at(11))
    assert {person.name for person in queries.eligible_checkers(problem, DAY)} == {"赵一", "钱二"}
    with pytest.raises(Refused, match="不能核验自己做的事；请赵一、钱二核验"):
        closing.verify(problem, result="通过", reason="", by=cast.inspector, at=at(14))
    assert closing.verify(problem, result="通过", reason="", by=cast.organiser, at=at(14)).checker.name == "钱二"


def test_who_left_the_group_meanwhile_did_it_and_who_left_before_did_not(cast: Cast) -> None:
    group(cast, "孙四", "周三", "何六")
    ours = group(cast, "孙四", "周三", since=DAY - timedelta(days=1))
    problem, _ = at_work_of(cast, ours)
    later = DAY + timedelta(days=5)
    places = {person_named(cast.branch, "孙四"): "一组"}
    org_actions.set_groups(["一组"], places=places, leaders=[], since=later, by=cast.secretary, at=at(8, day=later))
    names = {person_named(cast.branch, name).pk: name for name in ("孙四", "周三", "何六")}
    assert {names[key] for key in queries.doers(problem)} == {"孙四", "周三"}


def test_another_group_may_claim_nothing(cast: Cast) -> None:
    problem, measure = at_work_of(cast, group(cast, "郭五", "何六"))
    with pytest.raises(Refused, match="申请销号由责任人来办，请一组来办"):
        closing.claim_closing(problem, words="都做到了", by=cast.member, at=at(11))
    with pytest.raises(Refused, match="由这条措施的责任人"):
        measures.note_progress(measure, words="贴了", on=DAY, by=cast.member, at=at(11))


def test_an_empty_group_and_a_strange_one_answer_for_nothing(cast: Cast) -> None:
    problem = a_problem(cast)
    with pytest.raises(Refused, match="一组那天还没有编进人"):
        a_measure(cast, problem, owner=group(cast))
    strange = org_actions.set_groups(
        ["外组"], places={cast.person(cast.outsider): "外组"}, leaders=[], since=BEFORE, by=cast.outsider, at=at(8)
    )[0]
    with pytest.raises(Refused, match="外组那天还没有编进人"):
        a_measure(cast, problem, owner=strange)
    with pytest.raises(Refused, match="第二支部不是本支部"):
        a_measure(cast, problem, owner=cast.other_branch)
    with pytest.raises(Refused, match="只写一样"):
        a_measure(cast, problem, owner_post="书记")
    assert not Assignment.objects.of(cast.branch.pk).exists()


# --- the whole branch ------------------------------------------------------------------------------------------------
def test_what_the_whole_branch_does_only_the_superior_checks(cast: Cast) -> None:
    problem, measure = at_work_of(cast, cast.branch)
    for standard in STANDARDS.splitlines():
        proof(cast, measure, standard, by=cast.probationer)
    closing.claim_closing(problem, words="", by=cast.member, at=at(11))
    assert queries.eligible_checkers(problem, DAY) == []
    with pytest.raises(Refused, match="请上级党组织的经办同志核验"):
        closing.verify(problem, result="通过", reason="", by=cast.secretary, at=at(14))
    assert cast.person(cast.probationer).pk in queries.doers(problem)


def test_the_database_refuses_two_holders(cast: Cast) -> None:
    _, measure = at_work_of(cast, cast.person(cast.member))
    for given in (
        {"person": cast.person(cast.member), "group": group(cast, "孙四")},
        {},
        {"post": "书记", "org": cast.branch},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.create(
                measure=measure, role="责任人", since=DAY, **given, **stamp(by=cast.secretary, at=at())
            )


# --- pages, sheets and papers ----------------------------------------------------------------------------------------
def test_the_form_offers_posts_groups_and_the_branch(cast: Cast) -> None:
    ours, problem = group(cast, "孙四", "郭五"), a_problem(cast)
    html = get(cast.secretary, "add_measure", problem.pk)
    for words in ('<optgroup label="岗位">', '<optgroup label="党小组">', '<optgroup label="整个支部">', "一组"):
        assert words in html
    given = {"action": "逐村核对", "standard": "核对完", "due": "2026-3-29"}
    assert "请选责任人，或者选一个岗位、一个党小组" in post(cast.secretary, "add_measure", problem.pk, **given)
    both = {**given, "owner": cast.person(cast.member).pk, "body": ours.pk}
    assert "只选一样" in post(cast.secretary, "add_measure", problem.pk, **both)
    assert not Measure.objects.of(cast.branch.pk).exists()
    assert "责任人 一组" in post(cast.secretary, "add_measure", problem.pk, **given, body=ours.pk)
    measure = Measure.objects.of(cast.branch.pk).get()
    branch = {"body": cast.branch.pk, "since": "2026-3-10"}
    assert "2026年3月10日起由第一支部负责" in post(cast.secretary, "hand_over", measure.pk, **branch)
    assert "第一支部已经是责任人" in post(cast.secretary, "hand_over", measure.pk, **branch)
    assert "请选责任人，或者选一个岗位、一个党小组" in post(
        cast.secretary, "hand_over", measure.pk, since="2026-3-11"
    )  # fmt: skip
    post(cast.secretary, "hand_over", measure.pk, body="组织委员", since="2026-3-11")
    owners = [[spell.who for spell in fresh(measure).owners_on(DAY + timedelta(days=n))] for n in range(3)]
    assert owners == [["一组"], ["第一支部"], ["组织委员"]]


def test_table_duty_list_workbook_and_paper_name_the_group(cast: Cast) -> None:
    problem, _ = at_work_of(cast, group(cast, "孙四", "郭五"))
    [row] = ledger_rows(problem.cycle, cast.secretary, DAY)
    theirs = {person_named(cast.branch, name).pk for name in ("孙四", "郭五")}
    assert (row.owners, row.owner_ids) == (("一组",), theirs)
    assert 'data-label="责任人">一组<' in get(cast.secretary, "table")
    listed = duty_list(cast.person(cast.member), problem.cycle, cast.member, DAY)
    assert [duty.through for duty in listed.duties] == ["一组"]
    assert "以一组身份" in get(cast.member, "duty", cast.person(cast.member).pk)
    assert {person.name for person in people_with_duties(problem.cycle, DAY)} == {"孙四", "郭五"}
    assert [line["责任人"] for line in sheet_rows(problem.cycle, cast.secretary, DAY)] == ["一组"]
    [stands] = Records(problem.cycle, DAY).measures
    assert [owner.who for owner in stands.owners] == ["一组"]


@pytest.mark.parametrize("holder", ["group", "branch", "post"])
def test_lateness_is_told_to_whoever_stands_behind_the_owner_and_to_the_secretary(
    cast: Cast, holder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, dict[str, Any]] = {
        "group": {"owner": group(cast, "孙四", "郭五")},
        "branch": {"owner": cast.branch},
        "post": {"owner": None, "owner_post": "纪检委员"},
    }
    problem, _ = at_work_of(cast, **given[holder])
    monkeypatch.setattr(clock, "now", lambda: at(9, day=DAY + timedelta(days=29)))
    told = {"group": {"secretary", "member"}, "post": {"secretary", "inspector"}}.get(
        holder, {"secretary", "member", "inspector", "organiser", "probationer"}
    )
    for who in ("secretary", "member", "inspector", "organiser", "probationer", "clerk"):
        seat, asked = getattr(cast, who), {"cycle": str(problem.cycle_id)}
        late = {"已过9天" in get(seat, "table", **asked), "已过9天" in get(seat, "problem", problem.pk)}
        assert late == {who in told}, who


def test_the_number_of_queries_does_not_grow_with_groups(cast: Cast, django_assert_max_num_queries: Any) -> None:
    problem, _ = at_work_of(cast, group(cast, "孙四", "郭五"))
    for number in range(5):
        a_measure(cast, a_problem(cast), action=f"第{number}条", owner=Group.objects.of(cast.branch.pk).get())
        a_measure(cast, a_problem(cast), owner=cast.branch)
        a_measure(cast, a_problem(cast), owner=None, owner_post="书记")
    with django_assert_max_num_queries(15):
        assert len(ledger_rows(problem.cycle, cast.secretary, DAY)) == 16


def test_a_workbook_brings_a_group_and_the_branch_as_owners(cast: Cast) -> None:
    ours, problem = group(cast, "孙四"), a_problem(cast)
    grid = [list(COLUMNS)]
    for name in ("一组", "第一支部"):
        cells = {"编号": problem.no, "措施": f"{name}来做", STANDARD: "做到", "责任人": name, "时限": "2026-6-30"}
        grid.append([cells.get(column, "") for column in COLUMNS])
    found = compare(sheets.rows(grid), problem.cycle, cast.secretary, DAY)
    assert (found.wrong, len(found.new)) == ([], 2)
    apply_sheet(problem.cycle, found.changes, by=cast.secretary, at=at(12))
    held = Assignment.objects.of(cast.branch.pk).order_by("recorded_at", "pk")
    assert [spell.group or spell.org for spell in held] == [ours, cast.branch]
