"""Filling a .docx: what is filled reads right and looks as it did; what is not filled stays to the letter."""

from __future__ import annotations

import io
import zipfile

import pytest

from bihuan_text.blanks import Rows, Said, Template, fill, find_blanks
from tests.blanks.making import NOISE, W, body_of, canonical, docx, names, p, part, r, said, tbl, tc, tr

BOLD, LINED, FACE = "<w:b/>", '<w:u w:val="single"/>', '<w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/>'


def found(data: bytes) -> Template:
    return find_blanks(data, "上报表.docx")


def only(data: bytes, words: str, ref: str = "") -> bytes:
    """The file with its one blank filled."""
    (blank,) = found(data).blanks
    return fill(data, "上报表.docx", {blank.address: Said(words, ref, ref)}, [])


# --- in sentences ----------------------------------------------------------------------------------------------------
def test_a_blank_split_over_runs_is_filled_in_the_look_of_its_first_letter() -> None:
    data = docx(p(r("应到党员", BOLD), r("_", LINED), r("__"), r("_人，会议有效", FACE)))
    paragraph = body_of(only(data, "12"))[0]
    assert said(paragraph) == "应到党员12人，会议有效"
    (run,) = [each for each in paragraph.iter(W + "r") if said(each) == "12"]
    assert run.find(f"{W}rPr/{W}u") is not None
    assert [said(each) for each in paragraph.iter(W + "r")] == ["应到党员", "12", "人，会议有效"]


def test_several_blanks_of_a_paragraph() -> None:
    data = docx(p(r("应到（  ）人，实到（"), r("  ）人，请假【"), r(" 】人，"), r("  年  月  日")))
    blanks = found(data).blanks
    values = {b.address: Said(w) for b, w in zip(blanks, ["12", "11", "1", "2026年3月9日"], strict=True)}
    assert said(body_of(fill(data, "a.docx", values, []))[0]) == "应到（12）人，实到（11）人，请假【1】人，2026年3月9日"


def test_an_empty_pair_of_brackets() -> None:
    assert said(body_of(only(docx(p(r("意见【】条"))), "3"))[0]) == "意见【3】条"


def test_a_fact_is_a_content_control_with_a_key_of_its_own() -> None:
    taken = (
        '<w:sdt><w:sdtPr><w:id w:val="41"/><w:text/></w:sdtPr><w:sdtContent>' + r("已填") + "</w:sdtContent></w:sdt>"
    )
    body = body_of(only(docx(p(taken, r("应到____人"))), "12", "应到"))
    control = list(body.iter(W + "sdt"))[1]
    tag, key = control.find(f"{W}sdtPr/{W}tag"), control.find(f"{W}sdtPr/{W}id")
    assert tag is not None
    assert tag.get(W + "val") == "fact:应到"
    assert key is not None
    assert key.get(W + "val") == "42"
    assert said(control) == "12"


def test_inside_a_plain_control_no_second_control_is_put() -> None:
    control = "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>" + r("应到____人") + "</w:sdtContent></w:sdt>"
    body = body_of(only(docx(p(control)), "12", "应到"))
    assert said(body) == "应到12人"
    assert len(list(body.iter(W + "sdt"))) == 1


def test_tracked_and_hidden_text() -> None:
    data = docx(
        p(
            '<w:del w:id="1"><w:r><w:delText>原有____人</w:delText></w:r></w:del>',
            f'<w:ins w:id="2">{r("现有____人")}</w:ins>',
            r("____", "<w:vanish/>"),
        )
    )
    assert said(body_of(only(data, "12"))).startswith("现有12人")


def test_an_open_control_says_what_it_asks_and_loses_its_placeholder() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="支部名称"/><w:id w:val="7"/><w:dataBinding w:xpath="/a"/><w:showingPlcHdr/>'
        '<w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val="a4"/><w:b/></w:rPr><w:t>单击输入</w:t></w:r>'
        "</w:sdtContent></w:sdt>"
    )
    data = docx(p(r("单位："), control))
    (blank,) = found(data).blanks
    assert (blank.kind, blank.before, blank.mark) == ("control", "支部名称", "单击输入")
    body = body_of(only(data, "样例支部", "支部名称"))
    assert said(body) == "单位：样例支部"
    assert not list(body.iter(W + "showingPlcHdr", W + "dataBinding", W + "rStyle"))
    assert list(body.iter(W + "b"))


