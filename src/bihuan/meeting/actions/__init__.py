"""The verbs of meetings, one module a noun; callers take them from here."""

from bihuan.meeting.actions.counting import Count, correct_study, register_figures, register_study
from bihuan.meeting.actions.deciding import resolve_approval, resolve_closing
from bihuan.meeting.actions.reasons import Doubtful, explain
from bihuan.meeting.actions.registering import (
    GuestLine,
    Line,
    Minutes,
    Motion,
    correct_meeting,
    register_meeting,
    withdraw_meeting,
)

__all__ = [
    "Count",
    "Doubtful",
    "GuestLine",
    "Line",
    "Minutes",
    "Motion",
    "correct_meeting",
    "correct_study",
    "explain",
    "register_figures",
    "register_meeting",
    "register_study",
    "resolve_approval",
    "resolve_closing",
    "withdraw_meeting",
]
