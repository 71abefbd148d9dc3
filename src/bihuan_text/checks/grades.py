"""D26: too many 优秀, a low grade without a fact, a grade for those who get none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.lists import regex, threshold

from .registry import Paper, Remark, rule

_EXCELLENT = regex("grades", "excellent")
_GRADES = regex("sums", "grades")
_REGULAR = regex("grades", "regular")
_TAKING_PART = regex("grades", "taking_part")
_LOW = regex("grades", "low")
_FACT = regex("grades", "fact")
_PROBATIONER = regex("grades", "probationer")
_PRAISED = re.compile("推荐|表彰|评选|宣传|学习|命名|授予")  # another kind of 优秀
_NEAR = 160


@rule("D26")
def grades(paper: Paper) -> Iterator[Remark]:
    """The base is the number of full members where it is written, else of those who took part."""
    text = paper.shadow.text
    for match in _EXCELLENT.finditer(text) if "优秀" in text else ():
        if _PRAISED.search(text, max(0, match.start() - 8), match.start()):
            continue
        base = _base(text, match.start()) or _all_grades(text, match.start())
        found = int(match[1] or match[2])
        most = base // int(threshold("excellent_parts")) if base else None
        if most is not None and found > most:
            why = f"{base}名党员评优秀{found}名，一般不超过三分之一，即{most}名。"
            yield Remark(paper.shadow.back(*match.span()), why, "请核对人数；确需超过的，写明理由。")
    for match in _LOW.finditer(text) if "合格" in text else ():
        if not _FACT.search(text[match.end() : match.end() + _NEAR]):
            why = "评了基本合格或不合格，没有写事实依据和帮助措施。"
            yield Remark(paper.shadow.back(*match.span()), why, "请写明主要事实和帮助教育的安排。")
    yield from _probationers(paper)


def _probationers(paper: Paper) -> Iterator[Remark]:
    """预备党员 take part and get no grade."""
    for match in _PROBATIONER.finditer(paper.shadow.text):
        why = "预备党员参加评议，不评定等次。"
        yield Remark(paper.shadow.back(*match.span()), why, "请改为“参加评议，不评定等次”。")


def _all_grades(text: str, at: int) -> int | None:
    """How many got any grade, where 优秀 and 合格 stand side by side."""
    grades = _GRADES.match(text, max(0, text.rfind("优秀", 0, at + 6)))
    return sum(int(n) for n in grades.groups() if n) if grades and "票" not in grades.group() else None


def _base(text: str, at: int) -> int | None:
    """The nearest number before the grade, in the same paragraph or just above it."""
    for words in (_REGULAR, _TAKING_PART):
        found = list(words.finditer(text, max(0, at - 240), at))
        if found:
            return int(next(filter(None, found[-1].groups())))
    return None
