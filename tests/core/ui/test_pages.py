"""The pages that belong to no room: the gallery, words left by anybody, what is said when something is not there."""

from __future__ import annotations

import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from bihuan.core import audit, feedback
from bihuan.core.models import Entry, Feedback
from bihuan.core.ui.rings import RINGS
from tests.cast import Cast

WORDS = "值班表贴得太高了，看不清"


@pytest.fixture
def inside(client: Client, cast: Cast) -> Client:
    client.force_login(cast.secretary.account)
    return client


def test_the_gallery_shows_every_part(inside: Client) -> None:
    page = inside.get(reverse("core:gallery")).content.decode()
    assert page.count("<h1>部件一览，<wbr>每种样子都在</h1>") == 1
    assert "<title>部件一览，每种样子都在 · 闭环</title>" in page
    assert [word for word in RINGS if f'<span class="state {RINGS[word]}">{word}</span>' not in page] == []
    parts = ("btn-main", "btn-end", "blocked", "is-wrong", "table-stale", "is-late", "finding is-block", "fact is-stale",
             "mark-problem", "steps", "timeline", "story", "tests", "proof", "fold", "empty", "toast", "saved",
             "draft")  # fmt: skip
    assert [part for part in parts if f'class="{part}' not in page and f" {part}" not in page] == []


@pytest.mark.parametrize(("name", "way"), [("core:look", "get"), ("core:feedback", "put"), ("archive:download", "get")])
def test_an_address_asked_in_another_way_says_a_sentence(inside: Client, name: str, way: str) -> None:
    answer = getattr(inside, way)(reverse(name))
    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert "<h1>这一步要从页面上的按钮办</h1>" in answer.content.decode()


def test_words_are_taken_without_who_wrote_them(client: Client, cast: Cast) -> None:
    client.force_login(cast.member.account)
    lines = Entry.objects.count()
    answer = client.post(reverse("core:feedback"), {"words": WORDS}, follow=True)
    assert "没有记下是谁写的" in answer.content.decode()
    kept = Feedback.objects.get()
    assert (kept.words, kept.org) == (WORDS, cast.branch.pk)
    fields = {field.name for field in Feedback._meta.get_fields()}
    assert fields == {"id", "org", "words", "day"}
    assert Entry.objects.count() == lines
    assert audit.verify()[1] == []


def test_who_may_read_which_words(cast: Cast) -> None:
    for org, words in ((cast.branch.pk, "本支部"), (cast.other_branch.pk, "别的支部"), (None, "没有登录")):
        Feedback.objects.create(org=org, words=words, day="2026-03-09")
    read = {name: {letter.words for letter in feedback.readable(getattr(cast, name))} for name in
            ("secretary", "outsider", "organiser", "member", "clerk")}  # fmt: skip
    assert read == {
        "secretary": {"本支部", "没有登录"}, "outsider": {"别的支部", "没有登录"},
        "organiser": set(), "member": set(), "clerk": set(),
    }  # fmt: skip


def test_a_member_is_told_who_reads_them(client: Client, cast: Cast) -> None:
    client.force_login(cast.member.account)
    answer = client.get(reverse("core:feedback_list"))
    assert answer.status_code == 403
    assert "投诉建议由书记和系统管理员看" in answer.content.decode()


def test_words_left_without_signing_in_reach_a_secretary(client: Client, cast: Cast) -> None:
    assert client.post(reverse("core:feedback"), {"words": "<b>话</b>"}).status_code == 302
    client.force_login(cast.secretary.account)
    page = client.get(reverse("core:feedback_list")).content.decode()
    assert "收到1条投诉建议" in page
    assert "&lt;b&gt;话&lt;/b&gt;" in page
    assert "没有登录的人写的" in page


def test_a_second_tap_leaves_one_letter(client: Client, installed: None) -> None:
    form = {"words": WORDS, "form_key": "0" * 32}
    for _ in range(2):
        assert client.post(reverse("core:feedback"), form).status_code == 302
    assert Feedback.objects.count() == 1


def test_empty_and_secret_words_are_not_taken(client: Client, installed: None) -> None:
    for words, says in (("", "请填写“要说的话”。"), ("机密★3年", "内容里有密级标志，没有存")):
        assert says in client.post(reverse("core:feedback"), {"words": words}).content.decode()
    assert Feedback.objects.count() == 0


def test_an_address_that_is_not_there_is_said_in_the_house(inside: Client) -> None:
    answer = inside.get("/no-such-page/")
    assert answer.status_code == 404
    assert "<h1>没有找到这一页</h1>" in answer.content.decode()
    assert "赵一（书记）" in answer.content.decode()


def test_a_form_that_came_too_late_is_said_in_the_house(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("core:feedback"), {"words": WORDS})
    assert answer.status_code == 403
    assert "这一页放得太久了" in answer.content.decode()
    assert Feedback.objects.count() == 0


def test_a_toast_is_escaped_and_offers_the_way_back() -> None:
    said = [Message(messages.SUCCESS, "<i>", extra_tags="/undo/"), Message(messages.SUCCESS, "好")]
    page = render_to_string("ui/toasts.html", {"messages": said}, RequestFactory().get("/"))
    assert page.count('role="status"') == 2
    assert "&lt;i&gt;" in page
    assert page.count('<form method="post" action="/undo/">') == 1
    assert page.count('name="form_key"') == 1
