"""A paper laid out anew: measured again it has nothing to be remarked, its words are the same, and Word's readers open it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bihuan_text.layout import mended
from bihuan_text.lists import table
from bihuan_text.readers.xml import W
from bihuan_text.refusal import Unreadable

from .made import (
    GOOD,
    LINES,
    TITLE,
    body,
    by_libreoffice,
    by_python_docx,
    by_wps,
    footer,
    found,
    heading,
    packed,
    pdf_of,
    run,
    section,
    text_of,
    title,
)

LONG = "支部对照通知逐项查摆，共梳理问题七条，每一条都写明时间、地点和事情经过，经支委会讨论通过。"


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_what_python_docx_made_is_laid_out_with_its_words_untouched() -> None:
    data = by_python_docx()
    better = mended(data)
    assert len(found(data)) > 10
    assert found(better) == []
    assert text_of(better) == text_of(data)
    assert mended(better) == better
    assert [p.text for p in docx.Document(io.BytesIO(better)).paragraphs] == list(LINES)


def test_a_mended_paper_is_drawn_by_libreoffice_with_its_words_and_number(tmp_path: Path) -> None:
    long = (*LINES[:7], *(f"{n}. 第{n}条意见。{LONG}" for n in range(2, 30)), *LINES[7:])
    drawn = pypdfium2.PdfDocument(pdf_of(tmp_path, mended(by_python_docx(long))))
    pages = [page.get_textpage().get_text_bounded() for page in drawn]
    assert [round(x) for x in drawn[0].get_size()] == [595, 842]
    assert len(pages) > 2
    assert all(f"— {n} —" in page for n, page in enumerate(pages, 1))
    left, right = (_place(drawn[n], f"— {n + 1} —") for n in (1, 0))
    assert left < 150 < 400 < right


def _place(page: pypdfium2.PdfPage, words: str) -> float:
    """Where some words begin, in points from the left edge."""
    textpage = page.get_textpage()
    at = textpage.search(words).get_next()
    assert at is not None
    return float(textpage.get_charbox(at[0])[0])


def test_what_libreoffice_made_is_laid_out(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in LINES[1:])
    html = f'<html><head><meta charset="utf-8"></head><body><h1>{TITLE}</h1>{paragraphs}</body></html>'
    data = by_libreoffice(tmp_path, html)
    assert text_of(mended(data)) == text_of(data)
    assert found(data)
    assert found(mended(data)) == []


SPOILED = [
    body(LONG, face="宋体"),
    body(LONG, size=14),
    body(LONG, shape=""),
    body("\t" + LONG, shape=""),
    body("　" + LONG, shape=""),
    body("  " + LONG, shape='<w:ind w:left="400" w:hanging="200"/>'),
    heading("三、整改措施", face="宋体"),
    heading("（二）联系群众。" + LONG, face="宋体"),
    heading("（二）联系群众。" + LONG, face="楷体"),
    heading("三、联系群众。" + LONG, face="仿宋"),
    body(LONG, more='<w:color w:val="0070C0"/>'),
    f'<w:p><w:pPr><w:ind w:firstLineChars="200"/></w:pPr>{run("附件1", "仿宋")}</w:p>',
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr></w:pPr><w:r><w:t>'
    + LONG
    + "</w:t></w:r></w:p>",
]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(SPOILED), max_size=5),
    st.sampled_from([section(), section(size=(12240, 15840)), section(margins=(25, 25, 30, 30), footer=False),
                     section(more="<w:titlePg/>"), section(even=False)]),
    st.booleans(),
    st.sampled_from([footer("center"), footer("right"), footer("left").replace("—", "-"), "<w:p/>"]),
)  # fmt: skip
def test_whatever_is_spoiled_is_mended_and_no_word_changes(
    spoiled: list[str], tail: str, odd_even: bool, number: str
) -> None:
    data = packed("".join((*GOOD, *spoiled)) + tail, settings=odd_even, odd=number)
    better = mended(data)
    assert found(better) == []
    assert text_of(better) == text_of(data)


def test_what_is_written_stands_in_the_order_of_the_schema() -> None:
    data = packed("".join((*GOOD, *SPOILED)) + section(margins=(20, 20, 20, 20), even=False), settings=False)
    root = etree.fromstring(_parts(mended(data))["word/document.xml"])
    for kind, name in (("paragraph", "pPr"), ("run", "rPr"), ("section", "sectPr")):
        order = [W + each for each in table("layout.toml")["order"][kind].split()]
        looked_at = list(root.iter(W + name))
        assert looked_at
        for node in looked_at:
            places = [order.index(child.tag) for child in node]
            assert places == sorted(places), etree.tostring(node)


def test_a_break_before_the_text_goes() -> None:
    data = packed(title() + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + "".join(GOOD[1:]) + section())
    assert found(mended(data)) == []
    assert text_of(mended(data)) == text_of(data)


def test_what_is_right_stays_byte_for_byte() -> None:
    paper = by_wps()  # made once: the clock is written into it
    assert mended(paper) == paper


def test_only_what_is_off_is_written_and_other_parts_stay() -> None:
    data = by_wps(body(LONG, face="宋体"))
    old, new = _parts(data), _parts(mended(data))
    assert {name for name in new if old.get(name) != new[name]} == {"word/document.xml"}
    before, after = (etree.fromstring(parts["word/document.xml"]) for parts in (old, new))
    changed = [
        n for n, (a, b) in enumerate(zip(before.iter(W + "p"), after.iter(W + "p"), strict=True))
        if etree.tostring(a, method="c14n") != etree.tostring(b, method="c14n")
    ]  # fmt: skip
    assert changed == [len(GOOD)]


def test_words_of_an_old_footer_stay_below_the_number() -> None:
    old = footer("center") + f"<w:p>{run('内部资料')}</w:p>"
    parts = _parts(mended(by_wps(odd=old)))
    assert "内部资料" in parts["word/bihuan-footer-default.xml"].decode()
    assert found(mended(by_wps(odd=old))) == []


def test_tables_and_attachments_keep_their_own_looks() -> None:
    table = f"<w:tbl><w:tr><w:tc><w:p>{run(LONG, '宋体', 12)}</w:p></w:tc></w:tr></w:tbl>"
    mark = f"<w:p><w:pPr><w:pageBreakBefore/></w:pPr>{run('附件', '黑体')}</w:p>"
    annex = f"<w:p>{run(LONG, '等线', 12)}</w:p>"
    data = by_wps(body(LONG, face="宋体"), table, mark, annex)
    new = _parts(mended(data))["word/document.xml"].decode()
    assert new.count("等线") == 1
    assert new.count('w:eastAsia="宋体"') == 1
    assert "仿宋_GB2312" in new


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 broken", "一段文字。".encode(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_docx_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        mended(data)
    assert refusal.value.reason_zh.endswith("。")
