"""D14: a cause that only blames conditions, or says the problem again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.lists import pattern, threshold
from bihuan_text.place import Span
from bihuan_text.report import Item

from .registry import Paper, Remark, Severity, rule
from .topics import likeness

_BOTH = re.compile(
    "主观(?:上|原因|方面|因素)[\\s\\S]{0,400}客观(?:上|原因|方面|因素)|客观(?:上|原因|方面|因素)[\\s\\S]{0,400}主观(?:上|原因|方面|因素)"
)
_NO_TIME = re.compile("(?:抽不出|没有?|腾不出|挤不出)时间[^，。；]{0,8}")


@rule("D14")
def causes_go_deep(paper: Paper) -> Iterator[Remark]:
    """One remark a cause."""
    leads = [problem.lead for problem in paper.report.problems]
    for cause in paper.report.causes:
        span = Span(cause.lead_start, cause.lead_start + len(cause.lead))
        if _only_conditions(paper, cause):
            parted = Severity.INFO if _BOTH.search(paper.shadow.text) else None  # 主观原因 stand beside
            yield Remark(
                span,
                "这条原因只说客观条件，没有从思想、党性、能力、制度上找。",
                "请写出主观上的原因。",
                severity=parted,
            )
        elif len(cause.lead) > 5 and any(
            likeness(cause.lead, lead) >= threshold("cause_repeats_problem") for lead in leads
        ):
            yield Remark(span, "这条原因把问题又说了一遍，没有说为什么。", "请写出为什么会有这个问题。")


def _only_conditions(paper: Paper, cause: Item) -> bool:
    said = _NO_TIME.sub("", paper.said(cause.start, cause.end))  # what there is no time for is no cause
    return bool(pattern("objective").search(said)) and not pattern("subjective").search(said)
