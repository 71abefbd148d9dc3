"""What every verb of the ledger begins with: take the row, refuse what may not be entered; and how a state moves."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from bihuan.core import secrecy
from bihuan.core.access import Refused, verdict
from bihuan.ledger import queries
from bihuan.ledger.models import Measure, Problem
from bihuan.ledger.queries.links import sees_orphans
from bihuan.ledger.states import MOVES, MeasureState
from bihuan.org.models import Membership, Person, Seat

_GONE = "您看不到这一条，它可能不在本支部；请回到台账再找"


def lock_problem(problem: Problem, by: Seat) -> Problem:
    """The problem as it is now, held until the action ends. Raises `Refused` if this seat may not see it."""
    rows = Problem.objects.visible_to(by).select_related("cycle").select_for_update(of=("self",))
    found = rows.filter(pk=problem.pk).first()
    if found is None:
        raise Refused(_GONE)
    return found


def lock_measure(measure: Measure, by: Seat) -> Measure:
    """The measure as it is now, held until the action ends; its problems are held before it, so that no state slips."""
    seen = Problem.objects.visible_to(by).filter(measure_links__measure=measure)
    if not seen.exists() and not (measure.scope_org_id == by.org_id and _is_free(measure, by)):
        raise Refused(_GONE)
    held = Problem.objects.of(measure.scope_org_id).filter(measure_links__measure=measure).order_by("pk")
    list(held.select_for_update(of=("self",)))
    return Measure.objects.visible_to(by).select_for_update(of=("self",)).get(pk=measure.pk)


def _is_free(measure: Measure, by: Seat) -> bool:
    """It answers no problem yet, and this seat may see such measures."""
    return sees_orphans(by, measure.scope_org_id) and not measure.links.exists()


def move(problem: Problem, to: str) -> None:
    """Move a locked problem along `MOVES`, and only along it. The caller records."""
    verdict((to in MOVES[problem.state], f"“{problem.state}”的问题不能直接改成“{to}”")).enforce()
    problem.state = to
    problem.keep("state")


def move_measure(measure: Measure, to: MeasureState) -> bool:
    """Set a measure's state; False if it was that already. The caller records."""
    if measure.state == to:
        return False
    measure.state = to
    measure.keep("state")
    return True


def refuse_secrets(*texts: str) -> None:
    """Words that bear a 密级 marking are not taken in (R53)."""
    verdict((not any(map(secrecy.marking, texts)), secrecy.SENTENCE)).enforce()


def need_words(text: str, what: str) -> str:
    """The text without its outer blanks; raises `Refused` if nothing is left."""
    words = text.strip()
    verdict((words, f"{what}还没有写")).enforce()
    return words


def need_past(day: date, today: date, what: str) -> None:
    """What is told of must have happened."""
    verdict((day <= today, f"{what}的日子还没有到，请改成今天或以前的日子")).enforce()


def need_on_roster(people: list[Person], org: UUID, day: date) -> None:
    """Measures rest with people of this branch."""
    wanted = {person.pk: person for person in people}
    there = Membership.objects.of(org).on(day).filter(person__in=wanted).values_list("person_id", flat=True)
    missing = [wanted[key].name for key in wanted.keys() - set(there)]
    verdict((not missing, f"{'、'.join(missing)}不在本支部的名册上，请从名册里选")).enforce()


def measures_held(problem: Problem) -> list[Measure]:
    """The measures of a locked problem, held."""
    keys = [measure.pk for measure in queries.measures_of(problem)]
    rows = Measure.objects.of(problem.scope_org_id).filter(pk__in=keys).order_by("recorded_at", "id")
    return list(rows.select_for_update(of=("self",)))
