"""Before a meeting's minutes: which meeting, on which day, of which 党小组. They decide whose names the list has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from bihuan.core import clock
from bihuan.core.doors import SeatRequest
from bihuan.meeting import access
from bihuan.meeting.forms.minutes import GroupForm, WhenForm
from bihuan.meeting.models import Meeting, MeetingForm, name_of
from bihuan.org import queries as people
from bihuan.org.models import Group, Person
from bihuan.org.queries import GroupOn


@dataclass(frozen=True)
class Occasion:
    """A meeting of that form on that day; `held` is the 党小组 that held it as it stood then."""

    form: str
    day: date
    held: GroupOn | None = None

    @property
    def group(self) -> Group | None:
        return self.held.group if self.held else None

    @property
    def group_key(self) -> UUID | None:
        return self.held.pk if self.held else None

    @property
    def leader(self) -> Person | None:
        return self.held.leader if self.held else None

    def __str__(self) -> str:
        return name_of(self.form, self.group)


def occasion(request: SeatRequest, meeting: Meeting | None = None) -> Occasion | HttpResponse:
    """What the address says, or else what was registered; or the page that asks for what is still to be said."""
    sent = request.GET if "day" in request.GET else None
    kept: dict[str, Any] = {"day": meeting.occurred_on, "form": meeting.form} if meeting else {}
    when = WhenForm(sent, initial=kept, today=clock.today())
    if "when" in request.GET or (sent is None and meeting is None) or (sent is not None and not when.is_valid()):
        return _ask(request, "meeting/when.html", when, meeting)
    said = when.cleaned_data if sent is not None else kept
    if said["form"] != MeetingForm.GROUP:
        return Occasion(**said)
    return _of_group(request, said["day"], meeting)


def _of_group(request: SeatRequest, day: date, meeting: Meeting | None) -> Occasion | HttpResponse:
    """The 党小组会 of the only group of that day, of the one that was chosen, or the page that offers the groups."""
    living = people.groups_on(request.seat.org_id, day)
    registered = str(meeting.group_id) if meeting and meeting.group_id else None
    chosen = request.GET.get("group", registered if "day" not in request.GET else None)
    form = GroupForm(None if chosen is None else {"group": chosen}, initial={"group": registered}, living=living)
    if form.is_valid():
        return Occasion(MeetingForm.GROUP, day, form.cleaned_data["group"])
    if chosen is None and len(living) == 1:
        return Occasion(MeetingForm.GROUP, day, living[0])
    return _ask(request, "meeting/which_group.html", form, meeting, day=day, living=living)


def _ask(
    request: SeatRequest, template: str, form: WhenForm | GroupForm, meeting: Meeting | None, **more: object
) -> HttpResponse:
    context = {
        "form": form, "meeting": meeting, "verdict": access.may_register(request.seat), "onwards": for_problem(request),
        **more,
    }  # fmt: skip
    return render(request, template, context)


def for_problem(request: SeatRequest) -> str:
    """The problem for whose closing this meeting is registered, if one came from there."""
    try:
        return str(UUID(request.GET.get("for", "")))
    except ValueError:
        return ""
