"""What the regulations and the calendar say about a year. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_NUMBER = re.compile(r"[^\s〔〕\[\]()（）【】]+〔(\d{4})〕[1-9]\d*号")
_WRONG_BRACKETS = re.compile(r"[\[(（【［]\s*(\d{4})\s*[\])）】］]")


def usual_year(day: date) -> int:
    """The 年度 one is most likely busy with: meetings of a year are held from January to March of the next, so until
    June it is the year before."""
    return day.year - 1 if day.month <= 6 else day.year


def mend_number(number: str) -> str:
    """A 发文字号 with its year in 〔〕: few keyboards have these brackets, so any pair may be typed (R43)."""
    return _WRONG_BRACKETS.sub(r"〔\1〕", number.strip())


def number_remark(number: str) -> str:
    """One sentence about a 发文字号, or "". 年份用六角括号〔〕，序号不编虚位、不加“第”（GB/T 9704 发文字号，R43）。"""
    if not number:
        return ""
    if wrong := _WRONG_BRACKETS.search(number):
        return f"文号里的年份要用六角括号，写成“〔{wrong[1]}〕”。"
    if "第" in number.partition("〕")[2] or re.search(r"〕0", number):
        return "文号的序号前面不加“第”，也不补0，例如“〔2026〕3号”。"
    if not _NUMBER.fullmatch(number):
        return "文号一般写成“机关代字〔年份〕序号号”，请对着纸面再看一遍。"
    return ""


def lines_of(text: str) -> list[str]:
    """Aspects typed one a line: blank lines and an ordinal in front (1. （一） ①) fall away, repeated lines count once."""
    bare = (_ORDINAL.sub("", line).strip(" \t\u3000；;。") for line in text.splitlines())
    return list(dict.fromkeys(line for line in bare if line))


_ORDINAL = re.compile(
    r"^[\s\u3000]*(?:[（(][\d一二三四五六七八九十]+[)）]|[\d]+[.．、]|[一二三四五六七八九十]+[、是]|[①-⑳])"
)


def aspects_remark(committee: Sequence[str], members: Sequence[str]) -> str:
    """One sentence about the two lists, or "". 班子和党员各有各的对照方面（R14）。"""
    if committee and list(committee) == list(members):
        return "班子和党员的对照方面写得一模一样，通知里一般是分开的，请对着通知再看一遍。"
    return ""
