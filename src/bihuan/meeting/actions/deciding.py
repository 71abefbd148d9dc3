"""What a registered meeting decides about things of other rooms: that a problem is closed, that a report may go out."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from bihuan.core import audit
from bihuan.core.access import verdict
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.ledger.actions import closing
from bihuan.ledger.models import Problem
from bihuan.meeting import access, queries
from bihuan.meeting.actions.registering import Motion, count
from bihuan.meeting.models import Meeting, Resolution
from bihuan.org.models import Seat

PROBLEM, DRAFT = "ledger.problem", "report.draft"


@action("meeting.closing.resolved", "会议决定了销号")
def resolve_closing(
    meeting: Meeting, problem: Problem, *, in_favour: int, by: Seat, at: datetime, against: int = 0, abstained: int = 0
) -> Resolution:
    """记下会议对一条问题销号的表决，并告诉台账。通过不通过由票数算（R2、R4），不由人勾。"""
    problem = Problem.objects.of(by.org_id).select_for_update().get(pk=problem.pk)
    motion = Motion(f"问题{problem.no}销号", in_favour, against, abstained)
    resolution = _resolve(meeting, motion, PROBLEM, problem.pk, by=by, at=at)
    closing.decide_closing(
        problem, meeting=resolution.meeting_id, label=resolution.meeting.label, passed=resolution.passed, by=by, at=at
    )
    return resolution


@action("meeting.approval.resolved", "会议表决了报告")
def resolve_approval(
    meeting: Meeting,
    *,
    about: UUID,
    item: str,
    in_favour: int,
    by: Seat,
    at: datetime,
    against: int = 0,
    abstained: int = 0,
    about_kind: str = DRAFT,
) -> Resolution:
    """记下会议对一份报告的表决；通过不通过由票数算。The report room asks for it and binds it to the content's digest."""
    return _resolve(meeting, Motion(item, in_favour, against, abstained), about_kind, about, by=by, at=at)


def _resolve(meeting: Meeting, motion: Motion, kind: str, about: UUID, *, by: Seat, at: datetime) -> Resolution:
    meeting = Meeting.objects.of(by.org_id).select_for_update().get(pk=meeting.pk)
    access.may_decide(by, meeting).enforce()
    # what was voted down may be put to the vote again at the same meeting; what passed is decided
    passed = kind == PROBLEM and meeting.resolutions.filter(about_kind=kind, about=about, passed=True).exists()
    verdict((not passed, "这次会议已经同意这条问题销号，不用再表决")).enforce()
    counts = queries.attendance_counts(meeting)
    says = count(motion, form=meeting.form, due=counts.due, present=counts.present)
    resolution = Resolution.objects.create(
        meeting=meeting, about_kind=kind, about=about, **says,
        **stamp(by=by, at=at, occurred_on=meeting.occurred_on),
    )  # fmt: skip
    audit.record(resolution, by=by, at=at)
    return resolution
