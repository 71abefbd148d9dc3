"""R16: an example says when, who, where or what, how many: at least two of them."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan_text.lists import pattern
from bihuan_text.place import Span
from bihuan_text.report import Problem

from .registry import Paper, Remark, Severity, rule

_ENOUGH = 2
_FACTS = ("when", "who", "where", "how_many")


@rule("R16")
def concrete_examples(paper: Paper) -> Iterator[Remark]:
    """A vague example is remarked where it stands; problems without any are remarked once for all of them."""
    bare: list[Problem] = []
    for problem in paper.report.problems:
        if _concrete(paper.said(problem.start, problem.end)) or any(_dated(paper.said(*e)) for e in problem.examples):
            continue
        if problem.examples:
            yield _vague(paper, problem)
        else:
            bare.append(problem)
    if bare:
        yield _without_any(paper, bare)


def _vague(paper: Paper, problem: Problem) -> Remark:
    """An example that says one thing that can be checked is only pointed out."""
    ask = "请补充：何时、哪个岗位的人、什么事、结果怎样。"
    if _facts(paper.said(problem.start, problem.end)):
        why = "这个例子只写明了何时、何人、何地何事、多少中的一样。"
        return Remark(problem.examples[0], why, ask, severity=Severity.INFO)
    return Remark(problem.examples[0], "这个例子没有写明何时、何人、何地何事、多少，换到哪里都能用。", ask)


def _facts(said: str) -> int:
    return sum(bool(pattern(name).search(said)) for name in _FACTS)


def _concrete(said: str) -> bool:
    several = len(pattern("how_many").findall(said)) >= _ENOUGH  # 学习十二次，研讨只有五次
    return several or _facts(said) >= _ENOUGH


def _dated(example: str) -> bool:
    """比如：2024年国庆花坛布置方案: a day, a month or a year of one matter that follows; not 2025年以来."""
    return bool(pattern("dated").search(example))


def _without_any(paper: Paper, bare: list[Problem]) -> Remark:
    total = len(paper.report.problems)
    why = f"{total}个问题中有{len(bare)}个没有见人见事的例子，这是其中第一个。"
    grave = None if 2 * len(bare) >= total else Severity.INFO  # one in many may do without
    span = Span(bare[0].lead_start, bare[0].lead_start + len(bare[0].lead))
    return Remark(span, why, "请为每个问题写一个例子：何时、何人、何事、结果怎样。", severity=grave)
