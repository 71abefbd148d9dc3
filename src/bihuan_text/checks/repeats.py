"""R19, D11: sentences said twice, and last year's problems copied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.kinds import Kind
from bihuan_text.ledger import ledger_rows
from bihuan_text.lists import threshold
from bihuan_text.place import Span

from .registry import Mend, Paper, Remark, Severity, rule
from .topics import likeness

_SENTENCE = re.compile(r"[^。！？；\n]+(?:[。！？；]|\n|$)")  # always ends, so that no text is walked twice
_ORDINAL = re.compile(
    r"[\s\u3000]*(?:[一二三四五六七八九十]{1,3}(?:[、.]|是|要)|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]"
    r"|第[一二三四五六]，?|[①-⑩])?"
)
_MOST = 10
_AT_ONCE = re.compile(
    r"[，。；：、\n](?P<said>[\u4e00-\u9fff\d，、]{5,40})(?P<again>[，；。、](?P=said))(?=[，。；\n])"
)
_PROBLEM = 8  # characters of a problem that cannot be the same by chance


@rule("R19")
def said_twice(paper: Paper) -> Iterator[Remark]:
    """Whole sentences; in a ledger one measure may well stand in two rows."""
    for match in _AT_ONCE.finditer(paper.text):
        mend = (Mend(match.start("again"), match.end("again"), ""),)
        yield Remark(Span(*match.span("again")), "这半句话接连写了两遍。", "请删去一遍。", mend)
    yield from _rows_twice(paper)
    if paper.kind is Kind.LEDGER or "\t" in paper.text or "|" in paper.text:
        return
    last = {core for core, _ in _sentences(paper.last_text)}
    seen: dict[str, int] = {}
    found = 0
    for core, span in _sentences(paper.text):
        if core in last or core in seen:
            where = "与上年度材料" if core in last else "在前面已经出现过，"
            # a regulation may well say the same of two matters
            grave = Severity.INFO if paper.kind is Kind.OTHER and core not in last else None
            yield Remark(span, f"这句话{where}一字不差。", "请写今年的新情况，或删去重复的句子。", severity=grave)
            found += 1
            if found == _MOST:
                return
        seen[core] = span.start


def _rows_twice(paper: Paper) -> Iterator[Remark]:
    """A row of a ledger that says the problem and the measure of another one."""
    seen: set[tuple[str, str]] = set()
    for row in ledger_rows(paper.document) if paper.kind is Kind.LEDGER else ():
        if row.problem is None or row.measure is None or len(row.problem.text) < _PROBLEM:
            continue
        said = (row.problem.text, row.measure.text)
        if said in seen:
            yield Remark(row.problem.span, "台账里这一项与前面的一项相同。", "请删去重复的一项，或写上真正的问题。")
        seen.add(said)


def _sentences(text: str) -> Iterator[tuple[str, Span]]:
    """Sentences long enough to count, without their ordinals."""
    least = int(threshold("repeated_sentence_chars"))
    for match in _SENTENCE.finditer(text):
        if match.end() - match.start() < least or match.group()[-1] not in "。！？；":
            continue
        ordinal = _ORDINAL.match(match.group())
        begin = match.start() + (ordinal.end() if ordinal else 0)
        core = text[begin : match.end() - 1]
        if len(re.sub(r"[^\u4e00-\u9fff]", "", core)) >= least:
            yield core, Span(begin, match.end())


@rule("D11")
def copied_problems(paper: Paper) -> Iterator[Remark]:
    """This year's problems against last year's, by their leads."""
    if paper.last_year is None:
        return
    for problem in paper.report.problems:
        for old in paper.last_year.problems:
            if len(problem.lead) > 5 and likeness(problem.lead, old.lead) >= threshold("same_problem"):
                span = Span(problem.lead_start, problem.lead_start + len(problem.lead))
                why = f"与上年度的问题“{old.lead}”文字基本相同。"
                yield Remark(span, why, "没有改好的，请写明为什么没改好；已经改好的，请重新查摆。")
                break
