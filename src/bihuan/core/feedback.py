"""投诉建议 (R51): anybody may write, with or without an account; who reads it is said on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q, QuerySet

from bihuan.core.access import Verdict, verdict
from bihuan.core.forms import HouseForm
from bihuan.core.models import Feedback

if TYPE_CHECKING:
    from bihuan.org.models import Seat

SECRETARY, SYSTEM_ADMIN = "书记", "系统管理员"  # capacities, by their words: this floor lies below the organisation's


class FeedbackForm(HouseForm):
    words = forms.CharField(
        label="要说的话",
        max_length=2000,
        help_text="不用写自己是谁，系统也不记是谁写的",
        widget=forms.Textarea(attrs={"rows": "6"}),
    )


def may_read_feedback(seat: Seat) -> Verdict:
    """投诉建议由书记和系统管理员看。"""
    return verdict((seat.capacity in {SECRETARY, SYSTEM_ADMIN}, "投诉建议由书记和系统管理员看"))


def readable(seat: Seat) -> QuerySet[Feedback]:
    """What this seat may read, the newest first: an administrator all; a secretary what came from the own branch, and
    what was written without signing in, which says no branch."""
    if not may_read_feedback(seat):
        return Feedback.objects.none()
    if seat.capacity == SYSTEM_ADMIN:
        return Feedback.objects.all()
    return Feedback.objects.filter(Q(org=seat.org_id) | Q(org=None))
