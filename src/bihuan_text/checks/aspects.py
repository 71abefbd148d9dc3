"""R15, D03: each aspect of the notice has a problem, or says why it has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.lists import pattern
from bihuan_text.ordinals import value_of
from bihuan_text.place import Span
from bihuan_text.report import Aspect

from .registry import Paper, Remark, Severity, rule

_ANNOUNCED = re.compile(r"(?:对照|围绕|聚焦|从)[^。；\n]{0,12}?“?(?P<n>[三四五六七八九]|[3-9])个(?:方面|对照|带头)”?")
_FEW = 2  # aspects that may have been left out
_ASPECT = 80  # characters of an aspect that is long enough to judge
_NONE_FOUND = re.compile("(?:没有|未|暂未|无)(?:发现|查摆出|检视出)?(?:新的|明显|突出)?(?:的)?(?:问题|不足)")


@rule("R15")
def aspects_have_problems(paper: Paper) -> Iterator[Remark]:
    """An aspect that is announced but not written, or written without anything below it."""
    headed = [aspect for aspect in paper.report.aspects if aspect.heading]
    if len(headed) < 2:
        return
    yield from _fewer_than_said(paper, headed)
    for aspect in paper.report.aspects:
        if aspect.heading is None and len(aspect.problems) == 1:
            yield from _empty(paper, aspect)


def _fewer_than_said(paper: Paper, headed: list[Aspect]) -> Iterator[Remark]:
    end = paper.shadow.at(headed[0].start)
    said = _ANNOUNCED.search(paper.shadow.text, 0, end)
    empty = sum(a.heading is None for a in paper.report.aspects)
    if said is None or not 0 < value_of(said["n"]) - len(headed) - empty <= _FEW:
        return  # many fewer: the paper is laid out by something else than the aspects
    why = f"前面说对照{said['n']}个方面，问题部分只写了{len(headed)}个方面。"
    span = paper.shadow.back(*said.span())
    yield Remark(span, why, "请补上漏写的方面；没有发现问题的方面，写明理由。", severity=Severity.WARN)


def _empty(paper: Paper, aspect: Aspect) -> Iterator[Remark]:
    """A heading (…方面) with nothing below it."""
    (problem,) = aspect.problems
    body = paper.text[problem.lead_start + len(problem.lead) : problem.end].strip("。：:，\n \u3000")
    if not problem.lead.endswith("方面") or len(body) > 60 or _NONE_FOUND.search(body) or pattern("fault").search(body):
        return
    span = Span(problem.lead_start, problem.lead_start + len(problem.lead))
    yield Remark(span, f"“{problem.lead}”下面没有写问题。", "请写出这个方面的问题；确实没有的，写明理由。")


@rule("D03")
def aspects_have_faults(paper: Paper) -> Iterator[Remark]:
    """An aspect whose whole text names nothing that is wrong."""
    for aspect in paper.report.aspects:
        said = paper.said(aspect.start, aspect.end)
        if not aspect.heading or len(said) < _ASPECT or not pattern("praise").search(said):
            continue
        if not pattern("fault").search(said.replace("问题导向", "")):
            at = paper.text.find(aspect.heading, aspect.start)
            span = Span(at, at + len(aspect.heading)) if at >= 0 else Span(aspect.start, aspect.start + 2)
            yield Remark(span, "这个方面通篇没有说出不足。", "请写出差在哪里，成绩写到工作总结里。")
