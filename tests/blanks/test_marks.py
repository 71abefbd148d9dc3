"""What is taken for an empty place, and what is not."""

from __future__ import annotations

import pytest

from bihuan_text.blanks.marks import marks_in


def places(text: str, underlined: set[int] | None = None) -> list[tuple[str, str]]:
    return [(mark.kind, text[mark.start : mark.end]) for mark in marks_in(text, underlined or set())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("应到____人，实到＿＿人", [("text", "____"), ("text", "＿＿")]),
        ("查摆问题（  ）个，整改（　）个", [("text", "  "), ("text", "　")]),
        ("提出意见【】条", [("text", "")]),
        ("中共XX支部委员会××同志", [("text", "XX"), ("text", "××")]),
        ("    年  月  日", [("date", "    年  月  日")]),
        ("于20__年XX月XX日召开", [("date", "20__年XX月XX日")]),
        ("填报单位：        填报人：", [("text", "      "), ("text", "")]),
        ("某委〔  〕  号", [("text", "  ")]),
    ],
)
def test_found(text: str, found: list[tuple[str, str]]) -> None:
    assert places(text) == found


@pytest.mark.parametrize(
    "text",
    ["（一）查摆问题", "2026年3月9日", "XXL号", "现报告如下：", "（扣1分）", "一、 基本情况", "第〇章", "(a) (b)"],
)
def test_words_are_no_blank(text: str) -> None:
    assert places(text) == []


def test_underlined_room() -> None:
    text = "支部：    （盖章）"
    assert places(text, {3, 4, 5, 6}) == [("text", "    ")]
