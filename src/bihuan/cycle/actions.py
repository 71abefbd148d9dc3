"""The verbs of a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import ProtectedError

from bihuan.core import audit, vault
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action, check_version
from bihuan.core.models import Source, stamp
from bihuan.cycle import access, plan
from bihuan.cycle.models import Aspect, Cycle, CycleKind, Notice, Step, Subject
from bihuan.cycle.policy import Policy
from bihuan.org import queries as people
from bihuan.org.models import Seat

NoticeFile = tuple[str, Iterable[bytes]]  # the name it came with, its bytes


@action("cycle.year.opened", "开始了一个年度")
def open_cycle(
    *, year: int, by: Seat, at: datetime, kind: str = CycleKind.YEARLY, seq: int = 1, source: str = Source.LIVE
) -> Cycle:
    """开始一个年度；已经有了就用原来的。`source` 为导入的，是随上年度材料带进来的历史，不算正在走的年度。"""
    access.may_keep_year(by).enforce()
    cycle: Cycle
    cycle, made = Cycle.objects.of(by.org_id).get_or_create(
        org_id=by.org_id, year=year, kind=kind, seq=seq, defaults=stamp(by=by, at=at, source=source)
    )
    audit.record(cycle, by=by, at=at, before={} if made else cycle.facts())
    return cycle


@action("cycle.notice.received", "登记了通知")
def receive_notice(
    cycle: Cycle,
    *,
    issuer: str,
    by: Seat,
    at: datetime,
    number: str = "",
    theme: str = "",
    title: str = "",
    report_due: date | None = None,
    aspects: Mapping[str, Sequence[str]] | None = None,
    file: NoticeFile | None = None,
    pack: str = "",
    seen_version: int | None = None,
) -> Notice:
    """登记本年度的通知，或者改正已经登记的（那时 `seen_version` 是打开页面时看到的版本）。

    aspects: 班子 / 党员 → the lines in order; a line that only changed its wording keeps its key, because problems
    may stand under it. pack: the mark of the sample they were taken from, or "" once compared with the notice.
    file: stays as it was where None. Raises `Stale`, and `Refused` where an aspect with problems would be removed.
    """
    access.may_keep_year(by).enforce()
    verdict((issuer.strip(), "请写上是哪个单位发的通知")).enforce()
    cycle = Cycle.objects.of(by.org_id).select_for_update().get(pk=cycle.pk)
    notice, before = _notice_of(cycle, seen_version, by=by, at=at)
    notice.issuer, notice.number, notice.theme = issuer.strip(), number.strip(), theme.strip()
    notice.title, notice.report_due = title.strip(), report_due
    if file is not None:
        notice.file_name, notice.file = file[0], vault.keep(file[1], name=file[0])
    if before:
        notice.keep("issuer", "number", "theme", "title", "report_due", "file", "file_name")
    else:
        notice.save(force_insert=True)
        _take_notice(cycle, notice, by=by, at=at)
    for subject in Subject.values:
        _set_aspects(notice, subject, (aspects or {}).get(subject, ()), pack, by=by, at=at)
    audit.record(notice, by=by, at=at, before=before, after=_with_aspects(notice))
    return notice


def _notice_of(cycle: Cycle, seen: int | None, *, by: Seat, at: datetime) -> tuple[Notice, dict[str, str]]:
    """The cycle's notice, locked, with what it said; or a new one and nothing."""
    if cycle.notice_id is None:
        return Notice(org_id=cycle.org_id, year=cycle.year, kind=cycle.kind, **stamp(by=by, at=at)), {}
    notice = Notice.objects.of(by.org_id).select_for_update().get(pk=cycle.notice_id)
    check_version(notice, seen)
    return notice, _with_aspects(notice)


def _with_aspects(notice: Notice) -> dict[str, str]:
    """The notice's content with its aspects, so that the chain tells when a line changed."""
    lines = (f"{a.subject}{a.order} {a.text} {a.pack}" for a in Aspect.objects.of(notice.org_id).filter(notice=notice))
    return {**notice.facts(), "aspects": "\n".join(lines)}


def _take_notice(cycle: Cycle, notice: Notice, *, by: Seat, at: datetime) -> None:
    before = cycle.facts()
    cycle.notice = notice
    cycle.keep("notice")
    audit.record(cycle, by=by, at=at, before=before)


