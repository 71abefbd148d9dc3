"""Page-shaped reads of the ledger."""

from __future__ import annotations

from uuid import UUID

from bihuan.ledger.models import Assignment, Problem


def doers(problem: Problem) -> set[UUID]:
    """The keys of everybody who ever was 责任人, 责任领导 or 协同 of one of its measures, former ones too (R23)."""
    assignments = Assignment.objects.of(problem.scope_org_id).filter(measure__links__problem=problem)
    return {person for person in assignments.values_list("person_id", flat=True) if person is not None}
