"""Registering a meeting from its paper record, and putting a registration right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action, check_version
from bihuan.core.models import stamp
from bihuan.cycle.models import Cycle
from bihuan.meeting import access, queries, rules
from bihuan.meeting.actions.reasons import Doubtful, keep_reasons
from bihuan.meeting.models import Attendance, Guest, Meeting, MeetingForm, MeetingOrg, Resolution
from bihuan.org import queries as people
from bihuan.org.models import Group, Person, Seat


@dataclass(frozen=True)
class Line:
    """One line of the attendance sheet. `not_counted`: why this person is not among those due; "" counts them."""

    person: UUID
    present: bool
    absent: str = ""
    not_counted: str = ""


@dataclass(frozen=True)
class GuestLine:
    """Somebody who sat in (列席)."""

    name: str
    capacity: str = ""


@dataclass(frozen=True)
class Motion:
    """One item put to the vote, with its sums; `key` names a resolution that is being put right."""

    item: str
    in_favour: int
    against: int = 0
    abstained: int = 0
    key: UUID | None = None


@dataclass(frozen=True)
class Minutes:
    """What the paper record of one meeting says."""

    form: str
    held_on: date
    topic: str
    place: str
    chair: UUID
    recorder: UUID
    attendance: Sequence[Line]
    is_life_meeting: bool = False
    is_appraisal: bool = False
    guests: Sequence[GuestLine] = ()
    resolutions: Sequence[Motion] = ()
    group: UUID | None = None  # which 党小组 held it


@action("meeting.meeting.registered", "登记了会议")
def register_meeting(
    cycle: Cycle,
    *,
    form: str,
    held_on: date,
    topic: str,
    place: str,
    chair: Person | UUID,
    recorder: Person | UUID,
    attendance: Sequence[Line],
    by: Seat,
    at: datetime,
    is_life_meeting: bool = False,
    is_appraisal: bool = False,
    guests: Sequence[GuestLine] = (),
    resolutions: Sequence[Motion] = (),
    group: Group | UUID | None = None,
    despite: str = "",
) -> Meeting:
    """照纸面记录登记一次会议：到会、缺席和事由、列席、决议和票数。

    attendance must name everybody on the list of that day (`queries.expected`); `group` is which 党小组 held a 党小组会.
    despite: the reason for which warnings are passed, kept as a `GateFact` for each. Raises `Refused` for a hard law
    (R1, R3, R4, R10) or a gap in the lines, `Doubtful` for warnings without a reason.
    """
    access.may_register(by).enforce()
    cycle = Cycle.objects.of(by.org_id).select_for_update().get(pk=cycle.pk)
    minutes = Minutes(
        form, held_on, topic.strip(), place.strip(), _key(chair), _key(recorder), attendance, is_life_meeting,
        is_appraisal, guests, resolutions, _key(group) if group else None,
    )  # fmt: skip
    lines, laws = _weigh(cycle, minutes, despite, at.date())
    meeting = Meeting(org_id=by.org_id, **_head(minutes), **stamp(by=by, at=at, occurred_on=held_on))
    meeting.save(force_insert=True)
    MeetingOrg.objects.create(meeting=meeting, org_id=by.org_id, cycle=cycle, **stamp(by=by, at=at))
    _write_lines(meeting, lines, by=by, at=at)
    _write_guests(meeting, guests, by=by, at=at)
    _write_motions(meeting, minutes, lines, by=by, at=at)
    keep_reasons(cycle, laws, despite, meeting=meeting.pk, by=by, at=at)
    audit.record(meeting, by=by, at=at, after=whole(meeting))
    return meeting


@action("meeting.meeting.corrected", "改正了会议登记")
def correct_meeting(
    meeting: Meeting, *, minutes: Minutes, seen_version: int | None, by: Seat, at: datetime, despite: str = ""
) -> Meeting:
    """照纸面记录改正一次登记。会上已经决定了的销号和报告，改了以后还得站得住，否则不改。"""
    access.may_register(by).enforce()
    meeting = Meeting.objects.of(by.org_id).select_for_update().get(pk=meeting.pk)
    check_version(meeting, seen_version)
    cycle = queries.cycle_of(meeting)
    if cycle is None:
        raise Refused("这次会议没有归到本支部的年度里，请到登记它的支部去改。")
    before = whole(meeting)
    lines, laws = _weigh(cycle, minutes, despite, at.date())
    head = {**_head(minutes), "occurred_on": minutes.held_on}
    for field, value in head.items():
        setattr(meeting, field, value)
    meeting.keep(*(name.removesuffix("_id") for name in head))
    _write_lines(meeting, lines, by=by, at=at)
    _write_guests(meeting, minutes.guests, by=by, at=at)
    _write_motions(meeting, minutes, lines, by=by, at=at)
    keep_reasons(cycle, laws, despite, meeting=meeting.pk, by=by, at=at)
    audit.record(meeting, by=by, at=at, before=before, after=whole(meeting))
    return meeting


@action("meeting.meeting.withdrawn", "撤了登记错的会议")
def withdraw_meeting(meeting: Meeting, *, seen_version: int | None, by: Seat, at: datetime) -> None:
    """撤掉一次登记重了或登记错了的会议。决定过销号或报告的不能撤。"""
    meeting = Meeting.objects.of(by.org_id).select_for_update().get(pk=meeting.pk)
    check_version(meeting, seen_version)
    access.may_withdraw(by, meeting).enforce()
    before = whole(meeting)
    for below in (meeting.resolutions, meeting.guests, meeting.attendances, meeting.orgs):
        below.all().delete()
    audit.record(meeting, by=by, at=at, before=before, after={})
    meeting.delete()


def whole(meeting: Meeting) -> dict[str, str]:
    """The content of a registration with everything under it, for the chain's digests."""
    org = meeting.org_id
    people_there = Attendance.objects.of(org).filter(meeting=meeting).order_by("pk")
    parts = {
        "attendance": [f"{a.person_id} {a.present} {a.absent} {a.counted} {a.not_counted}" for a in people_there],
        "guests": [f"{g.name} {g.capacity}" for g in Guest.objects.of(org).filter(meeting=meeting).order_by("pk")],
        "resolutions": [
            f"{r.item} {r.in_favour} {r.against} {r.abstained} {r.passed} {r.about or ''}"
            for r in Resolution.objects.of(org).filter(meeting=meeting).order_by("pk")
        ],
    }
    return {**meeting.facts(), **{name: "\n".join(lines) for name, lines in parts.items()}}


