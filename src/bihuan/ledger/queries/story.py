"""One problem as a story: where it came from, why, what is done, what proves it, who checked, what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from bihuan.core import days
from bihuan.core.models import Record
from bihuan.ledger.models import (
    HOLDER,
    Answer,
    Assignment,
    AssignmentRole,
    Carry,
    Cause,
    Claim,
    Decision,
    Evidence,
    Measure,
    Problem,
    Progress,
    Recurs,
    Reopening,
    Term,
    Verification,
)
from bihuan.ledger.queries.holders import Holders
from bihuan.ledger.queries.table import EXTENDED
from bihuan.ledger.queries.terms import TermNow, term_now
from bihuan.ledger.queries.timeline import Moment
from bihuan.ledger.queries.timeline import timeline as told_in_order
from bihuan.ledger.rules import MeasureShape, measure_lacks
from bihuan.ledger.states import MeasureState, ProblemState

_PEOPLE = "by__account__person"


@dataclass(frozen=True)
class Standard:
    """One standard of done and the evidence in force that names it."""

    text: str
    proof: tuple[Evidence, ...]

    @property
    def word(self) -> str:
        return "有佐证" if self.proof else "还差"


@dataclass(frozen=True)
class MeasureStory:
    """One measure with its people, its term, what was done and what proves it."""

    measure: Measure
    owners: tuple[str, ...]
    leaders: tuple[str, ...]
    helpers: tuple[str, ...]
    former: tuple[Assignment, ...]
    term: Term | None
    older: tuple[Term, ...]
    now: TermNow | None
    over: str  # said when more time was given and has run out, to those who are told of lateness
    progress: tuple[Progress, ...]
    evidence: tuple[Evidence, ...]
    standards: tuple[Standard, ...]

    @property
    def lacks(self) -> str:
        """What is missing before work can start (R22), or ""."""
        term = self.term
        shape = MeasureShape(
            self.measure.action,
            len(self.owners),
            term.due if term else None,
            term.reviews if term else [],
            self.measure.standards,
        )
        return "、".join(measure_lacks(shape))

    @property
    def due(self) -> date | None:
        """The day that waits."""
        return self.now.day if self.now else None

    @property
    def extensions(self) -> int:
        """How many times it was given more time."""
        return sum(term.extends_id is not None for term in (*self.older, self.term) if term)

    @property
    def reviews(self) -> list[date]:
        return [date.fromisoformat(day) for day in self.term.reviews] if self.term else []

    @property
    def general_proof(self) -> list[Evidence]:
        """Evidence that names no standard."""
        named = set(self.measure.standards)
        return [piece for piece in self.evidence if piece.standard not in named]


@dataclass(frozen=True)
class Story:
    """Everything one page tells of one problem, as of `today`."""

    problem: Problem
    today: date
    causes: tuple[Cause, ...]
    measures: tuple[MeasureStory, ...]
    claims: tuple[Claim, ...]
    verifications: tuple[Verification, ...]
    decisions: tuple[Decision, ...]
    reopenings: tuple[Reopening, ...]
    answers: tuple[Carry, ...]
    earlier: tuple[Recurs, ...]
    owner_ids: frozenset[UUID]
    timeline: tuple[Moment, ...]

    @property
    def due(self) -> date | None:
        """The nearest day of its measures."""
        unfinished = [m for m in self.measures if m.measure.state != MeasureState.DONE] or self.measures
        return min((m.due for m in unfinished if m.due), default=None)

    @property
    def is_late(self) -> bool:
        return self.problem.is_at_work and self.due is not None and self.due < self.today

    @property
    def word(self) -> str:
        """The state's word, as the table says it: 已延期 while more time runs and nothing is late."""
        runs = any(
            m.now and m.now.is_extended(self.today) for m in self.measures if m.measure.state != MeasureState.DONE
        )
        return (
            EXTENDED if self.problem.state == ProblemState.DOING and runs and not self.is_late else self.problem.state
        )

    @property
    def awaits_decision(self) -> bool:
        """Its last claim was verified and passed, and nothing is decided yet."""
        if self.problem.state != ProblemState.CLAIMED or not self.verifications:
            return False
        last = self.verifications[-1]
        return last.result == "通过" and last.claim_id == self.claims[-1].pk

    @property
    def answered_done(self) -> Carry | None:
        """The newest answer, when it says 完成 and the ledger has not closed the problem: an answer closes nothing (R23)."""
        last = self.answers[-1] if self.answers else None
        return last if last and last.answer == Answer.DONE and not self.problem.is_finished else None

    @property
    def to_close(self) -> str:
        """What is still missing before somebody can ask for closing, in words, or ""."""
        there = bool(self.measures)
        needs = {
            "措施": there,
            "责任人": not there or all(m.owners for m in self.measures),
            "完成标准": not there or all(m.standards for m in self.measures),
            "佐证": not there or all(m.evidence for m in self.measures),
        }
        return "、".join(word for word, met in needs.items() if not met)

    @property
    def done_words(self) -> str:
        """What an answer of 完成 leaves to do."""
        lacks = f"还缺{self.to_close}；补上以后" if self.to_close else "接着"
        return f"答复写进情况报告，不等于销号。{lacks}由责任人申请销号，没有参与的人核验，会议决定。"

    @property
    def uncovered(self) -> list[str]:
        return [s.text for m in self.measures for s in m.standards if not s.proof]

    @property
    def progress(self) -> list[Progress]:
        found = {p.pk: p for m in self.measures for p in m.progress}
        return sorted(found.values(), key=lambda p: (p.occurred_on, p.recorded_at))

    @property
    def evidence(self) -> list[Evidence]:
        found = {e.pk: e for m in self.measures for e in m.evidence}
        return sorted(found.values(), key=lambda e: (e.occurred_on, e.recorded_at))

    def rings(self) -> dict[str, str]:
        """How far each part of the story has closed."""
        proven = bool(self.evidence) and not self.uncovered
        return {
            "cause": "is-closed" if self.causes else "is-raised",
            "measure": "is-closed" if self.measures and not any(m.lacks for m in self.measures) else "is-raised",
            "progress": _done_if(self.problem.state in {"待核验", "已销号"}, self.progress),
            "evidence": _done_if(proven, self.evidence),
            "check": _done_if(self.awaits_decision or self.problem.is_finished, self.claims),
            "decision": "is-closed" if self.problem.is_finished else "is-shut",
        }


