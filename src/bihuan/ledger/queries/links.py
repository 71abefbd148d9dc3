"""The graph of a year said in lines: problem, cause, measure; what hangs on nothing stands first. Nine queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from bihuan.cycle.models import Cycle
from bihuan.ledger.models import (
    Assignment,
    AssignmentRole,
    Cause,
    CauseLink,
    Measure,
    MeasureCause,
    MeasureLink,
    Problem,
    Term,
)
from bihuan.org.models import Capacity, Seat

_SEES_PERSONAL = frozenset({Capacity.SECRETARY, Capacity.DEPUTY, Capacity.ORGANISATION, Capacity.DISCIPLINE})


def sees_orphans(seat: Seat, org: UUID) -> bool:
    """What hangs on no problem may have come from a personal one: only those who see personal problems see it."""
    return seat.org_id == org and seat.capacity in _SEES_PERSONAL


@dataclass(frozen=True)
class MeasureEnd:
    """A measure as one problem sees it: which of the problem's causes it meets, which other problems it answers."""

    measure: Measure
    causes: tuple[Cause, ...]
    also: tuple[str, ...]  # numbers of other problems
    lacks: str = ""  # 责任人、时限, where nobody or no day is set (R22)


@dataclass(frozen=True)
class CauseEnd:
    """A cause as one problem sees it."""

    cause: Cause
    also: tuple[str, ...]
    met: bool  # a measure of this problem says that it meets it


@dataclass(frozen=True)
class Lines:
    """One problem with both its ends."""

    problem: Problem
    causes: tuple[CauseEnd, ...]
    measures: tuple[MeasureEnd, ...]

    @property
    def orphan(self) -> str:
        """What is missing, in words, or "" (R21)."""
        missing = [word for word, there in (("原因", self.causes), ("措施", self.measures)) if not there]
        return f"还没有{'，也没有'.join(missing)}" if missing else ""

    @property
    def bare(self) -> bool:
        """One of its measures has nobody or no day (R22)."""
        return any(end.lacks for end in self.measures)


@dataclass(frozen=True)
class Graph:
    """A year's lines. `causes`, `measures`: those that hang on no problem."""

    lines: tuple[Lines, ...]
    causes: tuple[Cause, ...]
    measures: tuple[Measure, ...]

    @property
    def orphans(self) -> int:
        return sum(bool(line.orphan) for line in self.lines) + len(self.causes) + len(self.measures)

    @property
    def bare(self) -> int:
        """How many measures have nobody or no day (R22)."""
        return len({end.measure.pk for line in self.lines for end in line.measures if end.lacks})


def graph(cycle: Cycle, seat: Seat, day: date) -> Graph:
    """The year's problems that this seat may see with their causes and measures, the incomplete ones first."""
    org = cycle.org_id
    problems = list(Problem.objects.visible_to(seat).of_cycle(cycle).select_related("cycle"))
    problems.sort(key=lambda p: (p.cycle.year, len(p.no), p.no))
    ends = _Ends(org, problems, day)
    lines = sorted((ends.of(problem) for problem in problems), key=lambda line: (not line.orphan, not line.bare))
    if not sees_orphans(seat, org):
        return Graph(tuple(lines), (), ())
    causes = Cause.objects.of(org).filter(cycle=cycle, links=None)
    measures = Measure.objects.of(org).filter(cycle=cycle, links=None)
    return Graph(
        tuple(lines), tuple(causes.order_by("recorded_at", "id")), tuple(measures.order_by("recorded_at", "id"))
    )


def lines_of(problem: Problem, seat: Seat, day: date) -> Lines:
    """One problem's lines. Numbers of other problems are told only if this seat may see those problems."""
    return _Ends(problem.scope_org_id, [problem], day, seat).of(problem)


class _Ends:
    """The links of some problems, one query a kind."""

    def __init__(self, org: UUID, problems: list[Problem], day: date, seat: Seat | None = None) -> None:
        keys = {problem.pk for problem in problems}
        self.causes: dict[UUID, list[Cause]] = defaultdict(list)
        self.measures: dict[UUID, list[Measure]] = defaultdict(list)
        self.numbers: dict[UUID, list[str]] = defaultdict(list)
        shown = Problem.objects.visible_to(seat) if seat else Problem.objects.of(org).filter(pk__in=keys)
        causes = CauseLink.objects.of(org).filter(problem__in=shown).select_related("cause", "problem")
        measures = MeasureLink.objects.of(org).filter(problem__in=shown).select_related("measure", "problem")
        for link in causes.order_by("cause__recorded_at", "cause_id"):
            self.causes[link.problem_id].append(link.cause)
            self.numbers[link.cause_id].append(link.problem.no)
        for tie in measures.order_by("measure__recorded_at", "measure_id"):
            self.measures[tie.problem_id].append(tie.measure)
            self.numbers[tie.measure_id].append(tie.problem.no)
        ids = {m.pk for found in self.measures.values() for m in found}
        self.aims: dict[UUID, set[UUID]] = defaultdict(set)
        for aim in MeasureCause.objects.of(org).filter(measure__in=ids):
            self.aims[aim.measure_id].add(aim.cause_id)
        owned = Assignment.objects.of(org).on(day).filter(measure__in=ids, role=AssignmentRole.OWNER)
        self.owned = set(owned.values_list("measure_id", flat=True))
        self.timed = set(Term.objects.of(org).filter(measure__in=ids).values_list("measure_id", flat=True))

    def of(self, problem: Problem) -> Lines:
        causes, measures = self.causes[problem.pk], self.measures[problem.pk]
        met = {key for m in measures for key in self.aims[m.pk]}
        return Lines(
            problem,
            tuple(CauseEnd(c, self._also(c, problem), c.pk in met) for c in causes),
            tuple(
                MeasureEnd(
                    m,
                    tuple(c for c in causes if c.pk in self.aims[m.pk]),
                    self._also(m, problem),
                    "" if problem.is_finished else self._lacks(m),
                )
                for m in measures
            ),
        )

    def _lacks(self, measure: Measure) -> str:
        there = (("责任人", measure.pk in self.owned), ("时限", measure.pk in self.timed))
        return "、".join(word for word, held in there if not held)

    def _also(self, end: Cause | Measure, problem: Problem) -> tuple[str, ...]:
        return tuple(sorted(no for no in self.numbers[end.pk] if no != problem.no))


def loose_ends(problem: Problem, seat: Seat) -> tuple[list[Cause], list[Measure]]:
    """Causes and measures of the year that could be linked to this problem: of problems this seat sees, or of none."""
    org, cycle = problem.scope_org_id, problem.cycle_id
    seen = Problem.objects.visible_to(seat).filter(cycle=cycle)
    causes, measures = Cause.objects.of(org).filter(cycle=cycle), Measure.objects.of(org).filter(cycle=cycle)
    free_causes = causes.filter(links=None) if sees_orphans(seat, org) else causes.none()
    free_measures = measures.filter(links=None) if sees_orphans(seat, org) else measures.none()
    tied = causes.filter(links__problem__in=seen).exclude(links__problem=problem)
    tied_measures = measures.filter(links__problem__in=seen).exclude(links__problem=problem)
    return _once([*free_causes, *tied]), _once([*free_measures, *tied_measures])


E = TypeVar("E", Cause, Measure)


def _once(records: Iterable[E]) -> list[E]:
    return list(dict.fromkeys(records))
