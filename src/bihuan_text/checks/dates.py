"""R43: dates without filling zeros, and the brackets and number of a 发文字号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.place import Span

from .registry import Mend, Paper, Remark, rule

# The first character comes first, and what stands before it behind it: so each is looked for several times faster.
_ZEROS = re.compile(
    r"\d(?:(?:(?<=\d{4}年\d)|(?<=\d{4} 年\d))(?:(?<=0)\d ?月(?: ?\d{1,2} ?日)?|\d? ?月 ?0\d ?日)"
    r"|(?<=0)(?<![\d年]0)\d月\d{1,2}日)"
)
_NUMBER = re.compile(
    r"(?P<open>[\[（(【［〔])(?<=[\u4e00-\u9fff].)(?P<year>20\d\d)(?P<close>[\]）)】］〕])(?P<nth> ?第?)(?P<n>\d{1,4}) ?号"
)


@rule("R43")
def dates_and_numbers(paper: Paper) -> Iterator[Remark]:
    """In the paper's own characters: the tidied reading has folded the brackets already."""
    for match in _ZEROS.finditer(paper.text):
        right = re.sub(r"0(\d ?[月日])", r"\1", match.group())
        yield _remark(match.span(), f"日期里的月、日不在前面加0，应写“{right}”。", right)
    for match in _NUMBER.finditer(paper.text):
        right = f"〔{match['year']}〕{int(match['n'])}号"
        if match.group() == right:
            continue
        why = "发文字号的年份用六角括号“〔〕”。" if match["open"] != "〔" else "发文字号的序号不加“第”，前面不加0。"
        yield _remark(match.span(), why, right)


def _remark(place: tuple[int, int], why: str, right: str) -> Remark:
    return Remark(Span(*place), why, right, (Mend(*place, right),))
