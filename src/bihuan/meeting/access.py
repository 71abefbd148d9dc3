"""Who registers meetings, and which meeting may decide what."""

from __future__ import annotations

from uuid import UUID

from bihuan.core.access import Verdict, verdict
from bihuan.meeting.models import Meeting, MeetingForm
from bihuan.org.models import Seat


def may_register(seat: Seat) -> Verdict:
    """会议、学习和数字由支委登记。"""
    return verdict((seat.on_committee, "会议由书记、副书记或委员照纸面记录登记，请他们来办"))


def is_own(seat: Seat, org: UUID) -> Verdict:
    """会议由开会的支部自己登记，上级只看。"""
    return verdict((seat.org_id == org, "这是下面支部的会议，由它自己登记"))


def may_withdraw(seat: Seat, meeting: Meeting) -> Verdict:
    """登记重了、登记错了的可以撤；决定过销号或报告的不能撤。"""
    bound = meeting.resolutions.exclude(about=None).exists()
    return may_register(seat) & verdict(
        (meeting.org_id == seat.org_id, "这次会议不是本支部的"),
        (not bound, "这次会议决定过销号或者报告，不能撤；登记有错请用改正"),
    )


def may_decide(seat: Seat, meeting: Meeting) -> Verdict:
    """销号和报告由支委会决定；没有支委会的，由党员大会决定。党小组会不作决定。"""
    return may_register(seat) & verdict(
        (meeting.org_id == seat.org_id, "这次会议不是本支部的"),
        (meeting.form != MeetingForm.GROUP, "党小组会不作决定，请选支委会或者党员大会"),
    )
