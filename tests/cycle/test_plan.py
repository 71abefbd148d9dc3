"""The plan of a year: what does not fit, and the page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from bihuan.core import clock
from bihuan.cycle import actions, queries
from bihuan.cycle.plan import STEPS, plan_remarks
from bihuan.org.actions import end_membership
from bihuan.org.models import Membership
from tests.cast import DAY, Cast, at, person_named
from tests.cycle.test_actions import a_notice, a_year


def day(month: int, of_month: int) -> date:
    return date(2026, month, of_month)


def test_a_plan_in_order_says_nothing() -> None:
    fits = {"study": day(2, 1), "opinions": day(2, 3), "life_meeting": day(2, 3), "report": day(3, 31)}
    assert plan_remarks(fits, day(3, 31)) == []
    assert plan_remarks({"study": day(9, 1)}, None) == []


def test_what_does_not_fit_is_said() -> None:
    late = {"study": day(3, 5), "talks": day(3, 6), "last_year": day(3, 1), "life_meeting": day(3, 4)}
    assert plan_remarks(late, None) == ["集中学习、谈心谈话排在组织生活会以后，要在会前做完。"]
    assert "情况报告排在组织生活会以前" in plan_remarks({"life_meeting": day(3, 4), "report": day(3, 3)}, None)[0]
    assert plan_remarks({"report": day(4, 1)}, day(3, 31)) == ["通知要求3月31日以前报，情况报告排得晚了。"]


@pytest.fixture
def client(cast: Cast, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """组织委员's browser on the cast's day."""
    (data_folder / "static").mkdir(exist_ok=True)
    monkeypatch.setattr(clock, "now", lambda: at(15))
    client = Client()
    client.force_login(cast.organiser.account)
    return client


def sent(**typed: str) -> dict[str, str]:
    blank = {f"{part}-{code}": "" for code in STEPS for part in ("due", "owner")}
    return (
        blank
        | {f"seen-{code}": "0" for code in STEPS}
        | {name.replace("__", "-"): text for name, text in typed.items()}
    )


def test_the_plan_is_made_on_its_page_and_shown_on_the_rail(client: Client, cast: Cast) -> None:
    cycle = a_year(cast)
    page = reverse("cycle:plan", args=[cycle.pk])
    sun = str(cast.person(cast.member).pk)
    answer = client.post(page, sent(due__study="2026.3.20", due__life_meeting="2026年3月18日", owner__study=sun))
    assert answer.headers["Location"] == page
    shown = client.get(page).content.decode()
    assert "2026年3月20日" in shown
    assert "集中学习排在组织生活会以后" in shown
    home = client.get("/").content.decode()
    assert "3月20日以前，孙四照看" in home
    assert page.replace(f"{cycle.pk}/", "") in home
    assert reverse("cycle:plan", args=[cycle.pk]) in client.get(reverse("cycle:notice")).content.decode()


def test_what_is_wrong_keeps_what_was_typed(client: Client, cast: Cast) -> None:
    page = reverse("cycle:plan", args=[a_year(cast).pk])
    wrong = client.post(page, sent(due__study="三月初", due__talks="2026-3-8")).content.decode()
    assert 'value="三月初"' in wrong
    assert 'value="2026-3-8"' in wrong
    stranger = client.post(page, sent(owner__study=str(person_named(cast.other_branch, "吴九").pk))).content.decode()
    assert "这里没有您选的这一项" in stranger
    assert "和原来一样" in client.post(page, sent()).content.decode()
    client.force_login(cast.member.account)
    assert "请他们来办" in client.post(page, sent(due__study="2026-3-8")).content.decode()


def test_two_tabs_see_each_other(client: Client, cast: Cast) -> None:
    cycle = a_year(cast)
    page = reverse("cycle:plan", args=[cycle.pk])
    client.post(page, sent(due__study="2026-3-8"))
    late = client.post(page, sent(due__study="2026-3-12", due__talks="2026-3-9")).content.decode()
    assert "您打开这一页以后" in late
    assert "3月8日以前" in late
    assert "3月12日以前" in late
    assert set(queries.plan_of(cycle)) == {"study"}


def test_whoever_left_goes_on_standing_in_the_plan(client: Client, cast: Cast) -> None:
    cycle, he = a_year(cast), person_named(cast.branch, "何六")
    actions.set_plan(cycle, steps=[actions.Planned("talks", owner=he.pk)], by=cast.secretary, at=at())
    spell = Membership.objects.of(cast.branch.pk).get(person=he)
    end_membership(spell, until=day(3, 1), went_by="转出", by=cast.secretary, at=at())
    page = reverse("cycle:plan", args=[cycle.pk])
    kept = sent(owner__talks=str(he.pk), seen__talks="1", due__study="2026-3-8")
    assert client.post(page, kept).status_code == 302
    assert queries.plan_of(cycle)["talks"].owner == he


def test_the_notices_day_stands_beside_it(client: Client, cast: Cast) -> None:
    cycle = a_year(cast)
    a_notice(cast, cycle, report_due=day(3, 31))
    page = client.get(reverse("cycle:plan")).content.decode()
    assert "以前报" in page
    assert "3月31日" in page


def test_the_rail_asks_once_more_for_the_plan(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cycle = a_year(cast)
    steps = [actions.Planned(code, DAY, cast.person(cast.member).pk) for code in STEPS]
    actions.set_plan(cycle, steps=steps, by=cast.secretary, at=at())
    with django_assert_num_queries(1):
        assert all(step.words for step in queries.plan_of(cycle).values())
