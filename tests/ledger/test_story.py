"""One problem as a story, and the pages by which it is carried on."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.ledger.actions import closing, measures
from bihuan.ledger.models import Claim, Evidence, Measure, Problem
from bihuan.ledger.queries.story import story
from bihuan.org.models import Seat
from tests.cast import DAY, Cast, at, person_named
from tests.ledger.make import PNG, STANDARDS, a_measure, a_problem, at_work, claimed, closed, fresh, proof, verified


@pytest.fixture(autouse=True)
def on_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(18))


def client_of(seat: Seat) -> Client:
    client = Client()
    client.force_login(seat.account)
    return client


def get(seat: Seat, name: str, *args: Any) -> Any:
    return client_of(seat).get(reverse(f"ledger:{name}", args=args))


def post(seat: Seat, name: str, *args: Any, **data: Any) -> Any:
    return client_of(seat).post(reverse(f"ledger:{name}", args=args), data)


def test_the_whole_loop_through_the_pages(cast: Cast) -> None:
    from bihuan.cycle.actions import open_cycle

    open_cycle(year=2025, by=cast.secretary, at=at(8))
    post(cast.secretary, "raise", statement="名单公示晚", origin_kind="意见", subject="支部")
    problem = Problem.objects.of(cast.branch.pk).get()
    post(cast.secretary, "add_cause", problem.pk, text="没有定下由谁负责")
    owner = str(cast.person(cast.member).pk)
    post(
        cast.secretary, "add_measure", problem.pk, action="归一个人管", standard=STANDARDS, owner=owner, due="2026.3.20"
    )
    measure = Measure.objects.of(cast.branch.pk).get()
    post(cast.secretary, "start_work", problem.pk)
    post(cast.member, "note_progress", measure.pk, words="第一轮贴了", on="2026年3月9日")
    file = SimpleUploadedFile("公示栏.png", PNG)
    first, second = STANDARDS.splitlines()
    post(cast.member, "add_evidence", measure.pk, file=file, shows="八个村都贴了", standard=second, on="2026-3-2")
    post(
        cast.member,
        "add_evidence",
        measure.pk,
        words="登记表第7号",
        kind="编号",
        shows="日期",
        standard=first,
        on="20260302",
    )
    post(cast.member, "claim", problem.pk, words="")
    assert fresh(problem).state == "待核验"
    post(cast.inspector, "verify", problem.pk, result="通过", reason="看过登记表", met=STANDARDS.splitlines())
    told = story(fresh(problem), DAY)
    assert told.awaits_decision
    assert told.uncovered == []
    problem.cycle.policy["closing_needs_meeting"] = False
    problem.cycle.save()
    answer = post(cast.secretary, "decide", problem.pk, label="2026年3月9日书记审定", passed="1")
    assert answer.url == reverse("ledger:problem", args=[problem.pk])
    assert fresh(problem).state == "已销号"


def test_the_story_tells_every_part_and_the_timeline_every_turn(cast: Cast) -> None:
    problem, _ = closed(cast)
    told = story(problem, DAY)
    assert [m.what for m in told.timeline if m.turn] == [
        "记下2026年3月9日支委会同意销号", "核验通过", "申请销号", "定下开始整改", "登记了问题，编号25-01"
    ]  # fmt: skip
    assert [m.who for m in told.timeline if m.turn] == [
        "赵一（书记）", "周三（纪检委员）", "孙四（党员）", "赵一（书记）", "赵一（书记）"
    ]  # fmt: skip
    assert set(told.rings().values()) == {"is-closed"}
    html = get(cast.secretary, "problem", problem.pk).content.decode()
    for part in ("来源", "原因", "措施", "进展", "佐证", "核验", "决定", "经过"):
        assert f"{part}</h2>" in html
    assert "2026年3月9日支委会同意销号" in html


def test_the_timeline_knows_hand_overs_more_time_and_changed_words(cast: Cast) -> None:
    problem, measure = at_work(cast)
    measures.hand_over(measure, owner=person_named(cast.branch, "郭五"), since=DAY, by=cast.secretary, at=at(12))
    measures.extend_term(
        measure, due=DAY + timedelta(days=60), reason="雨季", approved_by="支委会", by=cast.secretary, at=at(13)
    )
    measures.change_measure(
        measure, action="改过的措施", standard=STANDARDS, seen_version=None, by=cast.organiser, at=at(14)
    )
    told = [(m.who, m.what) for m in story(problem, DAY).timeline[:3]]
    assert told == [
        ("钱二（组织委员）", "改了措施或完成标准"),
        ("赵一（书记）", "延期到2026年5月8日，支委会同意：雨季"),
        ("赵一（书记）", "责任人换成郭五"),
    ]


def test_the_number_of_queries_does_not_grow_with_measures(cast: Cast, django_assert_num_queries: Any) -> None:
    problem = a_problem(cast)
    a_measure(cast, problem)
    with django_assert_num_queries(14):
        story(problem, DAY)
    for _ in range(4):
        a_measure(cast, problem)
    with django_assert_num_queries(14):
        assert len(story(problem, DAY).measures) == 5


def test_each_reader_sees_their_own_next_act_or_why_not(cast: Cast) -> None:
    problem, _ = claimed(cast)
    checker = get(cast.inspector, "problem", problem.pk).content.decode()
    assert "请核验：" in checker
    assert reverse("ledger:verify", args=[problem.pk]) in checker
    owner = get(cast.member, "problem", problem.pk).content.decode()
    assert "您做过这个问题的整改，不能核验自己做的事；请赵一、钱二、周三核验" in owner
    assert reverse("ledger:verify", args=[problem.pk]) not in owner


def test_what_was_passed_leads_to_the_meeting(cast: Cast) -> None:
    problem, _ = verified(cast)
    html = get(cast.secretary, "problem", problem.pk).content.decode()
    assert "核验通过，等会议决定" in html
    assert reverse("ledger:decide", args=[problem.pk]) not in html


def test_another_branchs_problem_is_not_there(cast: Cast) -> None:
    problem, measure = at_work(cast)
    piece = proof(cast, measure, kind="文件", words="", file=("公示栏.png", [PNG]))
    pages = [
        ("problem", problem), ("change_problem", problem), ("add_cause", problem), ("add_measure", problem),
        ("claim", problem), ("verify", problem), ("decide", problem), ("reopen", problem), ("change_measure", measure),
        ("hand_over", measure), ("term", measure), ("note_progress", measure), ("add_evidence", measure),
        ("evidence_file", piece),
    ]  # fmt: skip
    assert {name: get(cast.secretary, name, record.pk).status_code for name, record in pages} == {
        name: 200 for name, _ in pages
    }
    assert {name: get(cast.outsider, name, record.pk).status_code for name, record in pages} == {
        name: 404 for name, _ in pages
    }
    assert post(cast.outsider, "start_work", problem.pk).status_code == 404


def test_a_personal_problem_its_measure_and_its_proof_are_hidden(cast: Cast) -> None:
    problem, measure = at_work(cast, subject="个人", person=cast.person(cast.member))
    piece = proof(cast, measure, kind="文件", words="", file=("笔记.png", [PNG]))
    pages = [("problem", problem), ("change_measure", measure), ("evidence_file", piece)]
    for seat, status in (
        (cast.member, 200), (cast.secretary, 200), (cast.inspector, 200), (cast.probationer, 404), (cast.clerk, 404)
    ):  # fmt: skip
        assert [get(seat, name, record.pk).status_code for name, record in pages] == [status] * 3


def test_evidence_is_handed_out_harmlessly(cast: Cast) -> None:
    _, measure = at_work(cast)
    picture = proof(cast, measure, kind="文件", words="", file=("公示栏.png", [PNG]))
    text = proof(cast, measure, kind="文件", words="", file=("说明.txt", ["第一轮已经贴出。".encode()]))
    shown, saved = (get(cast.probationer, "evidence_file", piece.pk) for piece in (picture, text))
    assert b"".join(shown.streaming_content) == PNG
    assert shown["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"].startswith("attachment")
    for answer in (shown, saved):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    spoken = proof(cast, measure)
    assert get(cast.probationer, "evidence_file", spoken.pk).status_code == 404


def test_a_renamed_program_is_said_no_to_on_the_form_and_words_stay(cast: Cast) -> None:
    _, measure = at_work(cast)
    file = SimpleUploadedFile("照片.jpg", b"MZ\x90\x00" + b"\x00\xff" * 300)
    answer = post(cast.member, "add_evidence", measure.pk, file=file, shows="我写的说明", on="2026-3-2")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "没有存" in html
    assert "我写的说明" in html
    assert not Evidence.objects.of(cast.branch.pk).exists()


def test_two_tabs_on_one_measure_show_both(cast: Cast) -> None:
    _, measure = at_work(cast)
    assert 'name="version" value="1"' in get(cast.secretary, "change_measure", measure.pk).content.decode()
    post(cast.organiser, "change_measure", measure.pk, action="先存的", standard="甲", version="1")
    answer = post(cast.secretary, "change_measure", measure.pk, action="后写的", standard="甲", version="1")
    html = answer.content.decode()
    assert (answer.status_code, fresh(measure).action) == (200, "先存的")
    assert "先存的" in html
    assert "后写的" in html
    assert 'name="version" value="2"' in html


def test_a_double_tap_of_claim_is_one_claim(cast: Cast) -> None:
    problem, measure = at_work(cast)
    for standard in STANDARDS.splitlines():
        proof(cast, measure, standard)
    key = "0123456789abcdef" * 2
    first = post(cast.member, "claim", problem.pk, words="做到了", form_key=key)
    second = post(cast.member, "claim", problem.pk, words="做到了", form_key=key)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url == reverse("ledger:problem", args=[problem.pk])
    assert Claim.objects.of(cast.branch.pk).count() == 1


def test_what_is_refused_stands_on_the_form(cast: Cast) -> None:
    problem = a_problem(cast)
    answer = post(cast.member, "add_cause", problem.pk, text="我想到的原因")
    assert answer.status_code == 200
    assert "原因和措施由支委会定" in answer.content.decode()
    assert "我想到的原因" in answer.content.decode()


def test_a_measure_needs_owner_and_term_on_the_form(cast: Cast) -> None:
    problem = a_problem(cast)
    html = post(cast.secretary, "add_measure", problem.pk, action="做", standard="做到").content.decode()
    assert "请选责任人，或者选一个岗位" in html
    assert "请写到哪天做完，或者写哪几天回头看" in html
    post(
        cast.secretary, "add_measure", problem.pk, action="做", standard="做到", body="纪检委员",
        reviews="2026年6月1日、2026.9.1",
    )  # fmt: skip
    measure = Measure.objects.of(cast.branch.pk).get()
    assert (measure.term().reviews, measure.owners_on(DAY)[0].post) == (["2026-06-01", "2026-09-01"], "纪检委员")


def test_verifying_asks_for_a_button_and_a_reason_to_send_back(cast: Cast) -> None:
    problem, _ = claimed(cast)
    assert "请按“核验通过”或“退回补证”" in post(cast.inspector, "verify", problem.pk, reason="").content.decode()
    assert "退回的要写清补什么" in post(cast.inspector, "verify", problem.pk, result="退回").content.decode()
    post(cast.inspector, "verify", problem.pk, result="退回", reason="补撤下日期")
    assert fresh(problem).state == "退回"


def test_it_comes_again_through_the_page(cast: Cast) -> None:
    problem, _ = closed(cast)
    post(cast.secretary, "reopen", problem.pk, reason="3月又晚贴了5天")
    assert fresh(problem).state == "再次出现"
    assert "3月又晚贴了5天" in get(cast.member, "problem", problem.pk).content.decode()


def test_a_second_round_is_judged_by_its_own_claim(cast: Cast) -> None:
    problem, _ = verified(cast)
    closing.decide_closing(
        problem, meeting=problem.cycle_id, label="支委会", passed=False, by=cast.secretary, at=at(16)
    )
    closing.claim_closing(problem, words="", by=cast.member, at=at(17))
    assert not story(fresh(problem), DAY).awaits_decision


def test_one_measure_answers_two_problems(cast: Cast) -> None:
    _, measure = at_work(cast)
    two = a_problem(cast)
    post(cast.secretary, "link_measure", two.pk, measure=str(measure.pk))
    assert [m.measure for m in story(two, DAY).measures] == [measure]


def test_a_claim_with_a_bare_standard_is_not_what_the_page_asks_for(cast: Cast) -> None:
    problem, measure = at_work(cast)
    proof(cast, measure, STANDARDS.splitlines()[0])
    assert "可以申请销号了" not in get(cast.member, "problem", problem.pk).content.decode()
    proof(cast, measure, STANDARDS.splitlines()[1])
    assert "可以申请销号了" in get(cast.member, "problem", problem.pk).content.decode()


@pytest.mark.parametrize(("name", "state"), [("raise", None), ("add_measure", "raised"), ("add_evidence", "work")])
def test_no_english_stands_in_the_choices(cast: Cast, name: str, state: str | None) -> None:
    record: list[Any] = []
    if state == "work":
        record = [at_work(cast)[1].pk]
    else:
        problem = a_problem(cast)
        record = [problem.pk] if state else []
    html = get(cast.secretary, name, *record).content.decode()
    shown = re.findall(r"<option[^>]*>([^<]*)</option>|<span>([^<]*)</span></label>", html)
    assert len(shown) > 3
    assert [words for pair in shown for words in pair if re.search("[A-Za-z]", words)] == []


def test_a_problem_that_was_there_before_is_tied_to_it(cast: Cast) -> None:
    before, _ = closed(cast)
    now = a_problem(cast, statement="名单又晚公示了")
    post(cast.secretary, "note_recurrence", now.pk, earlier=str(before.pk))
    html = get(cast.secretary, "problem", now.pk).content.decode()
    assert f"{before.no}　" in html
    assert f"写明是{before.no}又出现" in html
    again = post(cast.secretary, "note_recurrence", now.pk, earlier=str(before.pk)).content.decode()
    assert "已经写明过" in again
    open_one = a_problem(cast)
    assert (
        "没有您选的这一项" in post(cast.secretary, "note_recurrence", now.pk, earlier=str(open_one.pk)).content.decode()
    )
