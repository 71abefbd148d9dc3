"""Plain text in every encoding an office PC writes gives the same characters, and nothing but line ends is changed."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bihuan_text import Unreadable, read_document

TEXT = "支部年度情况报告\n\n　　一、查摆的问题\u00a0。\n一是学习不深。\t二是服务不够。  \n"
SHORT = "支部学习"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, SHORT, "abc\n123", TEXT * 50])
def test_the_same_text_comes_out_of_every_encoding(encoding: str, text: str):
    assert read_document(text.encode(encoding), "材料.txt").text == text


def test_utf16_be_with_a_mark():
    assert read_document(b"\xfe\xff" + TEXT.encode("utf-16-be"), "材料.txt").text == TEXT


def test_line_ends_become_one_and_nothing_else_changes():
    assert read_document("甲\r\n乙\r丙\n\n　丁\u200b".encode(), "材料.txt").text == "甲\n乙\n丙\n\n　丁\u200b"


def test_every_line_is_a_paragraph():
    document = read_document("甲\n\n乙丙".encode(), "材料.txt")
    assert [span.of(document.text) for span in document.paragraphs] == ["甲", "", "乙丙"]


def test_a_few_broken_bytes_are_remarked_and_not_hidden():
    document = read_document(("党支部组织生活会情况" * 40).encode() + b"\xe5", "材料.txt")
    assert document.text.endswith("\ufffd")
    assert document.remarks == ("文件里有 1 处乱码，请对照原件核对。",)


def test_markdown_is_its_source():
    source = "# 标题\n\n**一是** 学习\n"
    assert read_document(source.encode(), "材料.md").text == source


TRADITIONAL = "支部年度組織生活會情況報告\r\n一、查擺的問題。\r\n一是學習不深，二是服務群眾不夠。\r\n"
SIMPLIFIED = (
    "支部年度组织生活会情况报告", "一、查摆的问题", "一是学习不够深入，", "二是服务群众不够主动，", "责任人：张喆",
    "比如，3月5日", "《中国共产党章程》", "“两个责任”", "\n", "\n\n", "\t", " ", "\u3000", "（一）", "①", "——", "……", "38%",
    "镕㐱𠮷",
)  # fmt: skip
DIFFERENT = (
    "支部組織生活會情況報告",
    "學習不夠，",
    "服務群眾不夠主動。",
    "問題：",
    "責任人",
    "\n",
    "3月",
    "（一）",
    "「兩個責任」",
)
WIDE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SIMPLIFIED), max_size=40), st.sampled_from(WIDE))
@example(["镕㐱𠮷"] * 3, "gb18030")
def test_a_paper_comes_back_from_any_encoding(parts: list[str], encoding: str):
    text = SIMPLIFIED[0] + "".join(parts)
    assert read_document(text.encode(encoding), "材料.txt").text == text


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(DIFFERENT), max_size=40), st.sampled_from((*WIDE, "cp950", "gbk")))
def test_a_traditional_paper_comes_back_from_any_encoding(parts: list[str], encoding: str):
    text = DIFFERENT[0] + "".join(parts)
    assert read_document(text.encode(encoding), "材料.txt").text == text


@pytest.mark.parametrize("encoding", ["gbk", "cp950"])
def test_broken_bytes_of_an_old_encoding_are_remarked(encoding: str):
    text = (TEXT if encoding == "gbk" else TRADITIONAL).replace("\u00a0", "") * 10
    data = bytearray(text.encode(encoding))
    data[40:40] = b"\xff"
    document = read_document(bytes(data), "材料.txt")
    assert document.text.count("\ufffd") == 1
    assert document.remarks == ("文件里有 1 处乱码，请对照原件核对。",)
    assert document.text.endswith(text.replace("\r\n", "\n")[-40:])


def test_a_lost_byte_is_never_silent():
    lines = (
        ["支部组织生活会情况报告"] * 6 + ["学习不够深入服务群众不够主动制度落实有差距A" * 2] + ["二是服务群众。"] * 6
    )
    data = "\n".join(lines).encode("gbk")
    at = data.index("学".encode("gbk"))
    document = read_document(data[:at] + data[at + 1 :], "材料.txt")
    assert document.text != "\n".join(lines)
    assert "乱码" in "".join(document.remarks)


def test_two_encodings_in_one_file_are_refused():
    for first, second in (("gbk", "utf-8"), ("utf-8", "gbk")):
        data = (TEXT.replace("\u00a0", "") * 10).encode(first) + (TEXT.replace("\u00a0", "") * 10).encode(second)
        with pytest.raises(Unreadable, match="编码"):
            read_document(data, "材料.txt")


def test_marks_that_are_doubled_go():
    assert read_document(b"\xef\xbb\xbf\xef\xbb\xbf" + TEXT.encode(), "材料.txt").text == TEXT
    assert read_document(b"\xff\xfe\xff\xfe" + TEXT.encode("utf-16-le"), "材料.txt").text == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_a_nul_inside_is_a_broken_character(encoding: str):
    text = "支部组织生活会情况报告，学习不深。" * 10
    document = read_document((text + "\x00" + text).encode(encoding), "材料.txt")
    assert document.text == text + "\ufffd" + text
    assert document.remarks == ("文件里有 1 处乱码，请对照原件核对。",)


def test_half_a_character_at_the_end_of_utf16():
    text = "支部组织生活会情况报告。" * 10
    assert read_document(text.encode("utf-16") + b"\x61", "材料.txt").text == text
    document = read_document((text + "\ud800" + text).encode("utf-16", "surrogatepass"), "材料.txt")
    assert document.text == text + "\ufffd" + text
