"""The ledger as a table: one row a problem, with everything form 22 (整改台账) asks for. A fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from bihuan.cycle.models import Cycle
from bihuan.ledger.models import (
    HOLDER,
    Assignment,
    AssignmentRole,
    Decision,
    DecisionKind,
    Evidence,
    Measure,
    MeasureLink,
    Problem,
    ProblemSubject,
    Progress,
    Term,
    Verification,
    VerificationResult,
)
from bihuan.ledger.queries.holders import Holders
from bihuan.ledger.queries.terms import term_now
from bihuan.ledger.states import AT_WORK, FINISHED, MeasureState, ProblemState
from bihuan.org.models import Seat

EXTENDED = "已延期"  # said of a problem at work one of whose measures was given more time that still runs


@dataclass(frozen=True)
class LedgerRow:
    """One problem as the ledger shows and prints it. `due`: the nearest day still ahead of an unfinished measure."""

    pk: UUID
    no: str
    statement: str
    example: str
    subject: str
    personal: bool
    state: str
    origin: str
    measures: tuple[str, ...]
    standards: tuple[str, ...]
    leaders: tuple[str, ...]
    owners: tuple[str, ...]
    owner_ids: frozenset[UUID]
    helpers: tuple[str, ...]
    due: date | None
    steady: bool
    extended_from: date | None
    progress: str = ""
    progress_on: date | None = None
    evidence: int = 0
    checker: str = ""
    closed_on: date | None = None
    year: int = 0
    source_no: str = ""  # the number that the source itself gave
    version: int = 1
    aspect: str = ""
    extended: bool = False  # more time was given and still runs
    measure_ids: tuple[UUID, ...] = ()
    extension: int = 0  # the how manieth extension it is by which `due` waits, 0 for none

    @property
    def word(self) -> str:
        """The state's word; 已延期 stands for 整改中 while more time runs. When that is over it is 整改中 again."""
        return EXTENDED if self.state == ProblemState.DOING and self.extended else self.state

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    def is_late(self, today: date) -> bool:
        """Past its day and still with those who work on it."""
        return self.state in AT_WORK and self.due is not None and self.due < today


@dataclass(frozen=True)
class Terms:
    """The terms of one problem's measures, taken together. `due` is the nearest day, and `extended_from` the day that it
    was before more time was given."""

    due: date | None
    steady: bool
    extended_from: date | None
    extended: bool
    extension: int


def ledger_rows(cycle: Cycle, seat: Seat, today: date) -> list[LedgerRow]:
    """Every problem of the year that this seat may see, by number, in full; those carried into it stand first."""
    return in_full(cycle.org_id, brief_rows(cycle, seat, today))


# What a row says of its problem: two thousand whole records would be loaded for a few words of each.
_SAID = (
    "no", "statement", "example", "subject", "state", "version", "aspect_words", "cycle__year", "origin__kind",
    "origin__number", "person__name", "person__mark", "aspect__text",
)  # fmt: skip


def brief_rows(cycle: Cycle, seat: Seat, today: date) -> list[LedgerRow]:
    """The same rows without what only a row that is shown needs (see `in_full`): enough to choose, sort and count."""
    problems = Problem.objects.visible_to(seat).of_cycle(cycle).select_related("origin", "person", "cycle", "aspect")
    said = problems.only(*_SAID)
    found = sorted(said, key=lambda problem: (problem.cycle.year, len(problem.no), problem.no))
    return Loaded(cycle.org_id, found, today).rows()


