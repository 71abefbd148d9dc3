"""The verbs of a measure: set it, change it, hand it over, give it more time, note what was done, bring proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bihuan.core import audit, vault
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action, check_version
from bihuan.core.models import Blob, stamp
from bihuan.ledger import access, queries
from bihuan.ledger.actions.locking import (
    lock_measure,
    lock_problem,
    move_measure,
    need_on_roster,
    need_past,
    need_words,
    refuse_secrets,
)
from bihuan.ledger.models import (
    Assignment,
    AssignmentRole,
    Cause,
    Evidence,
    EvidenceKind,
    Measure,
    MeasureCause,
    MeasureLink,
    Origin,
    Problem,
    Progress,
    Term,
)
from bihuan.ledger.queries.holders import Owner
from bihuan.ledger.queries.terms import next_day
from bihuan.ledger.states import MeasureState
from bihuan.org.models import Group, GroupPlace, Org, Person, Seat, Title

File = tuple[str, Iterable[bytes]]  # the name it came with, and its bytes


@action("ledger.measure.added", "定下了措施")
def add_measure(
    problem: Problem,
    *,
    action: str,
    standard: str,
    owner: Owner | None,
    owner_post: str = "",
    leader: Person | None = None,
    helpers: Sequence[Person] = (),
    due: date | None = None,
    reviews: Sequence[date] = (),
    causes: Sequence[Cause] = (),
    origin: Origin | None = None,
    by: Seat,
    at: datetime,
) -> Measure:
    """给一个问题定一条措施。完成标准一行一条；没有日子的是“长期坚持”，要有看的日子。责任人是一个人、一个岗位、一个党小组，
    或者整个支部。

    Owner or day may still be missing (a measure read from an old paper); the problem cannot be started before both are there.
    """
    problem = lock_problem(problem, by)
    access.may_set_measures(by, problem).enforce()
    action = need_words(action, "措施")
    refuse_secrets(action, standard)
    _check_term(due, reviews)
    head = stamp(by=by, at=at)
    measure = Measure.objects.create(
        cycle=problem.cycle, action=action, standard=_one_a_line(standard), origin=origin, **head
    )
    MeasureLink.objects.create(measure=measure, problem=problem, **head)
    for cause in causes:
        verdict((problem.cause_links.filter(cause=cause).exists(), "这条原因不是这个问题的，请先连上")).enforce()
        MeasureCause.objects.create(measure=measure, cause=cause, **head)
    _assign(measure, owner, owner_post, leader, helpers, by=by, at=at)
    if due or reviews:
        Term.objects.create(measure=measure, due=due, reviews=_iso(reviews), **head)
    audit.record(measure, by=by, at=at)
    return measure


def _one_a_line(standard: str) -> str:
    return "\n".join(line.strip() for line in standard.splitlines() if line.strip())


def _iso(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in sorted(set(days))]


def _check_term(due: date | None, reviews: Sequence[date]) -> None:
    verdict((not (due and reviews), "时限和“长期坚持”的看的日子只写一样")).enforce()


def _assign(
    measure: Measure,
    owner: Owner | None,
    post: str,
    leader: Person | None,
    helpers: Sequence[Person],
    *,
    by: Seat,
    at: datetime,
) -> None:
    named = [(AssignmentRole.LEADER, leader)] if leader else []
    named += [(AssignmentRole.HELPER, person) for person in dict.fromkeys(helpers)]
    need_on_roster([person for _, person in named], measure.scope_org_id, at.date())
    head = stamp(by=by, at=at)
    if owner or post:
        held = _holder(measure, owner, post, at.date())
        Assignment.objects.create(measure=measure, role=AssignmentRole.OWNER, since=at.date(), **held, **head)
    for role, person in named:
        Assignment.objects.create(measure=measure, role=role, person=person, since=at.date(), **head)


def _holder(measure: Measure, owner: Owner | None, post: str, day: date) -> dict[str, Any]:
    """The fields of an assignment to this owner from that day. Raises `Refused` if the measure cannot rest with it."""
    branch = measure.scope_org_id
    verdict(
        (not (owner and post), "责任人写一个人、一个岗位、一个党小组或整个支部，只写一样"),
        (owner or post, "请写责任人：一个人、一个岗位、一个党小组，或者整个支部"),
        (not post or post in Title.values, f"没有“{post}”这个岗位，请从列出的里面选"),
    ).enforce()
    match owner:
        case Person():
            need_on_roster([owner], branch, day)
            return {"person": owner}
        case Group():
            there = GroupPlace.objects.of(branch).on(day).filter(group=owner, group__org=branch)
            verdict((there.exists(), f"{owner.name}那天还没有编进人，请先编党小组，或者另写责任人")).enforce()
            return {"group": owner}
        case Org():
            verdict((owner.pk == branch, f"{owner.name}不是本支部，措施只能由本支部的人来做")).enforce()
            return {"org": owner}
    return {"post": post}


@action("ledger.measure.linked", "把措施连到了问题")
def link_measure(problem: Problem, measure: Measure, *, by: Seat, at: datetime) -> MeasureLink:
    """一条措施管几个问题：把已有的措施连到另一个问题。"""
    problem = lock_problem(problem, by)
    measure = lock_measure(measure, by)
    access.may_set_measures(by, problem).enforce()
    verdict(
        (measure.scope_org_id == problem.scope_org_id, "这条措施是别的支部的"),
        (not problem.measure_links.filter(measure=measure).exists(), "这条措施已经连在这个问题上"),
    ).enforce()
    link = MeasureLink.objects.create(measure=measure, problem=problem, **stamp(by=by, at=at))
    audit.record(link, by=by, at=at)
    return link


@action("ledger.measure.changed", "改了措施或完成标准")
def change_measure(
    measure: Measure, *, action: str, standard: str, seen_version: int | None, by: Seat, at: datetime
) -> Measure:
    """改措施和完成标准。打开这一页以后别人改过的，先给看别人改成了什么。"""
    measure = lock_measure(measure, by)
    access.may_change_measure(by, measure).enforce()
    check_version(measure, seen_version)
    refuse_secrets(action, standard)
    before = measure.facts()
    measure.action, measure.standard = need_words(action, "措施"), _one_a_line(standard)
    measure.keep("action", "standard")
    audit.record(measure, by=by, at=at, before=before)
    return measure


@action("ledger.measure.handed_over", "换了责任人")
def hand_over(
    measure: Measure, *, owner: Owner | None, owner_post: str = "", since: date, by: Seat, at: datetime
) -> Assignment:
    """责任人换了：原来的到前一天为止，新的从 `since` 起。原来的责任人以后也不能核验（R23）。"""
    measure = lock_measure(measure, by)
    access.may_change_measure(by, measure).enforce()
    holder = _holder(measure, owner, owner_post, since)
    held = Assignment.objects.of(measure.scope_org_id).filter(measure=measure, role=AssignmentRole.OWNER)
    current = [spell for spell in held.select_for_update(of=("self",)) if spell.until is None or spell.until >= since]
    same = any(getattr(spell, field) == value for spell in current for field, value in holder.items())
    verdict((not same, f"{owner or owner_post}已经是责任人")).enforce()
    for spell in current:
        before = spell.facts()
        spell.until = max(spell.since, since - timedelta(days=1))
        spell.keep("until")
        audit.record(spell, by=by, at=at, before=before)
    new = Assignment.objects.create(
        measure=measure, role=AssignmentRole.OWNER, since=since, **holder, **stamp(by=by, at=at)
    )
    audit.record(new, by=by, at=at)
    return new


@action("ledger.measure.term_set", "定下了时限")
def set_term(
    measure: Measure, *, due: date | None = None, reviews: Sequence[date] = (), by: Seat, at: datetime
) -> Term:
    """给还没有时限的措施定时限，或写明“长期坚持”和看的日子。已经有时限的，用延期。"""
    measure = lock_measure(measure, by)
    access.may_change_measure(by, measure).enforce()
    _check_term(due, reviews)
    verdict(
        (due or reviews, "请写一个日子，或者写“长期坚持”的看的日子"),
        (measure.term() is None, "这条措施已经有时限，要改请办延期"),
    ).enforce()
    term = Term.objects.create(measure=measure, due=due, reviews=_iso(reviews), **stamp(by=by, at=at))
    audit.record(term, by=by, at=at)
    return term


@action("ledger.measure.extended", "延了期")
def extend_term(measure: Measure, *, due: date, reason: str, approved_by: str, by: Seat, at: datetime) -> Term:
    """延期：另立一个时限，写明理由、谁同意的、延到哪天为止；原来的时限留着。到了那天没有做完，又算过期。

    长期坚持 stays 长期坚持: the review that waits is put off to that day, and those after it go on as they were.
    """
    measure = lock_measure(measure, by)
    access.may_change_measure(by, measure).enforce()
    refuse_secrets(reason, approved_by)
    old = measure.term()
    if old is None:
        raise Refused("这条措施还没有时限，请先定时限")
    waits = next_day(old, measure.progress.filter(review__isnull=False))
    verdict(
        (waits is None or due > waits, "延到的日子要比原来的时限晚，请改一改"),
        (due >= at.date(), "延到的日子已经过了，请写今天以后的日子"),
    ).enforce()
    later = [day for day in old.reviews if day > due.isoformat()]
    term = Term.objects.create(
        measure=measure,
        due=due if old.due else None,
        reviews=[] if old.due else [due.isoformat(), *later],
        extends=old,
        reason=need_words(reason, "延期的理由"),
        approved_by=need_words(approved_by, "谁同意延期"),
        **stamp(by=by, at=at),
    )
    audit.record(term, by=by, at=at)
    return term


@action("ledger.measure.reviewed", "到了看的日子，回头看了一次")
def note_review(measure: Measure, *, words: str, on: date, by: Seat, at: datetime) -> Progress:
    """长期坚持的措施，到了看的日子看过了：记下看到什么；这一天和以前的就算看过，接着等下一个。"""
    measure = lock_measure(measure, by)
    access.may_work(by, measure, day=at.date()).enforce()
    need_past(on, at.date(), "回头看")
    refuse_secrets(words)
    waiting = queries.reviews_waiting(measure, on)
    verdict((waiting, "到这一天还没有要看的，请等到看的日子，或者记一条进展")).enforce()
    progress = Progress.objects.create(
        measure=measure, words=need_words(words, "看到什么"), review=waiting[-1], **stamp(by=by, at=at, occurred_on=on)
    )
    audit.record(progress, by=by, at=at)
    _begin(measure, by=by, at=at)
    return progress


@action("ledger.measure.progress_noted", "记了一条进展")
def note_progress(measure: Measure, *, words: str, on: date, by: Seat, at: datetime) -> Progress:
    """记下哪一天做了什么。第一条进展把措施从“未开始”带到“进行中”。"""
    measure = lock_measure(measure, by)
    access.may_work(by, measure, day=at.date()).enforce()
    need_past(on, at.date(), "进展")
    refuse_secrets(words)
    progress = Progress.objects.create(
        measure=measure, words=need_words(words, "进展"), **stamp(by=by, at=at, occurred_on=on)
    )
    audit.record(progress, by=by, at=at)
    _begin(measure, by=by, at=at)
    return progress


def _begin(measure: Measure, *, by: Seat, at: datetime) -> None:
    before = measure.facts()
    if measure.state == MeasureState.NOT_BEGUN and move_measure(measure, MeasureState.DOING):
        audit.record(measure, by=by, at=at, before=before)


@action("ledger.measure.evidence_added", "添了一份佐证")
def add_evidence(
    measure: Measure,
    *,
    kind: str,
    file: File | None = None,
    words: str = "",
    shows: str,
    standard: str = "",
    on: date,
    replaces: Evidence | None = None,
    by: Seat,
    at: datetime,
) -> Evidence:
    """添一份佐证：文件，或者一句话、一个编号、一个网址。照片不是必须的。

    on: the day it is about, not the day it is brought. replaces: the revision that this one puts out of force.
    """
    measure = lock_measure(measure, by)
    access.may_work(by, measure, day=at.date()).enforce()
    need_past(on, at.date(), "佐证说明的事")
    name = file[0] if file else ""
    refuse_secrets(words, shows, name)
    shows = need_words(shows, "这份佐证说明什么")
    verdict((not standard or standard in measure.standards, "对应的完成标准已经改过，请重新选一条")).enforce()
    _check_kind(kind, file, words)
    revision = _check_replaced(replaces, measure)
    # the file goes last into the vault: nothing that can still be refused comes after it
    blob = _keep(file)
    evidence = Evidence.objects.create(
        measure=measure,
        kind=kind,
        blob=blob,
        file_name=name[:200],
        words=words.strip(),
        shows=shows,
        standard=standard,
        revision=revision,
        replaces=replaces,
        **stamp(by=by, at=at, occurred_on=on),
    )
    audit.record(evidence, by=by, at=at)
    _begin(measure, by=by, at=at)
    return evidence


def _check_kind(kind: str, file: File | None, words: str) -> None:
    is_file = kind == EvidenceKind.FILE
    verdict(
        (kind in EvidenceKind.values, "请选佐证的形式"),
        (is_file or file is None, "选了不传文件，却带着文件；请改一样"),
        (not is_file or file is not None, "还没有选文件；没有文件的，可以写一句话或一个编号"),
        (is_file or words.strip(), "佐证的内容还没有写"),
    ).enforce()


def _check_replaced(replaces: Evidence | None, measure: Measure) -> int:
    """The number of the new revision."""
    if replaces is None:
        return 1
    verdict(
        (replaces.measure_id == measure.pk, "要换的那份佐证不是这条措施的"),
        (not measure.evidence.filter(replaces=replaces).exists(), "那份佐证已经换过，请换最新的一版"),
    ).enforce()
    return replaces.revision + 1


def _keep(file: File | None) -> Blob | None:
    return vault.keep(file[1], name=file[0]) if file else None