def _done_if(done: bool, begun: Sequence[Record]) -> str:
    return "is-closed" if done else "is-doing" if begun else "is-shut"


def story(problem: Problem, today: date) -> Story:
    """Load a problem's whole story; the number of queries does not grow with its measures."""
    org, gather = problem.scope_org_id, Gathered(problem)
    return Story(
        problem=problem,
        today=today,
        causes=gather.causes,
        measures=tuple(gather.measure_story(m, today) for m in gather.measures),
        claims=gather.claims,
        verifications=gather.verifications,
        decisions=gather.decisions,
        reopenings=gather.reopenings,
        answers=gather.answers,
        earlier=gather.earlier,
        owner_ids=Holders(org, today).of(spell for spell in gather.assignments if _owns(spell, today)),
        timeline=tuple(reversed(sorted(told_in_order(gather, org), key=lambda m: m.at))),
    )


def _owns(spell: Assignment, day: date) -> bool:
    return spell.role == AssignmentRole.OWNER and spell.holds_on(day)


R = TypeVar("R", bound=Record)


class Gathered:
    """All records of one problem, one query a table."""

    def __init__(self, problem: Problem) -> None:
        org = problem.scope_org_id
        self.problem = problem

        def of(model: type[R], **where: object) -> tuple[R, ...]:
            found = model.objects.of(org).filter(**where).select_related(_PEOPLE).order_by("recorded_at", "id")
            return tuple(found)

        self.causes = of(Cause, links__problem=problem)
        self.measures = of(Measure, links__problem=problem)
        its = {"measure__links__problem": problem}
        people = Assignment.objects.of(org).filter(**its).select_related(*HOLDER, _PEOPLE)
        self.assignments = tuple(people.order_by("since", "recorded_at"))
        terms = Term.objects.of(org).filter(**its).select_related("extends", _PEOPLE)
        self.terms = tuple(terms.order_by("recorded_at", "id"))
        self.progress = of(Progress, **its)
        proof = Evidence.objects.of(org).filter(**its).select_related("blob", "replaced_by", _PEOPLE)
        self.evidence = tuple(proof.order_by("occurred_on", "recorded_at"))
        self.claims = of(Claim, problem=problem)
        checks = Verification.objects.of(org).filter(problem=problem).select_related("checker", _PEOPLE)
        self.verifications = tuple(checks.order_by("recorded_at", "id"))
        self.decisions = of(Decision, problem=problem)
        self.hand_ups = tuple(problem.hand_ups.select_related("to", _PEOPLE))
        self.reopenings = of(Reopening, problem=problem)
        self.answers = tuple(
            problem.carries.exclude(answer="").select_related("into", _PEOPLE).order_by("into__year", "recorded_at")
        )

        came_back = problem.recurrences.select_related("earlier__cycle", _PEOPLE)
        self.earlier = tuple(came_back.order_by("recorded_at"))

    def measure_story(self, measure: Measure, today: date) -> MeasureStory:
        spells = [s for s in self.assignments if s.measure_id == measure.pk]
        held = [s for s in spells if s.holds_on(today)]
        terms = [t for t in self.terms if t.measure_id == measure.pk]
        notes = tuple(p for p in self.progress if p.measure_id == measure.pk)
        now = term_now(terms, notes)
        at_work = self.problem.is_at_work and measure.state != MeasureState.DONE
        proof = [e for e in self.evidence if e.measure_id == measure.pk and not hasattr(e, "replaced_by")]
        by_standard: dict[str, list[Evidence]] = defaultdict(list)
        for piece in proof:
            by_standard[piece.standard].append(piece)
        return MeasureStory(
            measure=measure,
            owners=_names(held, AssignmentRole.OWNER),
            leaders=_names(held, AssignmentRole.LEADER),
            helpers=_names(held, AssignmentRole.HELPER),
            former=tuple(s for s in spells if s.until is not None and s.until < today),
            term=now.term if now else None,
            older=tuple(terms[:-1]),
            now=now,
            over=_over(now, today) if at_work and now else "",
            progress=notes,
            evidence=tuple(proof),
            standards=tuple(Standard(text, tuple(by_standard[text])) for text in measure.standards),
        )


def _over(now: TermNow, today: date) -> str:
    """That more time has run out, and that the measure counts as overdue again; "" while it has not."""
    if not now.ran_out(today) or now.day is None:
        return ""
    return (
        f"第{now.times}次延期到{days.say_full(now.day)}为止，没有做完，从那天起又算过期，{days.distance(now.day, today)}。"
        "做完了请申请销号；还要延，请再办一次延期。"
    )


def _names(spells: Iterable[Assignment], role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.who for s in spells if s.role == role))
