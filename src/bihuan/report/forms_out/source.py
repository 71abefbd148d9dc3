"""The records of one year as the forms ask for them, each table read once, when first asked."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property
from uuid import UUID

from bihuan.cycle.models import Cycle
from bihuan.ledger.models import CauseLink, Problem, ProblemSubject
from bihuan.ledger.queries.circular import Circular, circular
from bihuan.ledger.queries.table import LedgerRow, ledger_rows
from bihuan.meeting import queries as meetings
from bihuan.meeting.models import Attendance, Guest, Meeting, MeetingForm
from bihuan.org.models import Seat, Tie
from bihuan.org.queries import Member, roster
from bihuan.report.facts.records import Records


class Source:
    """What the records say about a year on a day, for the seat that asks."""

    def __init__(self, cycle: Cycle, seat: Seat, day: date) -> None:
        self.cycle, self.seat, self.day = cycle, seat, day
        self.org: UUID = cycle.org_id
        self.records = Records(cycle, day)

    @property
    def branch(self) -> str:
        return self.cycle.org.name

    @property
    def head(self) -> str:
        """How the title of a form begins."""
        return f"{self.branch}{self.cycle.label}"

    # --- meetings ----------------------------------------------------------------------------------------------------
    @property
    def life_meeting(self) -> Meeting | None:
        return self.records.meeting

    @property
    def life_meetings(self) -> list[Meeting]:
        """The 组织生活会 of the year: the one of the whole branch, or else each that a 支委会 or a 党小组 held."""
        held = [row.meeting for row in self.meetings if row.meeting.is_life_meeting]
        return [meeting for meeting in held if meeting.form == MeetingForm.ALL_MEMBERS][-1:] or held

    @cached_property
    def meetings(self) -> list[meetings.MeetingRow]:
        """Every meeting of the year, the oldest first."""
        return list(reversed(meetings.meetings_of(self.cycle)))

    @cached_property
    def attendances(self) -> dict[UUID, list[Attendance]]:
        """The lines of this organisation by meeting: those with a vote first, then by name."""
        found: dict[UUID, list[Attendance]] = defaultdict(list)
        keys = [row.pk for row in self.meetings]
        lines = Attendance.objects.of(self.org).filter(meeting__in=keys).select_related("person")
        for line in sorted(lines, key=lambda line: (not line.counted, line.person.name, str(line.pk))):
            found[line.meeting_id].append(line)
        return found

    @cached_property
    def guests(self) -> dict[UUID, list[Guest]]:
        found: dict[UUID, list[Guest]] = defaultdict(list)
        for guest in Guest.objects.of(self.org).filter(meeting__in=[row.pk for row in self.meetings]):
            found[guest.meeting_id].append(guest)
        return found

    # --- members -----------------------------------------------------------------------------------------------------
    @cached_property
    def appraised_on(self) -> date:
        """The day of the 民主评议, or today while there was none."""
        meeting = meetings.appraisal_meeting(self.cycle)
        return meeting.occurred_on if meeting else self.day

    @cached_property
    def members(self) -> list[Member]:
        """Whose 组织关系 was in the branch on the day of the 民主评议."""
        return [member for member in roster(self.org, self.appraised_on) if member.membership.tie != Tie.TAKES_PART]

    @cached_property
    def kinds(self) -> dict[UUID, str]:
        """正式 or 预备 of everybody on the roster on the day of the 组织生活会, or today."""
        day = self.life_meeting.occurred_on if self.life_meeting else self.day
        return {member.person.pk: member.membership.kind for member in roster(self.org, day)}

    @cached_property
    def figures(self) -> dict[str, int]:
        """The counts entered from paper records, by code."""
        return {code: figure.value for code, figure in self.records.figures.items()}

    # --- the ledger --------------------------------------------------------------------------------------------------
    @cached_property
    def problems(self) -> list[Problem]:
        """This year's problems of 支委会 and 支部, by aspect and number."""
        found = Problem.objects.of(self.org).filter(cycle=self.cycle).exclude(subject=ProblemSubject.PERSON)
        return list(found.select_related("aspect", "origin").order_by("aspect__order", "no", "pk"))

    @cached_property
    def causes(self) -> dict[UUID, list[str]]:
        """The causes of each problem, in the order they were written."""
        found: dict[UUID, list[str]] = defaultdict(list)
        links = CauseLink.objects.of(self.org).filter(problem__in=[problem.pk for problem in self.problems])
        for link in links.select_related("cause").order_by("recorded_at", "pk"):
            found[link.problem_id].append(link.cause.text)
        return found

    @cached_property
    def ledger(self) -> list[LedgerRow]:
        """The rows of the 整改台账 without personal ones."""
        return [row for row in ledger_rows(self.cycle, self.seat, self.day) if not row.personal]

    @cached_property
    def circular(self) -> Circular:
        return circular(self.cycle, self.day)

    @cached_property
    def without_personal(self) -> str:
        """The sentence that says how many personal problems stand elsewhere, or ""."""
        count = len(self.records.personal_problems)
        return f"个人问题{count}条由本人另列，不在本表。" if count else ""
