"""The ledger's rows for a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bihuan.core import days
from bihuan.cycle.models import Cycle
from bihuan.ledger.models import AssignmentRole, Measure, Problem, ProblemSubject, Term
from bihuan.ledger.queries.table import Details, Loaded
from bihuan.ledger.sheets import MEASURE_MARK, PROBLEM_MARK
from bihuan.org.models import Seat

STANDARD = "整改目标（完成标准）"
STEADY = "长期坚持"


def sheet_rows(cycle: Cycle, seat: Seat, today: date) -> list[dict[str, str]]:
    """A row a measure (a problem without one has a row too), personal problems left out as in print. Ten queries."""
    return [row for _, _, row in SheetNow(cycle, seat, today).rows()]


class SheetNow:
    """The year's problems and measures as a workbook shows them today."""

    def __init__(self, cycle: Cycle, seat: Seat, today: date) -> None:
        seen = Problem.objects.visible_to(seat).of_cycle(cycle).exclude(subject=ProblemSubject.PERSON)
        found = seen.select_related("origin", "cycle", "aspect")
        self.problems = sorted(found, key=lambda p: (p.cycle.year, len(p.no), p.no))
        self.loaded = Loaded(cycle.org_id, self.problems, today)
        keys = {measure.pk for held in self.loaded.measures.values() for measure in held}
        self.details = Details(cycle.org_id, [problem.pk for problem in self.problems], keys)

    def rows(self) -> Iterator[tuple[Problem, Measure | None, dict[str, str]]]:
        for problem in self.problems:
            head = self._problem(problem)
            measures = self.loaded.measures[problem.pk]
            for number, measure in enumerate(measures):
                said = head if not number else {key: head[key] for key in ("编号", PROBLEM_MARK)}
                yield problem, measure, {**said, **self._measure(measure)}
            if not measures:
                yield problem, None, head

    def _problem(self, problem: Problem) -> dict[str, str]:
        closed = self.details.closed.get(problem.pk) if problem.is_finished else None
        return {
            "编号": problem.no,
            "问题": problem.statement,
            "事例": problem.example,
            "对照方面": problem.aspect.text if problem.aspect else problem.aspect_words,
            "来源": problem.origin.kind,
            "核验人": self.details.checkers.get(problem.pk, ""),
            "状态": problem.state,
            "销号日期": days.say_full(closed) if closed else "",
            PROBLEM_MARK: f"{problem.pk.hex}.{problem.version}",
        }

    def _measure(self, measure: Measure) -> dict[str, str]:
        terms, notes = self.loaded.terms[measure.pk], self.details.progress[measure.pk]
        last = max(notes, key=lambda p: (p.occurred_on, p.recorded_at), default=None)
        proof = self.details.evidence[measure.pk]
        return {
            "措施": measure.action,
            STANDARD: measure.standard,
            "责任领导": self._names(measure, AssignmentRole.LEADER),
            "责任人": self._names(measure, AssignmentRole.OWNER),
            "协同": self._names(measure, AssignmentRole.HELPER),
            "时限": term_words(terms[-1]) if terms else "",
            "进展": f"{days.say_full(last.occurred_on)}，{last.words}" if last else "",
            "佐证": f"{proof}份" if proof else "",
            MEASURE_MARK: f"{measure.pk.hex}.{measure.version}",
        }

    def _names(self, measure: Measure, role: str) -> str:
        return "、".join(dict.fromkeys(s.who for s in self.loaded.people[measure.pk] if s.role == role))


def term_words(term: Term) -> str:
    """2026年3月5日, or 长期坚持：2026年6月1日、2026年9月1日."""
    if term.due:
        return days.say_full(term.due)
    return f"{STEADY}：{'、'.join(days.say_full(date.fromisoformat(day)) for day in term.reviews)}"