# --- nothing else ----------------------------------------------------------------------------------------------------
def test_untouched_paragraphs_and_parts_stay_to_the_letter() -> None:
    other = p(r("不动的一段", FACE), '<w:bookmarkStart w:id="3" w:name="x"/>', r("，还有"), '<w:bookmarkEnd w:id="3"/>')
    data = docx(p(r("应到____人")) + other + tbl(tr(tc(p(r("姓名"))), tc(p(r("样例"))))))
    filled = only(data, "12")
    old, new = body_of(data), body_of(filled)
    assert [canonical(each) for each in new[1:]] == [canonical(each) for each in old[1:]]
    assert names(filled) == names(data)
    for name in names(data):
        if name != "word/document.xml":
            assert part(filled, name) == part(data, name)
    assert part(filled, "word/media/image1.png") == NOISE
    assert b"wpsCustomData" in part(filled, "word/document.xml")


def test_nothing_said_changes_nothing_and_unknown_addresses_are_passed_over() -> None:
    data = docx(p(r("应到____人")))
    filled = fill(data, "a.docx", {"cell-000000000000-1": Said("12")}, [])
    assert canonical(body_of(filled)) == canonical(body_of(data))


def test_addresses_hold_while_the_template_moves_around_them() -> None:
    old, new = docx(p(r("应到____人"))), docx(p(r("新的一段")) + p(r("请假（ ）人")) + p(r("应到 ______ 人")))
    assert found(old).blanks[0].address in [blank.address for blank in found(new).blanks]


def test_a_strict_file_stays_strict() -> None:
    usual, strict = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    data, target = docx(p(r("应到____人"))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names(data):
            archive.writestr(name, part(data, name).replace(usual, strict))
    filled = part(only(target.getvalue(), "12"), "word/document.xml")
    assert strict in filled
    assert usual not in filled


# --- tables ----------------------------------------------------------------------------------------------------------
HEAD = tr(tc(p(r("序号"))), tc(p(r("问题"))), tc(p(r("措施"))))
LOOK = '<w:p><w:pPr><w:jc w:val="center"/><w:rPr><w:sz w:val="21"/></w:rPr></w:pPr></w:p>'


def listed(data: bytes, count: int) -> bytes:
    """The file with the first line that has two blanks filled by a list of so many."""
    line = next(each for each in found(data).lines if len(each.addresses) >= 2)
    first, second = line.addresses[-2:]
    items = [{first: Said(f"问题{n}"), second: Said(f"措施{n}")} for n in range(1, count + 1)]
    return fill(data, "a.docx", {}, [Rows(line.key, items)])


def table_of(data: bytes) -> list[list[str]]:
    return [[said(cell) for cell in row.iter(W + "tc")] for row in body_of(data).iter(W + "tr")]


def test_a_cell_takes_the_look_of_its_paragraph_mark() -> None:
    data = docx(tbl(tr(tc(p(r("支部名称"))), tc(LOOK)), columns=2))
    (blank,) = found(data).blanks
    assert (blank.kind, blank.row) == ("cell", "支部名称")
    filled = only(data, "样例支部\n第二行")
    cell = list(body_of(filled).iter(W + "tc"))[1]
    assert [said(each) for each in cell.findall(W + "p")] == ["样例支部", "第二行"]
    assert [size.get(W + "val") for size in cell.iterfind(f"{W}p/{W}r/{W}rPr/{W}sz")] == ["21", "21"]
    assert len(cell.findall(f"{W}p/{W}pPr/{W}jc")) == 2


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_a_list_takes_the_empty_rows_and_copies_of_the_last(count: int) -> None:
    empty = tr(tc(p(r("1"))), tc(LOOK), tc(LOOK)), tr(tc(p(r("2"))), tc(LOOK), tc(LOOK))
    data = docx(tbl(HEAD, *empty, tr(tc(p(r("备注")), '<w:gridSpan w:val="3"/>'))))
    (line,) = found(data).lines
    assert line.room == 2
    rows = table_of(listed(data, count))
    expected = [
        [str(n), f"问题{n}" if n <= count else "", f"措施{n}" if n <= count else ""]
        for n in range(1, max(count, 2) + 1)
    ]
    assert rows == [["序号", "问题", "措施"], *expected, ["备注"]]


def test_copied_rows_keep_their_form_and_no_key_twice() -> None:
    marked = (
        '<w:tr w14:paraId="0A0A0A0A"><w:trPr><w:cantSplit/></w:trPr>'
        + "".join((tc(LOOK), tc(LOOK), tc(LOOK)))
        + "</w:tr>"
    )
    body = body_of(listed(docx(tbl(HEAD, marked)), 3))
    rows = list(body.iter(W + "tr"))
    assert len(rows) == 4
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows[1:])
    assert [v for row in rows for k, v in row.attrib.items() if k.endswith("paraId")] == ["0A0A0A0A"]


