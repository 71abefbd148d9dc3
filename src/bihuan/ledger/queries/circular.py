"""整改落实情况通报（表24）: what the branch tells its members of each item: done, going on or not, its proof, what comes next.

Personal problems are told by their number only: whose and what they are is for the person and those who look after it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.core import days
from bihuan.cycle.models import Cycle
from bihuan.ledger.models import Decision, DecisionKind, Evidence, Measure, MeasureLink, Problem, ProblemSubject, Term
from bihuan.ledger.states import FINISHED, MeasureState, ProblemState

DONE, GOING_ON, NOT_BEGUN = "已完成", "正在整改", "还没有开始"
STANDS = (DONE, GOING_ON, NOT_BEGUN)


@dataclass(frozen=True)
class Item:
    """One item as the circular tells it. `decided`: which meeting closed it; `coming`: its measures still to be done."""

    problem: Problem
    stands: str
    proof: tuple[str, ...]
    decided: str
    coming: tuple[str, ...]


@dataclass(frozen=True)
class Circular:
    """The circular of a year as of a day. `personal`: how many personal problems stand where, without their words."""

    cycle: Cycle
    today: date
    items: tuple[Item, ...]
    personal: tuple[tuple[str, int], ...]

    @property
    def told(self) -> tuple[tuple[str, int], ...]:
        """How many items stand where; no ranks (M2)."""
        return _counted(item.stands for item in self.items)

    @property
    def personal_total(self) -> int:
        return sum(count for _, count in self.personal)


def circular(cycle: Cycle, today: date) -> Circular:
    """The year's circular. The same for every reader: nothing personal is in it. A fixed number of queries."""
    problems = Problem.objects.of(cycle.org_id).of_cycle(cycle).select_related("cycle")
    found = sorted(problems, key=lambda problem: (problem.cycle.year, len(problem.no), problem.no))
    told = [problem for problem in found if problem.subject != ProblemSubject.PERSON]
    held = [problem for problem in found if problem.subject == ProblemSubject.PERSON]
    gathered = _Gathered(cycle.org_id, told)
    personal = _counted(_stands(problem.state) for problem in held)
    return Circular(cycle, today, tuple(map(gathered.item, told)), personal)


def _stands(state: str) -> str:
    """What members are told of a state."""
    if state in FINISHED:
        return DONE
    return NOT_BEGUN if state == ProblemState.RAISED else GOING_ON


def _counted(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    count = Counter(words)
    return tuple((word, count[word]) for word in STANDS if count[word])


class _Gathered:
    """What the items need, one query a table."""

    def __init__(self, org: UUID, problems: list[Problem]) -> None:
        keys = [problem.pk for problem in problems]
        self.measures: dict[UUID, list[Measure]] = defaultdict(list)
        links = MeasureLink.objects.of(org).filter(problem__in=keys).select_related("measure")
        for link in links.order_by("measure__recorded_at", "measure_id"):
            self.measures[link.problem_id].append(link.measure)
        ids = {measure.pk for held in self.measures.values() for measure in held}
        terms = Term.objects.of(org).filter(measure__in=ids).order_by("recorded_at", "id")
        self.terms = {term.measure_id: term for term in terms}
        self.proof: dict[UUID, list[str]] = defaultdict(list)
        for piece in Evidence.objects.of(org).filter(measure__in=ids, replaced_by__isnull=True):
            self.proof[piece.measure_id].append(piece.shows)
        closing = Decision.objects.of(org).filter(problem__in=keys, kind=DecisionKind.CLOSING, passed=True)
        self.decided = {decision.problem_id: decision.label for decision in closing.order_by("recorded_at")}

    def item(self, problem: Problem) -> Item:
        measures, done = self.measures[problem.pk], problem.state in FINISHED
        proof = dict.fromkeys(shows for measure in measures for shows in self.proof[measure.pk])
        ahead = [] if done else [m for m in measures if m.state != MeasureState.DONE]
        return Item(
            problem,
            _stands(problem.state),
            tuple(proof),
            self.decided.get(problem.pk, "") if done else "",
            tuple(f"{m.action}{self._until(m.pk)}" for m in ahead),
        )

    def _until(self, measure: UUID) -> str:
        term = self.terms.get(measure)
        if term is None:
            return ""
        return f"（{days.say_full(term.due)}前）" if term.due else "（长期坚持）"
