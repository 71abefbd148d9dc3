"""What the pages of last year's paper show: the coloured text, and the one thing asked now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bihuan.ledger.coloured import Line, Mark, coloured
from bihuan.ledger.likeness import alike
from bihuan.ledger.models import Cause, Measure, Paper, Problem, Proposal, ProposalKind

_LOOK = {ProposalKind.PROBLEM: "mark-problem", ProposalKind.CAUSE: "mark-cause", ProposalKind.MEASURE: "mark-measure"}
_LONG = 100  # characters of the original that are quoted at once on a narrow page; the rest folds
_OWN_WORDS = 40


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
    history: list[str]  # what the paper itself says of the year before it, and reads like this problem
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
        history=_history(paper, here),
        following=later[0] if later else None,
    )


def _history(paper: Paper, here: Proposal) -> list[str]:
    if here.kind != ProposalKind.PROBLEM:
        return []
    return alike(here.lead, [(item["lead"], item["lead"]) for item in paper.structure.get("prior", [])])


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
