"""R21: a problem that no measure answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bihuan_text.kinds import Kind
from bihuan_text.ledger import LedgerRow, ledger_rows
from bihuan_text.place import Span
from bihuan_text.report import Problem

from .registry import Paper, Remark, Severity, rule
from .topics import pairs, topics, unanswered

_ANY_MEASURE = re.compile("措施|整改|改进|今后|下一步|努力方向|打算")
_FEWEST = 3  # problems that tell a forgotten one from a short paper
_ASK = "请补充对应的整改措施，或说明由哪一条措施解决。"


@rule("R21")
def unanswered_problems(paper: Paper) -> Iterator[Remark]:
    """By words alone: a problem is remarked only when nothing in the measures speaks of it."""
    if paper.kind is Kind.LEDGER and (rows := ledger_rows(paper.document)):
        yield from _ledger(rows)
        return
    problems = paper.report.problems
    if not problems:
        return
    if not paper.report.measures:
        if _speaks_of_measures(paper):
            return
        grave = None if _ANY_MEASURE.search(paper.shadow.text) else Severity.BLOCK
        yield Remark(None, f"写了 {len(problems)} 个问题，但没有找到整改措施。", _ASK, severity=grave)
        return
    measures = "\n".join(paper.text[g.start : g.end] for g in paper.report.measures)
    own = _own_pairs([paper.text[problem.lead_start : problem.end] for problem in problems])
    spoken_of = [any(pair in measures for pair in words) for words in own]
    for problem, spoken in zip(problems, spoken_of, strict=True):
        yield from _problem(paper, problem, measures, spoken)
    yield from _forgotten(paper, spoken_of, measures)
    yield from _orphan(paper)


def _forgotten(paper: Paper, spoken_of: list[bool], measures: str) -> Iterator[Remark]:
    """One measure fewer than problems, and each problem but one answered in its own words: that one was forgotten."""
    problems = paper.report.problems
    if len(problems) < _FEWEST or spoken_of.count(False) != 1 or len(paper.report.actions) != len(problems) - 1:
        return
    problem = problems[spoken_of.index(False)]
    lead = "" if problem.lead.endswith("方面") else problem.lead  # the name of an aspect is no problem
    if any(pair in measures for pair in pairs(lead)) or unanswered(lead, measures):
        return  # answered by common words, or told already
    place = Span(problem.lead_start, problem.lead_start + len(problem.lead))
    why = f"{len(problems)}个问题里只有“{problem.lead}”在整改措施里没有对应的内容，请核对。"
    yield Remark(place, why, _ASK, severity=Severity.INFO)


def _orphan(paper: Paper) -> Iterator[Remark]:
    """More measures than problems, and one of them speaks of nothing that problems or causes speak of."""
    actions, problems = paper.report.actions, paper.report.problems
    if len(problems) < _FEWEST or len(actions) <= len(problems):
        return
    asked = "\n".join(paper.text[each.start : each.end] for each in (*problems, *paper.report.causes))
    known = pairs(asked)
    alone = [each for each in actions if not pairs(paper.text[each.lead_start : each.end]) & known]
    if len(alone) == 1:
        span = Span(alone[0].lead_start, alone[0].lead_start + len(alone[0].lead))
        why = "这条措施对不上前面写的哪个问题，请核对。"
        yield Remark(span, why, "请写明它解决哪个问题，或删去。", severity=Severity.INFO)


def _own_pairs(bodies: list[str]) -> list[frozenset[str]]:
    """Of each problem the pairs of characters that no other problem has: what it alone is about (库存, 入党)."""
    found = [pairs(body) for body in bodies]
    many = Counter(pair for each in found for pair in each)
    return [frozenset(pair for pair in each if many[pair] == 1) for each in found]


def _problem(paper: Paper, problem: Problem, measures: str, spoken_of: bool) -> Iterator[Remark]:
    """``spoken_of``: the measures have words that of all problems only this one has; then its topic is no doubt.

    Where there are as many measures as problems, the one that answers it may only use other words: pointed out.
    """
    enough = len(paper.report.actions) >= len(paper.report.problems)
    lead = Span(problem.lead_start, problem.lead_start + len(problem.lead))
    body = paper.text[problem.start : problem.end]
    if not spoken_of and not problem.lead.endswith("方面") and unanswered(problem.lead, measures):
        grave = Severity.INFO if enough else None
        yield Remark(lead, f"“{problem.lead}”在整改措施里没有找到对应的内容，请核对。", _ASK, severity=grave)
        return
    for topic in topics():
        found = topic.words.search(body) if topic.narrow else None
        if found and not topic.answers.search(measures):
            place = Span(problem.start + found.start(), problem.start + found.end())
            yield Remark(place, f"这里写到“{topic.name}”方面的问题，整改措施里没有提到，请核对。", _ASK)


def _speaks_of_measures(paper: Paper) -> bool:
    """A section on measures that could not be taken apart is no missing section."""
    return any(role.value == "measures" for role, _ in paper.report.sections)


def _ledger(rows: list[LedgerRow]) -> Iterator[Remark]:
    for row in rows:
        if row.problem is not None and row.measure is None and row.status is None:
            yield Remark(row.problem.span, "台账里这个问题没有写整改措施。", _ASK)
