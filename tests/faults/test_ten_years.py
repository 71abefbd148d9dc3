"""Ten years of records: pages ask the database no more questions than in the first year.

The rows are laid in bulk: what is measured is reading. Nothing here says that the house's actions would allow them.
"""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.core.models import stamp
from bihuan.cycle.actions import open_cycle
from bihuan.cycle.models import Cycle
from bihuan.ledger.models import (
    Assignment,
    Cause,
    CauseLink,
    Evidence,
    Measure,
    MeasureLink,
    Origin,
    Problem,
    Progress,
    Term,
)
from bihuan.org.models import Membership, Person
from bihuan.report.actions import start_draft
from tests.cast import EIGHT, Cast, at
from tests.faults.test_hostile import sit, text

pytestmark = pytest.mark.long

PER_YEAR, MEMBERS = 40, 300


def lay_year(cast: Cast, cycle: Cycle, how_many: int = PER_YEAR) -> list[Problem]:
    """Problems at work, each with a cause, a measure with owner and day, three notes and two pieces of evidence."""
    head = stamp(by=cast.secretary, at=at())
    owner = cast.person(cast.member)
    origins = [Origin(org=cast.branch, kind="自查", words="", **head) for _ in range(how_many)]
    problems = [
        Problem(
            cycle=cycle, no=f"{cycle.year}-{n:03}", statement=f"样例{cycle.year}年问题{n}", example="样例",
            origin=origin, state="整改中", **head,
        )
        for n, origin in enumerate(origins)
    ]  # fmt: skip
    causes = [Cause(cycle=cycle, text=f"样例原因{n}", **head) for n in range(how_many)]
    measures = [
        Measure(cycle=cycle, action=f"样例措施{n}", standard="样例标准", state="进行中", **head)
        for n in range(how_many)
    ]
    due = date(cycle.year + 1, 6, 30)
    rows: list[tuple[Any, list[Any]]] = [
        (Origin, origins), (Problem, problems), (Cause, causes), (Measure, measures),
        (CauseLink, [CauseLink(cause=c, problem=p, **head) for c, p in zip(causes, problems, strict=True)]),
        (MeasureLink, [MeasureLink(measure=m, problem=p, **head) for m, p in zip(measures, problems, strict=True)]),
        (Assignment, [Assignment(measure=m, person=owner, since=EIGHT, **head) for m in measures]),
        (Term, [Term(measure=m, due=due, **head) for m in measures]),
        (Progress, [Progress(measure=m, words=f"样例{k}", **head) for m in measures for k in range(3)]),
        (Evidence, [
            Evidence(measure=m, kind="口述", words="样例", shows="样例", standard="样例标准", **head)
            for m in measures for k in range(2)
        ]),
    ]  # fmt: skip
    for model, made in rows:
        model.objects.bulk_create(made)
    return problems


def lay_members(cast: Cast, how_many: int) -> None:
    head = stamp(by=cast.secretary, at=at())
    people = [Person(name=f"样例{n}", home=cast.branch, joined_party_on=EIGHT, **head) for n in range(how_many)]
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(person=p, org=cast.branch, kind="正式", since=EIGHT + timedelta(days=1), **head) for p in people
    )


def asked(client: Client, urls: dict[str, str]) -> dict[str, tuple[int, float, str]]:
    """For each page: how many questions it asked, how long it took, what it said. Asked once before, to warm up."""
    found = {}
    for name, url in urls.items():
        client.get(url)
        with CaptureQueriesContext(connection) as questions:
            begun = time.perf_counter()
            answer = client.get(url)
            took = time.perf_counter() - begun
        assert answer.status_code == 200, name
        found[name] = (len(questions), took, text(answer))
    return found


def test_ten_years_ask_no_more_than_one(client: Client, cast: Cast) -> None:
    this = open_cycle(year=2025, by=cast.secretary, at=at(8))
    problem = lay_year(cast, this)[0]
    draft = start_draft(this, by=cast.secretary, at=at(8))
    measure = problem.measure_links.get().measure
    sit(client, cast.secretary)
    urls = {
        "home": "/",
        "table": reverse("ledger:table"),
        "search": f"{reverse('ledger:table')}?words=问题7&state=整改中",
        "story": reverse("ledger:problem", args=[problem.pk]),
        "measure": reverse("ledger:change_measure", args=[measure.pk]),
        "evidence": reverse("ledger:add_evidence", args=[measure.pk]),
        "recurs": reverse("ledger:note_recurrence", args=[problem.pk]),
        "members": reverse("org:members"),
        "register": reverse("meeting:register"),
        "new meeting": f"{reverse('meeting:new')}?day=2026-03-08&form=党员大会",
        "report": reverse("report:draft"),
        "report head": reverse("report:head", args=[draft.pk]),
        "audit": reverse("archive:audit"),
        "keep": reverse("archive:keep"),
        "carries": reverse("ledger:carries"),
        "years": reverse("cycle:open"),
    }
    one = asked(client, urls)
    for year in range(2016, 2025):
        lay_year(cast, open_cycle(year=year, by=cast.secretary, at=at(8) - timedelta(days=(2025 - year) * 365)))
    lay_members(cast, MEMBERS - Membership.objects.of(cast.branch.pk).count())
    assert Problem.objects.of(cast.branch.pk).count() == 10 * PER_YEAR
    ten = asked(client, urls)
    for name in urls:
        print(
            f"{name:12} {one[name][0]:3} questions {one[name][1]:.2f}s → {ten[name][0]:3} questions {ten[name][1]:.2f}s"
        )
    more = {name: (one[name][0], ten[name][0]) for name in urls if ten[name][0] > one[name][0]}
    assert more == {}
    assert "样例2025年问题3" in ten["table"][2]
    assert "样例2016年问题3" not in ten["table"][2]
    assert all(took < 5 for _, took, _ in ten.values())


def test_an_earlier_year_of_ten_answers_as_this_one_does(client: Client, cast: Cast) -> None:
    this = open_cycle(year=2025, by=cast.secretary, at=at(8))
    lay_year(cast, this)
    old = open_cycle(year=2016, by=cast.secretary, at=at(8) - timedelta(days=3300))
    problem = lay_year(cast, old)[5]
    sit(client, cast.secretary)
    table = reverse("ledger:table")
    found = asked(client, {"this": table, "old": f"{table}?cycle={old.pk}"})
    assert found["old"][0] <= found["this"][0] + 1  # the year asked for is looked up
    assert "样例2016年问题5" in found["old"][2]
    assert client.get(reverse("ledger:problem", args=[problem.pk])).status_code == 200
    assert client.get(reverse("meeting:register", args=[old.pk])).status_code == 200
