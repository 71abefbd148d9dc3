"""Two tabs and double taps."""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from bihuan.core.models import Entry, FormKey
from bihuan.ledger.models import Carry, Measure, Problem
from bihuan.org.models import Account
from bihuan.report.body import read_body
from bihuan.report.models import Draft
from tests.cast import Cast, person_named
from tests.faults.browser import Answer, File, Hand
from tests.faults.house import ask, check, prepare
from tests.faults.test_hostile import sit, text
from tests.folders import cast_template, empty_template  # noqa: F401  fixtures
from tests.journeys.serving import Running, running
from tests.ledger import make, making
from tests.ledger.make import PNG, fresh
from tests.report.year import begin

RAISED = {"statement": "样例：两次点了登记", "origin_kind": "自查", "subject": "支部"}


def key() -> str:
    return secrets.token_hex(16)


# --- two tabs --------------------------------------------------------------------------------------------------------
def test_the_second_tab_of_a_measure_sees_what_the_first_wrote(client: Client, cast: Cast) -> None:
    _, measure = make.at_work(cast)
    url = reverse("ledger:change_measure", args=[measure.pk])
    sit(client, cast.secretary)
    first = {"action": "甲写的措施", "standard": "甲写的标准", "version": str(measure.version), "form_key": key()}
    second = {"action": "乙写的措施", "standard": measure.standard, "version": str(measure.version), "form_key": key()}
    assert client.post(url, first).status_code == 302
    lines = Entry.objects.count()
    page = client.post(url, second)
    said = text(page)
    assert page.status_code == 200
    assert "甲写的措施" in said  # now
    assert "甲写的标准" in said  # the field that this tab did not touch is shown too
    assert "乙写的措施" in said  # yours
    assert "别人改过这条记录" in said
    kept: Measure = fresh(measure)
    assert (kept.action, kept.standard) == ("甲写的措施", "甲写的标准")
    assert Entry.objects.count() == lines
    assert f'name="version" value="{kept.version}"' in said
    # the same form again with eyes open, and with the very key that was not used up
    assert client.post(url, {**second, "version": str(kept.version)}).status_code == 302
    assert fresh(measure).action == "乙写的措施"


def test_the_second_tab_of_a_paragraph_sees_what_the_first_wrote(client: Client, cast: Cast) -> None:
    draft = begin(cast).draft()
    paragraph = next(p for _, p in read_body(draft.body).paragraphs() if p.is_open)
    url = reverse("report:paragraph", args=[draft.pk, paragraph.id])
    sit(client, cast.secretary)

    def now() -> Any:
        found = read_body(Draft.objects.of(cast.branch.pk).get(pk=draft.pk).body).find(paragraph.id)
        assert found
        return found[1]

    seen = str(paragraph.version)
    assert client.post(url, {"text": "甲写的一段。", "version": seen, "form_key": key()}).status_code == 302
    second = {"text": "乙写的一段。", "version": seen, "form_key": key()}
    said = text(client.post(url, second))
    assert "甲写的一段。" in said
    assert "乙写的一段。" in said
    assert now().text == "甲写的一段。"
    assert client.post(url, {**second, "version": str(now().version)}).status_code == 302
    assert now().text == "乙写的一段。"


def test_a_draft_that_keeps_itself_does_not_overwrite_another_tab(client: Client, cast: Cast) -> None:
    draft = begin(cast).draft()
    paragraph = next(p for _, p in read_body(draft.body).paragraphs() if p.is_open)
    url = reverse("report:paragraph", args=[draft.pk, paragraph.id])
    sit(client, cast.secretary)
    seen = str(paragraph.version)
    by_itself = {"HTTP_X_AUTOSAVE": "1"}
    kept = client.post(url, {"text": "第一页写的。", "version": seen}, **by_itself)
    assert kept.status_code == 204
    assert client.post(url, {"text": "第二页写的。", "version": seen}, **by_itself).status_code == 409
    again = client.post(url, {"text": "第一页接着写。", "version": kept.headers["X-Version"]}, **by_itself)
    assert again.status_code == 204


