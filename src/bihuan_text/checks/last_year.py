"""R20: each problem of last year's paper is answered in this year's section on last year."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan_text.kinds import Kind
from bihuan_text.outline import Role

from .registry import Paper, Remark, Severity, rule
from .topics import unanswered

_OWN = (Kind.REPORT, Kind.EXAMINATION, Kind.SPEECH, Kind.DUTY)


@rule("R20")
def last_year_answered(paper: Paper) -> Iterator[Remark]:
    """Only with last year's paper at hand; by words alone, so what is not found is asked about, not asserted."""
    if paper.last_year is None or not paper.last_year.problems or paper.kind not in _OWN:
        return
    sections = [span for role, span in paper.report.sections if role is Role.PRIOR]
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
