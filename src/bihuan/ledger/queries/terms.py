"""How the term of a measure stands: the day that waits, and whether more time runs or has run out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.ledger.models import Progress, Term


def next_day(term: Term, notes: Iterable[Progress]) -> date | None:
    """The day a measure is due; for 长期坚持 the first day of review that no note answers, or none when all are answered.

    A day of review that was past when the term was written down is not waited for.
    """
    if term.due is not None:
        return term.due
    answered = max((note.review for note in notes if note.review), default=date.min)
    ahead = [day for day in map(date.fromisoformat, term.reviews) if day > answered and day >= term.occurred_on]
    return min(ahead, default=None)


@dataclass(frozen=True)
class TermNow:
    """The term in force. `put_off_from`: the day that stood before the extension by which `day` waits; None without one.
    `times`: the how manieth extension that is."""

    term: Term
    day: date | None
    put_off_from: date | None = None
    times: int = 0

    @property
    def steady(self) -> bool:
        """长期坚持."""
        return self.term.due is None

    def is_extended(self, today: date) -> bool:
        """More time was given, and it still runs."""
        return self.put_off_from is not None and self.day is not None and self.day >= today

    def ran_out(self, today: date) -> bool:
        """More time was given and is over: the measure is overdue again, and counted from the extension's own day."""
        return self.put_off_from is not None and self.day is not None and self.day < today


def term_now(terms: Sequence[Term], notes: Sequence[Progress]) -> TermNow | None:
    """How a measure with these terms, in the order they were recorded, stands; None when it has none.

    An extension is over as well when the review that it put off was held: the days of review after it go on as before.
    """
    if not terms:
        return None
    last, day = terms[-1], next_day(terms[-1], notes)
    if last.extends is None or day is None or day != last.runs_out:
        return TermNow(last, day)
    return TermNow(last, day, next_day(last.extends, notes), sum(term.is_extension for term in terms))