def in_full(org: UUID, rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """These rows with their last progress, how much proof there is, who checked and when they were closed. Four queries."""
    details = Details(org, [row.pk for row in rows], {key for row in rows for key in row.measure_ids})
    return [details.of(row) for row in rows]


class Details:
    """What the records say of a row's progress, proof, check and closing, one query a table."""

    def __init__(self, org: UUID, problems: Collection[UUID], measures: Collection[UUID]) -> None:
        self.progress = _grouped(Progress.objects.of(org).filter(measure__in=measures))
        evidence = Evidence.objects.of(org).filter(measure__in=measures, replaced_by__isnull=True)
        self.evidence = Counter(evidence.values_list("measure_id", flat=True))
        passed = Verification.objects.of(org).filter(problem__in=problems, result=VerificationResult.PASSED)
        self.checkers = dict(passed.order_by("recorded_at").values_list("problem_id", "checker__name"))
        closing = Decision.objects.of(org).filter(problem__in=problems, kind=DecisionKind.CLOSING, passed=True)
        self.closed = dict(closing.order_by("recorded_at").values_list("problem_id", "occurred_on"))

    def of(self, row: LedgerRow) -> LedgerRow:
        last = max((note for key in row.measure_ids for note in self.progress[key]), key=_when, default=None)
        return replace(
            row,
            progress=last.words if last else "",
            progress_on=last.occurred_on if last else None,
            evidence=sum(self.evidence[key] for key in row.measure_ids),
            checker=self.checkers.get(row.pk, ""),
            closed_on=self.closed.get(row.pk) if row.is_finished else None,
        )


class Loaded:
    """The measures of some problems with their people and terms, one query a table."""

    def __init__(self, org: UUID, problems: list[Problem], today: date) -> None:
        self.problems, self.today = problems, today
        self.holders = Holders(org, today)
        keys = [problem.pk for problem in problems]
        self.measures: dict[UUID, list[Measure]] = defaultdict(list)
        links = MeasureLink.objects.of(org).filter(problem__in=keys).select_related("measure")
        said = links.only("problem", *(f"measure__{name}" for name in ("action", "standard", "state", "version")))
        for link in said.order_by("measure__recorded_at", "measure_id"):
            self.measures[link.problem_id].append(link.measure)
        ids = {m.pk for measures in self.measures.values() for m in measures}
        people = Assignment.objects.of(org).on(today).filter(measure__in=ids)
        self.people = _grouped(people.only("measure", "role", "post", *HOLDER).prefetch_related(*HOLDER))
        self.terms = _grouped(_terms(org, ids))
        reviews = Progress.objects.of(org).filter(measure__in=ids, review__isnull=False)
        self.reviews = _grouped(reviews.only("measure", "review"))

    def rows(self) -> list[LedgerRow]:
        return [self._row(problem) for problem in self.problems]

    def _row(self, problem: Problem) -> LedgerRow:
        measures = self.measures[problem.pk]
        spells = [spell for m in measures for spell in self.people[m.pk]]
        terms = self._terms(measures)
        return LedgerRow(
            pk=problem.pk,
            no=problem.no,
            statement=problem.statement,
            example=problem.example,
            subject=f"{problem.subject}：{problem.person.name}" if problem.person else problem.subject,
            personal=problem.subject == ProblemSubject.PERSON,
            state=problem.state,
            origin=problem.origin.kind,
            measures=tuple(m.action for m in measures),
            standards=tuple(s for m in measures for s in m.standards),
            leaders=_names(spells, AssignmentRole.LEADER),
            owners=_names(spells, AssignmentRole.OWNER),
            owner_ids=self.holders.of(spell for spell in spells if spell.role == AssignmentRole.OWNER),
            helpers=_names(spells, AssignmentRole.HELPER),
            due=terms.due,
            steady=terms.steady,
            extended_from=terms.extended_from,
            extended=terms.extended,
            extension=terms.extension,
            year=problem.cycle.year,
            measure_ids=tuple(m.pk for m in measures),
            source_no=problem.origin.number,
            version=problem.version,
            aspect=problem.aspect.text if problem.aspect else problem.aspect_words,
        )

    def _terms(self, measures: Iterable[Measure]) -> Terms:
        """Of the measures that are not done yet; of all when all are."""
        held = [(m, now) for m in measures if (now := term_now(self.terms[m.pk], self.reviews[m.pk]))]
        ahead = [now for m, now in held if m.state != MeasureState.DONE] or [now for _, now in held]
        nearest = min((now for now in ahead if now.day), key=lambda now: now.day or date.max, default=None)
        due = nearest.day if nearest else None
        return Terms(
            due=due,
            steady=any(now.steady for now in ahead),
            extended_from=nearest.put_off_from if nearest else None,
            extended=any(now.is_extended(self.today) for now in ahead) and due is not None and due >= self.today,
            extension=nearest.times if nearest else 0,
        )


def _terms(org: UUID, measures: Collection[UUID]) -> list[Term]:
    """The terms of these measures as they were recorded, each extension with the term that it extends."""
    found = Term.objects.of(org).filter(measure__in=measures).order_by("recorded_at", "id")
    terms = list(found.only("measure", "due", "reviews", "occurred_on", "extends"))
    by_key = {term.pk: term for term in terms}
    for term in terms:
        if term.extends_id in by_key:
            term.extends = by_key[term.extends_id]
    return terms


T = TypeVar("T", Assignment, Term, Progress)


def _grouped(records: Iterable[T]) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for record in records:
        found[record.measure_id].append(record)
    return found


def _when(progress: Progress) -> tuple[date, datetime]:
    return progress.occurred_on, progress.recorded_at


def _names(spells: Iterable[Assignment], role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spell.who for spell in spells if spell.role == role))


