"""What the year's rail says of a year: how many, whether, when. It stands in the head of every page, so its one statement
is put together once for the whole process and only asked again with other keys: putting it together took half the time of
an ordinary page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, UUIDField, Value

from bihuan.core.models import Record
from bihuan.cycle.models import Cycle, GateFact, Notice
from bihuan.ledger.models import Carry, Paper, Problem, Proposal
from bihuan.ledger.states import FINISHED
from bihuan.meeting.models import Figure, MeetingOrg, Study
from bihuan.report.models import Draft, Submission

# Keys that no record has: they stand in the statement where the keys of the year asked about go.
_ANY_ORG, _ANY_YEAR = UUID(int=1), UUID(int=2)


@dataclass(frozen=True)
class YearFacts:
    """A count is 0 or None where there is nothing; `opinions`, `talks`: None where none was entered."""

    notice: Notice | None
    waiting: int | None
    paper_waiting: UUID | None
    carried: int | None
    unanswered: int | None
    has_paper: bool
    no_paper: bool
    study_count: int | None
    opinions: int | None
    talks: int | None
    polled: bool
    met_on: date | None
    met_at: str | None
    problem_count: int | None
    closed: int | None
    drafting: bool
    sent_to: str | None
    sent_on: date | None


def facts_of(cycle: Cycle) -> YearFacts:
    """Everything about one year, in one question to the database."""
    statement, places = _statement(connection.vendor)
    keys = {_ANY_ORG: cycle.org_id, _ANY_YEAR: cycle.pk}
    with connection.cursor() as cursor:
        cursor.execute(statement, [_filled_in(place, keys) for place in places])
        row = dict(zip(_NAMES, cursor.fetchone(), strict=True))
    row |= {"paper_waiting": _key(row["paper_waiting"])}
    row |= {name: bool(row[name]) for name in ("has_paper", "no_paper", "polled", "drafting")}
    row |= {name: _day(row[name]) for name in ("met_on", "sent_on")}
    return YearFacts(notice=cycle.notice, **row)


def _filled_in(place: Any, keys: dict[UUID, UUID]) -> Any:
    """What goes into a place of the statement: a key of the year asked about, spelt as this database spells keys."""
    for any_key, key in keys.items():
        if place == any_key:
            return key
        if place == any_key.hex:
            return key.hex
    return place


def _key(value: Any) -> UUID | None:
    return value if value is None or isinstance(value, UUID) else UUID(value)


def _day(value: Any) -> date | None:
    return value if value is None or isinstance(value, date) else date.fromisoformat(value)


@cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The statement in the words of that kind of database, and what goes into its places."""
    return _question(_ANY_ORG, _ANY_YEAR).query.sql_with_params()


def _question(org: UUID, year: UUID) -> QuerySet[Any]:
    """Each fact a subquery of one statement."""
    waiting = Proposal.objects.of(org).filter(paper__cycle=OuterRef("pk"), accepted__isnull=True)
    carried = Carry.objects.of(org).filter(into=OuterRef("pk"))
    problems = Problem.objects.of(org).filter(Q(cycle=OuterRef("pk")) | Q(carries__into=OuterRef("pk")))
    met = MeetingOrg.objects.of(org).filter(cycle=OuterRef("pk"), meeting__is_life_meeting=True)
    figures = Figure.objects.of(org).filter(cycle=OuterRef("pk"))
    sent = Submission.objects.of(org).filter(draft__cycle=OuterRef("pk"))
    facts = {
        "waiting": _count(waiting),
        "paper_waiting": Subquery(waiting.values("paper")[:1], output_field=UUIDField()),
        "carried": _count(carried),
        "unanswered": _count(carried.filter(answer="")),
        "has_paper": Exists(Paper.objects.of(org).filter(cycle=OuterRef("pk"))),
        "no_paper": Exists(GateFact.objects.of(org).filter(cycle=OuterRef("pk"), code="last_year_paper", ok=True)),
        "study_count": _count(Study.objects.of(org).filter(cycle=OuterRef("pk"))),
        "opinions": _sum(figures.filter(code="opinions")),
        "talks": _sum(figures.filter(code__startswith="talks_")),
        "polled": Exists(figures.filter(code="polled")),
        "met_on": Subquery(met.values("meeting__occurred_on")[:1]),
        "met_at": Subquery(met.values("meeting__place")[:1]),
        "problem_count": _count(problems),
        "closed": _count(problems.filter(state__in=FINISHED)),
        "drafting": Exists(Draft.objects.of(org).filter(cycle=OuterRef("pk"))),
        "sent_to": Subquery(sent.order_by("-recorded_at").values("to__name")[:1]),
        "sent_on": Subquery(sent.order_by("-recorded_at").values("occurred_on")[:1]),
    }
    return Cycle.objects.of(org).filter(pk=year).order_by().annotate(**facts).values_list(*_NAMES)


_NAMES = tuple(name for name in YearFacts.__dataclass_fields__ if name != "notice")


def _count(rows: QuerySet[Record]) -> Subquery:
    """How many distinct rows a subquery has."""
    return Subquery(rows.order_by().values(_=Value(1)).annotate(n=Count("pk", distinct=True)).values("n"))


def _sum(figures: QuerySet[Figure]) -> Subquery:
    """The sum of figures, or null where none was entered: zero is a figure too."""
    return Subquery(figures.order_by().values("cycle").annotate(n=Sum("value")).values("n"))
