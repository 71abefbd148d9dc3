"""The page of a file that came back: nothing is kept until a change is accepted, one by one."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bihuan.core.access import Refused, Stale
from bihuan.report import actions
from bihuan.report.content import content_of
from bihuan.report.differences import Part, parts_of
from bihuan.report.models import Draft, Readback
from bihuan.report.paper import docx_of, paper_of
from tests.cast import DAY, Cast, at
from tests.report.edited import Node, edit, new_paragraph, paragraph, say
from tests.report.test_deciding import ready
from tests.report.test_pages import h1, page, sit, still_clock
from tests.report.test_writing import body_of, draft_again, first_of, write
from tests.report.year import Year

__all__ = ["still_clock"]


def edited(draft: Draft) -> bytes:
    def change(body: Node) -> None:
        say(body, "主持，应到", "来主持，到会应有")
        paragraph(body, "会议由").addnext(new_paragraph("会上逐人开展批评，当场回应。"))
        gone = paragraph(body, "开展谈心谈话")
        gone.getparent().remove(gone)
        say(body, "前期准备", "会前准备")

    return edit(docx_of(paper_of(content_of(draft, DAY))), change)


def take(year: Year, draft: Draft) -> Readback:
    return actions.take_readback(draft, name="改回.docx", data=edited(draft), by=year.by, at=at())


def numbers(back: Readback) -> dict[str, int]:
    return {kept["change"]["what"]: number for number, kept in enumerate(back.changes)}


def test_nothing_is_kept_until_a_change_is_accepted(cast: Cast) -> None:
    year, draft = ready(cast)
    before = body_of(draft)
    back = take(year, draft)
    assert body_of(draft) == before
    assert sorted(numbers(back)) == ["改了标题", "改了话", "新的一段", "没有了的一段"]
    for number in range(4):
        actions.decide_change(back, number, accepted=False, by=year.by, at=at())
    assert body_of(draft) == before


def test_each_change_is_accepted_by_itself(cast: Cast) -> None:
    year, draft = ready(cast)
    talks = first_of(draft, "talks")
    back = take(year, draft)
    at_ = numbers(back)
    actions.decide_change(back, at_["改了话"], accepted=True, by=year.by, at=at())
    assert "来主持，到会应有党员{{应到}}名" in first_of(draft, "meeting").text
    actions.decide_change(back, at_["新的一段"], accepted=True, by=year.by, at=at())
    section = body_of(draft).section("meeting")
    assert section is not None
    assert section.paragraphs[1].text == "会上逐人开展批评，当场回应。"
    actions.decide_change(back, at_["没有了的一段"], accepted=True, by=year.by, at=at())
    assert body_of(draft).find(talks.id) is None
    assert body_of(draft).removed[0].paragraph == talks
    actions.decide_change(back, at_["改了标题"], accepted=True, by=year.by, at=at())
    renamed = body_of(draft).section("before")
    assert renamed is not None
    assert renamed.heading == "会前准备"


def test_a_change_is_decided_once(cast: Cast) -> None:
    year, draft = ready(cast)
    back = take(year, draft)
    actions.decide_change(back, 0, accepted=False, by=year.by, at=at())
    with pytest.raises(Refused, match="这一处已经定了：不收"):
        actions.decide_change(back, 0, accepted=True, by=year.by, at=at())


def test_what_was_changed_here_meanwhile_is_not_overwritten(cast: Cast) -> None:
    year, draft = ready(cast)
    back = take(year, draft)
    held = first_of(draft, "meeting")
    write(draft, held, held.text + "另外一句。", year)
    with pytest.raises(Stale):
        actions.decide_change(back, numbers(back)["改了话"], accepted=True, by=year.by, at=at())
    assert first_of(draft, "meeting").text == held.text + "另外一句。"


def test_a_member_decides_nothing(cast: Cast) -> None:
    year, draft = ready(cast)
    back = take(year, draft)
    with pytest.raises(Refused, match="由书记、副书记或委员写"):
        actions.decide_change(back, 0, accepted=True, by=cast.member, at=at())


def test_the_page_takes_a_file_and_asks_one_by_one(cast: Cast, client: Client) -> None:
    _, draft = ready(cast)
    sit(client, cast.secretary)
    address = reverse("report:readback", args=[draft.pk])
    assert h1(page(client, "report:readback", draft.pk)) == "把改过的Word收回来"
    sent = SimpleUploadedFile("改回.docx", edited(draft))
    assert client.post(address, {"file": sent}).headers["Location"] == address
    text = page(client, "report:readback", draft.pk)
    assert h1(text) == "改回来的稿有4处等您看"
    assert "<ins>来</ins>主持" in text
    back = Readback.objects.of(cast.branch.pk).get()
    decide = reverse("report:decide_change", args=[draft.pk])
    for number in range(4):
        client.post(decide, {"number": str(number), "decision": "take"})
    assert h1(page(client, "report:readback", draft.pk)) == "改回来的都看过了"
    assert {kept["decision"] for kept in Readback.objects.of(cast.branch.pk).get(pk=back.pk).changes} == {"收下"}
    assert "来主持" in first_of(draft_again(draft), "meeting").text


def test_a_bad_file_is_a_sentence_on_the_form(cast: Cast, client: Client) -> None:
    _, draft = ready(cast)
    sit(client, cast.secretary)
    sent = SimpleUploadedFile("改回.docx", b"PK\x03\x04 broken")
    answer = client.post(reverse("report:readback", args=[draft.pk]), {"file": sent}).content.decode()
    assert "文件已损坏或不完整" in answer
    assert not Readback.objects.of(cast.branch.pk).exists()


@pytest.mark.parametrize("who", ["outsider", "clerk"])
def test_it_is_not_there_for_others(cast: Cast, client: Client, who: str) -> None:
    _, draft = ready(cast)
    sit(client, getattr(cast, who))
    assert client.get(reverse("report:readback", args=[draft.pk])).status_code == 404
    assert client.post(reverse("report:decide_change", args=[draft.pk]), {"number": "0"}).status_code == 404


def test_differences_are_woven_with_figures_whole() -> None:
    assert parts_of("应到17名党员", "应到19名党员") == (
        Part("same", "应到"), Part("gone", "17"), Part("new", "19"), Part("same", "名党员"),
    )  # fmt: skip
    assert "".join(p.text for p in parts_of("甲乙丙丁", "甲丙戊丁") if p.kind != "new") == "甲乙丙丁"
    assert "".join(p.text for p in parts_of("甲乙丙丁", "甲丙戊丁") if p.kind != "gone") == "甲丙戊丁"