def test_the_second_tab_of_an_answer_sees_what_the_first_wrote(client: Client, cast: Cast) -> None:
    carry = making.a_carried_problem(cast)
    url = reverse("ledger:carry", args=[carry.pk])
    sit(client, cast.secretary)
    seen = str(carry.version)
    first = {"answer": "持续推进", "ground": "甲写的：还差两个科室没有检查", "version": seen, "form_key": key()}
    second = {"answer": "未完成", "ground": "乙写的：今年接着改，五月前做完", "version": seen, "form_key": key()}
    assert client.post(url, first).status_code == 302
    said = text(client.post(url, second))
    assert "甲写的" in said
    assert "乙写的" in said
    kept: Carry = fresh(carry)
    assert (kept.answer, kept.ground) == (first["answer"], first["ground"])
    assert client.post(url, {**second, "version": str(kept.version)}).status_code == 302
    assert fresh(carry).ground == second["ground"]


# --- double taps, one after the other --------------------------------------------------------------------------------
def test_the_second_tap_leads_to_where_the_first_led(client: Client, cast: Cast) -> None:
    make.a_cycle(cast)
    sit(client, cast.secretary)
    sent = {**RAISED, "form_key": key()}
    first = client.post(reverse("ledger:raise"), sent)
    second = client.post(reverse("ledger:raise"), sent)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Problem.objects.of(cast.branch.pk).count() == 1
    assert any("没有再存一次" in str(message) for message in get_messages(second.wsgi_request))


def test_a_refused_form_may_be_sent_again(client: Client, cast: Cast) -> None:
    """A claim that lacks its words is refused; the same form with them is taken."""
    problem, measure = make.at_work(cast)
    make.proof(cast, measure, make.STANDARDS.splitlines()[0])  # the other standard has none yet
    sit(client, cast.member)
    url, used = reverse("ledger:claim", args=[problem.pk]), key()
    assert client.post(url, {"words": "", "form_key": used}).status_code == 200
    sit(client, cast.organiser)  # and by somebody who may not: the action itself refuses
    assert client.post(url, {"words": "样例", "form_key": used}).status_code == 200
    assert not FormKey.objects.filter(pk=used).exists()
    sit(client, cast.member)
    assert client.post(url, {"words": "佐证在村里，改日送来", "form_key": used}).status_code == 302
    assert fresh(problem).state == "待核验"


@pytest.mark.parametrize("sent", [{}, {"form_key": ""}, {"form_key": "x" * 4000}, {"form_key": "ABCDEF"},
                                  {"form_key": "'; --"}, {"form_key": "\x00"}])  # fmt: skip
def test_without_a_sound_key_the_form_is_taken_as_it_is(client: Client, cast: Cast, sent: dict[str, str]) -> None:
    make.a_cycle(cast)
    sit(client, cast.secretary)
    answer = client.post(reverse("ledger:raise"), {**RAISED, **sent})
    assert answer.status_code == 302
    assert FormKey.objects.count() == 0
    assert Problem.objects.of(cast.branch.pk).count() == 1


def test_a_second_tap_on_what_took_its_own_record_away(client: Client, cast: Cast) -> None:
    """The record is gone after the first tap: the second is led on, not told that there is no such page."""
    paper = making.taken(cast)
    sit(client, cast.secretary)
    url, sent = reverse("ledger:withdraw_paper", args=[paper.pk]), {"form_key": key()}
    first, second = client.post(url, sent), client.post(url, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]


def test_a_second_tap_on_a_page_that_shows_a_password_once(client: Client, cast: Cast) -> None:
    """The page of the first tap cannot be shown again; the second is led back to where the button was."""
    sit(client, cast.secretary)
    account = Account.objects.get(login="sun")
    there = reverse("org:person", args=[person_named(cast.branch, "孙四").pk])
    url, sent = reverse("org:reset_password", args=[account.pk]), {"form_key": key()}
    first = client.post(url, sent, HTTP_REFERER=f"http://testserver{there}")
    hashed = Account.objects.get(login="sun").password
    second = client.post(url, sent, HTTP_REFERER=f"http://testserver{there}")
    assert first.status_code == 200
    assert (second.status_code, second.headers["Location"]) == (302, there)
    assert Account.objects.get(login="sun").password == hashed
    elsewhere = client.post(url, {"form_key": key()}, HTTP_REFERER="http://evil.example/x")
    assert elsewhere.status_code == 200
    assert not FormKey.objects.filter(location__contains="evil").exists()


