"""What the demo's chapters share: its calendar, founding a branch, seating people, and finding what was made."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from bihuan.cycle.models import Aspect, Cycle
from bihuan.desk.actions import begin
from bihuan.desk.demo import people
from bihuan.ledger.models import Measure, Problem
from bihuan.meeting.actions import Line, register_meeting
from bihuan.meeting.models import Meeting
from bihuan.org import actions as org
from bihuan.org.models import Account, Org, OrgSpell, Person, Seat
from bihuan.org.queries import committee_on


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A time in the demo's spring of 2026."""
    return timezone.make_aware(datetime(2026, month, day, hour, minute))  # noqa: DTZ001  made aware right here


def evening(day: date) -> datetime:
    """The end of a working day."""
    return at(day.month, day.day, 17, 30)


def found(name: str, login: str, roster: list[tuple[str, str, str, str]]) -> Seat:
    account = Account(login=login)
    account.set_unusable_password()  # a demo is walked into, not signed into
    account.save()
    seat = begin(account, name=name, superior=people.COMMITTEE, year=2025, at=at(1, 28, 8))
    org.take_in_roster(
        [org.NewMember(name=n, kind=k, joined_party_on=date.fromisoformat(d), title=t) for n, k, d, t in roster],
        by=seat,
        at=at(1, 28, 8, 20),
    )
    org.own_account(Person.objects.of(seat.org_id).get(name=roster[0][0]), by=seat, at=at(1, 28, 8, 30))
    return _whole(seat)


def _whole(seat: Seat) -> Seat:
    return Seat.objects.of(seat.org_id).select_related("account__person", "org").get(pk=seat.pk)


def seat_for(by: Seat, login: str, name: str, capacity: str) -> Seat:
    person = Person.objects.of(by.org_id).get(name=name)
    seat, _ = org.give_account(person, login=login, capacity=capacity, by=by, at=at(1, 28, 9))
    seat.account.must_change_password = False
    seat.account.set_unusable_password()
    seat.account.save()
    return _whole(seat)


def join(seat: Seat, first: Seat) -> None:
    """Put a branch that was founded on its own under the committee that is there already."""
    committee = first.org.parent_on(date(2026, 3, 9))
    spell = OrgSpell.objects.of(seat.org_id).get()
    lonely = spell.parent_id
    spell.parent = committee  # type: ignore[assignment]
    spell.save(update_fields=["parent"])
    Org.objects.of(lonely).delete()


class Told:
    """A branch of the demo, with the seat of its secretary, from which most acts are done."""

    def __init__(self, secretary: Seat) -> None:
        self.secretary = secretary

    @property
    def cycle(self) -> Cycle:
        return Cycle.objects.of(self.secretary.org_id).select_related("org", "notice").get(year=2025)

    def seat(self, name: str) -> Seat:
        seats = Seat.objects.of(self.secretary.org_id).select_related("account__person", "org")
        return seats.get(account__person__name=name)

    def person(self, name: str) -> Person:
        return Person.objects.of(self.secretary.org_id).get(name=name)

    def aspect(self, order: int) -> Aspect:
        return Aspect.objects.of(self.secretary.org_id).get(subject="班子", order=order)

    def problem(self, statement: str) -> Problem:
        return Problem.objects.of(self.secretary.org_id).get(statement=statement)

    def measure(self, statement: str) -> Measure:
        return Measure.objects.of(self.secretary.org_id).get(links__problem__statement=statement)

    def committee_meets(self, day: date, *, topic: str, place: str, recorder: str) -> Meeting:
        """A 支委会 with everybody there."""
        return register_meeting(
            self.cycle,
            form="支委会",
            held_on=day,
            topic=topic,
            place=place,
            chair=self.secretary.account.person or self.person(""),
            recorder=self.person(recorder),
            attendance=[Line(person=m.pk, present=True) for m in committee_on(self.secretary.org_id, day)],
            by=self.secretary,
            at=evening(day),
        )
