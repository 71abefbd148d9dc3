"""台账里的数：上年度问题和今年的答复，今年的问题、原因、措施和它们走到哪一步。"""

from __future__ import annotations

from collections.abc import Callable, Collection

from bihuan.ledger.models import Answer, Problem
from bihuan.ledger.states import AT_WORK, ProblemState
from bihuan.report import links
from bihuan.report.facts.records import MeasureStands, Records
from bihuan.report.facts.registry import Asked, Found, Row, counted, fact
from bihuan.report.rules import clause

LAST_YEAR = "上年度问题"
THIS_YEAR = "今年的问题和措施"


def problem_row(problem: Problem, after: str = "") -> Row:
    """A problem as a row behind a figure."""
    return Row(f"{problem.no} {clause(problem.statement)}{after}", links.problem(problem.pk))


def _measure_row(stands: MeasureStands) -> Row:
    return Row(clause(stands.measure.action), links.problem(stands.problems[0].pk))


# --- last year -------------------------------------------------------------------------------------------------------
def _of_last_year(records: Records, rows: Callable[[], list[Row]], *, answered: bool = False) -> Found | Asked:
    if not records.carries and records.nothing_from_last_year:
        return Found("0", (Row(records.nothing_from_last_year, links.last_year()),))
    if not records.carries:
        return Asked("上年度的问题还没有转进来", links.last_year())
    open_ = [each for each in records.carries if not each.answer]
    if answered and open_:
        return Asked(f"上年度还有{len(open_)}个问题没有答复", links.last_year())
    return counted(rows())


@fact("上年度问题数", "上年度问题", LAST_YEAR)
def last_year(records: Records) -> Found | Asked:
    return _of_last_year(records, lambda: [problem_row(each.problem) for each in records.carries])


def _answer_fact(answer: str) -> None:
    @fact(f"上年度{answer}", f"上年度问题，{answer}", LAST_YEAR)
    def read(records: Records) -> Found | Asked:
        chosen = [each for each in records.carries if each.answer == answer]
        rows = [problem_row(each.problem, f"：{clause(each.ground)}") for each in chosen]
        return _of_last_year(records, lambda: rows, answered=True)


for _answer in Answer.values:
    _answer_fact(_answer)


@fact("上年度已销号", "上年度问题，已销号", LAST_YEAR)
def last_year_closed(records: Records) -> Found | Asked:
    closed = [each.problem for each in records.carries if each.problem.state == ProblemState.CLOSED]
    return _of_last_year(records, lambda: [problem_row(each) for each in closed])


@fact("上年度延期", "上年度问题，已延期", LAST_YEAR)
def last_year_extended(records: Records) -> Found | Asked:
    late = [each.problem for each in records.carries if each.problem_id in records.extended]
    return _of_last_year(records, lambda: [problem_row(each) for each in late])


# --- this year -------------------------------------------------------------------------------------------------------
def _of_this_year(records: Records, rows: list[Row]) -> Found | Asked:
    return counted(rows) if records.problems else Asked("台账里还没有今年的问题", links.ledger())


@fact("本年问题数", "今年的问题", THIS_YEAR)
def problems(records: Records) -> Found | Asked:
    return _of_this_year(records, [problem_row(each) for each in records.problems])


@fact("个人问题数", "党员个人的问题", THIS_YEAR)
def personal(records: Records) -> Found | Asked:
    """Told as a number only: papers do not say whose they are or what (decision 9)."""
    return counted(Row(f"{each.no} 个人问题，内容不写进报告") for each in records.personal_problems)


def _state_fact(code: str, label: str, states: Collection[str]) -> None:
    @fact(code, label, THIS_YEAR)
    def read(records: Records) -> Found | Asked:
        return _of_this_year(records, [problem_row(each) for each in records.problems if each.state in states])


_state_fact("待研究数", "今年的问题，待支委会研究", {ProblemState.RAISED})
_state_fact("整改中", "今年的问题，整改中", AT_WORK)
_state_fact("待核验", "今年的问题，待核验", {ProblemState.CLAIMED})
_state_fact("已销号数", "今年的问题，已销号", {ProblemState.CLOSED})


@fact("原因数", "问题产生的原因", THIS_YEAR)
def causes(records: Records) -> Found | Asked:
    if not records.causes:
        return Asked("台账里还没有写原因", links.ledger())
    return counted(Row(clause(each.cause.text), links.problem(each.problem_id)) for each in records.causes)


def _of_measures(records: Records, rows: list[Row]) -> Found | Asked:
    return counted(rows) if records.measures else Asked("台账里还没有写措施", links.ledger())


@fact("措施数", "整改措施", THIS_YEAR)
def measures(records: Records) -> Found | Asked:
    return _of_measures(records, [_measure_row(each) for each in records.measures])


@fact("有责任人和时限的措施数", "有责任人和时限的措施", THIS_YEAR)
def complete_measures(records: Records) -> Found | Asked:
    return _of_measures(records, [_measure_row(each) for each in records.measures if each.is_complete])


@fact("佐证数", "整改佐证", THIS_YEAR)
def evidence(records: Records) -> Found | Asked:
    home = {each.measure.pk: each.problems[0].pk for each in records.measures}
    rows = [Row(clause(each.shows), links.problem(home[each.measure_id])) for each in records.evidence]
    return _of_measures(records, rows)
