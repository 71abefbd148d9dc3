"""A workbook that came back against the ledger as it is now: what is new, changed, not taken, wrong, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from bihuan.core import days, secrecy
from bihuan.core.access import Verdict
from bihuan.cycle.models import Cycle
from bihuan.ledger import access
from bihuan.ledger.models import Measure, OriginKind, Problem
from bihuan.ledger.queries.holders import Owner
from bihuan.ledger.queries.sheet import STANDARD, STEADY, SheetNow
from bihuan.ledger.rules import shortened
from bihuan.ledger.sheets import MEASURE_MARK, PROBLEM_MARK, SheetRow, plain
from bihuan.ledger.states import ProblemState
from bihuan.org.models import Group, Org, Person, Seat, Title
from bihuan.org.queries import groups_on, roster

_ON_PAGE = "请在这一条的页面上改"
_CLOSING = "销号要有佐证、核验和会议决定，请在这一条的页面上办"
_PEOPLE = "换人要写从哪天起，请在这一条的页面上换"
WHY_NOT = {
    "对照方面": _ON_PAGE, "来源": _ON_PAGE, "责任领导": _PEOPLE, "责任人": _PEOPLE, "协同": _PEOPLE,
    "时限": "延期要写理由和谁同意的，请在这一条的页面上办", "进展": "进展要写哪一天做的，请在这一条的页面上记",
    "佐证": "佐证要说明是什么，请在这一条的页面上添", "核验人": _CLOSING, "状态": _CLOSING, "销号日期": _CLOSING,
}  # fmt: skip


@dataclass(frozen=True)
class NewMeasure:
    """A measure that the workbook adds."""

    action: str
    standard: str
    owner: Owner | None = None
    owner_post: str = ""
    leader: Person | None = None
    helpers: tuple[Person, ...] = ()
    due: date | None = None
    reviews: tuple[date, ...] = ()


@dataclass(frozen=True)
class Change:
    """One row that changes something. Exactly one of the shapes: a new problem (`problem` None), new words, a new measure."""

    row: SheetRow
    said: str
    problem: Problem | None = None
    measure: Measure | None = None
    version: int | None = None
    statement: str = ""
    example: str = ""
    origin: str = ""
    aspect: str = ""
    action: str = ""
    standard: str = ""
    new_measure: NewMeasure | None = None


@dataclass
class Comparison:
    """What a workbook that came back would do. Nothing is applied while `wrong` holds a line."""

    changes: list[Change] = field(default_factory=list)
    kept: list[tuple[SheetRow, str]] = field(default_factory=list)  # cells that are not taken, each with its reason
    wrong: list[tuple[SheetRow, str]] = field(default_factory=list)
    same: int = 0

    @property
    def new(self) -> list[Change]:
        return [change for change in self.changes if change.problem is None or change.new_measure]

    @property
    def changed(self) -> list[Change]:
        return [change for change in self.changes if change.problem is not None and not change.new_measure]


class _Wrong(Exception):
    """Why a row cannot be taken."""


def compare(rows: list[SheetRow], cycle: Cycle, seat: Seat, today: date) -> Comparison:
    """Weigh every row against the ledger as it is now; nothing is written."""
    return _Comparer(cycle, seat, today).all(rows)


class _Comparer:
    def __init__(self, cycle: Cycle, seat: Seat, today: date) -> None:
        self.seat, self.found = seat, Comparison()
        self.by_problem: dict[UUID, tuple[Problem, dict[str, str]]] = {}
        self.by_measure: dict[tuple[UUID, UUID], tuple[Measure, dict[str, str]]] = {}
        for problem, measure, shown in SheetNow(cycle, seat, today).rows():
            self.by_problem.setdefault(problem.pk, (problem, shown))
            if measure is not None:
                self.by_measure[problem.pk, measure.pk] = (measure, shown)
        self.by_no = {problem.no: problem for problem, _ in self.by_problem.values()}
        self.people: dict[str, list[Person]] = {}
        for member in roster(cycle.org_id, today):
            self.people.setdefault(member.person.name, []).append(member.person)
        self.bodies: dict[str, list[Group | Org]] = {cycle.org.name: [cycle.org]}
        for held in groups_on(cycle.org_id, today):
            self.bodies.setdefault(held.group.name, []).append(held.group)
        self.seen: set[object] = set()

    def all(self, rows: list[SheetRow]) -> Comparison:
        for row in rows:
            try:
                changes = self._row(row)
            except _Wrong as reason:
                self.found.wrong.append((row, str(reason)))
                continue
            self.found.changes += changes
            self.found.same += not changes
        return self.found

    def _row(self, row: SheetRow) -> list[Change]:
        if any(map(secrecy.marking, row.cells.values())):
            raise _Wrong(secrecy.SENTENCE)
        if not row[PROBLEM_MARK] and not row["编号"]:
            return [self._new_problem(row)]
        problem, seen = self._problem_of(row)
        return [*self._words(row, problem, seen), *self._measure_of(row, problem)]

    def _problem_of(self, row: SheetRow) -> tuple[Problem, int | None]:
        """The problem a row is about, and the version it was downloaded with (None: a row added by hand)."""
        if not row[PROBLEM_MARK]:
            problem = self.by_no.get(row["编号"])
            if problem is None:
                raise _Wrong(f"台账里没有{row['编号']}；新的问题请把编号留空，系统会给")
            return problem, None
        key, version = _mark(row[PROBLEM_MARK])
        if key not in self.by_problem:
            raise _Wrong("这一行的问题不在这个年度的台账里，请用这个年度下载的表")
        return self.by_problem[key][0], version

    def _words(self, row: SheetRow, problem: Problem, seen: int | None) -> list[Change]:
        shown = self.by_problem[problem.pk][1]
        self._keep_out(row, shown, ("对照方面", "来源", "核验人", "状态", "销号日期"))
        statement, example = row["问题"], row["事例"]
        if not statement or (statement, example) == (plain(problem.statement), plain(problem.example)):
            return []
        self._need_fresh(seen, problem.version, "问题")
        self._once(problem.pk, f"{problem.no}的问题")
        _allow(access.may_change(self.seat, problem))
        said = f"{problem.no}的问题改成：{shortened(statement, 40)}"
        if statement == plain(problem.statement):
            said = f"{problem.no}的事例改成：{shortened(example, 40) or '（空）'}"
        return [Change(row, said, problem=problem, version=seen, statement=statement, example=example)]

    def _measure_of(self, row: SheetRow, problem: Problem) -> list[Change]:
        if not row[MEASURE_MARK]:
            return [self._more(row, problem)] if row["措施"] else []
        key, seen = _mark(row[MEASURE_MARK])
        if (problem.pk, key) not in self.by_measure:
            raise _Wrong("这一行的措施不在这个问题下面，请重新下载再改")
        measure, shown = self.by_measure[problem.pk, key]
        self._keep_out(row, shown, ("责任领导", "责任人", "协同", "时限", "进展", "佐证"))
        action, standard = row["措施"] or plain(measure.action), row[STANDARD]
        if (action, standard) == (plain(measure.action), plain(measure.standard)):
            return []
        self._need_fresh(seen, measure.version, "措施")
        self._once(measure.pk, f"措施“{shortened(measure.action)}”")
        _allow(access.may_change_measure(self.seat, measure))
        said = f"{problem.no}的措施改成：{shortened(action, 40)}"
        if action == plain(measure.action):
            said = f"{problem.no}的完成标准改成：{shortened(standard, 40) or '（空）'}"
        return [Change(row, said, problem=problem, measure=measure, version=seen, action=action, standard=standard)]

    def _new_problem(self, row: SheetRow) -> Change:
        if not row["问题"]:
            raise _Wrong("没有编号，也没有写问题，看不出是哪一条")
        if row["来源"] not in OriginKind.values:
            raise _Wrong(f"新的问题要写来源，写{'、'.join(OriginKind.values)}里的一种")
        _allow(access.may_raise(self.seat))
        self._keep_out(row, {"状态": ProblemState.RAISED}, ("进展", "佐证", "核验人", "状态", "销号日期"))
        measure = self._new_measure(row) if row["措施"] else None
        said = f"新的问题：{shortened(row['问题'], 40)}{'，带一条措施' if measure else ''}"
        return Change(
            row, said, statement=row["问题"], example=row["事例"], origin=row["来源"], aspect=row["对照方面"],
            new_measure=measure,
        )  # fmt: skip

    def _more(self, row: SheetRow, problem: Problem) -> Change:
        _allow(access.may_set_measures(self.seat, problem))
        self._keep_out(row, {}, ("进展", "佐证"))
        said = f"{problem.no}再加一条措施：{shortened(row['措施'], 40)}"
        return Change(row, said, problem=problem, new_measure=self._new_measure(row))

    def _new_measure(self, row: SheetRow) -> NewMeasure:
        owner, post = self._owner(row["责任人"])
        leader, helpers = self._people("责任领导", row), self._people("协同", row)
        if len(leader) > 1:
            raise _Wrong("责任领导只写一位，别的人请写在协同里")
        due, reviews = _term(row["时限"])
        return NewMeasure(row["措施"], row[STANDARD], owner, post, leader[0] if leader else None, helpers, due, reviews)

    def _people(self, column: str, row: SheetRow) -> tuple[Person, ...]:
        """The people of the roster whom a cell names."""
        names = [name for name in re.split(r"[、，,；;\s]+", row[column]) if name]
        for name in names:
            if len(self.people.get(name, [])) != 1:
                raise _Wrong(f"{column}写的{name}，名册上{'不止一位' if name in self.people else '没有'}，请先留空")
        return tuple(self.people[name][0] for name in names)

    def _owner(self, name: str) -> tuple[Owner | None, str]:
        """Who a name in the sheet means: a post, a person of the roster, a 党小组, or the branch itself."""
        if not name or name in Title.values:
            return None, name
        found: list[Owner] = [*self.people.get(name, []), *self.bodies.get(name, [])]
        if len(found) != 1:
            many = f"本支部有{len(found)}位（个）{name}，请先把责任人留空，存好以后在页面上选"
            none = f"本支部没有{name}，责任人请写名册上的一个人，或者写一个岗位、一个党小组、支部全称"
            raise _Wrong(many if found else none)
        return found[0], ""

    def _keep_out(self, row: SheetRow, shown: dict[str, str], columns: tuple[str, ...]) -> None:
        for column in columns:
            if row[column] and row[column] != plain(shown.get(column, "")):
                self.found.kept.append(
                    (row, f"“{column}”写成了“{shortened(row[column], 20)}”，表里不收；{WHY_NOT[column]}")
                )

    def _need_fresh(self, seen: int | None, now: int, what: str) -> None:
        if seen is None:
            raise _Wrong(f"这一行没有记号，不知道改的是哪一版{what}，请重新下载再改")
        if seen != now:
            raise _Wrong(f"下载以后别人动过这条{what}，请重新下载，在新的表上再改")

    def _once(self, key: object, what: str) -> None:
        if key in self.seen:
            raise _Wrong(f"{what}在前面的行里已经改过，一张表里只改一次")
        self.seen.add(key)


def _allow(may: Verdict) -> None:
    if not may:
        raise _Wrong(may.why)


def _mark(text: str) -> tuple[UUID, int]:
    key, _, version = text.partition(".")
    try:
        return UUID(key), int(version)
    except ValueError:
        raise _Wrong("最后两列的记号改动过，认不出是哪一条，请重新下载再改") from None


def _term(text: str) -> tuple[date | None, tuple[date, ...]]:
    steady = text.startswith(STEADY)
    parts = [part for part in text.removeprefix(STEADY).strip("：: \n").replace("，", "、").split("、") if part.strip()]
    try:
        found = tuple(days.read_day(part.strip()) for part in parts)
    except days.NoDay as sentence:
        raise _Wrong(str(sentence)) from None
    if steady:
        return None, found
    if len(found) > 1:
        raise _Wrong(f"时限只写一个日子；没有做完那一天的，写“{STEADY}：”和看的日子")
    return (found[0] if found else None), ()
