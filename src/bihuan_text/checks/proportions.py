"""D06, R17, R52, D09: how long the parts of a paper are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.lists import pattern, threshold
from bihuan_text.outline import Role
from bihuan_text.place import Span
from bihuan_text.sentences import sentences

from .registry import Paper, Remark, Severity, rule

_FEWEST_SENTENCES = 6


def _letters(text: str) -> int:
    """Characters as Word counts them for Chinese: without blanks and line ends."""
    return len(re.sub(r"\s", "", text))


def _of(paper: Paper, role: Role) -> int:
    return sum(_letters(span.of(paper.text)) for span in paper.parts(role))


@rule("D06")
def parts_long_enough(paper: Paper) -> Iterator[Remark]:
    """The parts on problems and causes, where they were found."""
    asked = ((Role.PROBLEMS, "问题", "least_problem_chars"), (Role.CAUSES, "原因", "least_cause_chars"))
    for role, name, limit in asked:
        found, least = _of(paper, role), int(threshold(limit))
        if 0 < found < least:
            start = paper.parts(role)[0].start
            line = paper.text.find("\n", start)
            span = Span(start, min(line if line > 0 else len(paper.text), start + 20))
            yield Remark(span, f"{name}部分只有{found}字，少于{least}字。", "请把事情和根子写清楚，不必凑字。")


@rule("R17")
def share_of_problems(paper: Paper) -> Iterator[Remark]:
    """Only when both parts were found: a paper that could not be taken apart is not measured."""
    problems, causes = _of(paper, Role.PROBLEMS), _of(paper, Role.CAUSES)
    if not problems or not causes:
        return
    share = (problems + causes) / max(1, _letters(paper.text))
    if share < threshold("least_share"):
        why = f"问题和原因两部分占全文{share:.0%}，不到{threshold('least_share'):.0%}。"
        grave = Severity.WARN if share < threshold("least_share_warned") else Severity.INFO
        yield Remark(None, why, "请把问题和原因写透，压缩其他部分。", severity=grave)


@rule("R52")
def report_short_enough(paper: Paper) -> Iterator[Remark]:
    """Characters without blanks."""
    found, most = _letters(paper.text), int(threshold("most_report_chars"))
    if found > most:
        yield Remark(None, f"全文约{found}字，超过{most}字。", "请压缩，台账和清单可作附件。")


@rule("D09")
def praise_and_faults(paper: Paper) -> Iterator[Remark]:
    """In the part on problems: sentences that praise and name no fault, against all."""
    for part in paper.parts(Role.PROBLEMS):
        start, end = paper.shadow.at(part.start), paper.shadow.at(part.end)
        found = list(sentences(paper.shadow.text, start, end))
        praising = [s for s in found if _only_praises(s.of(paper.shadow.text))]
        if len(found) >= _FEWEST_SENTENCES and len(praising) > threshold("praise_share") * len(found):
            why = f"问题部分{len(found)}句话里有{len(praising)}句在说成绩。"
            yield Remark(paper.shadow.back(*praising[0]), why, "请删去成绩，直接写问题。")


def _only_praises(sentence: str) -> bool:
    return bool(pattern("praise").search(sentence)) and not pattern("praise_fault").search(sentence)