def test_a_title_beside_the_list_reaches_down_over_the_new_rows() -> None:
    data = docx(tbl(HEAD, tr(tc(p(r("清单"))), tc(), tc()), tr(tc(p(r("意见"))), tc(p(), '<w:gridSpan w:val="2"/>'))))
    rows = list(body_of(listed(data, 3)).iter(W + "tr"))
    merges = [[m.get(W + "val") for m in row.iter(W + "vMerge")] for row in rows]
    assert merges == [[], ["restart"], ["continue"], ["continue"], []]
    assert [said(row) for row in rows[1:4]] == ["清单问题1措施1", "问题2措施2", "问题3措施3"]


def test_merged_cells_are_one_place() -> None:
    down = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    data = docx(
        tbl(
            tr(tc(p(r("类别"))), tc(p(r("情况")), '<w:gridSpan w:val="2"/>')),
            tr(tc(p(r("上年度")), down[0]), tc(p(r("已整改"))), tc()),
            tr(tc("<w:p/>", down[1]), tc(p(r("未整改"))), tc()),
        )
    )
    blanks = found(data).blanks
    assert [(b.row, b.column) for b in blanks] == [("已整改", "情况"), ("未整改", "情况")]


def test_rows_and_cells_inside_controls() -> None:
    row = tr(tc(), f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{tc()}</w:sdtContent></w:sdt>', tc())
    repeated = (
        f'<w:sdt><w:sdtPr><w:id w:val="6"/><w15:repeatingSection/></w:sdtPr><w:sdtContent>{row}</w:sdtContent></w:sdt>'
    )
    filled = listed(docx(tbl(HEAD, repeated)), 2)
    assert table_of(filled)[1:] == [["", "问题1", "措施1"], ["", "问题2", "措施2"]]
    keys = [node.get(W + "val") for node in body_of(filled).iter(W + "id")]
    assert len(keys) == len(set(keys))


def test_a_nested_table_and_marks_in_cells() -> None:
    inner = tbl(tr(tc(p(r("实到"))), tc()), columns=2) + p()
    data = docx(tbl(tr(tc(p(r("到会"))), tc(inner), tc(p(r("  年  月  日"))))))
    assert [(b.kind, b.row) for b in found(data).blanks] == [("cell", "实到"), ("date", "到会")]


def test_a_form_with_titles_in_every_row_repeats_nothing() -> None:
    pair = [tr(tc(p(r(a))), tc(), tc(p(r(b)))) for a, b in (("姓名", "性别"), ("民族", "职务"))]
    assert [line.room for line in found(docx(tbl(*pair))).lines] == [1, 1]


def test_controls_of_other_kinds_are_no_blank() -> None:
    tick = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/><w14:checkbox/></w:sdtPr><w:sdtContent>" + r("☐") + "</w:sdtContent></w:sdt>"
    )
    assert found(docx(p(tick, r("同意")))).blanks == ()
