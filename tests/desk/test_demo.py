"""The demo holds nothing that the house forbids: it passes the strictest checks there are, and every page of it answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

import bihuan.desk.demo
from bihuan.core import audit
from bihuan.desk import demo, steps
from bihuan.ledger.models import Problem
from bihuan.org.models import Org, Seat
from bihuan.org.queries import children_on, roster
from bihuan.report.models import Draft, Submission
from bihuan.report.paper import docx_of, paper_of
from bihuan.report.queries import standing
from bihuan_text import check, read_document, read_report

DAY = date(2026, 3, 9)


@pytest.fixture
def told(installed: None) -> list[Seat]:
    demo.build()
    return demo.cast(DAY)


def test_it_is_a_committee_with_three_branches_one_of_23_members(told: list[Seat]) -> None:
    (committee,) = Org.objects.everywhere("the demo has one committee").filter(kind="党委")
    branches = {org.name: len(roster(org.pk, DAY)) for org in children_on(committee.pk, DAY)}
    assert branches == {"青禾镇农业综合服务中心党支部": 23, "青禾镇中心小学党支部": 8, "柳湾村党支部": 4}
    assert Org.objects.everywhere("nothing else was left over").count() == 4


def test_one_branch_stands_at_every_stage_and_one_has_finished(told: list[Seat]) -> None:
    middle, school = (next(s for s in told if s.account.login == login) for login in ("hanst", "xuecb"))
    states = set(Problem.objects.of(middle.org_id).values_list("state", flat=True))
    assert states == {"待支委会研究", "整改中", "待核验", "已销号"}
    assert Submission.objects.of(school.org_id).count() == 1
    assert [view.name for view in steps.thread(school) if not view.done] == ["整改销号"]


def test_its_chain_holds(told: list[Seat]) -> None:
    read, breaks = audit.verify()
    assert (read > 150, breaks) == (True, [])


def test_last_years_paper_has_no_finding() -> None:
    text = Path(bihuan.desk.demo.__file__).with_name("last_year.txt").read_bytes()
    document = read_document(text, "last_year.txt")
    assert len(read_report(document).aspects) == 2
    assert check(document) == []


def test_the_finished_report_has_no_finding_and_is_fresh(told: list[Seat]) -> None:
    school = next(s for s in told if s.account.login == "xuecb")
    draft = Draft.objects.of(school.org_id).select_related("cycle__org", "cycle__notice").get()
    now = standing(draft, DAY)
    assert (now.stops, now.is_fresh) == ([], True)
    assert check(read_document(docx_of(paper_of(now.content)), "报告.docx")) == []


def test_building_twice_builds_once(told: list[Seat]) -> None:
    demo.build()
    assert len(demo.cast(DAY)) == len(told)


def test_nobody_walks_in_outside_a_demo(client: Client, installed: None) -> None:
    assert client.get("/demo/").status_code == 404
