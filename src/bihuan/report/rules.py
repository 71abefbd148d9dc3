"""报告文字的规矩：数字用名字引用，不能手写；序号按公文层次自动排。纯函数，不碰数据库。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAMED = re.compile(r"\{\{\s*([^{}\s]{1,40})\s*\}\}")
_BRACES = re.compile(r"\{\{|\}\}")
# 第3次、2026年 are ordinals and dates, not counts; 人次 and 对次 before the shorter words they begin with.
_COUNT = re.compile(
    r"(?<![第\d０-９.．〔])[0-9０-９]+(?:[.．][0-9０-９]+)?[余多几]?(?:人次|对次|名|条|次|人(?!民)|项|份|对(?!照|比|标|接|于))"
)
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Named:
    """A fact in a text, by its name."""

    code: str


def pieces(text: str) -> list[str | Named]:
    """The text cut at its named facts: words and names in turn, no empty words."""
    found: list[str | Named] = []
    for place, part in enumerate(_NAMED.split(text)):
        if place % 2:
            found.append(Named(part))
        elif part:
            found.append(part)
    return found


def names_in(text: str) -> list[str]:
    """The names of the facts in a text, in their order."""
    return [match.group(1) for match in _NAMED.finditer(text)]


def has_loose_braces(text: str) -> bool:
    """Whether braces are left that name nothing: a name was damaged while editing."""
    return bool(_BRACES.search(_NAMED.sub("", text)))


@dataclass(frozen=True)
class TypedCount:
    """A count typed by hand: where in the text, and its words."""

    start: int
    end: int
    words: str


def typed_counts(text: str) -> Iterator[TypedCount]:
    """Counts in a text that no record stands behind: digits before 名、条、次、人、项、份、对."""
    for match in _COUNT.finditer(text):
        yield TypedCount(match.start(), match.end(), match.group())


def numeral(number: int) -> str:
    """1 to 99 as 一 to 九十九, as headings and 一是 want them."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def ordinal(level: int, number: int) -> str:
    """The ordinal of a heading: 一、（一）1. by level (GB/T 9704—2012, 7.3.3)."""
    return {1: f"{numeral(number)}、", 2: f"（{numeral(number)}）"}.get(level, f"{number}. ")


def sentence(words: str) -> str:
    """The words with one full stop at their end; nothing for nothing. Inner line ends become spaces of nothing."""
    bare = re.sub(r"\s*\n\s*", "", words).strip().rstrip("。；;.，,、 ")
    return bare + ("" if not bare or bare[-1] in "！？…”" else "。")


def clause(words: str) -> str:
    """The words without a mark at their end, to stand inside a sentence."""
    return re.sub(r"\s*\n\s*", "；", words).strip().rstrip("。；;.，,、！？ ")


# A request hidden in a report (R33): a 报告 asks for nothing.
REQUEST_WORDS = re.compile(r"请批复|请批准|请予批准|请予批复|妥否|当否|请审批|请核准")
