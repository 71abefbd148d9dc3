"""R20: each problem of last year's paper is answered in this year's section on last year."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan_text.kinds import Kind
from bihuan_text.lists import pattern
from bihuan_text.outline import Role
from bihuan_text.place import Span

from .registry import Paper, Remark, Severity, rule
from .topics import unanswered

_OWN = (Kind.REPORT, Kind.EXAMINATION, Kind.SPEECH, Kind.DUTY)


@rule("R20")
def last_year_answered(paper: Paper) -> Iterator[Remark]:
    """Against last year's paper by words alone: what is not found is asked about, not asserted."""
    sections = paper.parts(Role.PRIOR)
    yield from _told(paper, sections)
    if paper.last_year is None or not paper.last_year.problems or paper.kind not in _OWN:
        return
    if not sections:
        count = len(paper.last_year.problems)
        yield Remark(
            None, f"上年度材料有 {count} 个问题，本材料没有写上年度整改情况的部分。", "请逐条写明完成情况和佐证。"
        )
        return
    said = "\n".join(span.of(paper.text) for span in sections)
    for problem in paper.last_year.problems:
        if unanswered(problem.lead, said):
            message = f"上年度的问题“{problem.lead}”在上年度整改部分没有找到对应的内容，请核对是否漏写。"
            yield Remark(
                None, message, "请写明：完成、基本完成、持续推进或未完成，并附佐证或理由。", severity=Severity.WARN
            )


def _told(paper: Paper, sections: list[Span]) -> Iterator[Remark]:
    """What one paper tells by itself: that it speaks of last year, and how far each item got."""
    if not sections and paper.last_year is None and _should_tell(paper):
        # most papers that leave it out were never asked for it: only the notice or last year's paper makes it a fault
        yield Remark(
            None, "没有写上年度问题的整改情况。", "通知要求写的，请逐条写明完成情况和佐证。", severity=Severity.INFO
        )
    for item in paper.report.prior:
        if not pattern("done").search(paper.said(item.start, item.end)):
            span = Span(item.lead_start, item.lead_start + len(item.lead))
            ask = "请写明：完成、基本完成、持续推进或未完成，并附佐证或理由。"
            yield Remark(span, "这一条没有写明整改到什么程度。", ask, severity=Severity.WARN)


def _should_tell(paper: Paper) -> bool:
    own = paper.kind in (Kind.REPORT, Kind.EXAMINATION) and bool(paper.report.problems)
    return own and not pattern("prior_said").search(paper.shadow.text)
