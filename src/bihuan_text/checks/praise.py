"""D08: praise before the problem: 取得了成效。但…"""

from __future__ import annotations

from collections.abc import Iterator

from bihuan_text.lists import pattern
from bihuan_text.report import Item

from .registry import Paper, Remark, Severity, rule

_WHY = "先说成绩，再用“但”转到问题，问题被成绩盖住。"
_ASK = "请删去前半句，直接写问题。"
_BEFORE = 60  # characters of praise before the turn, and of the fault behind it


@rule("D08")
def praise_first(paper: Paper) -> Iterator[Remark]:
    """One remark a problem or cause, from the praise to the 但 that turns it; a mere 虽然…但 is only pointed out."""
    for item in (*paper.report.problems, *paper.report.causes):
        yield from _turned(paper, item)


def _turned(paper: Paper, problem: Item) -> Iterator[Remark]:
    text = paper.shadow.text
    start, end = paper.shadow.at(problem.start), paper.shadow.at(problem.end)
    if told := _praised_then(paper, start, end):
        yield told
        return
    turn = pattern("praise_turned").search(text, start, end)
    while turn is not None:
        clause = max(start, text.rfind("。", start, max(start, turn.start() - 1)) + 1)
        if _names_fault(text, turn.end()):
            praised = pattern("praise").search(text, clause, turn.end())
            begin = min(praised.start(), turn.start()) if praised else turn.start()
            begin += text[begin] in "。；"
            grave = None if praised else Severity.INFO
            yield Remark(paper.shadow.back(begin, turn.end()), _WHY, _ASK, severity=grave)
            return
        turn = pattern("praise_turned").search(text, turn.end(), end)


def _praised_then(paper: Paper, start: int, end: int) -> Remark | None:
    """Praise and, in the same or the next sentence, 但, 不过, 然而 and a fault."""
    text = paper.shadow.text
    for turn in pattern("praise_then").finditer(text, start, end):
        begin = max(start, text.rfind("。", start, max(start, turn.start())) + 1, turn.start() - _BEFORE)
        strong = pattern("praise").search(text, begin, turn.start())
        mild = strong or pattern("praise_mild").search(text, begin, turn.start())
        if mild and not pattern("praise_fault").search(text, begin, mild.start()) and _names_fault(text, turn.end()):
            return Remark(
                paper.shadow.back(mild.start(), turn.end()), _WHY, _ASK, severity=None if strong else Severity.INFO
            )
    return None


def _names_fault(text: str, at: int) -> bool:
    after = text[at : at + _BEFORE]
    return bool(pattern("praise_fault").search(after) or pattern("fault").search(after))
