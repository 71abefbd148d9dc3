"""The pages of the report, as the browser gets them."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.core import clock
from bihuan.meeting.models import Meeting
from bihuan.org.models import Seat
from bihuan.report.body import read_body
from bihuan.report.models import Approval, Draft, Submission
from bihuan.report.queries import standing
from bihuan.report.sheets import sheet_of
from tests.cast import DAY, Cast, at
from tests.report.test_deciding import ready
from tests.report.test_writing import draft_again, first_of
from tests.report.year import begin, full


@pytest.fixture(autouse=True)
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY)
    monkeypatch.setattr(clock, "now", lambda: at(14))


def sit(client: Client, seat: Seat) -> None:
    client.force_login(seat.account)


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def h1(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text, re.S)
    assert found
    return re.sub(r"<[^>]+>|\s", "", found.group(1))


def test_the_whole_way_from_nothing_to_a_report_handed_up(cast: Cast, client: Client) -> None:
    year, draft = ready(cast)
    sit(client, cast.secretary)
    assert h1(page(client, "report:draft")) == "情况报告可以请会议看了"
    meeting = year.committee_meeting()
    voted = client.post(
        reverse("report:vote", args=[draft.pk]),
        {"meeting": str(meeting.pk), "in_favour": "3", "against": "0", "abstained": "0"},
    )
    assert voted.headers["Location"] == reverse("report:approve", args=[draft.pk])
    text = page(client, "report:approve", draft.pk)
    digest = re.search(r'name="digest" value="(\w+)"', text)
    decided = re.search(r'<option value="([0-9a-f-]{36})" selected>2026年3月9日支委会，赞成3票', text)
    assert digest
    assert decided
    given = {"digest": digest.group(1), "resolution": decided.group(1), "signer": str(cast.secretary.person_id)}
    refused = client.post(reverse("report:approve", args=[draft.pk]), given)
    assert "请会议再看一次" in refused.content.decode()
    assert not Approval.objects.of(cast.branch.pk).exists()
    client.post(reverse("report:approve", args=[draft.pk]), {**given, "same": "on"})
    assert h1(page(client, "report:draft")) == "情况报告可以报送了"
    client.post(reverse("report:submit", args=[draft.pk]))
    assert Submission.objects.of(cast.branch.pk).get().to == cast.committee
    assert h1(page(client, "report:draft")) == "情况报告已经报送"
    sent = client.get(reverse("report:docx", args=[draft.pk]) + "?approved").content
    year.correct(Meeting.objects.of(cast.branch.pk).get(is_life_meeting=True), {"高七": "请病假", "何六": "出差"})
    assert h1(page(client, "report:draft")) == "情况报告已经报送，之后又有变化"
    assert client.get(reverse("report:docx", args=[draft.pk]) + "?approved").content == sent
    assert client.get(reverse("report:docx", args=[draft.pk])).content != sent


def test_begin_teaches_and_starts(cast: Cast, client: Client) -> None:
    begin(cast)
    sit(client, cast.secretary)
    assert h1(page(client, "report:draft")) == "情况报告还没有起稿"
    client.post(reverse("report:start"), {"shape": "按过程写"})
    assert Draft.objects.of(cast.branch.pk).count() == 1
    assert h1(page(client, "report:draft")).startswith("情况报告还有")


def test_a_member_reads_and_is_told_who_writes(cast: Cast, client: Client) -> None:
    begin(cast)
    sit(client, cast.member)
    text = page(client, "report:draft")
    assert "情况报告由书记、副书记或委员起草，请他们来写" in text
    assert client.post(reverse("report:start"), {"shape": "按过程写"}).status_code == 403


def test_facts_open_to_their_rows_and_missing_ones_ask(cast: Cast, client: Client) -> None:
    full(cast).draft()
    sit(client, cast.secretary)
    text = page(client, "report:draft")
    anchor = re.search(r'应到党员<a class="fact" href="#(f-\d+)">7</a>', text)
    assert anchor
    row = text[text.index(f'<li id="{anchor.group(1)}">') :]
    assert "<span>应到党员</span><b>7</b>" in row[:300]
    assert "高七：请病假" in text
    assert '<a class="fact is-missing"' in text
    assert "上年度的问题还没有转进来" in text


def test_remarks_stand_beside_their_paragraph(cast: Cast, client: Client) -> None:
    year, draft = ready(cast)
    paragraph = first_of(draft, "study")
    from bihuan.report import actions

    actions.save_paragraph(draft, paragraph.id, text="参加12人，学习XX。", seen_version=None, by=year.by, at=at())
    sit(client, cast.secretary)
    text = page(client, "report:draft")
    start = text.index(f'id="p-{paragraph.id}"')
    beside = text[start : text.index('class="para', start)]
    assert "这个数字没有记录" in beside
    assert 'class="finding is-block" id="first"' in beside
    assert h1(text) == "情况报告还有1处要改"
    assert 'href="#first">去改第1处' in text


def test_a_paragraph_is_written_and_kept_by_itself(cast: Cast, client: Client) -> None:
    draft = begin(cast).draft()
    paragraph = first_of(draft, "study")
    sit(client, cast.secretary)
    address = reverse("report:paragraph", args=[draft.pk, paragraph.id])
    assert "data-autosave" in client.get(address).content.decode()
    kept = client.post(address, {"text": "写了一半", "version": "1"}, headers={"X-Autosave": "1"})
    assert (kept.status_code, kept.headers["X-Version"]) == (204, "2")
    stale = client.post(address, {"text": "另一个窗口", "version": "1"})
    body = unescape(stale.content.decode())
    assert "写了一半" in body
    assert "另一个窗口" in body
    assert 'name="version" value="2"' in body
    saved = client.post(address, {"text": "写完了。", "version": "2"})
    assert saved.headers["Location"].endswith(f"#p-{paragraph.id}")
    assert first_of(draft, "study").text == "写完了。"


def test_a_fact_is_put_at_the_end_without_a_script(cast: Cast, client: Client) -> None:
    draft = begin(cast).draft()
    paragraph = first_of(draft, "study")
    sit(client, cast.secretary)
    address = reverse("report:paragraph", args=[draft.pk, paragraph.id])
    put = client.post(address, {"text": "实到", "insert": "实到", "put": "1", "version": "1"})
    assert "实到{{实到}}</textarea>" in unescape(put.content.decode())
    assert first_of(draft, "study").text == paragraph.text


def test_an_unknown_name_is_said_beside_the_field(cast: Cast, client: Client) -> None:
    draft = begin(cast).draft()
    paragraph = first_of(draft, "study")
    sit(client, cast.secretary)
    answer = client.post(
        reverse("report:paragraph", args=[draft.pk, paragraph.id]), {"text": "{{应到人数}}", "version": "1"}
    )
    assert "没有叫“应到人数”的数" in unescape(answer.content.decode())


def test_the_head_is_written_and_two_tabs_meet(cast: Cast, client: Client) -> None:
    draft = begin(cast).draft()
    sit(client, cast.secretary)
    address = reverse("report:head", args=[draft.pk])
    given = {"title": "样例报告", "recipient": "中共样例镇委员会：", "signature": "第一支部", "dated": "2026.3.9",
             "attachments": "台账。\n名单", "version": "1"}  # fmt: skip
    assert client.post(address, given).status_code == 302
    held = draft_again(draft)
    assert (held.title, held.recipient, held.attachments) == ("样例报告", "中共样例镇委员会", ["台账", "名单"])
    again = client.post(address, {**given, "title": "另一个标题"})
    assert "您写的还没有存" in unescape(again.content.decode())
    assert draft_again(draft).title == "样例报告"


def test_a_stale_approval_is_told_on_the_page(cast: Cast, client: Client) -> None:
    from tests.report.test_deciding import approve, decision

    year, draft = ready(cast)
    approve(year, draft, decision(year, draft))
    meeting = Meeting.objects.of(cast.branch.pk).get(is_life_meeting=True)
    year.correct(meeting, {"高七": "请病假", "何六": "出差"})
    sit(client, cast.secretary)
    text = page(client, "report:draft")
    assert h1(text) == "情况报告通过以后又变了"
    assert "“实到党员”通过时是6，现在是5" in text
    assert '<a class="fact is-stale"' in text
    assert 'class="para is-stale"' in text


def test_a_remark_is_passed_with_a_reason(cast: Cast, client: Client) -> None:
    from bihuan.report import actions

    year, draft = ready(cast)
    paragraph = first_of(draft, "study")
    actions.save_paragraph(draft, paragraph.id, text="参加12人。", seen_version=None, by=year.by, at=at())
    remark = next(r for r in standing(draft_again(draft), DAY).remarks if r.rule == "数字")
    sit(client, cast.secretary)
    address = reverse("report:pass_remark", args=[draft.pk, remark.key])
    assert "这个数字没有记录" in client.get(address).content.decode()
    client.post(address, {"reason": "签到表上数的"})
    assert "不改的理由：签到表上数的" in page(client, "report:draft")


def test_the_report_of_an_earlier_year_stays_within_reach(cast: Cast, client: Client) -> None:
    from bihuan.cycle.actions import open_cycle

    draft = begin(cast).draft()
    open_cycle(year=2026, by=cast.secretary, at=at(15))
    sit(client, cast.secretary)
    assert h1(page(client, "report:draft")) == "情况报告还没有起稿"
    client.post(reverse("report:start"), {"shape": "按过程写"})
    assert reverse("report:one", args=[draft.pk]) in page(client, "report:draft")
    assert "2025年度组织生活会情况报告" in page(client, "report:one", draft.pk)


@pytest.mark.parametrize("name", ["one", "docx", "pdf", "head", "shape", "vote", "approve"])
def test_another_branch_finds_nothing(cast: Cast, client: Client, name: str) -> None:
    draft = begin(cast).draft()
    address = reverse(f"report:{name}", args=[draft.pk])
    sit(client, cast.secretary)
    assert client.get(address).status_code == 200
    for seat in (cast.outsider, cast.clerk):
        sit(client, seat)
        assert client.get(address).status_code == 404


def test_downloads_are_what_they_say(cast: Cast, client: Client) -> None:
    draft = begin(cast).draft()
    sit(client, cast.secretary)
    word = client.get(reverse("report:docx", args=[draft.pk]))
    assert word.content.startswith(b"PK")
    assert "attachment; filename*=UTF-8''" in word.headers["Content-Disposition"]
    assert client.get(reverse("report:pdf", args=[draft.pk])).content.startswith(b"%PDF-")


@pytest.mark.parametrize("more", [0, 3])
def test_a_report_asks_a_fixed_number_of_questions(cast: Cast, django_assert_num_queries: object, more: int) -> None:
    year, draft = ready(cast)
    for number in range(more):
        year.measure(year.problem(0, f"样例问题{number}"), "样例措施")
    held = draft_again(draft)
    with django_assert_num_queries(21):  # type: ignore[operator]
        sheet_of(standing(held, DAY), cast.secretary, cast.committee)


def test_the_page_asks_no_more_for_a_longer_report(cast: Cast, client: Client) -> None:
    year, _ = ready(cast)
    sit(client, cast.secretary)
    page(client, "report:draft")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(client, "report:draft")
        counts.append(len(asked))
        year.measure(year.problem(0, "样例问题"), "样例措施")
    assert counts[0] == counts[1]


def test_the_body_survives_its_json(cast: Cast) -> None:
    draft = full(cast).draft()
    assert read_body(read_body(draft.body).as_json()) == read_body(draft.body)
