"""An empty database: every page answers, from the first account on."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from bihuan.core.models import Blob
from bihuan.cycle.models import Cycle
from bihuan.desk.actions import begin
from bihuan.ledger.models import Problem
from bihuan.org import actions
from bihuan.org.models import Account, Membership, Person, Seat
from tests.cast import at
from tests.faults.test_hostile import text
from tests.faults.world import WANTS, addresses

FORM = {"version": "1", "form_key": "", "day": "2026-3-8", "name": "", "words": ""}


def walk(client: Client, keys: dict[str, list[object]] | None = None) -> None:
    """Every address that can be made, asked for and sent an empty form: no fault anywhere."""
    from django.urls import reverse

    for address in addresses():
        if address.name in {"org:logout", "archive:download", "desk:walk_in"}:
            continue
        kinds = WANTS.get(address.name, {})
        if any(not (keys or {}).get(kinds.get(want, "")) for want in address.wants):
            continue
        url = reverse(address.name, kwargs={want: (keys or {})[kinds[want]][0] for want in address.wants})
        answers = [client.get(url), client.get(url, {"day": "2026-03-08", "form": "党员大会"}), client.post(url, FORM)]
        for answer in answers:
            assert answer.status_code < 500, (address.name, answer.status_code)
            if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                assert "</h1>" in text(answer), address.name


@pytest.fixture
def fresh(client: Client, installed: None) -> tuple[Client, Account]:
    account = Account(login="first")
    account.set_password("yi-ge-hao-mima-2026")
    account.save()
    client.force_login(account)
    return client, account


def test_nobody_is_there(client: Client, installed: None) -> None:
    walk(client)


def test_the_first_account_with_its_one_time_password(client: Client, installed: None) -> None:
    made = actions.first_account(at=at(8))
    assert made
    client.force_login(made[0])
    walk(client)
    assert client.get("/").headers["Location"] == "/org/password/"


def test_before_the_first_question(fresh: tuple[Client, Account]) -> None:
    client, _ = fresh
    walk(client)
    assert not Seat.objects.everywhere("test").exists()


def test_after_the_first_question(fresh: tuple[Client, Account]) -> None:
    """A branch and a year, and nothing else: no roster, no notice, no paper."""
    client, account = fresh
    seat = begin(account, name="样例支部", superior="样例委员会", year=2025, at=at(8))
    cycle = Cycle.objects.of(seat.org_id).get()
    walk(client, {"cycle": [cycle.pk], "account": [account.pk]})
    assert not Membership.objects.of(seat.org_id).exists()


def test_with_a_roster_and_no_year(fresh: tuple[Client, Account]) -> None:
    client, account = fresh
    seat = actions.found_branch(account, name="样例支部", superior="样例委员会", at=at(8))
    people = [actions.NewMember(name="甲", kind="正式", title="书记"), actions.NewMember(name="乙", kind="预备")]
    actions.take_in_roster(people, by=seat, at=at(8))
    someone = Person.objects.of(seat.org_id).get(name="乙")
    membership = Membership.objects.of(seat.org_id).get(person=someone)
    walk(client, {"person": [someone.pk], "membership": [membership.pk], "account": [account.pk]})


def test_with_a_roster_and_a_report_and_nothing_else(fresh: tuple[Client, Account]) -> None:
    from bihuan.report import actions as report
    from bihuan.report.body import read_body

    client, account = fresh
    seat = begin(account, name="样例支部", superior="样例委员会", year=2025, at=at(8))
    actions.take_in_roster([actions.NewMember(name="甲", kind="正式", title="书记")], by=seat, at=at(8))
    actions.own_account(Person.objects.of(seat.org_id).get(), by=seat, at=at(8))
    seat = Seat.objects.of(seat.org_id).select_related("account__person", "org").get()
    cycle = Cycle.objects.of(seat.org_id).select_related("org", "notice").get()
    draft = report.start_draft(cycle, by=seat, at=at())
    body = read_body(draft.body)
    walk(
        client,
        {
            "cycle": [cycle.pk], "draft": [draft.pk], "person": [seat.person_id], "account": [account.pk],
            "section": [body.sections[-1].key], "paragraph": [next(p.id for _, p in body.paragraphs())],
        },
    )  # fmt: skip
    assert not Problem.objects.of(seat.org_id).exists()
    assert not Blob.objects.exists()
    assert date(2026, 3, 9) == at().date()