# --- checking ----------------------------------------------------------------------------------------------------
def _key(of: Person | Group | UUID) -> UUID:
    return of if isinstance(of, UUID) else of.pk


def _head(minutes: Minutes) -> dict[str, object]:
    return {
        "form": minutes.form,
        "group_id": minutes.group,
        "topic": minutes.topic,
        "place": minutes.place,
        "chair_id": minutes.chair,
        "recorder_id": minutes.recorder,
        "is_life_meeting": minutes.is_life_meeting,
        "is_appraisal": minutes.is_appraisal,
    }


def _weigh(cycle: Cycle, minutes: Minutes, despite: str, today: date) -> tuple[list[Line], list[rules.Law]]:
    """The lines with the roster's reasons filled in, and the laws weighed; raises where the meeting may not stand."""
    _need_sense(cycle, minutes, today)
    lines = _complete(cycle, minutes)
    sheet = _sheet(cycle, minutes, lines)
    laws = rules.weigh(sheet)
    if refusing := rules.refusing(sheet, laws):
        raise Refused(*(f"{law.sentence}（{law.article}）" for law in refusing))
    doubts = [law for law in laws if not law.ok and not law.hard]
    if doubts and not despite.strip():
        raise Doubtful(doubts)
    return lines, laws


def _need_sense(cycle: Cycle, minutes: Minutes, today: date) -> None:
    has_committee = minutes.form != MeetingForm.COMMITTEE or people.has_committee(cycle.org_id, minutes.held_on)
    has_group = not minutes.group or people.group_on(cycle.org_id, minutes.group, minutes.held_on)
    names = set(
        Person.objects.of(cycle.org_id).filter(pk__in=[minutes.chair, minutes.recorder]).values_list("pk", flat=True)
    )
    absent = {line.person for line in minutes.attendance if not line.present}
    verdict(
        (minutes.form in MeetingForm.values, "请选会议的形式"),
        (minutes.topic, "请写上议题"),
        (minutes.place, "请写上地点"),
        (minutes.held_on <= today, "开会的日子还没有到，开过以后再登记"),
        (minutes.held_on.year >= cycle.year, f"开会的日子早于{cycle.year}年，请看看是不是写错了年份"),
        (bool(minutes.group) == (minutes.form == MeetingForm.GROUP), "党小组会要选是哪个党小组的，别的会议不选"),
        (has_group, "那一天没有这个党小组，请先在党小组里编好，或者看看日子"),
        (has_committee, "那一天名册上没有支委会，它的事由党员大会办，请登记党员大会"),
        ({minutes.chair, minutes.recorder} == names, "主持人和记录人要从名册上选"),
        (not absent & {minutes.chair, minutes.recorder}, "主持人或者记录人登记成了缺席，请核对"),
    ).enforce()