UNFINISHED, LATE = "没有销号的", "已过时限的"


@dataclass(frozen=True)
class Wanted:
    """What the reader asked the table for; empty means all."""

    state: str = ""
    owner: str = ""
    origin: str = ""
    words: str = ""
    by: str = "no"  # or "due"

    def answers(self, row: LedgerRow, late: bool) -> bool:
        return (
            self._state(row, late)
            and (not self.owner or self.owner in row.owners)
            and (not self.origin or row.origin == self.origin)
            and all(word in _all_words(row) for word in self.words.split())
        )

    def _state(self, row: LedgerRow, late: bool) -> bool:
        if self.state == LATE:
            return late
        return not self.state or row.word == self.state or (self.state == UNFINISHED and not row.is_finished)


def _all_words(row: LedgerRow) -> str:
    return "\n".join(
        (row.no, row.source_no, row.statement, row.example, row.subject, *row.measures, *row.standards, *row.owners)
    )


def sorted_rows(rows: Iterable[LedgerRow], by: str) -> list[LedgerRow]:
    """By number as they come, or by the day they are due: no day after all days, finished ones last."""
    if by != "due":
        return list(rows)
    return sorted(rows, key=lambda r: (r.is_finished, r.due is None, r.due or date.max))


GROUPS = {"state": "状态", "owner": "责任人", "origin": "来源", "aspect": "对照方面"}


def group_of(row: LedgerRow, group: str) -> str:
    """Under which heading a row stands when the table is grouped; "" when it is not."""
    owners = "、".join(row.owners) or "还没有定责任人"
    words = {"state": row.word, "owner": owners, "origin": row.origin, "aspect": row.aspect or "没有写对照方面"}
    return words.get(group, "")


def grouped(rows: Iterable[LedgerRow], group: str) -> list[LedgerRow]:
    """Rows of one heading together, the headings in the order in which they first come; inside, the order stays."""
    rows = list(rows)
    order = {heading: n for n, heading in enumerate(dict.fromkeys(group_of(row, group) for row in rows))}
    return sorted(rows, key=lambda row: order[group_of(row, group)])


def tally(rows: Iterable[LedgerRow]) -> list[tuple[str, int]]:
    """How many stand where, in the order of the loop. No percentages, no ranks (M2)."""
    count = Counter(row.word for row in rows)
    order = [*ProblemState.values[:2], EXTENDED, *ProblemState.values[2:]]
    return [(word, count[word]) for word in order if count[word]]
