"""How the demo came to be, act by act, from 28 January to 9 March 2026."""

from __future__ import annotations

from bihuan.desk.demo import people
from bihuan.desk.demo.finished import Finished
from bihuan.desk.demo.midyear import MidYear
from bihuan.desk.demo.telling import found, join, seat_for


def tell() -> None:
    """Everything, in the order in which it happened."""
    middle = MidYear(found(people.BRANCH, "hanst", people.ROSTER))
    for login, name, capacity in people.SEATS:
        seat_for(middle.secretary, login, name, capacity)
    middle.begin_the_year()
    middle.answer_last_year()
    middle.raise_problems()
    middle.work()
    middle.hold_committee()
    school, village = (found(name, login, roster) for name, login, roster in people.OTHERS)
    for seat in (school, village):
        join(seat, middle.secretary)
    for login, name, capacity in people.SCHOOL_SEATS:
        seat_for(school, login, name, capacity)
    Finished(school).tell()
