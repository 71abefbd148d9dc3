"""发文字号, 签发人, 抄送 and the red head: plain by default, checked, in both files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core.access import Refused
from bihuan.report import actions
from bihuan.report.body import Paragraph, read_body
from bihuan.report.content import content_of
from bihuan.report.models import Draft
from bihuan.report.paper import docx_of, paper_of, pdf_of
from bihuan.report.preview import LINES, pages_of
from tests.cast import DAY, Cast, at, person_named
from tests.report.test_deciding import approve, decision, now, ready
from tests.report.test_files import words_of
from tests.report.test_pages import page, sit, still_clock
from tests.report.test_writing import draft_again
from tests.report.year import Year

__all__ = ["still_clock"]


def head(year: Year, draft: Draft, **more: Any) -> Draft:
    held = draft_again(draft)
    given: dict[str, Any] = {"layout": "红头", "number": "样支〔2026〕3号", "signer": year.cast.person(year.by), **more}
    actions.set_head(
        held, title=held.title, recipient=held.recipient, signature=held.signature, dated=held.dated,
        attachments=held.attachments, seen_version=None, by=year.by, at=at(), **given,
    )  # fmt: skip
    return draft_again(draft)


def test_plain_by_default(cast: Cast) -> None:
    _, draft = ready(cast)
    paper = paper_of(content_of(draft, DAY))
    assert (paper.head, paper.imprint) == (None, None)
    assert not {"head", "copies"} & set(content_of(draft, DAY).snapshot())


def test_a_red_head_is_drawn_with_number_signer_and_imprint(cast: Cast) -> None:
    year, draft = ready(cast)
    draft = head(year, draft, copies=["样例镇组织办公室。", " "])
    assert now(draft).stops == []
    paper = paper_of(content_of(draft, DAY))
    assert paper.head is not None
    assert (paper.head.mark, paper.head.number, paper.head.signer) == ("第一支部", "样支〔2026〕3号", "赵一")
    assert paper.imprint is not None
    assert (paper.imprint.copies, paper.imprint.issued) == (("样例镇组织办公室",), DAY)
    words = words_of(docx_of(paper))
    assert words.startswith("第一支部\n样支〔2026〕3号签发人：赵一\n")
    assert "抄送：样例镇组织办公室。" in words
    assert pdf_of(paper).data.startswith(b"%PDF-")


def test_copies_alone_print_an_imprint_and_no_head(cast: Cast) -> None:
    year, draft = ready(cast)
    paper = paper_of(content_of(head(year, draft, layout="普通", copies=["样例镇组织办公室"]), DAY))
    assert paper.head is None
    assert paper.imprint is not None


@pytest.mark.parametrize(
    "number",
    ["样支[2026]3号", "样支(2026)3号", "样支〔26〕3号", "样支〔2026〕03号", "样支〔2026〕第3号", "〔2026〕3号"],
)
def test_a_number_that_is_not_written_as_the_standard_says_stops(cast: Cast, number: str) -> None:
    year, draft = ready(cast)
    assert [each.rule for each in now(head(year, draft, number=number)).stops] == ["R43"]


def test_a_red_head_wants_number_and_signer(cast: Cast) -> None:
    year, draft = ready(cast)
    stops = now(head(year, draft, number="", signer=None)).stops
    assert [each.title for each in stops] == ["红头上还没有发文字号", "红头上还没有签发人"]


def test_the_signer_of_the_approval_is_the_one_on_the_head(cast: Cast) -> None:
    year, draft = ready(cast)
    draft = head(year, draft, signer=person_named(cast.branch, "钱二"))
    with pytest.raises(Refused, match="签发人和红头上写的不是一个人"):
        approve(year, draft, decision(year, draft))


def test_a_changed_head_makes_the_approval_stale(cast: Cast) -> None:
    year, draft = ready(cast)
    draft = head(year, draft)
    approve(year, draft, decision(year, draft))
    stale = now(head(year, draft, number="样支〔2026〕4号")).stale
    assert stale is not None
    assert [each.name for each in stale.texts] == ["版头"]


def test_it_is_chosen_on_the_head_form(cast: Cast, client: Client) -> None:
    _, draft = ready(cast)
    sit(client, cast.secretary)
    assert 'name="layout" value="红头"' in page(client, "report:head", draft.pk)
    given = {
        "title": draft.title, "recipient": draft.recipient, "signature": draft.signature, "dated": "2026.3.9",
        "layout": "红头", "number": "样支〔2026〕3号", "signer": str(cast.secretary.person_id), "copies": "甲\n乙",
    }  # fmt: skip
    assert client.post(reverse("report:head", args=[draft.pk]), given).status_code == 302
    held = draft_again(draft)
    assert (held.layout, held.number, held.signer_id, held.copies) == (
        "红头", "样支〔2026〕3号", cast.secretary.person_id, ["甲", "乙"],
    )  # fmt: skip
    assert "样支〔2026〕3号，签发人：赵一" in page(client, "report:one", draft.pk)


def test_the_picture_of_the_paper_shows_head_number_signer_attachments_and_copies(cast: Cast, client: Client) -> None:
    year, draft = ready(cast)
    draft = head(year, draft, annexes=["整改台账"], copies=["样例镇组织办公室", "样例村"])
    pages = pages_of(content_of(draft, DAY))
    looks = [piece.look for piece in pages[0].pieces]
    assert looks[:5] == ["a4-mark", "a4-number", "a4-blank", "a4-title", "a4-to"]
    assert pages[0].pieces[0].text == "第一支部"
    assert pages[0].pieces[1].lines == ("样支〔2026〕3号", "签发人：赵一")
    assert all(sum(len(piece.lines) for piece in each.pieces) <= LINES for each in pages)
    assert [each.imprint for each in pages[:-1]] == [()] * (len(pages) - 1)
    assert pages[-1].imprint == ("抄送：样例镇组织办公室，样例村。", "第一支部　2026年3月9日印发")
    sit(client, cast.secretary)
    text = page(client, "report:one", draft.pk)
    assert "<span>样支〔2026〕3号</span><span>签发人：赵一</span>" in text
    assert "<p>抄送：样例镇组织办公室，样例村。</p>" in text
    assert "附件：整改台账" in text


def test_a_plain_paper_has_no_head_in_the_picture(cast: Cast) -> None:
    _, draft = ready(cast)
    pages = pages_of(content_of(draft, DAY))
    assert pages[0].pieces[0].look == "a4-title"
    assert pages[-1].imprint == ()


def test_the_imprint_takes_a_page_of_its_own_where_no_line_is_left(cast: Cast) -> None:
    year, draft = ready(cast)
    counts = set()
    for lines in range(LINES):
        body = read_body(draft.body)
        section = body.section("study")
        assert section is not None
        more = tuple(Paragraph(f"x{n}", "样例一行。") for n in range(lines))
        longer = body.with_section(replace(section, paragraphs=(*section.paragraphs, *more)))
        held = head(year, draft, copies=["样例村"])
        pages = pages_of(content_of(held, DAY, body=longer))
        used = sum(len(piece.lines) for piece in pages[-1].pieces)
        assert used + len(pages[-1].imprint) <= LINES
        counts.add(used == 0)
    assert counts == {True, False}


# --- what is refused stays on the form --------------------------------------------------------------------------------
def test_a_refused_head_and_approval_show_the_form_with_what_was_typed(cast: Cast, client: Client) -> None:
    year, draft = ready(cast)
    draft = head(year, draft, signer=person_named(cast.branch, "钱二"))
    decided = decision(year, draft)
    sit(client, cast.secretary)
    given = {
        "digest": content_of(draft, DAY).digest(), "resolution": str(decided.pk),
        "signer": str(cast.secretary.person_id), "same": "on",
    }  # fmt: skip
    response = client.post(reverse("report:approve", args=[draft.pk]), given)
    text = response.content.decode()
    assert response.status_code == 200
    assert "签发人和红头上写的不是一个人" in text
    assert f'value="{cast.secretary.person_id}" selected' in text
    assert not draft.approvals.exists()
    sit(client, cast.member)
    words = {"title": "样例另一个标题", "recipient": "样例另一个主送", "signature": "样例落款", "layout": "普通"}
    response = client.post(reverse("report:head", args=[draft.pk]), words)
    assert response.status_code == 200
    assert "请他们来改" in response.content.decode()
    assert "样例另一个标题" in response.content.decode()
    response = client.post(reverse("report:shape", args=[draft.pk]), {"shape": "按问题写"})
    assert "请他们来改" in response.content.decode()
    assert draft_again(draft).title == draft.title
