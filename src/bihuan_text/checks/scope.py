"""D23: a branch's paper that speaks of what a county or a city decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.lists import pattern, threshold

from .own_name import strange_units
from .registry import Paper, Remark, Severity, rule

_BRANCH = re.compile("支部")
_ABOVE = re.compile("县委|市委|政府办|纪委|监委|组织部|宣传部|发改|住建|自然资源|招商|法院|检察|信访")


@rule("D23")
def above_a_branch(paper: Paper) -> Iterator[Remark]:
    """Several different such matters in one branch's paper; a single one may well be its business."""
    yield from _strange_units(paper)
    head = paper.shadow.text[:400]
    if not _BRANCH.search(head) or _ABOVE.search(paper.report.title or ""):
        return
    first: dict[str, tuple[int, int]] = {}
    for match in pattern("above_branch").finditer(paper.shadow.text):
        first.setdefault(match.group(), match.span())
    enough = len(first) >= threshold("scope_words")
    for place in first.values():
        span = paper.shadow.back(*place)
        why = f"“{span.of(paper.text)}”不是党支部的职责和事项，像是从别的材料里抄来的。"
        yield Remark(span, why, "请改写成本支部的事。", severity=None if enough else Severity.INFO)


def _strange_units(paper: Paper) -> Iterator[Remark]:
    """我校 in the paper of a hospital's branch: a paper taken over from elsewhere."""
    for place, said in strange_units(paper):
        why = f"标题不是这类单位，正文却写“{said}”，像是从别的材料里抄来的。"
        yield Remark(paper.shadow.back(*place), why, "请改成本单位的称呼，并核对这一段写的是不是本支部的事。")
