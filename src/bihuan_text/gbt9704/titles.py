"""Where a title may turn into its next line: whole words, lines in a trapezium or diamond (GB/T 9704—2012, 7.3.1)."""

from __future__ import annotations

import re
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Final

from bihuan_text.gbt9704.elements import Title

if TYPE_CHECKING:
    from collections.abc import Iterator

# 442 pt hold twenty characters of 22 pt.
WIDEST: Final = 20
MOST_LINES: Final = 4

# Words that titles of these papers are made of. A line never turns inside one, and best at the edge of one.
WORDS: Final = (
    "组织生活会", "民主生活会", "民主评议党员", "民主评议", "支部委员会", "委员会", "党支部", "支部", "党委", "党总支", "党小组",
    "党员大会", "党员", "年度", "专题", "情况", "报告", "通报", "整改", "落实", "方案", "台账", "清单", "通知", "请示", "批复",
    "关于", "开展", "召开", "加强", "学习", "贯彻", "对照", "检查", "材料", "问题", "措施", "工作", "总结", "会议", "纪要",
    "述职", "评议", "结果", "意见", "建议", "征求", "说明", "分析", "计划", "查摆", "承诺", "事项",
)  # fmt: skip

# Blanks part Latin words only.
_BLANKS: Final = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")

NEVER_FIRST: Final = frozenset("的和与及暨等》〉）】〕”’、，。：；")
NEVER_LAST: Final = frozenset("《〈（【〔“‘、和与及暨")


def title_of(text: str) -> Title:
    """按词意和梯形给标题分行；二十个字以内排一行。"""
    whole = _BLANKS.sub("", text.strip())
    if width(whole) <= WIDEST:
        return Title((whole,))
    for count in range(ceil(width(whole) / WIDEST), MOST_LINES + 1):
        best = min(_layouts(whole, count), key=_strain, default=None)
        if best:
            return Title(best)
    return Title((whole,))


def width(text: str) -> float:
    """Width in characters of the Chinese face: half for ASCII, whole for the rest."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _layouts(rest: str, count: int) -> Iterator[tuple[str, ...]]:
    """Every way to lay `rest` in `count` lines; ways that cannot fit are not walked."""
    if width(rest) > count * WIDEST:
        return
    if count == 1:
        yield (rest,)
        return
    for place in range(1, len(rest)):
        if width(rest[:place]) > WIDEST:
            return
        if _may_turn(rest, place):
            for lines in _layouts(rest[place:], count - 1):
                yield (rest[:place], *lines)


def _may_turn(whole: str, place: int) -> bool:
    before, after = whole[place - 1], whole[place]
    if after in NEVER_FIRST or before in NEVER_LAST:
        return False
    if before.isascii() and (after.isascii() or after in "年月日号届次"):
        return False
    return not any(_inside(whole, place, word) for word in WORDS)


def _inside(whole: str, place: int, word: str) -> bool:
    start = whole.find(word, max(0, place - len(word) + 1))
    return start != -1 and start < place < start + len(word)


def _strain(lines: tuple[str, ...]) -> float:
    """How far a layout is from good: words cut at unknown places, hourglass shapes, a lonely end."""
    widths = [width(line) for line in lines]
    strain = sum(0.0 if _at_word_edge(left, right) else 6.0 for left, right in pairwise(lines))
    strain += 0.3 * (max(widths) - min(widths))
    strain += sum(12.0 for a, b, c in zip(widths, widths[1:], widths[2:], strict=False) if b < a and b < c)
    strain += sum(2.0 for a, b in pairwise(widths) if a == b)
    return strain + (8.0 if widths[-1] < 4 else 0.0)


def _at_word_edge(left: str, right: str) -> bool:
    return left.endswith((*WORDS, "的", "》", "）")) or right.startswith(("《", "（", *WORDS))
