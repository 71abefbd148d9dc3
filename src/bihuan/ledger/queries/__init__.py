"""Page-shaped reads of the ledger."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from bihuan.core.scope import ScopedQuerySet
from bihuan.ledger.models import (
    HOLDER,
    Assignment,
    AssignmentRole,
    Cause,
    Claim,
    Evidence,
    Measure,
    Problem,
    VerificationResult,
)
from bihuan.ledger.queries.holders import behind, rests_with
from bihuan.ledger.queries.terms import next_day
from bihuan.ledger.rules import MeasureShape, uncovered
from bihuan.ledger.states import FINISHED
from bihuan.org.models import Person, Seat
from bihuan.org.queries import committee_on


def doers(problem: Problem) -> set[UUID]:
    """The keys of everybody who ever was 责任人, 责任领导 or 协同 of one of its measures, former ones too (R23).

    Where a measure rests with a post, a 党小组 or an organisation, everybody who held that post or belonged to it meanwhile.
    """
    spells = Assignment.objects.of(problem.scope_org_id).filter(measure__links__problem=problem)
    return {key for spell in spells for key in behind(spell, problem.scope_org_id)}


def measures_of(problem: Problem) -> list[Measure]:
    """Its measures, the oldest first."""
    measures = Measure.objects.of(problem.scope_org_id).filter(links__problem=problem)
    return list(measures.order_by("recorded_at", "id"))


def causes_of(problem: Problem) -> list[Cause]:
    """Its causes, the oldest first."""
    causes = Cause.objects.of(problem.scope_org_id).filter(links__problem=problem)
    return list(causes.order_by("recorded_at", "id"))


def causes_beside(problem: Problem, seat: Seat) -> list[Cause]:
    """The causes of the year's other problems that this seat may see, to be linked to this one too."""
    seen = Problem.objects.visible_to(seat).filter(cycle=problem.cycle)
    causes = Cause.objects.of(problem.scope_org_id).filter(links__problem__in=seen)
    return list(causes.exclude(links__problem=problem).distinct().order_by("recorded_at", "id"))


def measures_beside(problem: Problem, seat: Seat) -> list[Measure]:
    """The measures of the year's other problems that this seat may see, to be linked to this one too."""
    seen = Problem.objects.visible_to(seat).filter(cycle=problem.cycle)
    measures = Measure.objects.of(problem.scope_org_id).filter(links__problem__in=seen)
    return list(measures.exclude(links__problem=problem).distinct().order_by("recorded_at", "id"))


def finished_before(problem: Problem, seat: Seat) -> list[Problem]:
    """The branch's finished problems that this seat may see, the newest year first: one of them may have come back."""
    seen = Problem.objects.visible_to(seat).filter(cycle__org=problem.scope_org_id, state__in=FINISHED)
    return list(seen.exclude(pk=problem.pk).order_by("-cycle__year", "no"))


def problems_of(measure: Measure) -> list[Problem]:
    """The problems a measure answers."""
    return list(Problem.objects.of(measure.scope_org_id).filter(measure_links__measure=measure))


def measures_seen_by(seat: Seat) -> ScopedQuerySet[Measure]:
    """The measures of problems this seat may see: a personal problem hides its measures too."""
    seen = Problem.objects.visible_to(seat)
    return Measure.objects.visible_to(seat).filter(links__problem__in=seen).distinct()


def evidence_seen_by(seat: Seat) -> ScopedQuerySet[Evidence]:
    """The evidence of problems this seat may see."""
    seen = Problem.objects.visible_to(seat)
    return Evidence.objects.visible_to(seat).filter(measure__links__problem__in=seen).distinct()


def evidence_of(problem: Problem) -> list[Evidence]:
    """The evidence in force of all its measures: what a newer revision replaced is left out."""
    evidence = Evidence.objects.of(problem.scope_org_id).filter(measure__links__problem=problem)
    return list(evidence.filter(replaced_by__isnull=True).select_related("blob", "by__account__person"))


def shape_of(measure: Measure, day: date) -> MeasureShape:
    """A measure as the rules look at it."""
    term = measure.term()
    owners = len(measure.owners_on(day))
    reviews = term.reviews if term else []
    return MeasureShape(measure.action, owners, term.due if term else None, reviews, measure.standards)


def reviews_waiting(measure: Measure, day: date) -> list[date]:
    """The days of review up to this day that no note has answered yet, the oldest first."""
    term = measure.term()
    if term is None or term.due is not None:
        return []
    first = next_day(term, measure.progress.filter(review__isnull=False))
    return [one for one in sorted(map(date.fromisoformat, term.reviews)) if first and first <= one <= day]


def holds(seat: Seat, measure: Measure, day: date, *roles: str) -> bool:
    """Whether the person on this seat has the measure that day in one of these roles: in person, by post, as one of a
    党小组 or of the whole branch."""
    if seat.person_id is None or seat.org_id != measure.scope_org_id:
        return False
    spells = Assignment.objects.of(seat.org_id).on(day).filter(measure=measure, role__in=roles)
    return bool(spells.filter(rests_with(seat.person_id, seat.org_id, day)).exists())


def owns(seat: Seat, problem: Problem, day: date) -> bool:
    """Whether the person on this seat is 责任人 of one of its measures that day."""
    return any(holds(seat, measure, day, AssignmentRole.OWNER) for measure in measures_of(problem))


def owner_names(problem: Problem, day: date) -> list[str]:
    """Who is 责任人 of its measures that day, each once."""
    spells = Assignment.objects.of(problem.scope_org_id).on(day).filter(
        measure__links__problem=problem, role=AssignmentRole.OWNER
    )  # fmt: skip
    return list(dict.fromkeys(spell.who for spell in spells.select_related(*HOLDER)))


def eligible_checkers(problem: Problem, day: date) -> list[Person]:
    """书记、副书记、委员 who never worked on it."""
    workers = doers(problem)
    return [person for person in committee_on(problem.scope_org_id, day) if person.pk not in workers]


def latest_claim(problem: Problem) -> Claim | None:
    """The last 销号申请, with its 核验 if there was one."""
    return problem.claims.select_related("verification", "by__account__person").order_by("recorded_at", "id").last()


def awaits_decision(problem: Problem) -> bool:
    """核验通过，等会议决定: the last claim was verified and passed."""
    claim = latest_claim(problem)
    checked = getattr(claim, "verification", None)
    return checked is not None and checked.result == VerificationResult.PASSED


def uncovered_standards(problem: Problem) -> list[str]:
    """The standards of done of all its measures that no evidence in force names."""
    proven: dict[UUID, set[str]] = {}
    for piece in evidence_of(problem):
        proven.setdefault(piece.measure_id, set()).add(piece.standard)
    return [s for m in measures_of(problem) for s in uncovered(m.standards, proven.get(m.pk, set()))]
