"""D08: praise before the problem: 取得了成效。但…"""

from __future__ import annotations

from collections.abc import Iterator

from bihuan_text.lists import pattern
from bihuan_text.report import Item

from .registry import Paper, Remark, Severity, rule


@rule("D08")
def praise_first(paper: Paper) -> Iterator[Remark]:
    """One remark a problem or cause, from the praise to the 但 that turns it; a mere 虽然…但 is only pointed out."""
    for item in (*paper.report.problems, *paper.report.causes):
        yield from _turned(paper, item)


def _turned(paper: Paper, problem: Item) -> Iterator[Remark]:
    text = paper.shadow.text
    start, end = paper.shadow.at(problem.start), paper.shadow.at(problem.end)
    turn = pattern("praise_turned").search(text, start, end)
    while turn is not None:
        clause = max(start, text.rfind("。", start, max(start, turn.start() - 1)) + 1)
        after = text[turn.end() : turn.end() + 60]
        if pattern("praise_fault").search(after) or pattern("fault").search(after):
            praised = pattern("praise").search(text, clause, turn.end())
            begin = min(praised.start(), turn.start()) if praised else turn.start()
            begin += text[begin] in "。；"
            yield Remark(
                paper.shadow.back(begin, turn.end()), "先说成绩，再用“但”转到问题，问题被成绩盖住。",
                "请删去前半句，直接写问题。", severity=None if praised else Severity.INFO,
            )  # fmt: skip
            return
        turn = pattern("praise_turned").search(text, turn.end(), end)
