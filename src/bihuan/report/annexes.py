"""Attachments that are nothing but records: 问题清单, 整改台账, 评议汇总, 会议登记. Chosen on the head form, drawn as tables.

Every figure, day and state in them is the record's and points back at it; personal problems and names stay out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bihuan.report import links
from bihuan.report.facts import FactValue, Records
from bihuan.report.facts.records import MeasureStands
from bihuan.report.lines import Cited, Piece, Words, cite
from bihuan.report.lists import aspect_of, owners_of, term_of
from bihuan.report.rules import clause, sentence

Facts = Mapping[str, FactValue]
Cell = tuple[Piece, ...]
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Annex:
    """One kind of attachment: its title on paper, the heads and widths of its columns, and its rows from the records.

    `question`: what is said while the records have nothing for it; `where`: the page on which that is entered;
    `source`: the name of that page, for people.
    """

    code: str
    header: tuple[str, ...]
    widths: tuple[float, ...]
    rows: Callable[[Records, Facts], Iterator[Row]]
    question: str
    where: Callable[[], str]
    source: str = "台账"


@dataclass(frozen=True)
class AnnexTable:
    """An attachment as the records fill it on a day."""

    annex: Annex
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        return self.annex.code

    @property
    def header(self) -> tuple[str, ...]:
        return self.annex.header

    @property
    def lines(self) -> list[list[str]]:
        """The text of every cell, row by row."""
        return [[text_of(cell) for cell in row] for row in self.rows]

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """(head of the column, text) of every cell, row by row, for a page."""
        return [list(zip(self.annex.header, row, strict=True)) for row in self.lines]

    @property
    def missing(self) -> list[Cited]:
        """What no record says."""
        return [
            piece for row in self.rows for cell in row for piece in cell if isinstance(piece, Cited) and piece.missing
        ]


def text_of(cell: Cell) -> str:
    """What a cell reads."""
    return "".join(piece.text if isinstance(piece, Words) else piece.shown for piece in cell)


def tables_of(codes: list[str], records: Records, facts: Facts) -> tuple[AnnexTable, ...]:
    """The chosen attachments in the house's order; a code that is not known is passed over."""
    return tuple(AnnexTable(each, tuple(each.rows(records, facts))) for each in ANNEXES.values() if each.code in codes)


def _words(text: str) -> Cell:
    return (Words(text),)


def _problems(records: Records, _: Facts) -> Iterator[Row]:
    for problem in records.problems:
        key, url = problem.pk.hex, links.problem(problem.pk)
        yield (
            (Cited(f"no.{key}", "编号", problem.no, url),),
            _words(aspect_of(problem) or "其他方面"),
            _words(sentence(problem.statement)),
            _words(sentence(problem.example)),
        )


def _measures(records: Records, _: Facts) -> Iterator[Row]:
    for stands in records.measures:
        key, url = stands.measure.pk.hex, links.problem(stands.problems[0].pk)
        yield (
            (Cited(f"nos.{key}", "编号", "、".join(each.no for each in stands.problems), url),),
            _words("".join(sentence(each.statement) for each in stands.problems)),
            _words(sentence(stands.measure.action) + _standard(stands)),
            (owners_of(records, stands),),
            term_of(key, url, stands.term)[:1],
            (Cited(f"state.{key}", "进展", _state(stands), url),),
        )
    for problem in records.problems_without_measure:
        url = links.problem(problem.pk)
        yield (
            (Cited(f"no.{problem.pk.hex}", "编号", problem.no, url),),
            _words(sentence(problem.statement)),
            (Cited(f"measure.{problem.pk.hex}", "整改措施", "", url, "还没有措施"),),
            _words(""),
            _words(""),
            (Cited(f"state.{problem.pk.hex}", "进展", problem.state, url),),
        )


def _standard(stands: MeasureStands) -> str:
    return sentence(f"完成标准：{clause(stands.measure.standard)}") if stands.measure.standard.strip() else ""


def _state(stands: MeasureStands) -> str:
    """How far the measure is, and the problem where it has one state."""
    states = dict.fromkeys(each.state for each in stands.problems)
    return f"{stands.measure.state}，问题{'、'.join(states)}"


_GRADES = ("参评数", "优秀", "合格", "基本合格", "不合格", "不定等次")


def _appraisal(_: Records, facts: Facts) -> Iterator[Row]:
    for code in _GRADES:
        yield (_words(facts[code].label), (cite(facts[code]),), _words("；".join(row.text for row in facts[code].rows)))


_REGISTERED = ("会议日期", "会议地点", "会议形式", "主持人", "应到", "实到", "缺席", "预备", "列席", "集中学习次数")


def _meeting(_: Records, facts: Facts) -> Iterator[Row]:
    for code in _REGISTERED:
        yield (_words(facts[code].label), (cite(facts[code]),))


_ALL = (
    Annex("问题清单", ("编号", "对照方面", "具体问题", "具体表现"), (1.2, 2, 3, 4), _problems,
          "台账里还没有今年的问题", links.ledger),
    Annex("整改台账", ("编号", "具体问题", "整改措施", "责任人", "时限", "进展"), (1.3, 2.8, 3.4, 1.4, 1.7, 1.8), _measures,
          "台账里还没有今年的问题", links.ledger),
    Annex("民主评议情况汇总", ("项目", "人数", "依据"), (3, 1.5, 4), _appraisal,
          "民主评议的数还没有登记", links.registration, "会议登记"),
    Annex("组织生活会登记表", ("项目", "登记的内容"), (2, 5), _meeting,
          "组织生活会还没有登记", links.registration, "会议登记"),
)  # fmt: skip
ANNEXES: dict[str, Annex] = {each.code: each for each in _ALL}
