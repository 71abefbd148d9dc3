"""One meeting: registering it from its paper, looking at it, putting it right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bihuan.core import clock
from bihuan.core.access import Refused, Stale
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.drafts import restored
from bihuan.core.ui.toasts import done
from bihuan.cycle.models import Cycle
from bihuan.cycle.views import cycle_for, no_year
from bihuan.meeting import access, actions, queries
from bihuan.meeting.forms.minutes import MinutesForm, Motions, Sheet, head_of
from bihuan.meeting.models import Meeting
from bihuan.meeting.views.occasion import Occasion, for_problem, occasion
from bihuan.org import queries as people


@seated
def new(request: SeatRequest) -> HttpResponse:
    """First the day and the form, then the names of that day."""
    cycle = cycle_for(request.seat, None)
    if cycle is None:
        return no_year(request)
    held = occasion(request)
    return _Page(request, cycle, held).answer() if isinstance(held, Occasion) else held


@seated
def edit(request: SeatRequest, meeting_id: UUID) -> HttpResponse:
    """Put a registration right; another day or form may be chosen first, then the list is that day's."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.seat).select_related("group"), pk=meeting_id)
    cycle = queries.cycle_of(meeting)
    if cycle is None:
        raise Http404
    held = occasion(request, meeting)
    return _Page(request, cycle, held, meeting).answer() if isinstance(held, Occasion) else held


@dataclass
class _Page:
    """The page of one meeting's minutes: filled in step by step, kept at the end."""

    request: SeatRequest
    cycle: Cycle
    held: Occasion
    meeting: Meeting | None = None
    sheet: Sheet = field(init=False)
    motions: Motions = field(default_factory=Motions)
    head: MinutesForm = field(init=False)
    filled: int | None = None  # how many were marked as present by the button just now

    def answer(self) -> HttpResponse:
        """Fill blanks, give more lines, or keep; whatever does not keep shows everything that was written."""
        self._begin()
        data = self.request.POST
        if self.request.method == "POST" and "fill" in data:
            self.filled = self.sheet.fill()
        elif self.request.method == "POST" and "more" not in data and self._sound():
            kept = self._keep()
            if kept is not None:
                problem = for_problem(self.request)
                return redirect("meeting:resolve", problem) if problem else redirect("meeting:detail", kept.pk)
        self.motions.more()
        return render(self.request, "meeting/minutes.html", self._context())

    def _begin(self) -> None:
        org, data, held = self.request.seat.org_id, self.request.POST, self.held
        self.sheet = Sheet(queries.expected(org, held.form, held.day, held.group_key))
        kept = list(self.meeting.resolutions.all()) if self.meeting else []
        roster = [member.person for member in people.roster(org, held.day)]
        start: dict[str, Any] = head_of(self.meeting) if self.meeting else {"chair": held.leader}
        if self.request.method == "POST":
            self.sheet.read(data)
            self.motions.read(data, kept)
            stepping = "fill" in data or "more" in data  # not yet the time to say what is missing
            self.head = MinutesForm(
                None if stepping else data, initial=data.dict() if stepping else start, roster=roster
            )
        else:
            self.head = MinutesForm(initial=start, roster=roster)
            self.motions.show(kept)
            if self.meeting:
                self.sheet.show(queries.attendance_of(self.meeting))
            if typed := restored():  # a draft that was not handed in
                self.sheet.read(typed)
                self.motions.read(typed, kept)

    def _sound(self) -> bool:
        """Whether all three parts can be read; all are looked at, so that all that is wrong shows at once."""
        return all([self.head.is_valid(), self.sheet.is_valid(), self.motions.is_valid()])

    def _keep(self) -> Meeting | None:
        try:
            meeting = self._correct() if self.meeting else self._register()
        except Stale as stale:
            self.head.show_stale(stale)
        except actions.Doubtful as doubt:
            self.head.ask_why(doubt.laws)
        except Refused as refusal:
            for reason in refusal.reasons:
                self.head.add_error(None, reason)
        else:
            done(self.request, f"登记好了：{meeting.label}。")
            return meeting
        return None

    def _register(self) -> Meeting:
        head = self.head.cleaned_data
        return actions.register_meeting(
            self.cycle, form=self.held.form, held_on=self.held.day, group=self.held.group, topic=head["topic"],
            place=head["place"],
            chair=head["chair"], recorder=head["recorder"], attendance=self.sheet.lines(),
            is_life_meeting=head["is_life_meeting"], is_appraisal=head["is_appraisal"],
            guests=self.head.guest_lines(), resolutions=self.motions.motions(), despite=head["despite"],
            by=self.request.seat, at=clock.now(),
        )  # fmt: skip

    def _correct(self) -> Meeting:
        head, meeting = self.head.cleaned_data, self.meeting
        minutes = actions.Minutes(
            self.held.form, self.held.day, head["topic"], head["place"], head["chair"].pk, head["recorder"].pk,
            self.sheet.lines(), head["is_life_meeting"], head["is_appraisal"], self.head.guest_lines(),
            self.motions.motions(), self.held.group_key,
        )  # fmt: skip
        if meeting is None:
            raise Http404
        return actions.correct_meeting(
            meeting, minutes=minutes, seen_version=self.head.seen_version, despite=head["despite"],
            by=self.request.seat, at=clock.now(),
        )  # fmt: skip

    def _context(self) -> dict[str, Any]:
        return {
            "cycle": self.cycle, "day": self.held.day, "kind": self.held.form, "name": str(self.held),
            "meeting": self.meeting, "form": self.head, "sheet": self.sheet, "motions": self.motions, "filled": self.filled,
            "verdict": access.may_register(self.request.seat) & access.is_own(self.request.seat, self.cycle.org_id),
        }  # fmt: skip


@seated
def detail(request: SeatRequest, meeting_id: UUID) -> HttpResponse:
    """One registered meeting: its numbers, what the regulations say, who was absent and why, what was voted."""
    meetings = Meeting.objects.visible_to(request.seat).select_related("chair", "recorder", "group")
    meeting = get_object_or_404(meetings, pk=meeting_id)
    cycle = queries.cycle_of(meeting)
    lines = queries.attendance_of(meeting)
    context = {
        "meeting": meeting,
        "corrections": meeting.version - 1,
        "cycle": cycle,
        "counts": queries.attendance_counts(meeting),
        "laws": queries.laws_of_meeting(meeting, cycle) if cycle else [],
        "absent": [line for line in lines if line.counted and not line.present],
        "uncounted": [line for line in lines if not line.counted],
        "present": [line for line in lines if line.counted and line.present],
        "guests": list(meeting.guests.all()),
        "resolutions": list(meeting.resolutions.all()),
        "verdict": access.may_register(request.seat) & access.is_own(request.seat, meeting.org_id),
    }
    return render(request, "meeting/detail.html", context)


@seated
def withdraw(request: SeatRequest, meeting_id: UUID) -> HttpResponse:
    """Ask once, then take a wrong registration away."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.seat), pk=meeting_id)
    verdict = access.may_withdraw(request.seat, meeting)
    if request.method == "POST":
        seen = request.POST.get("version", "")
        actions.withdraw_meeting(
            meeting, seen_version=int(seen) if seen.isdecimal() else -1, by=request.seat, at=clock.now()
        )
        done(request, f"撤了{meeting.label}的登记。")
        return redirect("meeting:register")
    return render(request, "meeting/withdraw.html", {"meeting": meeting, "verdict": verdict})
