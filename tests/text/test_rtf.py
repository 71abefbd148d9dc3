"""RTF papers, often called .doc: the words in the order of the contract, whatever code page their bytes are of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.makers import reason_of

from bihuan_text import read_document
from bihuan_text.document import Document, Origin

HEAD = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 SimSun;}{\f2\fcharset2 Wingdings;}}"
)


def read(body: bytes, head: bytes = HEAD) -> Document:
    return read_document(head + body + b"}", "材料.doc")


def hexed(text: str, encoding: str = "gbk") -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in text.encode(encoding))


def unicode(text: str) -> bytes:
    units = text.encode("utf-16-le")
    numbers = [int.from_bytes(units[n : n + 2], "little", signed=True) for n in range(0, len(units), 2)]
    return b"".join(b"\\u%d?" % number for number in numbers)


@pytest.mark.parametrize(
    "body",
    [
        rb"\f1 " + hexed("支部学习"), rb"\f1 " + "支部学习".encode("gbk"), unicode("支部学习"),
        rb"{\uc2 " + b"".join(b"\\u%d%s" % (ord(c), hexed(c)) for c in "支部学习") + b"}",
        rb"{\upr{xx}{\*\ud " + unicode("支部学习") + b"}}", rb"\f0 " + hexed("支部学习"),
    ],
)  # fmt: skip
def test_chinese_however_it_is_written(body: bytes):
    assert read(body + rb"\par").text == "支部学习"


@pytest.mark.parametrize(
    ("field", "told"),
    [(rb"FORMCHECKBOX", True), (rb"{\rtlch\fcs1 \ltrch\fs24  FORMDROPDOWN }", True), (rb"FORMTEXT", False)],
)
def test_a_form_whose_boxes_are_not_read_is_told(field: bytes, told: bool):
    document = read(hexed("同意") + rb"{\field{\*\fldinst " + field + rb"}{\fldrslt}}\par")
    assert document.text == "同意"
    assert any("勾选框" in remark for remark in document.remarks) is told


def test_other_code_pages_by_file_and_by_typeface():
    big = rb"{\rtf1\ansi\ansicpg950{\fonttbl{\f1\fcharset136 M;}{\f3\fcharset204 R;}}"
    assert read(hexed("黨員", "big5") + rb"\f3 " + hexed("да", "cp1251"), big).text == "黨員да"


def test_signs_are_told_by_their_typeface():
    table = rb"{\rtf1\ansi{\fonttbl{\f2\fcharset2{\*\panose 05000000000000000000}Wingdings;}{\f5\fcharset2 Symbol;}}"
    assert read(rb"{\f2\'a8\'81}{\f5\'a8\'b3}{\f5\u-3917 ?}", table).text == "□①♦≥≥"


def test_a_second_byte_that_is_a_brace_or_a_backslash():
    page = rb"{\rtf1\ansi\ansicpg950 "
    assert read("功許".encode("big5").replace(b"\\", b"\\\\"), page).text == "功許"


def test_paragraphs_tabs_lines_and_signs():
    body = rb"a\tab b\line c\par\par d\~e\_f\-g\{\}\\ \emdash\par{\f2\'fe}x\page y\par"
    assert read(body).text == "a\tb\nc\n\nd\u00a0e-fg{}\\ —\n☑x\ny"


def test_groups_that_are_no_text_stay_out():
    body = (
        rb"{\info{\title t}}{\stylesheet{\s0 Normal;}}{\*\unknown x}{\header h}{\footer f}{\pict 00ff}{\*\bkmkstart b}"
        rb"{\object{\*\objdata 00}{\result r}}{\field{\*\fldinst HYPERLINK y}{\fldrslt z}}{\v hidden}{\deleted d}k\v h\v0 m\par"
    )
    assert read(body).text == "rzkm"


def test_a_deleted_line_end_joins():
    assert read(rb"a{\deleted\par}b\par").text == "ab"


def test_bytes_of_a_picture_are_passed_over():
    assert read(rb"a{\pict\bin6 }}}{{{}\bin2 {{b\par").text == "ab"


def test_numbers_that_the_writer_put_in():
    document = read(rb"{\listtext\f1 " + hexed("一、") + rb"\tab}A\par{\pntext\f2\'6c\tab}B\par{\listtext 2.\tab}C\par")
    assert document.text == "一、A\nB\n2.C"
    origins = [piece.origin for piece in document.pieces]
    assert origins == [Origin.NUMBER, Origin.LITERAL, Origin.LITERAL, Origin.NUMBER, Origin.LITERAL]


def test_tables_have_cells_rows_and_a_grid():
    row = rb"\trowd\trleft-10\cellx900\clvmrg\cellx2000\intbl a\par b\cell\cell\row"
    wide = rb"\trowd\trleft-10\cellx2000\pard\intbl c\cell\row"
    document = read(row + wide + rb"\pard d\par")
    assert document.text == "a\nb\t\nc\nd"
    (table,) = document.tables
    assert [[(c.span.of(document.text), c.column, c.continues) for c in r] for r in table.rows] == [
        [("a\nb", 0, False), ("", 1, True)], [("c", 0, False)],
    ]  # fmt: skip
    assert document.pieces[-1].origin is Origin.LITERAL


def test_a_table_inside_a_cell():
    assert read(rb"\intbl a\nestcell b\nestcell{\*\nesttableprops\nestrow}c\cell\row\pard d\par").text == "a\tb\tc\nd"


def test_boxes_and_notes_follow_the_body():
    box = rb"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt B\par}}{\shprslt{\*\do{\dptxbxtext B}}}}"
    document = read(rb"a{\footnote\chftn  N}" + box + rb"c\par")
    assert document.text == "ac\nB\n N"
    assert [piece.origin for piece in document.pieces] == [Origin.LITERAL, Origin.BOX, Origin.NOTE]


def test_broken_bytes_are_remarked():
    for body in (rb"\f1 abc\'81\par", rb"abc\u-10240?\par"):
        document = read(body)
        assert document.text == "abc\ufffd"
        assert document.remarks == ("文件里有 1 处乱码，请对照原件核对。",)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=30)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_any_text_comes_back(lines: list[str]):
    if "".join(lines).strip():
        assert read(b"".join(unicode(line) + rb"\par " for line in lines)).text == "\n".join(lines)


WORDS = [
    b"{", b"}", b"{", b"}", b"\\par ", b"\\cell", b"\\row", b"\\trowd", b"\\cellx99", b"\\u20826?", b"\\uc0", b"\\bin9 ", b"\\*",
    b"\\'d6", b"\\'d0", b"\\f1 ", b"\\f2", b"\\fonttbl", b"\\fcharset134", b"\\shptxt", b"\\footnote", b"\\listtext", b"\\upr",
    b"\\ud", b"\\v", b"\\deleted", b"\\pict", b"\\ansicpg0", b"\\intbl", b"\\pard", b"\\nestrow", b"\\", b"text", b"\xd6", b"\n",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.binary(max_size=40))
def test_any_words_give_a_value_or_a_refusal(words: list[bytes], rest: bytes):
    assert reason_of(HEAD + b"".join(words) + rest, "甲.rtf").endswith("。")