# --- double taps at the same moment, against a real server -----------------------------------------------------------
@pytest.fixture(scope="module")
def house(
    cast_template: Path,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Running, dict[str, Any]]]:
    folder = Path(shutil.copytree(cast_template, tmp_path_factory.mktemp("twice") / "data"))
    keys = prepare(folder)
    with running(folder, "--demo") as system:
        yield system, keys


def together(hand: Hand, path: str, data: dict[str, str], file: File | None = None, taps: int = 4) -> list[Answer]:
    """The same form sent by several threads in the same moment."""
    gate = threading.Barrier(taps)

    def tap(_: int) -> Answer:
        gate.wait(10)
        return Hand(hand.url, dict(hand.cookies), hand.token).post(path, data, file)

    with ThreadPoolExecutor(taps) as threads:
        return list(threads.map(tap, range(taps)))


def test_taps_in_the_same_moment_make_one_record(house: tuple[Running, dict[str, Any]]) -> None:
    system, keys = house
    folder = system.data
    (at_work, measure), (claimed, _), (verified, _) = (keys[name][0] for name in ("work", "claimed", "verified"))
    here = {f"here-{pk}": "到会" for pk in keys["people"].values()}
    minutes = {
        "topic": "同时点了两下", "place": "会议室", "chair": keys["people"]["赵一"], "recorder": keys["people"]["钱二"],
        **here,
    }  # fmt: skip
    evidence = {"shows": "同时点了两下", "on": "2026-3-8"}
    checked = {"result": "通过", "met": make.STANDARDS.splitlines()}
    vote = {"meeting": keys["meeting"], "in_favour": "3", "against": "0", "abstained": "0"}
    acts: list[tuple[str, str, dict[str, Any], File | None, str, tuple[str, ...]]] = [
        ("zhao", "/ledger/problem/new/", {**RAISED, "statement": "同时点了两下"}, None,
         "SELECT count(*) FROM ledger_problem WHERE statement = '同时点了两下'", ()),
        ("sun", f"/ledger/measure/{measure}/evidence/", evidence, ("照片.png", PNG + b"2"),
         "SELECT count(*) FROM ledger_evidence WHERE shows = '同时点了两下'", ()),
        ("sun", f"/ledger/problem/{at_work}/claim/", {"words": ""}, None,
         "SELECT count(*) FROM ledger_claim WHERE problem_id = ?", (at_work,)),
        ("zhou", f"/ledger/problem/{claimed}/verify/", {**checked, "reason": "看过"}, None,
         "SELECT count(*) FROM ledger_verification WHERE problem_id = ?", (claimed,)),
        ("qian", f"/meeting/problem/{verified}/", vote, None,
         "SELECT count(*) FROM ledger_decision WHERE problem_id = ?", (verified,)),
        ("qian", "/meeting/new/?day=2026-03-08&form=支委会".replace("支委会", "%E6%94%AF%E5%A7%94%E4%BC%9A"), minutes,
         None, "SELECT count(*) FROM meeting_meeting WHERE topic = '同时点了两下'", ()),
    ]  # fmt: skip
    for login, path, data, file, question, given in acts:
        hand = Hand(system.url).walk_in(login)
        answers = together(hand, path, {**data, **hand.form(path)}, file)
        assert {answer.status for answer in answers} == {302}, (path, [a.body for a in answers if a.status != 302])
        assert len({answer.location for answer in answers}) == 1, (path, answers)
        assert ask(folder, question, *given) == 1, path
        assert hand.get(answers[0].location).status == 200
    check(folder)


def test_the_two_answers_do_not_hang_together_by_chance(house: tuple[Running, dict[str, Any]]) -> None:
    """Different forms in the same moment are different records: nothing is swallowed."""
    system, _ = house
    hand = Hand(system.url).walk_in("zhao")
    forms = [{**RAISED, "statement": f"同时登记{n}", **hand.form("/ledger/problem/new/")} for n in range(5)]

    def send(data: dict[str, str]) -> Answer:
        return Hand(hand.url, dict(hand.cookies), hand.token).post("/ledger/problem/new/", data)

    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(send, forms))
    assert {answer.status for answer in answers} == {302}
    assert len({answer.location for answer in answers}) == 5
    assert ask(system.data, "SELECT count(DISTINCT no) FROM ledger_problem WHERE statement LIKE '同时登记%'") == 5
