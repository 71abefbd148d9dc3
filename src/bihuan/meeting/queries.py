"""What was registered, in the shapes that pages, rules and the report ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from bihuan.cycle.models import Cycle, GateFact
from bihuan.cycle.policy import TAKING_PART, Policy
from bihuan.meeting import rules
from bihuan.meeting.figures import BY_CODE, GRADES
from bihuan.meeting.models import Attendance, Figure, Meeting, MeetingForm, Resolution, Study
from bihuan.org import queries as people
from bihuan.org.models import MemberKind, Person, Tie


@dataclass(frozen=True)
class Expected:
    """Somebody who stands on the list of a meeting of that form on that day, and why not among those due, if so."""

    person: Person
    titles: tuple[str, ...]
    not_counted: str


def expected(org: UUID, form: str, day: date, group: UUID | None = None) -> list[Expected]:
    """Whom the attendance list of a meeting names: the roster of the day, the committee's members for a 支委会, or the
    people of `group` for a 党小组会 (nobody where there was no such group that day)."""
    if form == MeetingForm.COMMITTEE:
        members = {member.person.pk: member for member in people.roster(org, day)}
        titled = [(p, members[p.pk].titles if p.pk in members else ()) for p in people.committee_on(org, day)]
        return [Expected(person, titles, "") for person, titles in sorted(titled, key=lambda x: _rank(members, x[0]))]
    listed = people.roster(org, day)
    if form == MeetingForm.GROUP:
        held = people.group_on(org, group, day)
        inside = {person.pk for person in held.people} if held else set()
        listed = [member for member in listed if member.person.pk in inside]
    return [Expected(member.person, member.titles, member.not_due) for member in listed]


def _rank(members: dict[UUID, people.Member], person: Person) -> int:
    order = list(members)
    return order.index(person.pk) if person.pk in members else len(order)


@dataclass(frozen=True)
class Counts:
    """A meeting's numbers. due = present + absent counts those with a vote only; the others who came stand apart."""

    due: int
    present: int
    absent: int
    not_counted: int  # on the list without being due: 预备党员, 留党察看, long away …
    others_present: int  # of these, those who came
    guests: int
    without_reason: int  # absent and no reason written


_COUNTED = Q(attendances__counted=True)
_HERE = Q(attendances__present=True)
_SUMS = {
    "n_present": Count("attendances", filter=_COUNTED & _HERE, distinct=True),
    "n_absent": Count("attendances", filter=_COUNTED & ~_HERE, distinct=True),
    "n_silent": Count("attendances", filter=_COUNTED & ~_HERE & Q(attendances__absent=""), distinct=True),
    "n_others": Count("attendances", filter=~_COUNTED, distinct=True),
    "n_others_here": Count("attendances", filter=~_COUNTED & _HERE, distinct=True),
    "n_guests": Count("guests", distinct=True),
}


def _counts(sums: dict[str, int]) -> Counts:
    present, absent = sums["n_present"], sums["n_absent"]
    return Counts(
        present + absent, present, absent, sums["n_others"], sums["n_others_here"], sums["n_guests"], sums["n_silent"]
    )


def attendance_counts(meeting: Meeting) -> Counts:
    """应到、实到、缺席 of one meeting, from its attendance lines."""
    return _counts(Meeting.objects.of(meeting.org_id).filter(pk=meeting.pk).aggregate(**_SUMS))


@dataclass(frozen=True)
class MeetingRow:
    """One meeting as the list shows it."""

    meeting: Meeting
    counts: Counts
    resolutions: tuple[Resolution, ...]

    @property
    def pk(self) -> UUID:
        return self.meeting.pk

    def __str__(self) -> str:
        return f"{self.meeting.label}（应到{self.counts.due}人，实到{self.counts.present}人）"


