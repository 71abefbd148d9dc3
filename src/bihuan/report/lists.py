"""Lists that stand in the report as the ledger has them: last year's answers, problems, causes, measures.

A list is named in a paragraph of its own, {{问题清单}}; its lines are the branch's own words from the ledger, and they
follow the ledger. Whoever answers is named by post; personal problems are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from bihuan.cycle.models import Subject
from bihuan.ledger.models import Assignment, Carry, Problem, Term
from bihuan.report import links
from bihuan.report.facts.records import MeasureStands, Records
from bihuan.report.lines import Cited, Line, Piece, Words
from bihuan.report.rules import clause, numeral, sentence
from bihuan_text.gbt9704 import date_zh


@dataclass(frozen=True)
class Listing:
    """A list by its name: what it shows, and what is asked while the ledger has nothing for it."""

    code: str
    label: str
    lines: Callable[[Records], Iterator[Line]]
    question: str
    where: Callable[[], str]


LISTS: dict[str, Listing] = {}


def listing(
    code: str, label: str, question: str, where: Callable[[], str]
) -> Callable[[Callable[[Records], Iterator[Line]]], Callable[[Records], Iterator[Line]]]:
    """Register a function as the list of that name."""

    def wrap(lines: Callable[[Records], Iterator[Line]]) -> Callable[[Records], Iterator[Line]]:
        LISTS[code] = Listing(code, label, lines, question, where)
        return lines

    return wrap


def _first(number: int) -> str:
    return f"{numeral(number)}是" if number < 100 else ""


@listing("上年度问题清单", "上年度问题和答复，逐条", "上年度的问题还没有转进来", links.last_year)
def last_year(records: Records) -> Iterator[Line]:
    """R20: every problem of last year with its answer and ground; or why there is none, as the branch stated it."""
    if records.nothing_from_last_year:
        yield Line(0, (Words(sentence(records.nothing_from_last_year)),), url=links.last_year())
    for number, carry in enumerate(records.carries, start=1):
        yield Line(0, _answered(number, carry), url=links.problem(carry.problem_id))


def _answered(number: int, carry: Carry) -> tuple[Piece, ...]:
    url = links.problem(carry.problem_id)
    answer = Cited(f"carry.{carry.pk.hex}", f"{carry.problem.no}的答复", carry.answer, url, "还没有答复")
    ground = (Words(f"：{sentence(carry.ground)}"),) if carry.answer else (Words("。"),)
    return (Words(f"{_first(number)}{sentence(carry.problem.statement)}"), answer, *ground)


def aspect_of(problem: Problem) -> str:
    """The aspect a problem stands under, in the notice's words; "" for none."""
    return clause(str(problem.aspect) if problem.aspect else problem.aspect_words)


def _by_aspect(problems: Iterable[Problem]) -> list[tuple[str, list[Problem]]]:
    """Problems under their aspects, in the order of the notice; those without one come last."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(aspect_of(problem), []).append(problem)
    return sorted(groups.items(), key=lambda group: not group[0])


@listing("问题清单", "今年查摆的问题，按对照方面", "台账里还没有今年的问题", links.ledger)
def problems(records: Records) -> Iterator[Line]:
    groups = _by_aspect(records.problems)
    for aspect, held in groups:
        if aspect or len(groups) > 1:
            yield Line(2, (Words(aspect or "其他方面"),))
        for number, problem in enumerate(held, start=1):
            words = _first(number) + sentence(problem.statement) + sentence(problem.example)
            yield Line(0, (Words(words),), url=links.problem(problem.pk))


@listing("原因清单", "问题产生的原因", "台账里还没有写原因", links.ledger)
def causes(records: Records) -> Iterator[Line]:
    for number, link in enumerate(records.causes, start=1):
        words = _first(number) + sentence(link.cause.text)
        yield Line(0, (Words(words),), url=links.problem(link.problem_id))


@listing("措施清单", "整改措施，带责任岗位和时限", "台账里还没有写措施", links.ledger)
def measures(records: Records) -> Iterator[Line]:
    grouped = [
        (aspect, list(held)) for aspect, held in groupby(_sorted(records), key=lambda each: aspect_of(each.problems[0]))
    ]
    for aspect, held in grouped:
        if aspect or len(grouped) > 1:
            yield Line(2, (Words(aspect or "其他方面"),))
        for number, stands in enumerate(held, start=1):
            yield Line(0, _measure(records, number, stands), url=links.problem(stands.problems[0].pk))


def _sorted(records: Records) -> list[MeasureStands]:
    order = {aspect: place for place, (aspect, _) in enumerate(_by_aspect(records.problems))}
    return sorted(records.measures, key=lambda each: order[aspect_of(each.problems[0])])


def _measure(records: Records, number: int, stands: MeasureStands) -> tuple[Piece, ...]:
    key, url = stands.measure.pk.hex, links.problem(stands.problems[0].pk)
    standard = clause(stands.measure.standard)
    return (
        Words(f"{_first(number)}{sentence(stands.measure.action)}由"),
        owners_of(records, stands),
        Words("负责，"),
        *term_of(key, url, stands.term),
        Words(f"，以{standard}为准。" if standard else "。"),
    )


def owners_of(records: Records, stands: MeasureStands) -> Cited:
    """Who answers for a measure, by post."""
    owners = "、".join(dict.fromkeys(_who(records, each) for each in stands.owners))
    url = links.problem(stands.problems[0].pk)
    return Cited(f"owner.{stands.measure.pk.hex}", "责任岗位", owners, url, "还没有责任人")


def _who(records: Records, owner: Assignment) -> str:
    return records.named(owner.person) if owner.person else owner.who


def term_of(key: str, url: str, term: Term | None) -> tuple[Piece, ...]:
    """Until when, as pieces of a sentence; the first of them is the term itself."""
    if term is None:
        return (Cited(f"term.{key}", "完成时限", "", url, "还没有时限"),)
    if term.due:
        return (Cited(f"term.{key}", "完成时限", date_zh(term.due), url), Words("前完成"))
    return (Cited(f"term.{key}", "完成时限", "长期坚持", url),)


def aspects_without_problem(records: Records) -> list[str]:
    """R15: the aspects of the notice under which the ledger has nothing."""
    named = {problem.aspect_id for problem in records.problems}
    return [str(each) for each in records.cycle.aspects(Subject.COMMITTEE) if each.pk not in named]
