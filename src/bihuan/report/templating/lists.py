"""What a form may be filled with besides the report's facts: lists by their columns, and a few words of the form's own head.

A list's row is column → words. Personal problems are left out, people are named by post, as in the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from bihuan.ledger.models import Problem, Term
from bihuan.meeting import queries as meetings
from bihuan.org import queries as people
from bihuan.report import links
from bihuan.report.facts import FactValue, Records, Row
from bihuan.report.facts.records import MeasureStands
from bihuan.report.rules import clause
from bihuan_text.gbt9704 import date_zh

NUMBER = "序号"
# Columns that may stand empty without anything missing.
MAY_BE_EMPTY = frozenset({"事例", "职务", "地点", "人数", "对照方面"})
Read = Callable[[Records], Iterator[dict[str, str]]]


@dataclass(frozen=True)
class RowList:
    """A list for the rows of a table: its columns, and what is asked while the records have nothing for it."""

    code: str
    label: str
    columns: tuple[str, ...]
    question: str
    where: Callable[[], str]
    read: Read

    def rows(self, records: Records) -> list[dict[str, str]]:
        """Its rows, numbered."""
        return [{NUMBER: str(number), **row} for number, row in enumerate(self.read(records), start=1)]


ROW_LISTS: dict[str, RowList] = {}


def row_list(code: str, label: str, columns: str, question: str, where: Callable[[], str]) -> Callable[[Read], Read]:
    """Register a function as the list of that name; `columns`: their names, with blanks between."""

    def wrap(read: Read) -> Read:
        ROW_LISTS[code] = RowList(code, label, (NUMBER, *columns.split()), question, where, read)
        return read

    return wrap


def _who(records: Records, stands: MeasureStands) -> str:
    named = [records.named(each.person) if each.person else each.who for each in stands.owners]
    return "、".join(dict.fromkeys(named))


def _term(term: Term | None) -> str:
    if term is None:
        return ""
    return date_zh(term.due) if term.due else "长期坚持"


def _aspect(problem: Problem) -> str:
    return str(problem.aspect) if problem.aspect else problem.aspect_words


def _numbered(words: list[str]) -> str:
    """Several sentences in one cell, each on its line."""
    return "\n".join(f"{n}.{each}" for n, each in enumerate(words, start=1)) if len(words) > 1 else "".join(words)


@row_list(
    "问题", "今年的问题", "编号 对照方面 问题 事例 状态 原因 措施 责任人 时限", "台账里还没有今年的问题", links.ledger
)
def problems(records: Records) -> Iterator[dict[str, str]]:
    causes: dict[object, list[str]] = {}
    for link in records.causes:
        causes.setdefault(link.problem_id, []).append(clause(link.cause.text))
    for problem in records.problems:
        answering = [each for each in records.measures if problem in each.problems]
        yield {
            "编号": problem.no,
            "对照方面": _aspect(problem),
            "问题": problem.statement,
            "事例": problem.example,
            "状态": problem.state,
            "原因": _numbered(causes.get(problem.pk, [])),
            "措施": _numbered([clause(each.measure.action) for each in answering]),
            "责任人": "、".join(dict.fromkeys(filter(None, (_who(records, each) for each in answering)))),
            "时限": "、".join(dict.fromkeys(filter(None, (_term(each.term) for each in answering)))),
        }


@row_list("原因", "问题产生的原因", "原因 问题编号", "台账里还没有写原因", links.ledger)
def causes(records: Records) -> Iterator[dict[str, str]]:
    numbers = {problem.pk: problem.no for problem in records.problems}
    for link in records.causes:
        yield {"原因": link.cause.text, "问题编号": numbers.get(link.problem_id, "")}


@row_list("措施", "整改措施", "措施 完成标准 问题编号 问题 责任人 时限 状态", "台账里还没有写措施", links.ledger)
def measures(records: Records) -> Iterator[dict[str, str]]:
    for stands in records.measures:
        yield {
            "措施": stands.measure.action,
            "完成标准": stands.measure.standard,
            "问题编号": "、".join(problem.no for problem in stands.problems),
            "问题": _numbered([clause(problem.statement) for problem in stands.problems]),
            "责任人": _who(records, stands),
            "时限": _term(stands.term),
            "状态": stands.measure.state,
        }


@row_list("上年度问题", "上年度的问题和答复", "编号 问题 答复 佐证或理由", "上年度的问题还没有转进来", links.last_year)
def last_year(records: Records) -> Iterator[dict[str, str]]:
    for carry in records.carries:
        yield {
            "编号": carry.problem.no,
            "问题": carry.problem.statement,
            "答复": carry.answer,
            "佐证或理由": carry.ground,
        }


@row_list(
    "会议", "登记的会议", "日期 会议 议题 地点 主持人 记录人 应到 实到", "今年的会议还没有登记", links.registration
)
def held(records: Records) -> Iterator[dict[str, str]]:
    for row in reversed(meetings.meetings_of(records.cycle)):
        meeting = row.meeting
        yield {
            "日期": date_zh(meeting.occurred_on),
            "会议": "组织生活会" if meeting.is_life_meeting else meeting.form,
            "议题": meeting.topic,
            "地点": meeting.place,
            "主持人": meeting.chair.name,
            "记录人": meeting.recorder.name,
            "应到": str(row.counts.due),
            "实到": str(row.counts.present),
        }


@row_list("学习", "会前集中学习", "日期 内容 地点 人数", "会前集中学习还没有登记", links.registration)
def studies(records: Records) -> Iterator[dict[str, str]]:
    for study in records.studies:
        present = "" if study.present is None else str(study.present)
        yield {"日期": date_zh(study.occurred_on), "内容": study.topic, "地点": study.place, "人数": present}


@row_list("名册", "党员名册", "姓名 类别 职务 入党日期", "名册里还没有人", lambda: reverse("org:members"))
def roster(records: Records) -> Iterator[dict[str, str]]:
    for member in people.roster(records.org, records.day):
        joined = member.person.joined_party_on
        yield {
            "姓名": member.person.name,
            "类别": f"{member.membership.kind}党员",
            "职务": "、".join(member.titles),
            "入党日期": date_zh(joined) if joined else "",
        }


# --- the head of a form ----------------------------------------------------------------------------------------------
HEAD_LABELS = {"本组织全称": "本支部的全称", "上级党组织": "上级党组织的全称", "填表日期": "填表的日子，就是下载那天"}


def head(records: Records) -> dict[str, FactValue]:
    """What the head of a form asks for: who fills it in, for whom, when. Code → value."""
    org, parent = records.cycle.org, records.cycle.org.parent_on(records.day)
    lacking = "" if parent else "还没有写本支部的上级"
    given = {"本组织全称": org.name, "上级党组织": parent.name if parent else "", "填表日期": date_zh(records.day)}
    return {
        code: FactValue(code, HEAD_LABELS[code], words, (Row(words),) if words else (), "" if words else lacking)
        for code, words in given.items()
    }
