"""Names, sentences and numbers at their largest: every page answers, asks no more, and is no wider than a phone.

The rows are stretched in place: what is looked at is reading. Nothing here says that an action would allow them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.cycle.actions import open_cycle
from bihuan.cycle.models import Aspect, Notice
from bihuan.ledger.models import Carry, Cause, Evidence, Measure, Origin, Problem, Progress, Proposal
from bihuan.meeting.models import Attendance, Meeting, Resolution
from bihuan.org.models import Org, Person, Seat
from bihuan.report.models import SuperiorRemark
from tests.browser import NARROW, Served, chromium, page_of, served, shoot, sideways
from tests.cast import Cast, at
from tests.faults import test_ten_years, world

__all__ = ["served"]

pytestmark = pytest.mark.django_db
UNBROKEN = ("长" * 1000 + "w" * 1000)[:2000]
LONG_BRANCH = "中共样例省样例市样例县样例镇样例农业综合服务中心与样例供销合作社联合社及样例农机合作社联合支部委员会第一"
ONE_A_LINE = 300
MAIN = ("/", "/ledger/", "/ledger/problem/new/", "/ledger/links/", "/ledger/duty/", "/ledger/last-year/", "/meeting/", "/report/",
        "/report/forms/", "/org/members/", "/org/members/posts/", "/org/members/groups/", "/year/notice/", "/year/policy/",
        "/archive/audit/", "/roles/")  # fmt: skip


def stretch(cast: Cast) -> None:
    """Names of 15 characters, branches of 60, sentences of 2,000 without a break."""
    org = cast.branch.pk
    for number, person in enumerate(Person.objects.of(org)):
        Person.objects.of(org).filter(pk=person.pk).update(name=f"样例买买提江阿卜杜热合曼{number:03}"[:15])
    for branch in (cast.branch, cast.committee, cast.other_branch):
        Org.objects.everywhere("stretched for a test").filter(pk=branch.pk).update(name=(LONG_BRANCH * 2)[:60])
    for model, fields in _LONG.items():
        model.objects.of(org).update(**{name: UNBROKEN[: most or 2000] for name, most in fields.items()})


_LONG: dict[Any, dict[str, int]] = {
    Problem: {"statement": 0, "example": 0}, Origin: {"words": 0, "number": 60, "paper_name": 200},
    Cause: {"text": 0}, Measure: {"action": 0, "standard": 0}, Progress: {"words": 0},
    Evidence: {"words": 0, "shows": 300, "standard": 300, "file_name": 200}, Carry: {"ground": 0},
    Proposal: {"lead": 0}, Notice: {"title": 200, "theme": 300}, Aspect: {"text": 200},
    Meeting: {"topic": 200, "place": 100}, Attendance: {"absent": 200}, Resolution: {"item": 200},
    SuperiorRemark: {"point": 0},
}  # fmt: skip


def _client(seat: Seat) -> Client:
    client = Client()
    client.force_login(seat.account)
    return client


def asked(client: Client, filled: world.World) -> dict[str, int]:
    """How many queries each page needs; whatever answers with an error is an error of the test."""
    counts = {}
    for address in world.addresses():
        for url in address.urls(filled, every=False)[:1]:
            client.get("/feedback/")  # the session's own bookkeeping is done
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = client.get(url)
            assert answer.status_code < 500, url
            if answer.status_code == 200 and not answer.streaming and "html" in answer.headers["Content-Type"]:
                counts[address.name] = len(queries)
    return counts


def test_every_page_answers_with_everything_at_its_longest(cast: Cast) -> None:
    filled = world.fill(cast)
    stretch(cast)
    for seat in (cast.secretary, cast.member, cast.clerk):
        assert len(asked(_client(seat), filled)) > 15


def test_no_page_asks_more_for_three_hundred_members(cast: Cast) -> None:
    filled = world.fill(cast)
    client = _client(cast.secretary)
    before = asked(client, filled)
    test_ten_years.lay_members(cast, ONE_A_LINE)
    after = asked(client, filled)
    assert len(before) > 60
    more = {name: (before[name], after[name]) for name in before if after.get(name, 0) > before[name]}
    assert more == {}


def test_no_page_asks_more_after_ten_years(cast: Cast) -> None:
    filled = world.fill(cast)
    client = _client(cast.secretary)
    before = asked(client, filled)
    _ten_years(cast)
    after = asked(client, filled)
    more = {name: (before[name], after[name]) for name in before if after.get(name, 0) > before[name]}
    assert more == {}


def _ten_years(cast: Cast) -> None:
    for year in range(2014, 2024):
        cycle = open_cycle(year=year, by=cast.secretary, at=at())
        test_ten_years.lay_year(cast, cycle, how_many=3)


@pytest.mark.browser
@pytest.mark.parametrize("look", ["", *(pytest.param(name, marks=pytest.mark.long) for name in ("big", "night"))])
def test_no_main_page_is_wider_than_a_phone(served: Served, look: str) -> None:
    filled = world.fill(served.cast)
    stretch(served.cast)
    account = served.cast.secretary.account
    account.big_type, account.night = look == "big", look == "night"
    account.save()
    problem, meeting, person = (filled.keys[name][0] for name in ("problem", "meeting", "person"))
    draft, paper = filled.keys["draft"][0], filled.keys["paper"][0]
    own = (f"/ledger/problem/{problem}/", f"/meeting/{meeting}/", f"/meeting/{meeting}/edit/", f"/org/members/{person}/",
           f"/report/{draft}/", f"/ledger/last-year/paper/{paper}/", f"/ledger/duty/{person}/")  # fmt: skip
    pictures = os.environ.get("BIHUAN_LOOK")
    wide = {}
    with chromium() as browser, page_of(browser, width=NARROW) as page:
        served.wear(page, served.cast.secretary)
        for path in (*MAIN, *own):
            page.goto(f"{served.url}{path}")
            if over := sideways(page):
                wide[path] = over
            if pictures:
                name = path.strip("/").replace("/", "-")[:24] or "home"
                shoot(page, Path(pictures) / f"{look or 'plain'}-{name}.png")
    assert wide == {}
