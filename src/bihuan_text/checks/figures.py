"""Figures by GB/T 15835: years in full, both ends of a range with their sign, 约数 without a mark (D22)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.place import Span

from .registry import Mend, Remark

# What begins with one digit is looked for several times faster than what begins with some, or with what stands before it.
_YEAR = re.compile(
    r"[12](?<![\d.\-—–~～/].)\d年(?=度|1[0-2]月|[1-9]月(?!来)|[上下]半年)(?<![近约满共计长足达了年][12]\d年)"
)
_PERCENT = re.compile(r"\d(?<![\d.].)\d{0,5}(?:\.\d{1,4})?(?=[-~～—–－至到]{1,2}\d{1,6}(?:\.\d{1,4})?[%％])")
_RANGE = re.compile(r"\d(?<![\d.].)\d{0,7}(?:\.\d{1,4})?[-~～—–]\d{1,8}(?:\.\d{1,4})?(?P<unit>[万亿])(?:元|人|户|吨)")
_TWICE = re.compile(r"(?<=\d)(?:(?P<unit>[%％])[ ]?[%％]|(?P<of>[名条项元份户人次天])(?P=of)(?=[，。；、）\n]))")
_DIGITS = "一二三四五六七八九"
_NEAR = re.compile(
    rf"[{_DIGITS}](?<![第前后十百月、{_DIGITS}].)、[{_DIGITS}](?=个(?!方面)|[名天次户位里]|十[个名天人多户])"
)
_SOME = re.compile(r"\d(?<!\d\d)\d{0,5}几[个名人天次户年]")
_POINT = re.compile(r"\.(?<=[\u4e00-\u9fff]\.)\d{1,6}(?=%|％|个|万|亿|元|倍)")
_CHINESE_DATE = re.compile(
    r"二[〇○零0][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_ARABIC_DATE = re.compile(r"20\d\d年\d{1,2}月")


def figures(text: str) -> Iterator[Remark]:
    """Each figure that the standard does not allow."""
    yield from _years(text)
    yield from _ranges(text)
    for match in _NEAR.finditer(text):
        first, second = (_DIGITS.index(c) for c in (match.group()[0], match.group()[2]))
        if second == first + 1:
            right = match.group().replace("、", "")
            mend = (Mend(*match.span(), right),)
            yield Remark(Span(*match.span()), f"约数中间不用顿号，应写“{right}”。", right, mend)
    for match in _SOME.finditer(text):
        yield Remark(Span(*match.span()), "约数用汉字，“十几”“几十”不与阿拉伯数字混写。", "请写实数，或改用汉字。")
    for match in _POINT.finditer(text):
        mend = (Mend(match.start(), match.start(), "0"),)
        yield Remark(Span(*match.span()), "小数点前面的0不能省。", f"0{match.group()}", mend)
    for match in _TWICE.finditer(text):
        unit = match["unit"] or match["of"]
        yield Remark(Span(*match.span()), f"单位“{unit}”写了两次。", unit, (Mend(*match.span(), unit),))
    yield from _two_styles(text)
    yield from _wide(text)


def _years(text: str) -> Iterator[Remark]:
    for match in _YEAR.finditer(text):
        right = f"20{match.group()}"
        yield Remark(
            Span(*match.span()), f"年份要写全，不简写为“{match.group()}”。", right, (Mend(*match.span(), right),)
        )


def _ranges(text: str) -> Iterator[Remark]:
    for match in _PERCENT.finditer(text):
        sign = text[match.end() :].lstrip("-~～—–－至到0123456789.")[:1]
        mend = (Mend(match.end(), match.end(), sign),)
        yield Remark(Span(*match.span()), "百分数的范围，前后两个数都要带百分号。", f"{match.group()}{sign}", mend)
    for match in _RANGE.finditer(text):
        why = f"数值范围里前一个数的“{match['unit']}”不能省，否则意思不明。"
        yield Remark(Span(*match.span()), why, "请在前一个数后面也写上单位。")


def _two_styles(text: str) -> Iterator[Remark]:
    """Dates in Chinese numerals beside dates in Arabic ones: the rarer are remarked."""
    chinese = list(_CHINESE_DATE.finditer(text))
    if chinese and len(_ARABIC_DATE.findall(text)) >= len(chinese):
        for match in chinese:
            why = "同一份材料里日期的写法要一致，公文的日期用阿拉伯数字。"
            yield Remark(Span(*match.span()), why, "请改用阿拉伯数字。")


_WIDE = re.compile("[０-９][０-９]*")


def _wide(text: str) -> Iterator[Remark]:
    """Full-width digits: once, with all their mends."""
    found = list(_WIDE.finditer(text))
    if found:
        mend = tuple(Mend(*m.span(), m.group().translate(_NARROW)) for m in found)
        first = found[0]
        why = f"阿拉伯数字用半角，这里用了全角（全文{len(found)}处）。"
        yield Remark(Span(*first.span()), why, first.group().translate(_NARROW), mend)


_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
