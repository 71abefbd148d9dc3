"""What a Word file shows from parts beside its text: files poured in (altChunk), drawn words (SmartArt)."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from tests.text.holding import paragraphs_hold, tables_hold
from tests.text.makers import MORE, W, docx_of, p, zip_of

from bihuan_text import read, read_document
from bihuan_text.checks import Finding, Severity
from bihuan_text.document import Document, Origin
from bihuan_text.reviewed import reviewed

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
UNREAD = "嵌入的另一份文件没有读取"
PAGE = '<html><head><meta charset="utf-8"></head><body><p>网页甲</p><table><tr><td>格</td><td>子</td></tr></table></body></html>'


def chunk(name: str) -> str:
    return f'<w:altChunk xmlns:r="{R}" r:id="{name}"/>'


def with_parts(body: str, **beside: str | bytes) -> bytes:
    """A .docx whose main part names other parts; an id is the name of a part with its point as an underscore."""
    with zipfile.ZipFile(io.BytesIO(docx_of(body))) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    links = "".join(
        f'<Relationship Id="{name}" Type="{R}/aFChunk" Target="{name.replace("_", ".")}"/>' for name in beside
    )
    members["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )
    return zip_of(members | {f"word/{name.replace('_', '.')}": data for name, data in beside.items()})


def document_with(body: str, **beside: str | bytes) -> Document:
    document = read_document(with_parts(body, **beside), "材料.docx")
    assert paragraphs_hold(document)
    assert tables_hold(document)
    return document


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a_docx", docx_of(p("文件甲") + p("文件乙")), "文件甲\n文件乙"),
        ("a_htm", PAGE.encode(), "网页甲\n格\t子"),
        ("a_txt", "纯文字甲。\n纯文字乙。".encode("gb18030"), "纯文字甲。\n纯文字乙。"),
        ("a_rtf", rb"{\rtf1\ansi\ansicpg936 \'bc\'d7\par \'d2\'d2\par}", "甲\n乙"),
    ],
)
def test_a_file_poured_in_is_read_where_it_stands(name: str, data: bytes, said: str):
    document = document_with(p("前文") + chunk(name) + p("后文"), **{name: data})
    assert document.text == f"前文\n{said}\n后文"
    assert document.remarks == ()
    assert {piece.run for piece in document.pieces if 2 < piece.start < len(document.text) - 3} == {None}


def test_the_tables_of_a_file_poured_in_keep_their_grid():
    document = document_with(p("前文") + chunk("a_htm"), a_htm=PAGE)
    (row,) = document.tables[0].rows
    assert [document.text[cell.span.start : cell.span.end] for cell in row] == ["格", "子"]


def test_a_file_poured_into_a_cell_stays_in_it():
    table = f"<w:tbl><w:tr><w:tc>{chunk('a_txt')}{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>"
    document = document_with(table, a_txt="倒进来的字。".encode())
    assert document.text == "倒进来的字。\n甲\t乙"
    assert {piece.origin for piece in document.pieces} == {Origin.CELL}


@pytest.mark.parametrize(
    "data",
    [b"", b"\x89PNG\r\n\x1a\n....", b"PK\x03\x04broken", b"%PDF-1.4 no page"],
    ids=["empty", "picture", "broken", "pdf"],
)
def test_what_cannot_be_poured_in_is_told_once(data: bytes):
    document = document_with(p("前文") + chunk("a_bin") + chunk("b_bin") + p("后文"), a_bin=data, b_bin=data)
    assert document.text == "前文\n后文"
    assert [UNREAD in remark for remark in document.remarks] == [True]


def test_a_file_poured_into_one_that_is_poured_in_is_told_and_not_read():
    inner = with_parts(p("内层") + chunk("c_txt"), c_txt="更里层的字。".encode())
    document = document_with(chunk("b_docx") + p("外层"), b_docx=inner)
    assert document.text == "内层\n外层"
    assert [UNREAD in remark for remark in document.remarks] == [True]


def test_one_part_named_ten_thousand_times_is_poured_in_once():
    document = document_with(chunk("a_txt") * 10_000 + p("后文"), a_txt=("长" * 1000).encode())
    assert document.text == "长" * 1000 + "\n后文"


def test_files_poured_in_are_unpacked_from_the_purse_of_the_whole():
    padding = " " * 9_000_000
    large = docx_of(
        p("甲") + padding + "<w:bookmarkEnd/>" + padding
    )  # less than the cap of a part, and two of them than that of the whole
    names = ("a_docx", "b_docx", "c_docx")
    document = document_with("".join(map(chunk, names)) + p("后文"), **dict.fromkeys(names, large))
    assert document.text == "甲\n甲\n后文"
    assert [UNREAD in remark for remark in document.remarks] == [True]


def test_a_remark_on_words_poured_in_stands_in_the_paper_itself():
    data = with_parts(p("前文") + chunk("a_txt") + p("后文"), a_txt="倒进来的字。".encode())
    document = read(data, "材料.docx").document
    at = document.text.index("倒进来")
    found = [Finding("R42", Severity.WARN, at, at + 3, "倒进来", "这里要改。", "请改。", (), "依据", None)]
    copy = reviewed(data, document, found, datetime(2026, 3, 9, tzinfo=UTC))
    assert read(copy, "材料.docx").document.text == document.text


def points(*texts: str, kind: str = "") -> str:
    return "".join(
        f'<d:pt modelId="{text}"{kind}><d:t><a:bodyPr/><a:p><a:r><a:t>{text[:1]}</a:t></a:r><a:r><a:t>{text[1:]}</a:t></a:r>'
        "</a:p></d:t></d:pt>"
        for text in texts
    )


def joined(*links: tuple[str, str, int], kind: str = "") -> str:
    return "".join(f'<d:cxn{kind} srcId="{a}" destId="{b}" srcOrd="{order}" destOrd="0"/>' for a, b, order in links)


def drawing(inside: str) -> str:
    return (
        f'<w:r><w:drawing><a:graphic xmlns:a="{DGM.replace("diagram", "main")}"><a:graphicData>{inside}'
        "</a:graphicData></a:graphic></w:drawing></w:r>"
    )


def data_part(points_said: str, links: str) -> str:
    main = DGM.replace("diagram", "main")
    return (
        f'<d:dataModel xmlns:d="{DGM}" xmlns:a="{main}"><d:ptLst><d:pt modelId="0" type="doc"/>{points_said}</d:ptLst>'
        f"<d:cxnLst>{links}</d:cxnLst></d:dataModel>"
    )


SMART = f'<d:relIds xmlns:d="{DGM}" xmlns:r="{R}" r:dm="data1_xml"/>'


def test_drawn_words_are_read_from_their_root_down_with_the_boxes():
    part = data_part(
        points("查摆", "整改", "学习", "销号") + points("箭头", kind=' type="parTrans"') + points("画", kind=' type="pres"'),
        joined(("0", "整改", 1), ("0", "查摆", 0), ("整改", "销号", 0), ("查摆", "学习", 0))
        + joined(("0", "箭头", 2), ("0", "画", 3), kind=' type="presOf"'),
    )  # fmt: skip
    document = document_with(p("前文", drawing(SMART)) + p("后文"), data1_xml=part)
    assert document.text == "前文\n后文\n查摆\n学习\n整改\n销号"
    assert [piece.origin for piece in document.pieces][2:] == [Origin.BOX] * 4
    assert document.remarks == ()


def test_drawn_words_stand_once_in_an_alternative_and_a_ring_of_points_ends():
    part = data_part(points("甲一", "乙二"), joined(("0", "甲一", 0), ("甲一", "乙二", 0), ("乙二", "甲一", 0)))
    either = (
        f'<mc:AlternateContent {MORE}><mc:Choice Requires="x"><w:drawing {W}>{SMART}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict {W}/></mc:Fallback></mc:AlternateContent>"
    )
    assert document_with(p("文", f"<w:r>{either}</w:r>"), data1_xml=part).text == "文\n甲一\n乙二"


@pytest.mark.parametrize("part", ["<broken", "<!DOCTYPE a><a/>"])
def test_drawn_words_that_cannot_be_read_are_told(part: str):
    document = document_with(p("文", drawing(SMART)), data1_xml=part)
    assert document.text == "文"
    assert ["SmartArt" in remark for remark in document.remarks] == [True]


def test_a_chart_is_told():
    chart = f'<c:chart xmlns:c="{DGM.replace("diagram", "chart")}" xmlns:r="{R}" r:id="rId1"/>'
    assert ["图表" in remark for remark in document_with(p("文", drawing(chart))).remarks] == [True]