def meetings_of(cycle: Cycle) -> list[MeetingRow]:
    """The meetings of a year, newest first, with their numbers and resolutions."""
    found = Meeting.objects.of(cycle.org_id).filter(orgs__cycle=cycle, orgs__org=cycle.org_id)
    found = found.select_related("chair", "recorder", "group").prefetch_related("resolutions").annotate(**_SUMS)
    found = found.order_by("-occurred_on", "-recorded_at")  # grouping drops the model's own order
    return [
        MeetingRow(m, _counts({name: getattr(m, name) for name in _SUMS}), tuple(m.resolutions.all())) for m in found
    ]


def life_meeting(cycle: Cycle) -> Meeting | None:
    """The year's 组织生活会: of several (支委会, 党小组会, 党员大会) the 党员大会, else the one held last."""
    return _chosen(_flagged(cycle, is_life_meeting=True))


def life_meetings(cycle: Cycle) -> list[Meeting]:
    """The year's 组织生活会 as it was held: `life_meeting`, and where the groups held it each for itself the others' too."""
    flagged = _flagged(cycle, is_life_meeting=True)
    chosen = _chosen(flagged)
    if chosen is None:
        return []
    return [chosen, *(each for each in flagged if chosen.group_id and each.group_id and each != chosen)]


def appraisal_meeting(cycle: Cycle) -> Meeting | None:
    """The meeting at which members were appraised; of several the 党员大会, else the one held last."""
    return _chosen(_flagged(cycle, is_appraisal=True))


def _flagged(cycle: Cycle, **flag: bool) -> list[Meeting]:
    found = Meeting.objects.of(cycle.org_id).filter(orgs__cycle=cycle, orgs__org=cycle.org_id, **flag)
    return list(found.select_related("chair", "recorder", "group"))


def _chosen(meetings: Sequence[Meeting]) -> Meeting | None:
    general = [m for m in meetings if m.form == MeetingForm.ALL_MEMBERS]
    return next(iter(general or meetings), None)


def cycle_of(meeting: Meeting) -> Cycle | None:
    """The year that this meeting was registered for."""
    link = meeting.orgs.filter(org=meeting.org_id).select_related("cycle__notice", "cycle__org").first()
    return link.cycle if link else None


def deciding_meetings(cycle: Cycle) -> list[MeetingRow]:
    """The meetings that may decide a closing or a report: 支委会 and 党员大会 of the year."""
    return [row for row in meetings_of(cycle) if row.meeting.form != MeetingForm.GROUP]


def meeting_choices(cycle: Cycle) -> list[tuple[str, str]]:
    """(key, label with its numbers) of the meetings that may decide, newest first, for a form."""
    return [(str(row.pk), str(row)) for row in deciding_meetings(cycle)]


def studies_of(cycle: Cycle) -> list[Study]:
    """集中学习 of the year, by day."""
    return list(Study.objects.of(cycle.org_id).filter(cycle=cycle))


def figures(cycle: Cycle) -> dict[str, Figure]:
    """What was counted from the paper records, by code; a code that is not there was not registered."""
    return {figure.code: figure for figure in Figure.objects.of(cycle.org_id).filter(cycle=cycle)}


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """The attendance lines, those with a vote first, then by name."""
    lines = Attendance.objects.of(meeting.org_id).filter(meeting=meeting).select_related("person")
    return sorted(lines, key=lambda line: (not line.counted, line.present, line.person.name))


# --- laws as the page says them --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class LawLine:
    """A law with the key under which a reason may be stated, and the reason, if there is one."""

    law: rules.Law
    key: str
    reason: str

    @property
    def open(self) -> bool:
        """Neither holds nor was explained."""
        return not self.law.ok and not self.reason


def law_key(law: rules.Law, meeting: UUID | None = None) -> str:
    """Under which `GateFact.code` a reason about this law is kept: R58:<meeting>, or R26 for the year."""
    return f"{law.code}:{meeting.hex}" if meeting else law.code


