"""Plain text in every encoding an office PC writes gives the same characters, and nothing but line ends is changed."""

from __future__ import annotations

import pytest

from bihuan_text import read_document

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
