"""Papers kept as pages of a site, as one-file pages, as Word's XML: read whatever name they carry."""

from __future__ import annotations

import base64
import quopri
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.doc_maker import compound
from tests.text.makers import W, docx_of, p, reason_of

from bihuan_text import Unreadable, read_document
from bihuan_text.document import Document, Origin

PAGE = """<!DOCTYPE html><html><head><title>标题</title><meta charset="{}"><style>p{{}}</style></head><body>
<!-- 注 --><script>var a = "<p>不读</p>";</script><h1>支部<b>情况</b>报告</h1><p>一是学习
不深&mdash;&nbsp;见 <a href="a>b">附件</a>。<br/>二是<span style="display: none">水印<span>x</span></span>服务不够。</p>
<div>三是<![if !supportLists]>散<![endif]></div><p hidden>隐</p></body></html>"""
SAID = "支部情况报告\n一是学习不深—\u00a0见 附件。\n二是服务不够。\n三是散"


def read(page: str | bytes, name: str = "甲.html") -> Document:
    return read_document(page if isinstance(page, bytes) else page.encode(), name)


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "big5", "utf-16"])
@pytest.mark.parametrize("name", ["甲.html", "甲.doc", "甲.txt"])
def test_a_page_is_read_as_it_is_seen(encoding: str, name: str):
    codec = "gb18030" if encoding == "gb2312" else encoding
    page = PAGE.format(encoding) if encoding != "big5" else "<meta charset=big5><p>組織生活會</p>"
    document = read(page.encode(codec), name)
    assert document.text == (SAID if encoding != "big5" else "組織生活會")
    assert document.form == "html"
    assert document.remarks == ()


def test_a_page_that_names_the_wrong_encoding_or_none():
    said = "支部年度组织生活会情况报告，学习不深。" * 3
    assert read(f"<html><meta charset=utf-8><p>{said}".encode("gb18030")).text == said
    assert read(f"<html><p>{said}".encode("gb18030")).text == said


def test_a_table_keeps_its_cells_and_rows():
    page = "<html>前<table><tr><th>问题<th>措施</tr><tr><td><p>学习</p><p>不深</p></td><td></td></tr></table>后"
    document = read(page)
    assert document.text == "前\n问题\t措施\n学习\n不深\t\n后"
    (table,) = document.tables
    assert [[(c.span.of(document.text), c.column) for c in row] for row in table.rows] == [
        [("问题", 0), ("措施", 1)], [("学习\n不深", 0), ("", 1)],
    ]  # fmt: skip
    assert document.pieces[1].origin is Origin.CELL


def test_a_table_in_a_table():
    page = "<html><table><tr><td>甲<table><tr><td>乙<td>丙</table>丁<td>戊</table>己"
    assert read(page).text == "甲\n乙\t丙\n丁\t戊\n己"


def test_preformatted_lines_and_a_lone_sign():
    assert read("<html><pre>甲  乙\n  丙</pre>a < b &lt;c&gt; &#x4E00;").text == "甲  乙\n  丙\na < b <c> 一"


BROWSER = "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.invalid/\nSubject: =?utf-8?Q?=E7=94=B2?=\n =?x?=\n"


@pytest.mark.parametrize("before", ["", BROWSER], ids=["Word", "browser"])
@pytest.mark.parametrize("way", ["base64", "quoted-printable", "8bit"])
def test_a_page_kept_as_one_file(way: str, before: str):
    body = PAGE.format("utf-8").encode()
    packed = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[way](body)
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="=_x"\n\n--=_x\nContent-Type: image/png\n\nxx\n--=_x\n'
    own = f"Content-Type: text/html\nContent-Transfer-Encoding: {way}\n\n"
    whole = (before + head + own).replace("\n", "\r\n").encode() + packed + b"\r\n--=_x--"
    assert read(whole, "甲.doc").text == SAID


HEAD_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:aml="http://schemas.microsoft.com/aml/2001/core" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"><w:body><wx:sect>'
)


def word_2003(inside: str) -> Document:
    return read(f"{HEAD_2003}{inside}</wx:sect></w:body></w:wordDocument>", "甲.doc")


