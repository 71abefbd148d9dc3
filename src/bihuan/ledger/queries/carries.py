"""Last year's problems in this year's first step, and how far the answers are (R20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, Subquery

from bihuan.cycle.models import Cycle, CycleKind
from bihuan.ledger.models import Carry, Measure, MeasureLink, Paper, Problem, Proposal
from bihuan.ledger.queries.reading import row_of
from bihuan.ledger.states import OPEN
from bihuan.org.models import Seat


class CarryProgress(NamedTuple):
    """The first step of a year: carried problems, how many are answered, and what nobody has confirmed yet."""

    total: int
    answered: int
    unconfirmed: int


def carry_progress(cycle: Cycle) -> CarryProgress:
    """How far a year is with answering the one before, for the rail and the head of the page."""
    answers = list(Carry.objects.of(cycle.org_id).filter(into=cycle).values_list("answer", flat=True))
    waiting = Proposal.objects.of(cycle.org_id).filter(paper__cycle=cycle, accepted=None).count()
    return CarryProgress(len(answers), sum(bool(answer) for answer in answers), waiting)


@dataclass(frozen=True)
class LastYears:
    """What last year's paper says about a problem: its measures, with owner and day in its own words, and its status.
    `offered`: all confirmed measures of that paper, for a person to pick from."""

    measures: list[Proposal]
    offered: list[Measure]
    status: str
    words: str
    paper: Paper | None


def carries(cycle: Cycle, seat: Seat) -> list[Carry]:
    """The problems carried into this year that this seat may see, in their order."""
    seen = Problem.objects.visible_to(seat).values("pk")
    found = Carry.objects.of(cycle.org_id).filter(into=cycle, problem__in=seen)
    return list(found.select_related("problem__cycle", "confirmed_by__account__person").order_by("problem__no"))


def left_over(cycle: Cycle) -> list[Problem]:
    """What the ledger itself has from before this year and was not carried into it yet: every problem of the year before
    (R20 wants each of them answered), and what is still open from years before that."""
    if cycle.kind != CycleKind.YEARLY:
        return []
    org = cycle.org_id
    last = Cycle.objects.of(org).filter(year__lt=cycle.year).order_by("-year").values("year")[:1]
    earlier = Problem.objects.of(org).filter(cycle__year__lt=cycle.year).exclude(carries__into=cycle)
    wanted = earlier.filter(Q(cycle__year=Subquery(last)) | Q(state__in=OPEN)).select_related("cycle")
    return sorted(wanted, key=lambda problem: (problem.cycle.year, len(problem.no), problem.no))


def answered_words(cycle: Cycle) -> dict[UUID, str]:
    """Problem → what was answered to it in this year's first step. One query."""
    said = Carry.objects.of(cycle.org_id).filter(into=cycle).exclude(answer="")
    return dict(said.values_list("problem_id", "answer"))


def next_unanswered(cycle: Cycle, seat: Seat) -> Carry | None:
    """The next problem that waits for an answer."""
    return next((carry for carry in carries(cycle, seat) if not carry.answer), None)


def last_years(problem: Problem) -> LastYears:
    """What the paper that brought this problem says about it."""
    origin, org = problem.origin, problem.scope_org_id
    paper = origin.paper
    confirmed = Proposal.objects.of(org).filter(measure__isnull=False).select_related("measure").order_by("order")
    links = MeasureLink.objects.of(org).filter(problem=problem).values("measure")
    measures = list(confirmed.filter(measure__in=links))
    offered = [p.measure for p in confirmed.filter(paper=paper) if p.measure is not None] if paper else []
    row = row_of(paper, origin.start) if paper is not None and origin.start is not None else {}
    return LastYears(measures, offered, row.get("status", ""), origin.words, paper)


def earlier_papers(org: UUID, cycle: Cycle) -> list[Paper]:
    """The papers taken in for this year."""
    return list(Paper.objects.of(org).filter(cycle=cycle).order_by("recorded_at"))