def _complete(cycle: Cycle, minutes: Minutes) -> list[Line]:
    """The lines, each with the roster's own reason for not counting; refuses gaps, strangers and doubles."""
    on_list = queries.expected(cycle.org_id, minutes.form, minutes.held_on, minutes.group)
    listed = {e.person.pk: e for e in on_list}
    given = [line.person for line in minutes.attendance]
    missing = len(set(listed) - set(given))
    verdict(
        (given, "请登记到会的人"),
        (not missing, f"还有{missing}人没有登记到会还是缺席，请一个一个登记"),
        (set(given) <= set(listed), "有人那一天不在应到的名册上，请把他写到列席里"),
        (len(set(given)) == len(given), "有人登记了两遍，请核对"),
    ).enforce()
    return [
        replace(line, absent="" if line.present else line.absent.strip(),
                not_counted=listed[line.person].not_counted or line.not_counted.strip())
        for line in minutes.attendance
    ]  # fmt: skip


def _sheet(cycle: Cycle, minutes: Minutes, lines: Sequence[Line]) -> rules.Sheet:
    due = [line for line in lines if not line.not_counted]
    absent = [line for line in due if not line.present]
    held = people.group_on(cycle.org_id, minutes.group, minutes.held_on) if minutes.group else None
    leader = held.leader if held else None
    return rules.Sheet(
        form=minutes.form,
        held_on=minutes.held_on,
        due=len(due),
        present=len(due) - len(absent),
        absent=len(absent),
        without_reason=sum(not line.absent for line in absent),
        roster_due=len(due),  # `_complete` has just compared the lines with the roster, name by name
        is_life_meeting=minutes.is_life_meeting,
        is_appraisal=minutes.is_appraisal,
        decides=bool(minutes.resolutions),
        studies=tuple(study.occurred_on for study in queries.studies_of(cycle)),
        leader=leader.name if leader else "",
        leader_chairs=leader is not None and leader.pk == minutes.chair,
    )