def sheet_of(meeting: Meeting, counts: Counts, studies: Iterable[Study]) -> rules.Sheet:
    """The meeting in numbers, with the roster's own number beside the attendance lines."""
    lines = Attendance.objects.of(meeting.org_id).filter(meeting=meeting)
    uncounted = set(lines.filter(counted=False).values_list("person_id", flat=True))
    listed = expected(meeting.org_id, meeting.form, meeting.occurred_on, meeting.group_id)
    due = {e.person.pk for e in listed if not e.not_counted}
    held = people.group_on(meeting.org_id, meeting.group_id, meeting.occurred_on) if meeting.group_id else None
    leader = held.leader if held else None
    return rules.Sheet(
        form=meeting.form,
        held_on=meeting.occurred_on,
        due=counts.due,
        present=counts.present,
        absent=counts.absent,
        without_reason=counts.without_reason,
        roster_due=len(due - uncounted),
        is_life_meeting=meeting.is_life_meeting,
        is_appraisal=meeting.is_appraisal,
        studies=tuple(study.occurred_on for study in studies),
        leader=leader.name if leader else "",
        leader_chairs=leader is not None and leader.pk == meeting.chair_id,
    )


def laws_of_meeting(meeting: Meeting, cycle: Cycle) -> list[LawLine]:
    """What the regulations say about one registered meeting."""
    sheet = sheet_of(meeting, attendance_counts(meeting), studies_of(cycle))
    return _with_reasons(cycle, [(law, law_key(law, meeting.pk)) for law in rules.weigh(sheet)])


def laws(cycle: Cycle, day: date) -> list[LawLine]:
    """The sentences for the year's page: about its 组织生活会 and about the result of 民主评议."""
    meeting = life_meeting(cycle)
    pairs: list[tuple[rules.Law, str]] = []
    if meeting is not None:
        sheet = sheet_of(meeting, attendance_counts(meeting), studies_of(cycle))
        pairs += [(law, law_key(law, meeting.pk)) for law in rules.weigh(sheet)]
    pairs += [(law, law_key(law)) for law in figure_laws(cycle, {c: f.value for c, f in figures(cycle).items()}, day)]
    return _with_reasons(cycle, pairs)


def _with_reasons(cycle: Cycle, pairs: Iterable[tuple[rules.Law, str]]) -> list[LawLine]:
    facts = GateFact.objects.of(cycle.org_id).filter(cycle=cycle).order_by("recorded_at", "id")
    said = dict(facts.values_list("code", "shown_by"))  # what was stated last counts
    return [LawLine(law, key, said.get(key, "")) for law, key in pairs]


def figure_laws(cycle: Cycle, values: dict[str, int], day: date) -> list[rules.Law]:
    """What the regulations say about the grades, given the counts by code; nothing where none was registered."""
    found: list[rules.Law] = []
    grades = {BY_CODE[code].label: values[code] for code in GRADES if code in values}
    if "polled" in values and grades:
        found.append(rules.ballots_agree(values["polled"], grades))
    if "excellent" in values or "probationary" in values:
        full, probationary = _full_and_probationary(cycle, day)
        found += _ceiling(cycle, values, full)
        if "probationary" in values:
            found.append(rules.probationary_apart(values["probationary"], probationary))
    return found


def _ceiling(cycle: Cycle, values: dict[str, int], full: int) -> list[rules.Law]:
    policy = Policy.read(cycle.policy)
    base = values.get("polled") if policy.excellent_base == TAKING_PART else full
    if "excellent" not in values or base is None:
        return []
    return [rules.excellent_within_ceiling(values["excellent"], base, policy.excellent_ratio, policy.excellent_base)]


def _full_and_probationary(cycle: Cycle, day: date) -> tuple[int, int]:
    """正式党员 whose 组织关系 is in this branch, and 预备党员, on the day of the appraisal (or `day` before one)."""
    meeting = appraisal_meeting(cycle)
    roster = people.roster(cycle.org_id, meeting.occurred_on if meeting else day)
    here = [m.membership for m in roster if m.membership.tie != Tie.TAKES_PART]
    full = sum(m.kind == MemberKind.FULL for m in here)
    return full, len(here) - full