def test_the_xml_of_word_2003():
    numbered = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr>'
    change = '<aml:annotation w:type="Word.{}"><aml:content><w:r><w:{}>{}</w:{}></w:r></aml:content></aml:annotation>'
    gone = change.format("Deletion", "delText", "删", "delText")
    changed = p(
        change.format("Insertion", "t", "加", "t"), gone, change.format("Comment", "t", "批", "t"), "上",
        f"<w:r><w:footnote>{p('注')}</w:footnote></w:r>",
    )  # fmt: skip
    inside = (
        p("学习", props=numbered) + changed
        + f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>" + p("完")
    )  # fmt: skip
    document = word_2003(inside)
    assert document.text == "一、学习\n加上\n甲\t乙\n完\n注"
    assert document.pieces[0].origin is Origin.NUMBER
    assert document.pieces[-1].origin is Origin.NOTE


def test_a_number_that_2003_did_not_write_out_is_remarked():
    assert "编号" in word_2003(p("学习", props='<w:listPr><w:ilfo w:val="1"/></w:listPr>')).remarks[0]


def test_a_docx_laid_flat():
    space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    part = (
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document {W}><w:body>{p("甲")}</w:body></w:document>'
    )
    page = f'<?xml version="1.0"?><pkg:package {space}>{part}</pkg:xmlData></pkg:part></pkg:package>'
    assert read(page, "甲.xml").text == "甲"


@pytest.mark.parametrize(
    ("data", "form"),
    [(docx_of(p("支部")), "docx"), ("支部情况报告".encode("gbk"), "txt"), ("支部情况报告".encode("utf-16"), "txt")],
)
def test_a_doc_that_is_something_else_is_read_as_what_it_is(data: bytes, form: str):
    document = read_document(data, "甲.doc")
    assert document.text.startswith("支部")
    assert document.form == form


OTHERS = {
    "other xml": (b"<?xml version='1.0'?><a/>", "XML"),
    "kept page without a page": (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\nabc",
        "损坏",
    ),
    "page of nothing": (b"<html><script>a", "没有文字"),
    "works": (compound({"CONTENTS": b"x", "MatOST": b"x"}), "旧版的 Office"),
    "pseudo word xml": (b"<?xml version='1.0'?><a x='wordDocument'/>", "损坏"),
    "noise called doc": (bytes(range(128, 256)) * 30, "损坏"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_others_are_refused_in_one_sentence(name: str):
    data, words = OTHERS[name]
    with pytest.raises(Unreadable) as refused:
        read_document(data, "甲.doc")
    assert words in refused.value.reason_zh
    assert refused.value.reason_zh.count("。") == 1


def test_a_page_of_results_is_no_paper():
    for name in ("check.html", "compare.html"):
        page = files("bihuan_text").joinpath("data", name).read_bytes()
        with pytest.raises(Unreadable, match="检查结果"):
            read_document(page, name)


TAGS = (
    "<p>", "</p>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<br>", "<pre>", "</pre>", "<div hidden>", "</div>",
    "<script>", "</script>", "<!--", "-->", "<![CDATA[", "<", ">", '"', "&amp;", "&#0;", "&#55296;", "支部", " ", "\n", "\t",
    "<a b='",    "<p style='display:none'>", "</", "<?x", "<li>", "<title>", "</title>",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=60), st.text(max_size=10))
def test_any_tags_give_a_value_or_a_refusal(tags: list[str], rest: str):
    assert reason_of(("<html>" + "".join(tags) + rest).encode("utf-8", "replace"), "甲.html").endswith("。")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.text(st.characters(categories=["Lo", "Po", "Nd", "Lu"]), min_size=1, max_size=20), min_size=1, max_size=6
    )
)
def test_any_lines_come_back(lines: list[str]):
    page = "<html>" + "".join(f"<p>{line.replace('&', '&amp;').replace('<', '&lt;')}</p>" for line in lines)
    assert read(page).text == "\n".join(lines)


def test_a_cell_outside_any_table_ends_where_a_table_begins():
    document = read_document("<html><td>甲<table><tr><td>乙<td>丙</table>丁</td>".encode(), "页.html")
    rows = [[cell.span.of(document.text) for cell in row] for table in document.tables for row in table.rows]
    assert rows == [["甲"], ["乙", "丙"]]
    assert document.text.split() == ["甲", "乙", "丙", "丁"]
