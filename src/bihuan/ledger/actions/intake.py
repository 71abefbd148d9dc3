"""The verbs of last year's paper: taking it in, saying yes or no to what was read from it, and taking either back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import ProtectedError

from bihuan.core import audit, secrecy, vault
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action, check_version
from bihuan.core.models import Blob, Record, Source, stamp
from bihuan.cycle.actions import open_cycle
from bihuan.cycle.models import Cycle, CycleKind
from bihuan.ledger import papers
from bihuan.ledger.access import reading as access
from bihuan.ledger.actions.problems import note_recurrence
from bihuan.ledger.models import (
    Carry,
    Cause,
    CauseLink,
    Measure,
    MeasureLink,
    Origin,
    OriginKind,
    Paper,
    Problem,
    Proposal,
    ProposalKind,
)
from bihuan.ledger.queries.reading import joined
from bihuan.ledger.states import MeasureState, ProblemState
from bihuan.org.models import Seat

MOST = 300  # a ledger of a branch has some dozens of items; more is another kind of file


def take_paper(
    *, cycle: Cycle, name: str, data: bytes | None = None, pasted: str = "", year: int | None = None, by: Seat, at: datetime
) -> Paper:  # fmt: skip
    """收进上年度的材料：读出其中的问题、原因和措施，逐条等人确认。

    data: the bytes of an .xlsx or of any file that `bihuan read` reads; or `pasted`: text, or cells of a table. `year`: the
    年度 it is about as a person says it; without it the paper's own word holds, and where it has none, the page asks.
    The same paper a second time gives the one there is. Raises `Refused` with one sentence; nothing is kept then.
    """
    # Read before the database is locked: a bad file must not keep others waiting, and what cannot be read costs nothing.
    may = access.may_take_paper(by, cycle)
    reading = papers.read(name, data=data, pasted=pasted) if may else papers.Reading(name, "")
    return _take(cycle, reading, data=data, year=year, by=by, at=at)


@action("ledger.paper.taken", "收进了上年度材料")
def _take(
    cycle: Cycle, reading: papers.Reading, *, data: bytes | None, year: int | None, by: Seat, at: datetime
) -> Paper:  # fmt: skip
    access.may_take_paper(by, cycle).enforce()
    cycle = Cycle.objects.of(by.org_id).select_for_update().get(pk=cycle.pk)
    mark = secrecy.marking(reading.text)
    verdict(
        (not mark, f"这份材料里有密级标志“{mark}”，没有存；本系统严禁录入涉密信息，请按保密规定处理"),
        (len(reading.drafts) <= MOST, f"这份材料里读出的条目超过{MOST}条，没有存；请只交上年度的报告或台账本身"),
        (year is None or year < cycle.year, f"上年度材料写的年度要早于{cycle.label}，请改一改年度"),
    ).enforce()
    earlier = Paper.objects.of(by.org_id).filter(cycle=cycle, text=reading.text).first()
    if earlier is not None:
        audit.record(earlier, by=by, at=at, before=earlier.facts())
        return earlier
    paper = _new_paper(cycle, reading, data=data, year=year, by=by, at=at)
    audit.record(paper, by=by, at=at)
    return paper


def _new_paper(
    cycle: Cycle, reading: papers.Reading, *, data: bytes | None, year: int | None, by: Seat, at: datetime
) -> Paper:
    read = reading.year if reading.year is not None and reading.year < cycle.year else None
    paper = Paper.objects.create(
        cycle=cycle,
        blob=vault.keep([data], name=reading.name) if data is not None else None,
        name=reading.name[:200],
        kind=reading.kind,
        year=year or read or cycle.year - 1,
        text=reading.text,
        structure={**reading.structure, "year_said": bool(year or read)},
        **stamp(by=by, at=at),
    )
    head = stamp(by=by, at=at, source=Source.IMPORTED)
    drafts = enumerate(reading.drafts, 1)
    Proposal.objects.bulk_create([_proposal(paper, order, draft, head) for order, draft in drafts])
    return paper


def _proposal(paper: Paper, order: int, draft: papers.Draft, head: dict[str, Any]) -> Proposal:
    return Proposal(
        paper=paper,
        order=order,
        kind=draft.kind,
        under=draft.under[:300],
        lead=draft.lead,
        example=draft.example,
        start=draft.start,
        end=draft.end,
        owner_words=draft.owner_words[:100],
        due_words=draft.due_words[:100],
        **head,
    )


@action("ledger.paper.year_stated", "写明了材料是哪个年度的")
def state_year(paper: Paper, *, year: int, by: Seat, at: datetime) -> Paper:
    """材料上没有写清是哪个年度的，由人写明；已经确认过其中的话就不能再改。"""
    access.may_take_paper(by, paper.cycle).enforce()
    paper = Paper.objects.of(by.org_id).select_for_update().get(pk=paper.pk)
    verdict(
        (year < paper.cycle.year, f"上年度材料写的年度要早于{paper.cycle.label}"),
        (year >= 1990, "请写四位数的年度"),
        (not _accepted(paper), "其中有的条目已经确认，年度不能再改；请先撤销那几条"),
    ).enforce()
    before = paper.facts()
    paper.year, paper.structure = year, {**paper.structure, "year_said": True}
    paper.keep("year", "structure")
    audit.record(paper, by=by, at=at, before=before)
    return paper


@action("ledger.paper.withdrawn", "取回了交错的材料")
def withdraw_paper(paper: Paper, *, by: Seat, at: datetime) -> None:
    """取回交错的材料：读出的条目和文件一起去掉，只要还没有确认过其中的话。"""
    access.may_take_paper(by, paper.cycle).enforce()
    paper = Paper.objects.of(by.org_id).select_for_update().get(pk=paper.pk)
    access.may_withdraw(by, paper, _accepted(paper)).enforce()
    audit.record(paper, by=by, at=at, before=paper.facts(), after={})
    blob = paper.blob
    paper.proposals.all().delete()
    paper.delete()
    if blob is not None:
        _forget(blob)


def _forget(blob: Blob) -> None:
    """A content that nothing cites any more goes; its bytes are swept at the next start."""
    try:
        blob.delete()
    except ProtectedError:
        return  # something else cites the same bytes


def _accepted(paper: Paper) -> int:
    return paper.proposals.filter(accepted=True).count()


@action("ledger.proposal.decided", "确认了读出的一条")
def decide_proposal(
    proposal: Proposal,
    *,
    accepted: bool,
    lead: str = "",
    example: str | None = None,
    problems: Iterable[Problem] = (),
    earlier: Problem | None = None,
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Proposal:
    """对读出的一条说“对”或“不是”。说对的问题记进它那个年度的台账，并要在今年答复；措施、原因也记进那个年度。

    lead, example: better words, where the person has them (empty `lead` and `example` None: as they were read).
    problems: which confirmed problems a measure or a cause belongs to, as the person ticked them.
    earlier: the problem of a still earlier year that this one is come back, as the person said.
    """
    access.may_confirm(by, proposal.paper).enforce()
    proposal = _locked(proposal, by)
    check_version(proposal, seen_version)
    access.may_decide(by, proposal).enforce()
    _decide(proposal, accepted=accepted, lead=lead, example=example, problems=list(problems), by=by, at=at)
    if earlier is not None and proposal.problem is not None:
        note_recurrence(proposal.problem, earlier, by=by, at=at)
    return proposal


@action("ledger.proposal.group_decided", "确认了读出的一段")
def accept_group(proposal: Proposal, *, by: Seat, at: datetime) -> list[Proposal]:
    """“这一段都对”：和这一条在同一标题下、还没有看过的措施一起确认，话照原文；台账同一行里的问题就是它回应的问题。"""
    access.may_confirm(by, proposal.paper).enforce()
    same = proposal.paper.proposals.filter(kind=ProposalKind.MEASURE, under=proposal.under, accepted=None)
    group = list(same.select_for_update())
    verdict(
        (proposal.kind == ProposalKind.MEASURE and proposal.under, "只有同一个标题下的措施可以一起确认，请逐条确认"),
        (group, "这一段已经确认过了"),
    ).enforce()
    confirmed = list(proposal.paper.proposals.filter(problem__isnull=False).select_related("problem"))
    for each in group:
        each.paper = proposal.paper
        problems = joined(proposal.paper, each, confirmed)
        _decide(each, accepted=True, lead="", example=None, problems=problems, by=by, at=at)
    return group


@action("ledger.proposal.added", "从材料里补上了没有读出的一条")
def add_missed(paper: Paper, *, kind: str, words: str, by: Seat, at: datetime) -> Proposal:
    """补上没有读出来的一条：把原文里的话照样贴进来，在材料里找到它，再像别的条目一样确认。"""
    access.may_confirm(by, paper).enforce()
    paper = Paper.objects.of(by.org_id).select_for_update().get(pk=paper.pk)
    words = words.strip()
    start = paper.text.find(words) if words else -1
    verdict(
        (kind in ProposalKind.values, "请选它是问题、原因还是措施"),
        (start >= 0, "材料里没有找到这句话，请从原文里照样复制，一个字也不要改"),
        (not paper.proposals.filter(kind=kind, start=start).exists(), "这一条已经读出来了，请在上面逐条确认"),
    ).enforce()
    last = paper.proposals.order_by("-order").values_list("order", flat=True).first() or 0
    added = Proposal.objects.create(
        paper=paper,
        order=last + 1,
        kind=kind,
        lead=words,
        start=start,
        end=start + len(words),
        **stamp(by=by, at=at, source=Source.IMPORTED),
    )
    audit.record(added, by=by, at=at)
    return added


def _locked(proposal: Proposal, by: Seat) -> Proposal:
    found = Proposal.objects.of(by.org_id).select_related("paper__cycle").select_for_update(of=("self",))
    return found.get(pk=proposal.pk)


def _decide(
    proposal: Proposal, *, accepted: bool, lead: str, example: str | None, problems: Sequence[Problem], by: Seat, at: datetime
) -> None:  # fmt: skip
    before = proposal.facts()
    proposal.accepted = accepted
    if accepted:
        lead = lead.strip() or proposal.lead
        example = proposal.example if example is None else example.strip()
        _take_over(proposal, lead, example, problems, by=by, at=at)
    proposal.keep("accepted", "problem", "measure", "cause")
    audit.record(proposal, by=by, at=at, before=before)


def _take_over(
    proposal: Proposal, lead: str, example: str, problems: Sequence[Problem], *, by: Seat, at: datetime
) -> None:
    """Make the record that a confirmed proposal stands for, in the year the paper is about."""
    cycle = _cycle_of(proposal.paper, by=by, at=at)
    strange = [problem for problem in problems if problem.cycle_id != cycle.pk]
    verdict((not strange, "措施和原因只能对上同一年度的问题")).enforce()
    origin = _origin(proposal, by=by, at=at)
    match proposal.kind:
        case ProposalKind.PROBLEM:
            proposal.problem = _problem(proposal, cycle, origin, lead, example, by=by, at=at)
        case ProposalKind.MEASURE:
            proposal.measure = _measure(cycle, origin, lead, problems, by=by, at=at)
        case ProposalKind.CAUSE:
            proposal.cause = _cause(cycle, origin, lead, problems, by=by, at=at)


def _cycle_of(paper: Paper, *, by: Seat, at: datetime) -> Cycle:
    """The year the paper is about; brought in as history where the branch did not keep it here."""
    kept = Cycle.objects.of(by.org_id).filter(year=paper.year, kind=CycleKind.YEARLY, seq=1).first()
    return kept or open_cycle(year=paper.year, by=by, at=at, source=Source.IMPORTED)


def _origin(proposal: Proposal, *, by: Seat, at: datetime) -> Origin:
    paper = proposal.paper
    return Origin.objects.create(
        org_id=by.org_id,
        kind=OriginKind.LAST_YEAR,
        words=paper.text[proposal.start : proposal.end],
        paper=paper,
        start=proposal.start,
        end=proposal.end,
        **stamp(by=by, at=at, source=Source.IMPORTED),
    )


def _problem(
    proposal: Proposal, cycle: Cycle, origin: Origin, lead: str, example: str, *, by: Seat, at: datetime
) -> Problem:
    head = stamp(by=by, at=at, source=Source.IMPORTED)
    problem = Problem.objects.create(
        cycle=cycle,
        no=_number(proposal, cycle),
        aspect_words=proposal.under,
        statement=lead,
        example=example,
        origin=origin,
        state=ProblemState.DOING,
        **head,
    )
    carry = Carry.objects.create(problem=problem, into=proposal.paper.cycle, **head)
    _record_new(problem, carry, by=by, at=at)
    return problem


def _number(proposal: Proposal, cycle: Cycle) -> str:
    """21-01: the year, and the problem's place in its paper; the next free one if another paper has taken it."""
    place = proposal.paper.proposals.filter(kind=ProposalKind.PROBLEM, order__lte=proposal.order).count()
    taken = set(cycle.problems.values_list("no", flat=True))
    year = cycle.year % 100
    while f"{year:02}-{place:02}" in taken:
        place += 1
    return f"{year:02}-{place:02}"


