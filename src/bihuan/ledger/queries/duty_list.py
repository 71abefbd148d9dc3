"""责任清单: everything that one person answers for, leads or helps with in a year, on one sheet. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.cycle.models import Cycle
from bihuan.ledger.models import HOLDER, Assignment, AssignmentRole, Measure, MeasureLink, Problem, Term
from bihuan.ledger.queries.holders import Holders, rests_with
from bihuan.org.models import Person, Seat
from bihuan.org.queries import roster

ROLES: tuple[str, ...] = tuple(AssignmentRole.values)


@dataclass(frozen=True)
class Duty:
    """One measure that rests with the person. `through`: the post or body by which it does, or "" when by name."""

    measure: Measure
    problems: tuple[Problem, ...]
    role: str
    through: str
    term: Term | None

    @property
    def due(self) -> date | None:
        return self.term.due if self.term else None

    @property
    def reviews(self) -> list[date]:
        """The days of review of what is 长期坚持."""
        return [] if self.term is None or self.term.due else sorted(map(date.fromisoformat, self.term.reviews))

    @property
    def states(self) -> tuple[str, ...]:
        """Where its problems stand, each word once."""
        return tuple(dict.fromkeys(problem.state for problem in self.problems))


@dataclass(frozen=True)
class DutyList:
    """A person's duties of a year as of a day, those they answer for first."""

    person: Person
    cycle: Cycle
    today: date
    duties: tuple[Duty, ...]

    def by_role(self) -> list[tuple[str, list[Duty]]]:
        """The duties under 责任人, 责任领导, 协同; only the roles there are."""
        groups = [(role, [duty for duty in self.duties if duty.role == role]) for role in ROLES]
        return [(role, duties) for role, duties in groups if duties]


def duty_list(person: Person, cycle: Cycle, seat: Seat, today: date) -> DutyList:
    """What rests with the person today, by name, by a post they hold or a body they belong to, as far as this seat sees it.

    A measure stands once, under the first of the roles in which they have it.
    """
    org = cycle.org_id
    theirs = Assignment.objects.of(org).on(today).filter(rests_with(person.pk, org, today)).select_related(*HOLDER)
    first: dict[UUID, Assignment] = {}
    for spell in sorted(theirs, key=lambda spell: (ROLES.index(spell.role), spell.recorded_at)):
        first.setdefault(spell.measure_id, spell)
    seen = Problem.objects.visible_to(seat).of_cycle(cycle).values("pk")
    links = MeasureLink.objects.of(org).filter(measure__in=list(first), problem__in=seen)
    held: dict[UUID, list[MeasureLink]] = defaultdict(list)
    for link in links.select_related("measure", "problem").order_by("problem__cycle__year", "problem__no"):
        held[link.measure_id].append(link)
    terms = _terms(org, held)
    duties = [_duty(first[key], its, terms.get(key)) for key, its in held.items()]
    return DutyList(person, cycle, today, tuple(sorted(duties, key=_order)))


def _terms(org: UUID, measures: Collection[UUID]) -> dict[UUID, Term]:
    """The term in force of each: the one recorded last."""
    terms = Term.objects.of(org).filter(measure__in=list(measures)).order_by("recorded_at", "id")
    return {term.measure_id: term for term in terms}


def _duty(spell: Assignment, links: list[MeasureLink], term: Term | None) -> Duty:
    through = "" if spell.person_id else spell.who
    return Duty(links[0].measure, tuple(link.problem for link in links), spell.role, through, term)


def _order(duty: Duty) -> tuple[int, bool, date]:
    """By role, then by the day they are due; what has no day comes last."""
    return ROLES.index(duty.role), duty.due is None, duty.due or date.max


def people_with_duties(cycle: Cycle, today: date) -> list[Person]:
    """Whoever has a measure of the year today, by name, by post or as one of a body, in the order of the roster; then who
    is on it no more."""
    spells = Assignment.objects.of(cycle.org_id).on(today).filter(measure__links__problem__cycle=cycle)
    carried = Assignment.objects.of(cycle.org_id).on(today).filter(measure__links__problem__carries__into=cycle)
    found = {spell.pk: spell for spell in [*spells.select_related("person"), *carried.select_related("person")]}
    named = {spell.person_id: spell.person for spell in found.values() if spell.person}
    theirs = Holders(cycle.org_id, today).of(found.values())
    listed = [member.person for member in roster(cycle.org_id, today) if member.person.pk in theirs]
    rest = named.keys() - {person.pk for person in listed}
    return [*listed, *sorted((named[key] for key in rest if key), key=lambda person: person.name)]
