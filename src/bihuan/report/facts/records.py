"""The records of one cycle as the facts ask for them: each table is read once, when first asked.

The only file of the room that reads the tables of ledger and meeting.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from bihuan.cycle import gates
from bihuan.cycle.models import Cycle
from bihuan.ledger.models import (
    HOLDER,
    Assignment,
    AssignmentRole,
    Carry,
    CauseLink,
    Evidence,
    Measure,
    MeasureLink,
    Problem,
    ProblemSubject,
    Term,
)
from bihuan.meeting import queries as meetings
from bihuan.meeting.models import Attendance, Figure, Guest, Meeting, Study
from bihuan.org.models import COMMITTEE_TITLES, Membership, Person, Post

NO_PAPER = "last_year_paper"  # the gate under which a branch states that there is none


@dataclass(frozen=True)
class MeasureStands:
    """A measure with what makes it hold: the problems it answers, its owners and its term."""

    measure: Measure
    problems: tuple[Problem, ...]
    owners: tuple[Assignment, ...]
    term: Term | None

    @property
    def is_complete(self) -> bool:
        """Somebody answers for it until some day (R22)."""
        return bool(self.owners) and self.term is not None


class Records:
    """What the records say about a cycle on a day. Personal problems are kept apart: papers do not tell them."""

    def __init__(self, cycle: Cycle, day: date) -> None:
        self.cycle = cycle
        self.org: UUID = cycle.org_id
        self.day = day

    # --- the meeting -------------------------------------------------------------------------------------------------
    @cached_property
    def meeting(self) -> Meeting | None:
        """The 组织生活会 of this cycle."""
        return next(iter(self.meetings), None)

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The same; several where the groups held it each for itself."""
        return meetings.life_meetings(self.cycle)

    @cached_property
    def attendances(self) -> list[Attendance]:
        """The lines of attendance, of this organisation; one a person, who may have come with another group."""
        lines = Attendance.objects.of(self.org).filter(meeting__in=self.meetings)
        of_person: dict[UUID, Attendance] = {}
        for line in lines.select_related("person").order_by("person__name", "person_id", "present", "pk"):
            of_person[line.person_id] = line  # whoever was there is there
        return list(of_person.values())

    @cached_property
    def guests(self) -> list[Guest]:
        return list(Guest.objects.of(self.org).filter(meeting__in=self.meetings))

    @cached_property
    def probationary(self) -> set[UUID]:
        """The people who were 预备党员 on the meeting's day."""
        day = self.meeting.occurred_on if self.meeting else self.day
        members = Membership.objects.of(self.org).on(day).filter(kind="预备")
        return set(members.values_list("person_id", flat=True))

    @cached_property
    def studies(self) -> list[Study]:
        return meetings.studies_of(self.cycle)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The counts entered from paper records, by code."""
        return meetings.figures(self.cycle)

    # --- posts -------------------------------------------------------------------------------------------------------
    @cached_property
    def _posts(self) -> list[Post]:
        return list(Post.objects.of(self.org))

    def post_of(self, person: Person, day: date | None = None) -> str:
        """The person's post on that day, or "": papers name posts rather than people."""
        day = day or self.day
        held = [p.title for p in self._posts if p.person_id == person.pk and p.holds_on(day)]
        return min(held, key=lambda title: (title not in COMMITTEE_TITLES, title), default="")

    def named(self, person: Person, day: date | None = None) -> str:
        """How a paper names a person: by post where one is held, else by name."""
        return self.post_of(person, day) or person.name

    @cached_property
    def people_named(self) -> list[str]:
        """The names of everybody on the roster on that day."""
        members = Membership.objects.of(self.org).on(self.day)
        return sorted(set(members.values_list("person__name", flat=True)))

    # --- last year's problems ----------------------------------------------------------------------------------------
    @cached_property
    def carries(self) -> list[Carry]:
        carries = Carry.objects.of(self.org).filter(into=self.cycle).exclude(problem__subject=ProblemSubject.PERSON)
        return list(carries.select_related("problem__aspect").order_by("problem__no", "pk"))

    @cached_property
    def nothing_from_last_year(self) -> str:
        """Why there is no paper of last year, where the branch stated so; "" otherwise."""
        stated = gates.stated(self.cycle, NO_PAPER) if not self.carries else None
        return stated.shown_by if stated and stated.ok else ""

    @cached_property
    def extended(self) -> set[UUID]:
        """The problems of which a measure's term was extended."""
        found = MeasureLink.objects.of(self.org).filter(measure__terms__extends__isnull=False)
        return set(found.values_list("problem_id", flat=True))

    # --- this year's problems ----------------------------------------------------------------------------------------
    @cached_property
    def all_problems(self) -> list[Problem]:
        problems = Problem.objects.of(self.org).filter(cycle=self.cycle)
        return list(problems.select_related("aspect").order_by("aspect__order", "no", "pk"))

    @cached_property
    def problems(self) -> list[Problem]:
        """Those of 支委会 and 支部."""
        return [each for each in self.all_problems if each.subject != ProblemSubject.PERSON]

    @cached_property
    def personal_problems(self) -> list[Problem]:
        return [each for each in self.all_problems if each.subject == ProblemSubject.PERSON]

    @cached_property
    def causes(self) -> list[CauseLink]:
        """One link a cause: the causes of this year's problems in their order."""
        links = CauseLink.objects.of(self.org).filter(problem__in=[each.pk for each in self.problems])
        seen: dict[UUID, CauseLink] = {}
        for link in links.select_related("cause").order_by("recorded_at", "pk"):
            seen.setdefault(link.cause_id, link)
        return list(seen.values())

    @cached_property
    def _measure_links(self) -> list[MeasureLink]:
        links = MeasureLink.objects.of(self.org).filter(problem__cycle=self.cycle)
        return list(links.select_related("measure", "problem__aspect").order_by("recorded_at", "pk"))

    @cached_property
    def _assignments(self) -> dict[UUID, list[Assignment]]:
        held: dict[UUID, list[Assignment]] = defaultdict(list)
        owners = Assignment.objects.of(self.org).on(self.day).filter(role=AssignmentRole.OWNER)
        owners = owners.filter(measure__cycle=self.cycle).select_related(*HOLDER).order_by("recorded_at", "pk")
        for each in owners:
            held[each.measure_id].append(each)
        return held

    @cached_property
    def _terms(self) -> dict[UUID, Term]:
        terms = Term.objects.of(self.org).filter(measure__cycle=self.cycle).order_by("recorded_at", "pk")
        return {each.measure_id: each for each in terms}

    @cached_property
    def measures(self) -> list[MeasureStands]:
        """The measures that answer a problem of 支委会 or 支部, in the order of those problems."""
        place = {each.pk: number for number, each in enumerate(self.problems)}
        linked: dict[UUID, list[Problem]] = defaultdict(list)
        measures: dict[UUID, Measure] = {}
        for link in self._measure_links:
            if link.problem_id in place:
                linked[link.measure_id].append(link.problem)
                measures[link.measure_id] = link.measure
        order = sorted(measures, key=lambda key: min(place[problem.pk] for problem in linked[key]))
        return [self._stands(measures[key], linked[key]) for key in order]

    def _stands(self, measure: Measure, problems: list[Problem]) -> MeasureStands:
        owners = tuple(self._assignments.get(measure.pk, ()))
        return MeasureStands(measure, tuple(problems), owners, self._terms.get(measure.pk))

    @cached_property
    def problems_without_measure(self) -> list[Problem]:
        answered = {problem.pk for each in self.measures for problem in each.problems}
        return [each for each in self.problems if each.pk not in answered]

    @cached_property
    def measures_without_problem(self) -> list[Measure]:
        """Measures of this year that answer no problem at all, of whatever year."""
        alone = Measure.objects.of(self.org).filter(cycle=self.cycle, links__isnull=True)
        return list(alone.order_by("recorded_at", "pk"))

    @cached_property
    def evidence(self) -> list[Evidence]:
        """The proof under this year's measures, without what a newer revision replaced."""
        proofs = Evidence.objects.of(self.org).filter(measure__cycle=self.cycle, replaced_by__isnull=True)
        kept = {each.measure.pk for each in self.measures}
        return [each for each in proofs.order_by("occurred_on", "recorded_at") if each.measure_id in kept]