def _measure(
    cycle: Cycle, origin: Origin, lead: str, problems: Sequence[Problem], *, by: Seat, at: datetime
) -> Measure:
    """Last year's measure as it stands there. Owner and day are never made up: what the paper says of them stays with the
    proposal. Its problem is 整改中, and so the measure counts as going on."""
    head = stamp(by=by, at=at, source=Source.IMPORTED)
    measure = Measure.objects.create(cycle=cycle, action=lead, state=MeasureState.DOING, origin=origin, **head)
    links = [MeasureLink.objects.create(measure=measure, problem=problem, **head) for problem in problems]
    _record_new(measure, *links, by=by, at=at)
    return measure


def _cause(cycle: Cycle, origin: Origin, lead: str, problems: Sequence[Problem], *, by: Seat, at: datetime) -> Cause:
    head = stamp(by=by, at=at, source=Source.IMPORTED)
    cause = Cause.objects.create(cycle=cycle, text=lead, origin=origin, **head)
    links = [CauseLink.objects.create(cause=cause, problem=problem, **head) for problem in problems]
    _record_new(cause, *links, by=by, at=at)
    return cause


def _record_new(*records: Record, by: Seat, at: datetime) -> None:
    for record in records:
        audit.record(record, by=by, at=at)


@action("ledger.proposal.undone", "撤销了一条的确认")
def undo_proposal(proposal: Proposal, *, seen_version: int | None = None, by: Seat, at: datetime) -> Proposal:
    """撤销一条的确认，回到没有看过的样子；已经答复过、挂了别的记录的，不能撤销。"""
    access.may_take_paper(by, proposal.paper.cycle).enforce()
    proposal = _locked(proposal, by)
    check_version(proposal, seen_version)
    access.may_undo(by, proposal).enforce()
    before = proposal.facts()
    made = proposal.problem or proposal.measure or proposal.cause
    proposal.accepted, proposal.problem, proposal.measure, proposal.cause = None, None, None, None
    proposal.keep("accepted", "problem", "measure", "cause")
    audit.record(proposal, by=by, at=at, before=before)
    if made is not None:
        _take_down(made, by=by, at=at)
    return proposal


def _take_down(made: Problem | Measure | Cause, *, by: Seat, at: datetime) -> None:
    """Remove what a confirmation made, as long as nothing else stands on it. The database knows what does."""
    if isinstance(made, Problem):
        tied: list[Record] = [*made.carries.all(), *made.recurrences.all()]
        answered = made.carries.exclude(answer="").exists()
        verdict((not answered, "这条问题今年已经有了答复，不能撤销；答复可以改")).enforce()
    else:
        tied = list(made.links.all())
    origin = made.origin
    try:
        for record in [*tied, made, *([origin] if origin else [])]:
            audit.record(record, by=by, at=at, before=record.facts(), after={})
            record.delete()
    except ProtectedError as error:
        raise Refused("这一条上面已经挂了措施、进展或别的记录，不能撤销；请先把那些撤销。") from error
