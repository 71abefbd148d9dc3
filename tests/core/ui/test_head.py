"""The head of every page: who sits where, which rooms, how it looks; and how little it asks of the database."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from bihuan.desk.context import PageHead
from tests.cast import Cast


def head(path: str, seat: Any = None) -> PageHead:
    request = RequestFactory().get(path)
    request.user = seat.account if seat else AnonymousUser()
    request.seat = seat  # type: ignore[attr-defined]
    request.resolver_match = resolve(path)
    return PageHead(request)


def test_the_head_itself_asks_nothing_and_the_thread_at_most_three_times(
    cast: Cast, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        shown = head(reverse("core:feedback"), cast.secretary)
        assert (shown.who, shown.org_name, shown.look) == ("赵一（书记）", "第一支部", "")
        assert shown.rooms[0].name == "今天"
    with django_assert_max_num_queries(3):
        assert isinstance(shown.thread, list)


def test_a_page_for_anybody_asks_nothing(client: Client, installed: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get(reverse("core:feedback")).status_code == 200


def test_the_present_room_is_marked_and_pages_of_the_account_are_in_none(cast: Cast) -> None:
    def current(path: str) -> dict[str, str]:
        return {room.name: room.current for room in head(path, cast.secretary).rooms if room.current}

    assert current(reverse("org:members")) == {"党员": "page"}
    assert current(reverse("org:posts")) == {"党员": "true"}
    assert current(reverse("desk:home")) == {"今天": "page"}
    assert current(reverse("org:seats")) == {}
    assert current(reverse("core:feedback")) == {}


def test_whoever_sits_nowhere_sees_no_rooms_but_can_leave(cast: Cast) -> None:
    request = RequestFactory().get(reverse("core:feedback"))
    request.user = cast.secretary.account
    request.seat = None  # type: ignore[attr-defined]
    shown = PageHead(request)
    assert (shown.rooms, shown.who, shown.org_name) == ([], "赵一", "")


def test_the_place_in_the_year_is_the_first_step_not_done() -> None:
    from bihuan.desk.steps import DOING, DONE, SHUT, StepView

    shown = head(reverse("core:feedback"))
    shown.__dict__["thread"] = [StepView(code=ring, name="一步", ring=ring) for ring in (DONE, DOING, SHUT)]
    assert shown.place == "第2步，共3步"


@pytest.mark.parametrize(("wish", "classes"), [("big", "big"), ("night", "night")])
def test_a_wish_is_kept_with_the_account(client: Client, cast: Cast, wish: str, classes: str) -> None:
    client.force_login(cast.member.account)
    here = reverse("core:feedback")
    answer = client.post(reverse("core:look"), {wish: "1", "next": here})
    assert answer.headers["Location"] == here
    cast.member.account.refresh_from_db()
    assert f'<html lang="zh-CN" class="{classes}">' in client.get(here).content.decode()
    client.post(reverse("core:look"), {wish: "", "next": here})
    assert '<html lang="zh-CN">' in client.get(here).content.decode()


def test_a_wish_is_kept_with_the_session_of_whoever_has_not_signed_in(client: Client, installed: None) -> None:
    client.post(reverse("core:look"), {"big": "1"})
    client.post(reverse("core:look"), {"night": "1"})
    assert 'class="big night"' in client.get(reverse("core:feedback")).content.decode()


@pytest.mark.parametrize("there", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x", ""])
def test_the_way_back_leads_nowhere_else(client: Client, installed: None, there: str) -> None:
    assert client.post(reverse("core:look"), {"big": "1", "next": there}).headers["Location"] == "/"


def test_no_page_names_an_outside_host_or_holds_a_script_of_its_own(client: Client, cast: Cast) -> None:
    client.force_login(cast.secretary.account)
    for name in ("core:gallery", "core:feedback", "core:feedback_list"):
        page = client.get(reverse(name)).content.decode()
        assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//", page) == []
        assert re.findall(r"<script(?![^>]+src=)|\sstyle=|\son[a-z]+=|<style", page) == []
        assert "严禁录入涉密信息。" in page
        assert f'href="{reverse("core:feedback")}">投诉建议</a>' in page


def test_a_view_may_call_something_of_its_own_page(cast: Cast) -> None:
    request = RequestFactory().get("/")
    request.user, request.seat = cast.secretary.account, cast.secretary  # type: ignore[attr-defined]
    page = render_to_string("ui/masthead.html", {"page": "a page of a paper"}, request)
    assert "第一支部" in page
    assert "赵一（书记）" in page


def test_the_page_of_a_fault_stands_without_anything(django_assert_num_queries: Any) -> None:
    assert "<h1>系统出了差错</h1>" in render_to_string("500.html")
    assert "<h1>这个请求看不懂</h1>" in render_to_string("400.html")