def _set_aspects(notice: Notice, subject: str, lines: Sequence[str], pack: str, *, by: Seat, at: datetime) -> None:
    """Lay the new lines over the old: same words keep their row, then changed words, then what is new or gone."""
    old = list(Aspect.objects.of(notice.org_id).filter(notice=notice, subject=subject))
    texts = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    kept = {aspect.text: aspect for aspect in old if aspect.text in texts}
    left = [aspect for aspect in old if aspect.text not in kept]
    codes = iter(str(n) for n in range(1, 1000) if str(n) not in {a.code for a in old})
    for order, text in enumerate(texts, 1):
        aspect = kept.get(text) or (left.pop(0) if left else None)
        if aspect is None:
            Aspect.objects.create(
                notice=notice, subject=subject, code=next(codes), order=order, text=text, pack=pack,
                **stamp(by=by, at=at),
            )  # fmt: skip
        elif (aspect.text, aspect.order, aspect.pack) != (text, order, pack):
            aspect.text, aspect.order, aspect.pack = text, order, pack
            aspect.keep("text", "order", "pack")
    _drop(left)


def _drop(aspects: Sequence[Aspect]) -> None:
    for aspect in aspects:
        try:
            aspect.delete()
        except ProtectedError as error:
            raise Refused(
                f"“{aspect.text}”下面已经有问题，不能去掉；可以改它的字，或者先把问题换到别的方面。"
            ) from error


@action("cycle.policy.set", "定了年度的口径")
def set_policy(cycle: Cycle, *, policy: Policy, seen_version: int | None, by: Seat, at: datetime) -> Cycle:
    """定下这个年度的口径；别的年度照它们自己的。"""
    access.may_set_policy(by).enforce()
    cycle = Cycle.objects.of(by.org_id).select_for_update().get(pk=cycle.pk)
    check_version(cycle, seen_version)
    before = cycle.facts()
    cycle.policy = policy.stored()
    cycle.keep("policy")
    audit.record(cycle, by=by, at=at, before=before)
    return cycle


@dataclass(frozen=True)
class Planned:
    """One step as it is to be: its code (`plan.STEPS`), its day, who looks after it; `seen` is the version that the page
    showed, 0 where there was none yet."""

    code: str
    due: date | None = None
    owner: UUID | None = None
    seen: int | None = None


@action("cycle.plan.set", "排了年度的步骤")
def set_plan(cycle: Cycle, *, steps: Sequence[Planned], by: Seat, at: datetime) -> list[Step]:
    """排一年的步骤：每一步哪天以前办、谁照看。没有写到的步骤不动。Returns the steps that changed.

    Raises `Stale` where somebody else set one of them meanwhile and it is to be another one.
    """
    (access.may_keep_year(by) & access.is_own_year(by, cycle)).enforce()
    cycle = Cycle.objects.of(by.org_id).select_for_update().get(pk=cycle.pk)
    here = {member.person.pk for member in people.roster(by.org_id, at.date())}
    held = {step.code: step for step in Step.objects.of(by.org_id).select_for_update().filter(cycle=cycle)}
    stays = {step.owner_id for step in held.values()}  # who left meanwhile may go on standing there
    verdict(
        ({one.code for one in steps} <= set(plan.STEPS), "没有这样的步骤，请从列出的里面排"),
        ({one.owner for one in steps} <= {None, *here, *stays}, "照看的人要从今天的名册上选"),
    ).enforce()
    changed = [step for one in steps if (step := _plan(cycle, one, held.get(one.code), by=by, at=at)) is not None]
    if not changed:
        raise Refused("和原来一样，没有要改的。")
    return changed


def _plan(cycle: Cycle, one: Planned, held: Step | None, *, by: Seat, at: datetime) -> Step | None:
    """The step as it is now, or None where nothing about it changes."""
    if (one.due, one.owner) == ((held.due, held.owner_id) if held else (None, None)):
        return None
    if held is None:
        held = Step(cycle=cycle, code=one.code, due=one.due, owner_id=one.owner, **stamp(by=by, at=at))
        held.save(force_insert=True)
        audit.record(held, by=by, at=at)
        return held
    check_version(held, one.seen)
    before = held.facts()
    held.due, held.owner_id = one.due, one.owner
    held.keep("due", "owner")
    audit.record(held, by=by, at=at, before=before)
    return held
