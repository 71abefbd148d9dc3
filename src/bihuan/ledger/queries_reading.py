"""What the pages of last year's paper show: the coloured text, the one thing asked now, and how far the answers are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from bihuan.cycle.models import Cycle
from bihuan.ledger.models import Carry, Cause, Measure, MeasureLink, Paper, Problem, Proposal, ProposalKind
from bihuan.org.models import Seat

_LOOK = {ProposalKind.PROBLEM: "mark-problem", ProposalKind.CAUSE: "mark-cause", ProposalKind.MEASURE: "mark-measure"}
_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,3}、[^。；]{1,38}")
_LONG = 100  # characters of the original that are quoted at once on a narrow page; the rest folds
_OWN_WORDS = 40


class Progress(NamedTuple):
    """The first step of a year: carried problems, how many are answered, and what nobody has confirmed yet."""

    total: int
    answered: int
    unconfirmed: int


def carry_progress(cycle: Cycle) -> Progress:
    """How far a year is with answering the one before, for the rail and the head of the page."""
    answers = list(Carry.objects.of(cycle.org_id).filter(into=cycle).values_list("answer", flat=True))
    waiting = Proposal.objects.of(cycle.org_id).filter(paper__cycle=cycle, accepted=None).count()
    return Progress(len(answers), sum(bool(answer) for answer in answers), waiting)


# --- the coloured text ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """A stretch of the text to be coloured. `look`: its class; `anchor`: its id on the page."""

    start: int
    end: int
    look: str
    tag: str = ""
    anchor: str = ""
    here: bool = False


@dataclass(frozen=True)
class Piece:
    """Some text of a line, coloured or plain (then `look` is empty)."""

    text: str
    look: str = ""
    tag: str = ""
    anchor: str = ""
    here: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the paper. `kind`: title, heading, row (of a table) or text."""

    kind: str
    pieces: list[Piece]


def coloured(text: str, marks: Iterable[Mark], title: str = "") -> list[Line]:
    """The paper line by line, cut where colours begin and end. Blank lines are left out; marks never overlap."""
    placed = _apart(marks)
    return [Line(_kind(line, title), list(_cut(line, start, placed))) for start, line in _lines(text)]


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """In order, each cut off where the one before ends."""
    placed: list[Mark] = []
    end = 0
    for mark in sorted(marks, key=lambda m: (m.start, m.end)):
        start = max(mark.start, end)
        if start < mark.end:
            placed.append(Mark(start, mark.end, mark.look, mark.tag, mark.anchor, mark.here))
            end = mark.end
    return placed


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def _kind(line: str, title: str) -> str:
    if "\t" in line.strip():
        return "row"
    bare = re.sub(r"\s", "", line)
    if title and bare and bare in title and len(bare) * 3 > len(title):
        return "title"
    return "heading" if _HEADING.fullmatch(line) else "text"


def _cut(line: str, start: int, marks: list[Mark]) -> Iterator[Piece]:
    at, end = start + len(line) - len(line.lstrip("\t")), start + len(line.rstrip("\t"))
    for mark in marks:
        if mark.end <= start or mark.start >= end:
            continue
        first, last = max(mark.start, start), min(mark.end, end)
        if at < first:
            yield Piece(_plain(line[at - start : first - start]))
        opens = first == mark.start  # a mark over two lines has its tag and its id once
        words = _plain(line[first - start : last - start])
        yield Piece(words, mark.look, mark.tag if opens else "", mark.anchor if opens else "", mark.here)
        at = last
    if at < end:
        yield Piece(_plain(line[at - start : end - start]))


def _plain(words: str) -> str:
    """Cells of a table stand apart on the page; empty ones are left out."""
    return re.sub("\t+", "　｜　", words)


def marks_of(paper: Paper, proposals: list[Proposal], here: Proposal | None) -> list[Mark]:
    """Every colour of the page: what was read, its examples, and last year's own history."""
    found = [_mark(paper.text, p, numeral, here) for p, numeral in numbered(proposals) if p.accepted is not False]
    kept = {(p.start, p.end) for p in proposals if p.accepted is not False}
    for aspect in paper.structure.get("aspects", []):
        for problem in aspect["problems"]:
            if (problem["start"], problem["end"]) in kept:
                found += [Mark(e["start"], e["end"], "mark-example") for e in problem["examples"]]
    prior = paper.structure.get("prior", [])
    return found + [
        Mark(i["start"], _lead_end(paper.text, i["lead"], i["start"], i["end"]), "mark-prior") for i in prior
    ]


def numbered(proposals: Iterable[Proposal]) -> Iterator[tuple[Proposal, int]]:
    """Each with its place among its kind: 问题3, 措施1."""
    seen: Counter[str] = Counter()
    for proposal in proposals:
        seen[proposal.kind] += 1
        yield proposal, seen[proposal.kind]


def _mark(text: str, proposal: Proposal, numeral: int, here: Proposal | None) -> Mark:
    end = _lead_end(text, proposal.lead, proposal.start, proposal.end)
    look, tag = _LOOK[ProposalKind(proposal.kind)], f"{proposal.kind}{numeral}"
    return Mark(proposal.start, end, look, tag, f"m{proposal.order}", here is not None and here.pk == proposal.pk)


