"""Problems that come back: known by link, offered by wording; for how many years, and what was done that did not help."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from bihuan.ledger.likeness import alike
from bihuan.ledger.models import Answer, Carry, MeasureLink, Problem, Recurs
from bihuan.org.models import Seat

_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True)
class Tried:
    """An earlier problem of the same chain, with the measures that were set against it."""

    problem: Problem
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Before:
    """Advice to whoever writes a problem down: an earlier one that reads like it. `still`: how it would stand if they are
    the same matter; `tried`: what was set against it, in the years before it too, the oldest first."""

    problem: Problem
    still: str
    tried: tuple[Tried, ...]


def like_before(problem: Problem, seat: Seat) -> list[Problem]:
    """Problems of earlier years of the same branch that read like this one and are not linked to it yet. Two queries."""
    linked = {recurs.earlier_id for recurs in problem.recurrences.all()}
    found = _like(problem.statement, problem.scope_org_id, problem.cycle.year, problem.person_id, seat)
    return [row for row in found if row.pk not in linked]


def before(statement: str, org: UUID, year: int, seat: Seat, *, person: UUID | None = None) -> list[Before]:
    """What is known of the earlier problems that a problem of that year, not written down yet, reads like.

    person: whose personal problem it is; None for one of the branch or its committee. At most six queries.
    """
    found = _like(statement, org, year, person, seat) if statement.strip() else []
    if not found:
        return []
    chains = _Chains(org)
    keys = {row.pk: {row.pk, *chains.earlier(row.pk)} for row in found}
    tried = {one.problem.pk: one for one in _tried(org, {key for group in keys.values() for key in group}, seat)}
    return [
        Before(
            row,
            still_words(len({y for y in {year, row.cycle.year, *chains.years(row.pk)} if y <= year})),
            tuple(one for key, one in tried.items() if key in keys[row.pk]),
        )
        for row in found
    ]


def _like(statement: str, org: UUID, year: int, person: UUID | None, seat: Seat) -> list[Problem]:
    """The likest of earlier years. A person's own problem is like that person's only, any other like any of the branch's
    and its committee's: an old paper does not tell the two apart."""
    earlier = Problem.objects.visible_to(seat).filter(cycle__org=org, cycle__year__lt=year, person=person)
    rows = list(earlier.select_related("cycle").order_by("-cycle__year", "no"))
    return alike(statement, [(row, row.statement) for row in rows])


def still_there(org: UUID, problems: Iterable[tuple[UUID, int]], until: int) -> dict[UUID, str]:
    """Problem → 第三年仍在, for (problem, its year) of one branch looked at in the year `until`. Two queries.

    Counted are the years in which the matter stood in the ledger: its own, those of what it is the return of, and those
    into which one of them was carried and answered otherwise than 完成.
    """
    chain = _Chains(org)
    said = {}
    for key, year in problems:
        years = {y for y in {year, *chain.years(key)} if y <= until}
        if len(years) > 1:
            said[key] = still_words(len(years))
    return said


def still_words(years: int) -> str:
    """第三年仍在."""
    return f"第{_NUMERALS[years] if years <= 10 else years}年仍在"


def tried_before(problem: Problem, seat: Seat) -> list[Tried]:
    """What was set against the earlier problems of its chain, the oldest first; only of problems this seat may see."""
    org = problem.scope_org_id
    return _tried(org, _Chains(org).earlier(problem.pk), seat)


def _tried(org: UUID, keys: Collection[UUID], seat: Seat) -> list[Tried]:
    """The measures of these problems, as far as this seat may see them."""
    seen = Problem.objects.visible_to(seat).filter(pk__in=keys).select_related("cycle").order_by("cycle__year", "no")
    found: dict[UUID, list[str]] = defaultdict(list)
    links = MeasureLink.objects.of(org).filter(problem__in=keys).select_related("measure")
    for link in links.order_by("measure__recorded_at", "measure_id"):
        found[link.problem_id].append(link.measure.action)
    return [Tried(before, tuple(found[before.pk])) for before in seen]


class _Chains:
    """Who is whose return, and who was carried into which year, of one branch."""

    def __init__(self, org: UUID) -> None:
        self._earlier: dict[UUID, set[UUID]] = defaultdict(set)
        self._years: dict[UUID, set[int]] = defaultdict(set)
        links = Recurs.objects.of(org).values_list("problem_id", "earlier_id", "earlier__cycle__year")
        for later, earlier, year in links:
            self._earlier[later].add(earlier)
            self._years[earlier].add(year)
        # a year in which it was answered 完成, or in which nobody has answered yet, is not one in which it still stood
        still = Carry.objects.of(org).exclude(answer__in=("", Answer.DONE))
        for key, year in still.values_list("problem_id", "into__year"):
            self._years[key].add(year)

    def earlier(self, key: UUID) -> set[UUID]:
        """All that this one is the return of, however far back."""
        found: set[UUID] = set()
        ahead = [key]
        while ahead:
            ahead = [one for last in ahead for one in self._earlier[last] if one not in found and one != key]
            found.update(ahead)
        return found

    def years(self, key: UUID) -> set[int]:
        return {year for one in {key, *self.earlier(key)} for year in self._years[one]}
