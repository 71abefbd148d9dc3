"""R33: a report asks for nothing; a request asks for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.kinds import Kind
from bihuan_text.lists import pattern
from bihuan_text.ordinals import markers_of

from .registry import Paper, Remark, rule

_REPORT = re.compile("(?:报告|汇报|总结)(?:（[^）]*）)?$")
_REQUEST = re.compile("请示(?:（[^）]*）)?$")
_ASKS = re.compile("(?:请|恳请|拟请|申请|特请)[^。；\n]{0,40}(?:批准|同意|批复|解决|拨付|支持|审批|核准|增加|安排)")
_QUOTED = re.compile("《[^《》\n]*》|“[^“”\n]*”")


@rule("R33")
def reports_and_requests(paper: Paper) -> Iterator[Remark]:
    """By what the paper calls itself."""
    title = paper.report.title or ""
    if _REQUEST.search(title):
        yield from _several(paper)
    elif _REPORT.search(title) or paper.kind in (Kind.REPORT, Kind.DUTY):
        text = _QUOTED.sub(lambda m: "\x00" * len(m.group()), paper.shadow.text)
        for match in pattern("asks_for_reply").finditer(text):
            span = paper.shadow.back(*match.span())
            why = f"报告里不能夹带请示，“{span.of(paper.text)}”要求上级答复。"
            yield Remark(span, why, "请删去这句话，需要批准的事另写请示。")


def _several(paper: Paper) -> Iterator[Remark]:
    """Numbered matters, each of which asks for something."""
    text = paper.shadow.text
    marks = [m for m in markers_of(text) if m.family in ("h1", "h2", "n1", "s")]
    ends = [*(m.start for m in marks[1:]), len(text)]
    asking = [m for m, end in zip(marks, ends, strict=False) if _ASKS.search(text, m.end, end)]
    same = [m for m in asking if asking and m.family == asking[0].family]
    if len(same) > 1:
        span = paper.shadow.back(same[1].start, same[1].end)
        yield Remark(span, f"请示应当一文一事，这里请示了{len(same)}件事。", "请分开写成几份请示。")
