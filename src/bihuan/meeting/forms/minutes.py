"""One meeting from its paper: the head, who was there, who sat in, what was voted on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from bihuan.core.forms import DayField, HouseForm, PersonChoice, RecordChoice
from bihuan.meeting import rules
from bihuan.meeting.actions import GuestLine, Line, Motion
from bihuan.meeting.models import Attendance, Meeting, MeetingForm, Resolution
from bihuan.meeting.queries import Expected
from bihuan.org.queries import GroupOn

HERE, ABSENT, UNCOUNTED = MARKS = ("到会", "缺席", "不计入")
BLANK_MOTIONS = 3
MOST_MOTIONS = 60
_COLUMNS = ("item", "favour", "against", "abstained")
_GUEST = re.compile(r"[，,、\t（(]")


class WhenForm(HouseForm):
    """First the day and the form: they decide whose names the attendance list has."""

    form = forms.ChoiceField(
        label="会议的形式", widget=forms.RadioSelect, choices=[(form, form) for form in MeetingForm.values]
    )
    day = DayField(label="哪一天开的")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("day", DayField).not_after = today


class GroupForm(HouseForm):
    """Which 党小组 held it, of those that there were on the day."""

    group = RecordChoice(label="哪个党小组", widget=forms.RadioSelect)

    def __init__(self, *args: Any, living: Sequence[GroupOn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("group", RecordChoice).offer(living)


class MinutesForm(HouseForm):
    """The head of the minutes."""

    is_life_meeting = forms.BooleanField(label="这是组织生活会", required=False)
    is_appraisal = forms.BooleanField(label="同时做了民主评议党员", required=False)
    topic = forms.CharField(label="议题", max_length=200)
    place = forms.CharField(label="地点", max_length=100)
    chair = PersonChoice(label="主持人")
    recorder = PersonChoice(label="记录人")
    guests = forms.CharField(
        label="列席的人", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="一行写一位，名字和身份用逗号隔开；没有就空着",
    )  # fmt: skip
    despite = forms.CharField(label="照记的理由", required=False, max_length=300, widget=forms.Textarea)

    doubts: tuple[rules.Law, ...] = ()  # warnings that came back and wait for a reason

    def ask_why(self, laws: tuple[rules.Law, ...]) -> None:
        """Show the warnings, and the field for the reason as one that is needed now."""
        self.doubts = laws
        self.fields["despite"].required = True

    def guest_lines(self) -> list[GuestLine]:
        """列席, one a line."""
        return read_guests(self.cleaned_data["guests"])


def read_guests(text: str) -> list[GuestLine]:
    """“王某，镇督导组” → name and capacity; a line without a comma is a name only."""
    found = []
    for line in text.splitlines():
        name, *capacity = _GUEST.split(line.strip().rstrip("）)"), maxsplit=1)
        if name.strip():
            found.append(GuestLine(name.strip()[:60], "".join(capacity).strip()[:60]))
    return found


def head_of(meeting: Meeting) -> dict[str, Any]:
    """The form's beginning for a meeting that is put right."""
    guests = "\n".join("，".join(filter(None, (g.name, g.capacity))) for g in meeting.guests.all())
    return {
        "is_life_meeting": meeting.is_life_meeting, "is_appraisal": meeting.is_appraisal, "topic": meeting.topic,
        "place": meeting.place, "chair": meeting.chair, "recorder": meeting.recorder, "guests": guests,
    }  # fmt: skip


# --- the attendance list -----------------------------------------------------------------------------------------
@dataclass
class Row:
    """One person of the list: what was marked, with the reason, and what is wrong with it."""

    expected: Expected
    mark: str = ""
    why: str = ""
    wrong: str = ""

    @property
    def key(self) -> str:
        return str(self.expected.person.pk)