# --- writing -----------------------------------------------------------------------------------------------------
def _write_lines(meeting: Meeting, lines: Sequence[Line], *, by: Seat, at: datetime) -> None:
    """Lay the lines over what was there: rows that say the same stay as they are."""
    old = {a.person_id: a for a in Attendance.objects.of(by.org_id).filter(meeting=meeting)}
    head = stamp(by=by, at=at, occurred_on=meeting.occurred_on)
    new = []
    for line in lines:
        says = {
            "counted": not line.not_counted,
            "not_counted": line.not_counted,
            "present": line.present,
            "absent": line.absent,
        }
        row = old.pop(line.person, None)
        if row is None:
            new.append(Attendance(meeting=meeting, person_id=line.person, org_id=by.org_id, **says, **head))
        elif any(getattr(row, field) != value for field, value in says.items()):
            for field, value in says.items():
                setattr(row, field, value)
            row.keep(*says)
    Attendance.objects.bulk_create(new)
    for row in old.values():
        row.delete()


def _write_guests(meeting: Meeting, guests: Sequence[GuestLine], *, by: Seat, at: datetime) -> None:
    named = [guest for guest in guests if guest.name.strip()]
    old = list(Guest.objects.of(by.org_id).filter(meeting=meeting))
    if [(g.name, g.capacity) for g in old] == [(g.name.strip(), g.capacity.strip()) for g in named]:
        return
    for guest in old:
        guest.delete()
    head = stamp(by=by, at=at, occurred_on=meeting.occurred_on)
    Guest.objects.bulk_create(
        [Guest(meeting=meeting, name=g.name.strip(), capacity=g.capacity.strip(), **head) for g in named]
    )


def _write_motions(meeting: Meeting, minutes: Minutes, lines: Sequence[Line], *, by: Seat, at: datetime) -> None:
    """The resolutions with their sums. One that decided something outside the meeting keeps standing or nothing changes."""
    due = [line for line in lines if not line.not_counted]
    present = sum(line.present for line in due)
    old = {r.pk: r for r in Resolution.objects.of(by.org_id).filter(meeting=meeting).select_for_update()}
    for motion in (m for m in minutes.resolutions if m.item.strip()):
        row = old.pop(motion.key, None) if motion.key else None
        says = count(motion, form=meeting.form, due=len(due), present=present)
        if row is None:
            Resolution.objects.create(meeting=meeting, **says, **stamp(by=by, at=at, occurred_on=meeting.occurred_on))
        else:
            _put_right(row, says)
    for row in old.values():
        if row.about is None:
            row.delete()
        else:
            _put_right(row, count(_as_motion(row), form=meeting.form, due=len(due), present=present))


def _as_motion(row: Resolution) -> Motion:
    return Motion(row.item, row.in_favour, row.against, row.abstained)


def _put_right(row: Resolution, says: dict[str, object]) -> None:
    if row.about is not None and says["passed"] != row.passed:
        raise Refused(f"“{row.item}”是这次会议决定的，照现在写的结果就变了，没有存；请核对到会的人和票数。")
    if any(getattr(row, field) != value for field, value in says.items()):
        for field, value in says.items():
            setattr(row, field, value)
        row.keep(*says)


def count(motion: Motion, *, form: str, due: int, present: int) -> dict[str, object]:
    """The row of a motion: its sums, whether it passed, and the sentence that counts it. Raises `Refused` (R1, R3, R4)."""
    committee = form == MeetingForm.COMMITTEE
    quorum = rules.committee_has_quorum(due, present) if committee else rules.has_quorum(due, present)
    fit = rules.votes_fit(present, motion.in_favour, motion.against, motion.abstained)
    verdict(
        (form != MeetingForm.GROUP, "党小组会不作决定，决议请登记在支委会或者党员大会上"),
        *((law.ok, f"{law.sentence}（{law.article}）") for law in (quorum, fit)),
    ).enforce()
    passes = rules.motion_passes(due, motion.in_favour, committee=committee)
    return {
        "item": motion.item.strip(),
        "in_favour": motion.in_favour,
        "against": motion.against,
        "abstained": motion.abstained,
        "rule": f"{passes.sentence}（{passes.article}）",
        "passed": passes.ok,
    }