def _lead_end(text: str, lead: str, start: int, end: int) -> int:
    """Where the first sentence of a stretch ends, its full stop included."""
    at = text.find(lead, start, end)
    if at < 0:
        return end
    stop = at + len(lead)
    return stop + 1 if text[stop : stop + 1] in set("。；：！？") and stop < end else stop


# --- the page ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Looked:
    """A proposal somebody has looked at, with what became of it."""

    proposal: Proposal
    numeral: int

    @property
    def made(self) -> Problem | Measure | Cause | None:
        """The record that the confirmation made; None for a refused one."""
        return self.proposal.problem or self.proposal.measure or self.proposal.cause

    @property
    def words(self) -> str:
        """The words as they were confirmed, perhaps better than they were read."""
        match self.proposal.kind:
            case ProposalKind.PROBLEM if self.proposal.problem:
                return self.proposal.problem.statement
            case ProposalKind.MEASURE if self.proposal.measure:
                return self.proposal.measure.action
            case ProposalKind.CAUSE if self.proposal.cause:
                return self.proposal.cause.text
        return self.proposal.lead


@dataclass(frozen=True)
class Asked:
    """The one proposal that is asked about now. `quote` and `rest`: the original, its beginning and what follows."""

    proposal: Proposal
    numeral: int
    place: int
    quote: str
    rest: str
    examples: list[str]
    group: int  # how many measures under the same heading wait, this one too
    problems: list[Problem]  # confirmed ones it may belong to
    joined: list[Problem]  # those its own table row joins it with
    following: int | None  # the order of the next one that waits


@dataclass(frozen=True)
class ReadingPage:
    """The page of a paper side by side with its questions."""

    paper: Paper
    total: int
    waiting: int
    problems: int
    waiting_problems: int
    asked: Asked | None
    looked: list[Looked]
    lines: list[Line]
    history: list[str]
    remarks: list[dict[str, Any]] = field(default_factory=list)


def reading(paper: Paper, at: int | None = None) -> ReadingPage:
    """Everything the page shows, in one query. `at`: the order of the proposal to ask; else the first that waits."""
    found = paper.proposals.select_related(
        "problem__cycle", "problem__by__account__person", "measure__by__account__person", "cause__by__account__person"
    )
    proposals = list(found.order_by("order"))
    waiting = [p for p in proposals if p.accepted is None]
    here = next((p for p in waiting if p.order == at), waiting[0] if waiting else None)
    numerals = dict(numbered(proposals))
    lines = coloured(paper.text, marks_of(paper, proposals, here), paper.structure.get("title") or "")
    return ReadingPage(
        paper=paper,
        total=len(proposals),
        waiting=len(waiting),
        problems=sum(p.kind == ProposalKind.PROBLEM for p in proposals),
        waiting_problems=sum(p.kind == ProposalKind.PROBLEM for p in waiting),
        asked=_asked(paper, here, proposals, numerals) if here else None,
        looked=[Looked(p, numerals[p]) for p in proposals if p.accepted is not None],
        lines=lines,
        history=[item["lead"] for item in paper.structure.get("prior", [])],
        remarks=paper.structure.get("warnings", []),
    )


def _asked(paper: Paper, here: Proposal, proposals: list[Proposal], numerals: dict[Proposal, int]) -> Asked:
    words = paper.text[here.start : here.end].replace("\t", "　")
    quote, rest = _folded(words)
    waiting = [p for p in proposals if p.accepted is None]
    later = [p.order for p in waiting if p.order > here.order] or [p.order for p in waiting if p.order < here.order]
    problems = [p.problem for p in proposals if p.problem is not None and here.kind != ProposalKind.PROBLEM]
    same = [p for p in waiting if p.kind == ProposalKind.MEASURE == here.kind and p.under and p.under == here.under]
    return Asked(
        proposal=here,
        numeral=numerals[here],
        place=proposals.index(here) + 1,
        quote=quote,
        rest=rest,
        examples=[line for line in here.example.split("\n") if line],
        group=len(same),
        problems=problems,
        joined=joined(paper, here, proposals),
        following=later[0] if later else None,
    )


def _folded(words: str) -> tuple[str, str]:
    """A long stretch in two: whole sentences that fit, and the rest."""
    if len(words) <= _LONG:
        return words, ""
    cut = max(words.rfind(stop, _OWN_WORDS, _LONG) for stop in "。；！？")
    cut = cut + 1 if cut > 0 else _LONG
    return words[:cut], words[cut:]


def joined(paper: Paper, here: Proposal, proposals: Iterable[Proposal]) -> list[Problem]:
    """The problems in the same row of the table as this measure or cause. A report joins nothing: a person does."""
    if here.kind == ProposalKind.PROBLEM:
        return []
    row = row_of(paper, here.start)
    if not row:
        return []
    return [p.problem for p in proposals if p.problem is not None and row["start"] <= p.start < row["end"]]


def row_of(paper: Paper, start: int) -> dict[str, Any]:
    """The row of a ledger table in which an offset lies, or {}."""
    rows = paper.structure.get("rows", [])
    return next((row for row in rows if row["start"] <= start < row["end"]), {})


# --- the answers ------------------------------------------------------------------------------------------------------


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
