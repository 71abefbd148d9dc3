"""Values and the words the standard puts around them (R43, R47)."""

from __future__ import annotations

import datetime

import pytest

from bihuan_text.gbt9704 import (
    Attachment,
    AttachmentNote,
    Fact,
    Heading,
    Imprint,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Recipient,
    Signature,
    Table,
    Text,
    Title,
    date_zh,
    title_of,
)
from bihuan_text.gbt9704.flow import Grid, Line, Turn, kept_with_signature, lay_out, words_of
from bihuan_text.gbt9704.titles import WIDEST, width
from tests.gbt9704.sample import FIRST_DAY, text


def lines(kind: str, **parts: object) -> list[Line]:
    paper = Paper(**{"title": Title(("试",)), "body": (), **parts})  # type: ignore[arg-type]
    return [item for item in lay_out(paper) if isinstance(item, Line) and item.kind == kind]


def words(kind: str, **parts: object) -> list[str]:
    return [line.label + "".join(run.text for run in line.runs) + line.tail for line in lines(kind, **parts)]


def test_dates_are_whole_and_without_leading_zeros() -> None:
    assert date_zh(datetime.date(2026, 3, 5)) == "2026年3月5日"
    assert date_zh(datetime.date(2026, 12, 31)) == "2026年12月31日"


@pytest.mark.parametrize("ref", ["", "x" * 60])
def test_a_fact_needs_a_ref_that_word_can_hold(ref: str) -> None:
    with pytest.raises(ValueError, match="ref"):
        Fact(ref, "3")


def test_a_table_is_a_rectangle() -> None:
    with pytest.raises(ValueError, match="cells"):
        Table(("甲", "乙"), (("一",),))
    with pytest.raises(ValueError, match="widths"):
        Table(("甲", "乙"), (), (1, 0))


@pytest.mark.parametrize("given", ["试点党委", "试点党委：", "试点党委:", "试点党委： "])
def test_recipient_ends_with_one_full_width_colon(given: str) -> None:
    assert words("recipient", recipient=Recipient(given)) == ["试点党委："]


def test_attachment_names_carry_no_mark_at_their_end() -> None:
    assert words("annex-note", attachment_note=AttachmentNote(("台账。", "说明；"))) == ["附件：1.台账", "2.说明"]


def test_a_single_attachment_has_no_number() -> None:
    attachment = Attachment(None, Title(("整改", "台账")), ())
    assert words("annex-note", attachments=(attachment,)) == ["附件：整改台账"]
    assert words("annex-mark", attachments=(attachment,)) == ["附件"]


def test_numbers_of_many_attachments_keep_their_names_in_one_column() -> None:
    note = lines("annex-note", attachment_note=AttachmentNote(tuple("甲乙丙丁戊己庚辛壬癸")))
    assert len({line.left for line in note}) == 1
    assert all(width(line.label) <= line.hanging for line in note)


def test_copies_are_parted_by_commas_and_end_with_a_stop() -> None:
    imprint = Imprint(("甲办", "乙组。"), "丙支部", FIRST_DAY)
    assert words("copies", imprint=imprint) == ["抄送：甲办，乙组。"]
    assert words("issuer", imprint=imprint) == ["丙支部2026年1月9日印发"]


def test_note_stands_in_full_width_brackets() -> None:
    assert (
        words("note", note=Note("联系人：某岗位"))
        == words("note", note=Note("（联系人：某岗位）"))
        == ["（联系人：某岗位）"]
    )


@pytest.mark.parametrize(
    ("org", "org_right", "date_right"),
    [("中共试点镇第一支部委员会", 2.0, 6.0), ("甲支部", 7.0, 2.0)],
)
def test_date_begins_two_characters_right_of_the_name(org: str, org_right: float, date_right: float) -> None:
    signed = {"signature": Signature(org, FIRST_DAY)}
    (name,), (date,) = lines("org", **signed), lines("date", **signed)
    assert (name.right, date.right) == (org_right, date_right)
    assert (28 - date.right - width("2026年1月9日")) - (28 - name.right - width(org)) == 2


def test_signature_without_a_date_invents_none() -> None:
    assert lines("date", signature=Signature("甲支部")) == []


@pytest.mark.parametrize(
    ("names", "kept"), [(0, ["body"]), (2, ["body", "annex-note", "annex-note"]), (9, ["annex-note"])]
)
def test_the_signature_has_company(names: int, kept: list[str]) -> None:
    paper = Paper(
        title=Title(("试",)),
        body=(Paragraph(text("甲")), Paragraph(text("乙"))),
        attachment_note=AttachmentNote(tuple("丙" * names)),
        signature=Signature("丁"),
    )
    items = lay_out(paper)
    assert [getattr(items[place], "kind", "") for place in kept_with_signature(items)] == kept
    assert kept_with_signature(lay_out(Paper(Title(("试",)), ()))) == range(0)


def test_run_in_text_is_marked_as_body() -> None:
    (line,) = lines("h2", body=(Heading(2, text("（一）学习。"), (Text("学了"), Fact("a", "3"), Text("次。"))),))
    assert [(run.text, run.ref, run.body) for run in line.runs] == [
        ("（一）学习。", "", False),
        ("学了", "", True),
        ("3", "a", True),
        ("次。", "", True),
    ]


def test_items_come_in_the_order_of_the_standard() -> None:
    paper = Paper(
        title=Title(("试",)),
        recipient=Recipient("甲"),
        body=(Paragraph(text("乙")), PageBreak(), Table(("丙",), (("丁",),))),
        signature=Signature("戊", FIRST_DAY),
        note=Note("己"),
        attachments=(Attachment(None, Title(("庚",)), (Paragraph(text("辛")),)),),
        imprint=Imprint(("壬",), "癸"),
    )
    kinds = [item.kind if isinstance(item, Line) else type(item) for item in lay_out(paper)]
    assert kinds == [
        "title", "recipient", "body", Turn, Grid, "annex-note", "org", "date", "note",
        Turn, "annex-mark", "annex-title", "body", "copies", "issuer",
    ]  # fmt: skip


def test_control_characters_are_not_drawn() -> None:
    paper = Paper(Title(("试\x00",)), (Paragraph(text("甲\x0b乙\n丙\ud800丁")),))
    assert words_of(lay_out(paper)) == "试甲乙丙丁"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("整改台账", ("整改台账",)),
        (
            "中共青禾镇机关第一支部委员会2025年度组织生活会情况报告",
            ("中共青禾镇机关第一支部委员会", "2025年度组织生活会情况报告"),
        ),
        (
            "中共北湖区教育局机关第三支部委员会关于上年度组织生活会查摆问题整改落实情况和本年度整改措施的报告",
            (
                "中共北湖区教育局机关第三支部委员会",
                "关于上年度组织生活会查摆问题整改",
                "落实情况和本年度整改措施的报告",
            ),
        ),
    ],
)
def test_titles_turn_between_words(title: str, expected: tuple[str, ...]) -> None:
    assert title_of(title).lines == expected


@pytest.mark.parametrize("length", [20, 21, 41, 60, 80])
def test_titles_keep_every_character_and_fit_the_page(length: int) -> None:
    title = ("组织生活会和整改情况" * 8)[:length]
    turned = title_of(title).lines
    assert "".join(turned) == title
    assert max(map(width, turned)) <= WIDEST


def test_a_title_longer_than_four_lines_is_left_to_the_page() -> None:
    assert title_of("长" * 90).lines == ("长" * 90,)


def test_heights_are_one_for_each_row() -> None:
    with pytest.raises(ValueError, match="heights"):
        Table(("项目",), (("一",), ("二",)), heights=(10.0,))