class Sheet:
    """The attendance list of one day. Nobody is marked until a person marks them."""

    marks = MARKS

    def __init__(self, listed: Sequence[Expected]) -> None:
        self.rows = [Row(expected) for expected in listed]

    def read(self, data: Mapping[str, str]) -> None:
        """Take what the page sent."""
        for row in self.rows:
            mark = data.get(f"here-{row.key}", "")
            row.mark, row.why = mark if mark in self.marks else "", data.get(f"why-{row.key}", "").strip()[:200]

    def show(self, lines: Iterable[Attendance]) -> None:
        """Take what was registered."""
        kept = {line.person_id: line for line in lines}
        for row in self.rows:
            line = kept.get(row.expected.person.pk)
            if line is not None:
                own = not line.counted and not row.expected.not_counted
                row.mark = HERE if line.present else UNCOUNTED if own else ABSENT
                row.why = "" if line.present else line.not_counted if own else line.absent

    def fill(self) -> int:
        """Mark everybody who is not marked yet as present, because a person said so. Returns how many."""
        blank = [row for row in self.rows if not row.mark]
        for row in blank:
            row.mark = HERE
        return len(blank)

    def is_valid(self) -> bool:
        """Everybody is marked, and whoever is not counted has the reason."""
        for row in self.rows:
            if not row.mark:
                row.wrong = "请选到会还是缺席"
            elif row.mark == UNCOUNTED and not row.why:
                row.wrong = "不计入应到要写理由"
        return not self.wrong

    @property
    def wrong(self) -> int:
        return sum(bool(row.wrong) for row in self.rows)

    @property
    def unmarked(self) -> int:
        return sum(not row.mark for row in self.rows)

    def lines(self) -> list[Line]:
        """As the action takes them."""
        return [
            Line(
                row.expected.person.pk, row.mark == HERE,
                absent=row.why if row.mark == ABSENT else "", not_counted=row.why if row.mark == UNCOUNTED else "",
            )
            for row in self.rows
        ]  # fmt: skip


# --- what was voted on -------------------------------------------------------------------------------------------
@dataclass
class MotionRow:
    """One line of the resolutions as typed."""

    item: str = ""
    in_favour: str = ""
    against: str = ""
    abstained: str = ""
    key: str = ""
    fixed: bool = False  # it decided about a problem or a report: not changed here
    wrong: str = ""

    def motion(self) -> Motion:
        """Raises ValueError where a sum is no number."""
        key = UUID(self.key) if self.key else None
        return Motion(self.item, int(self.in_favour), int(self.against or 0), int(self.abstained or 0), key)


class Motions:
    """The resolutions, with blank lines to write on."""

    def __init__(self) -> None:
        self.rows: list[MotionRow] = []

    def show(self, kept: Iterable[Resolution]) -> None:
        """Take what was registered."""
        self.rows = [
            MotionRow(r.item, str(r.in_favour), str(r.against), str(r.abstained), str(r.pk), fixed=r.about is not None)
            for r in kept
        ]

    def read(self, data: Mapping[str, str], kept: Iterable[Resolution] = ()) -> None:
        """Take what the page sent; lines that decided something elsewhere stay as they are."""
        self.show(r for r in kept if r.about is not None)
        known = {str(r.pk) for r in kept if r.about is None}
        for n in range(MOST_MOTIONS):
            if f"item-{n}" not in data:
                break
            item, favour, against, abstained = (data.get(f"{name}-{n}", "").strip() for name in _COLUMNS)
            key = data.get(f"key-{n}", "")
            if item or favour or against or abstained:
                self.rows.append(MotionRow(item, favour, against, abstained, key if key in known else ""))

    @property
    def open_rows(self) -> list[MotionRow]:
        """What may be written on here."""
        return [row for row in self.rows if not row.fixed]

    @property
    def fixed_rows(self) -> list[MotionRow]:
        """What decided something elsewhere."""
        return [row for row in self.rows if row.fixed]

    def more(self) -> None:
        """Blank lines below what is written."""
        self.rows += [MotionRow() for _ in range(BLANK_MOTIONS)]

    def is_valid(self) -> bool:
        for row in self._written():
            row.wrong = _fault(row)
        return not self.wrong

    @property
    def wrong(self) -> int:
        return sum(bool(row.wrong) for row in self.rows)

    def motions(self) -> list[Motion]:
        """As the action takes them."""
        return [row.motion() for row in self._written()]

    def _written(self) -> list[MotionRow]:
        return [row for row in self.open_rows if row.item or row.in_favour]


def _fault(row: MotionRow) -> str:
    if not row.item:
        return "请写上是什么事项"
    if len(row.item) > 300:
        return "事项请不超过300字"
    if not row.in_favour:
        return "请写上赞成多少票"
    sums = (row.in_favour, row.against or "0", row.abstained or "0")
    return "" if all(s.isdecimal() and len(s) <= 4 for s in sums) else "票数请写数字"
