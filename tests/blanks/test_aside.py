"""Blanks beside the text: headers, footers, text boxes, and form fields of the old kind."""

from __future__ import annotations

import pytest
from lxml import etree

from bihuan_text.blanks import Rows, Said, fill, find_blanks
from tests.blanks.making import W, body_of, box, canonical, docx, formtext, p, part, r, said, tbl, tc, tr

PICT = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"


def root_of(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(part(data, name))


def test_the_blanks_of_headers_and_footers_are_found_after_those_of_the_text() -> None:
    data = docx(p(r("应到____人")), header1=p(r("填报单位：____")), footer1=p(r("联系电话（  ）")))
    blanks = find_blanks(data, "a.docx").blanks
    assert [(b.table, b.before) for b in blanks] == [("", "应到"), ("页眉", "填报单位："), ("页脚", "联系电话（")]
    values = {b.address: Said(word, word) for b, word in zip(blanks, ("12", "样例支部", "无"), strict=True)}
    filled = fill(data, "a.docx", values, [])
    assert said(body_of(filled)) == "应到12人"
    assert said(root_of(filled, "word/header1.xml")) == "填报单位：样例支部"
    assert said(root_of(filled, "word/footer1.xml")) == "联系电话（无）"
    keys = [
        node.get(W + "val")
        for name in ("document", "header1", "footer1")
        for node in root_of(filled, f"word/{name}.xml").iter(W + "id")
    ]
    assert len(keys) == len(set(keys)) == 3


def test_a_header_kept_for_three_kinds_of_pages_is_asked_about_once_and_filled_in_each() -> None:
    same = p(r("填报单位：____"))
    data = docx(p(r("正文")), header1=same, header2=same, header3=same + p(r("第____号")))
    blanks = find_blanks(data, "a.docx").blanks
    assert [b.before for b in blanks] == ["填报单位：", "第"]
    filled = fill(data, "a.docx", {blanks[0].address: Said("样例支部")}, [])
    for number in (1, 2, 3):
        assert said(root_of(filled, f"word/header{number}.xml")).startswith("填报单位：样例支部")


def test_a_header_is_another_place_than_the_same_words_in_the_text() -> None:
    words = p(r("填报单位：____"))
    text, header = find_blanks(docx(words, header1=words), "a.docx").blanks
    assert text.address != header.address
    assert find_blanks(docx(words), "a.docx").blanks[0].address == text.address


def test_parts_in_which_nothing_is_said_stay_to_the_byte() -> None:
    data = docx(p(r("应到____人")), header1=p(r("填报单位：____")), footer1=p(r("第 1 页")))
    header = find_blanks(data, "a.docx").blanks[1]
    filled = fill(data, "a.docx", {header.address: Said("样例支部")}, [])
    for name in ("word/document.xml", "word/footer1.xml"):
        assert part(filled, name) == part(data, name)


def test_a_box_is_filled_in_both_its_drawings() -> None:
    data = docx(p(r("应到____人"), box(p(r("编号"), r("____")) + p(r("  年  月  日")))) + p(r("实到____人")))
    blanks = find_blanks(data, "a.docx").blanks
    assert [(b.table, b.before, b.kind) for b in blanks] == [
        ("", "应到", "text"), ("文本框", "编号", "text"), ("文本框", "", "date"), ("", "实到", "text"),
    ]  # fmt: skip
    values = {b.address: Said(w) for b, w in zip(blanks, ("12", "7", "2026年3月9日", "11"), strict=True)}
    body = body_of(fill(data, "a.docx", values, []))
    assert [said(each) for each in body.iter(W + "txbxContent")] == ["编号72026年3月9日"] * 2
    assert said(body) == "应到12人" + "编号72026年3月9日" * 2 + "实到11人"


@pytest.mark.parametrize("hung", [PICT, "{}"])
def test_a_box_of_an_old_program_and_a_list_in_a_box(hung: str) -> None:
    inside = tbl(tr(tc(p(r("问题"))), tc(p(r("措施")))), tr(tc(), tc()), columns=2) + p()
    run = f"<w:r>{hung.format(inside)}</w:r>" if hung != "{}" else box(inside)
    data = docx(p(run))
    (line,) = find_blanks(data, "a.docx").lines
    items = [{line.addresses[0]: Said(f"问题{n}"), line.addresses[1]: Said(f"措施{n}")} for n in (1, 2)]
    boxes = list(body_of(fill(data, "a.docx", {}, [Rows(line.key, items)])).iter(W + "txbxContent"))
    assert len(boxes) == (1 if hung != "{}" else 2)
    for each in boxes:
        assert [said(row) for row in each.iter(W + "tr")] == ["问题措施", "问题1措施1", "问题2措施2"]


def test_two_drawings_that_differ_are_both_asked_about() -> None:
    blanks = find_blanks(docx(p(box(p(r("编号____")), p(r("号码____"))))), "a.docx").blanks
    assert [b.before for b in blanks] == ["编号", "号码"]


# --- form fields of the old kind -------------------------------------------------------------------------------------
@pytest.mark.parametrize("result", ["\u2002" * 5, "", "请填写"])
def test_a_form_field_is_filled_inside_its_marks(result: str) -> None:
    field = formtext(result, "应到", "请填写" if result == "请填写" else "", "<w:b/>")
    data = docx(p(r("应到"), field, r("人，实到____人")))
    first, second = find_blanks(data, "a.docx").blanks
    assert (first.kind, first.before, first.after) == ("field", "应到", "人，实到 人")
    assert second.kind == "text"
    filled = fill(data, "a.docx", {first.address: Said("12", "应到", "应到"), second.address: Said("11")}, [])
    paragraph = body_of(filled)[0]
    assert said(paragraph) == "应到12人，实到11人"
    kinds = [each.get(W + "fldCharType") or said(each) for each in paragraph.iter(W + "fldChar", W + "t")]
    assert kinds == ["应到", "begin", "separate", "12", "end", "人，实到", "11", "人"]
    assert [each.find(f"{W}rPr/{W}b") is not None for each in paragraph.iter(W + "r") if said(each) == "12"] == [True]
    assert paragraph.find(f".//{W}ffData/{W}name") is not None
    assert list(paragraph.iter(W + "sdt")) == []


def test_a_field_that_says_something_and_a_field_of_another_kind_are_left_alone() -> None:
    page = formtext("  ", "x").replace("FORMTEXT", "PAGE")
    assert find_blanks(docx(p(r("应到"), formtext("12"), r("第"), page, r("页"))), "a.docx").blanks == ()


def test_a_date_over_three_fields_is_one_blank() -> None:
    space = "\u2002" * 5
    data = docx(p(formtext(space), r("年"), formtext(space), r("月"), formtext(space), r("日")))
    (blank,) = find_blanks(data, "a.docx").blanks
    assert blank.kind == "date"
    assert said(body_of(fill(data, "a.docx", {blank.address: Said("2026年3月9日")}, []))) == "2026年3月9日"


def test_a_cell_with_a_form_field_is_an_empty_cell_and_its_field_is_filled() -> None:
    field = p(formtext("\u2002" * 5, "甲"))
    data = docx(tbl(tr(tc(p(r("问题"))), tc(p(r("措施")))), tr(tc(field), tc(field)), columns=2))
    (line,) = find_blanks(data, "a.docx").lines
    items = [{line.addresses[0]: Said(f"问题{n}"), line.addresses[1]: Said(f"措施{n}")} for n in (1, 2)]
    rows = list(body_of(fill(data, "a.docx", {}, [Rows(line.key, items)])).iter(W + "tr"))
    assert [said(row) for row in rows] == ["问题措施", "问题1措施1", "问题2措施2"]
    assert len(list(rows[2].iter(W + "ffData"))) == 2


def test_a_control_in_a_box_is_asked_about_as_the_boxs_own() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="编号"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>'
        + r("点此填写")
        + "</w:sdtContent></w:sdt>"
    )
    data = docx(p(r("正文"), box(p(control))))
    (blank,) = find_blanks(data, "a.docx").blanks
    assert (blank.table, blank.kind) == ("文本框", "control")
    filled = body_of(fill(data, "a.docx", {blank.address: Said("7")}, []))
    assert [said(each) for each in filled.iter(W + "txbxContent")] == ["7", "7"]
    assert canonical(filled[0][0]) == canonical(body_of(data)[0][0])
