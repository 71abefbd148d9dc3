"""What was typed and not handed in comes back to whoever typed it, and to nobody else."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from bihuan.core.models import Entry, FormDraft
from bihuan.ledger.models import Problem
from bihuan.org.models import Seat
from tests.archive.year import a_year
from tests.cast import Cast

RAISE = "/ledger/problem/new/"
WORDS = {
    "statement": "样例：议题没有先调研",
    "example": "样例事例",
    "origin_kind": "自查",
    "origin_words": "样例原话",
    "subject": "支部",
}
SAID = "写下、还没有提交的草稿"


def signed_in(seat: Seat) -> Client:
    client = Client()
    client.force_login(seat.account)
    return client


@pytest.fixture
def year(cast: Cast) -> Cast:
    a_year(cast)
    return cast


def tab_of(page: HttpResponse) -> dict[str, str]:
    """The hidden fields that a form sends with its draft."""
    text = page.content.decode()
    return {
        name: re.findall(rf'name="{name}" value="([^"]*)"', text)[-1] for name in ("draft", "draft_part", "draft_from")
    }


def typed(client: Client, page: str, words: dict[str, str], tab: dict[str, str]) -> int:
    """What the script does a moment after the last key; returns the status."""
    return client.post(page, {**words, **tab}, headers={"X-Autosave": "1"}).status_code


def test_what_was_typed_comes_back_and_says_when(year: Cast) -> None:
    client = signed_in(year.secretary)
    first = client.get(RAISE)
    assert SAID not in first.content.decode()
    assert typed(client, RAISE, WORDS, tab_of(first)) == 204
    page = client.get(RAISE).content.decode()
    assert re.search(rf"这是您<time[^>]*>\d+:\d\d</time>{SAID}。", page)
    assert WORDS["statement"] in page
    assert re.search(r'value="支部"[^>]*checked', page)


def test_nobody_else_finds_it_and_no_record_was_made(year: Cast) -> None:
    before, lines = Problem.objects.of(year.branch.pk).count(), Entry.objects.count()
    client = signed_in(year.secretary)
    typed(client, RAISE, WORDS, tab_of(client.get(RAISE)))
    assert Problem.objects.of(year.branch.pk).count() == before
    assert Entry.objects.count() == lines
    assert SAID not in signed_in(year.organiser).get(RAISE).content.decode()
    draft = FormDraft.objects.get()
    for name in ("core:drop_draft", "core:take_draft_back"):
        assert signed_in(year.organiser).post(reverse(name, args=[draft.pk])).status_code == 404


def test_handing_in_takes_it_away(year: Cast) -> None:
    client = signed_in(year.secretary)
    typed(client, RAISE, WORDS, tab_of(client.get(RAISE)))
    page = client.get(RAISE)
    assert typed(client, RAISE, {**WORDS, "example": "又写了一点"}, tab_of(page)) == 204
    assert FormDraft.objects.count() == 2
    key = re.findall(r'name="form_key" value="(\w+)"', page.content.decode())[-1]
    done = client.post(RAISE, {**WORDS, **tab_of(page), "form_key": key})
    assert done.status_code == 302
    assert FormDraft.objects.count() == 0


def test_a_form_that_is_shown_again_goes_on_in_its_own_draft(year: Cast) -> None:
    client = signed_in(year.secretary)
    tab = tab_of(client.get(RAISE))
    typed(client, RAISE, WORDS, tab)
    again = client.post(RAISE, {**WORDS, "statement": "", **tab})
    assert again.status_code == 200
    assert tab_of(again)["draft"] == tab["draft"]
    assert FormDraft.objects.count() == 1


def test_two_tabs_do_not_overwrite_one_another(year: Cast) -> None:
    client = signed_in(year.secretary)
    one, other = tab_of(client.get(RAISE)), tab_of(client.get(RAISE))
    typed(client, RAISE, {**WORDS, "statement": "第一页的话"}, one)
    typed(client, RAISE, {**WORDS, "statement": "第二页的话"}, other)
    assert "第二页的话" in client.get(RAISE).content.decode()
    client.post(RAISE, {**WORDS, "statement": "第二页的话", **other})
    assert "第一页的话" in client.get(RAISE).content.decode(), "the other tab's words were never handed in"


def test_a_draft_goes_on_from_the_version_its_writer_saw(year: Cast) -> None:
    client = signed_in(year.secretary)
    problem = Problem.objects.of(year.branch.pk).exclude(state="已销号").first()
    assert problem is not None
    page = reverse("ledger:change_problem", args=[problem.pk])
    first = client.get(page)
    seen = re.findall(r'name="version" value="(\d+)"', first.content.decode())[-1]
    typed(client, page, {"statement": "样例：改过的话", "version": seen}, tab_of(first))
    problem.version += 1
    problem.statement = "样例：别人先改的话"
    problem.save()
    shown = client.get(page)
    assert f'name="version" value="{seen}"' in shown.content.decode()
    answer = client.post(page, {"statement": "样例：改过的话", "version": seen, **tab_of(shown)})
    assert answer.status_code == 200
    assert "现在存的" in answer.content.decode()
    assert FormDraft.objects.count() == 1


def test_it_can_be_dropped_and_taken_back(year: Cast) -> None:
    client = signed_in(year.secretary)
    typed(client, RAISE, WORDS, tab_of(client.get(RAISE)))
    draft = FormDraft.objects.get()
    dropped = client.post(reverse("core:drop_draft", args=[draft.pk]), follow=True)
    assert dropped.redirect_chain == [(RAISE, 302)]
    assert SAID not in dropped.content.decode()
    back = reverse("core:take_draft_back", args=[draft.pk])
    assert escape(back) in dropped.content.decode(), "撤销"
    assert SAID in client.post(back, follow=True).content.decode()


def test_the_minutes_of_a_meeting_come_back_with_who_was_there(year: Cast) -> None:
    client = signed_in(year.secretary)
    page = f"{reverse('meeting:new')}?form=%E6%94%AF%E5%A7%94%E4%BC%9A&day=2026-03-06"
    first = client.get(page)
    person = year.secretary.account.person_id
    words = {"topic": "样例议题", f"here-{person}": "缺席", f"why-{person}": "样例事由", "item-0": "样例决议"}
    assert typed(client, page, words, tab_of(first)) == 204
    shown = client.get(page).content.decode()
    assert all(word in shown for word in ("样例议题", "样例事由", "样例决议"))
    assert re.search(rf'name="here-{person}" value="缺席" checked', shown)


@pytest.mark.parametrize("words", ["机密★10年", "x" * 100_001])
def test_what_is_marked_as_secret_or_without_end_is_not_kept(year: Cast, words: str) -> None:
    client = signed_in(year.secretary)
    assert typed(client, RAISE, {"statement": words}, tab_of(client.get(RAISE))) == 422
    assert FormDraft.objects.count() == 0


@pytest.mark.parametrize("name", ["org:new_password", "core:feedback", "org:paste", "org:add"])
def test_pages_of_accounts_people_and_feedback_keep_nothing(year: Cast, name: str) -> None:
    client = signed_in(year.secretary)
    assert 'name="draft"' not in client.get(reverse(name)).content.decode()
    assert typed(client, reverse(name), {"words": "样例"}, {"draft": "a" * 32}) == 403
    assert FormDraft.objects.count() == 0


def test_without_a_seat_nothing_is_kept(year: Cast) -> None:
    assert typed(Client(), RAISE, WORDS, {"draft": "a" * 32}) == 403
    assert FormDraft.objects.count() == 0


def test_the_home_page_leads_back_to_what_was_not_handed_in(year: Cast) -> None:
    client = signed_in(year.secretary)
    typed(client, RAISE, WORDS, tab_of(client.get(RAISE)))
    page = client.get("/").content.decode()
    assert "还没有提交的草稿" in page
    assert f'href="{RAISE}"' in page
    assert "还没有提交的草稿" not in signed_in(year.organiser).get("/").content.decode()
