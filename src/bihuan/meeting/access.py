"""Who registers meetings, and which meeting may decide what."""

from __future__ import annotations

from bihuan.core.access import Verdict, verdict
from bihuan.meeting.models import Meeting, MeetingForm
from bihuan.org.models import Seat


def may_register(seat: Seat) -> Verdict:
    """会议、学习和数字由支委登记。"""
    return verdict((seat.on_committee, "会议由书记、副书记或委员照纸面记录登记，请他们来办"))


def may_decide(seat: Seat, meeting: Meeting) -> Verdict:
    """销号和报告由支委会决定；没有支委会的，由党员大会决定。党小组会不作决定。"""
    return may_register(seat) & verdict(
        (meeting.org_id == seat.org_id, "这次会议不是本支部的"),
        (meeting.form != MeetingForm.GROUP, "党小组会不作决定，请选支委会或者党员大会"),
    )
