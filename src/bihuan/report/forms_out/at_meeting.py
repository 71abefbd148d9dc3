"""会中: 签到表（表12）、会议记录（表13）、民主测评计票单（表18）."""

from __future__ import annotations

from bihuan.core.days import say_full
from bihuan.meeting import queries as meetings
from bihuan.meeting.models import Attendance, Meeting, MeetingForm, Resolution
from bihuan.org.models import MemberKind
from bihuan.report.forms_out.shape import DAY_TO_FILL, Filled, Grid, Leaf, empty_rows, pairs, signing
from bihuan.report.forms_out.source import Source

SIGN_IN = ("序号", "姓名", "类别", "签名", "请假事由")
NOT_GRADED = "预备党员，不定等次"
_ROW_MM = 9.0  # a signature needs so much
_TO_WRITE = ("会议：", f"时间：{DAY_TO_FILL}　　地点：")


def sign_in(source: Source | None) -> Filled:
    """表12. Who signs is named; the signature is always made by hand (M1)."""
    if source is None:
        return Filled("会议签到表", (_signing_leaf(empty_rows(5, 18), _TO_WRITE),))
    sheets = [(_attending(source, meeting), _of_meeting(meeting)) for meeting in source.life_meetings]
    leaves = tuple(_named_leaf(people, above) for people, above in sheets or [(_expected(source), _TO_WRITE)])
    return Filled(f"{source.head}组织生活会签到表", leaves, by_records=any(leaf.grids[0].rows[0][1] for leaf in leaves))


def _named_leaf(people: list[tuple[str, str, str, str]], above: tuple[str, ...]) -> Leaf:
    rows = tuple((str(place), *each) for place, each in enumerate(people, start=1))
    return _signing_leaf(rows or empty_rows(5, 18), above)


def _signing_leaf(rows: tuple[tuple[str, ...], ...], above: tuple[str, ...]) -> Leaf:
    return Leaf((Grid(SIGN_IN, rows, (1, 2, 1.5, 3, 3), (_ROW_MM,)),), above, (signing("记录人"),))


def _of_meeting(meeting: Meeting) -> tuple[str, ...]:
    what = f"{meeting.name}，{meeting.topic}" if meeting.group else meeting.topic
    return f"会议：{what}", f"时间：{say_full(meeting.occurred_on)}　　地点：{meeting.place}"


def _attending(source: Source, meeting: Meeting) -> list[tuple[str, str, str, str]]:
    """(name, kind, empty place to sign, reason of leave) of everybody on the list, then those who sat in."""
    lines = [
        (line.person.name, source.kinds.get(line.person_id, ""), "", "" if line.present else line.absent)
        for line in source.attendances[meeting.pk]
    ]
    return lines + [(guest.name, "列席", "", "") for guest in source.guests[meeting.pk]]


def _expected(source: Source) -> list[tuple[str, str, str, str]]:
    """Before a meeting is registered: everybody who is on the roster today."""
    listed = meetings.expected(source.org, MeetingForm.ALL_MEMBERS, source.day)
    return [(each.person.name, source.kinds.get(each.person.pk, ""), "", "") for each in listed]


MINUTES = (
    "会议", "时间", "地点", "主持人", "记录人", "应到、实到、缺席", "缺席人员和事由", "列席", "议题",
    "主要内容（按发言先后）", "表决结果",
)  # fmt: skip
_WRITTEN_MM = (0.0,) * 9 + (72.0, 18.0)


def minutes(source: Source | None) -> Filled:
    """表13: what was registered of every meeting of the year; what was said is the recorder's to write."""
    below = (signing("主持人", "记录人"), DAY_TO_FILL)
    if source is None or not source.meetings:
        blank = pairs(*((name, "") for name in MINUTES), heights=_WRITTEN_MM)
        title = f"{source.head}会议记录" if source else "会议记录"
        return Filled(title, (Leaf((blank,), (), below),))
    leaves = tuple(
        Leaf((pairs(*zip(MINUTES, _minutes(source, row), strict=True), heights=_WRITTEN_MM),), (), below)
        for row in source.meetings
    )
    return Filled(f"{source.head}会议记录", leaves, by_records=True)


def _minutes(source: Source, row: meetings.MeetingRow) -> tuple[str, ...]:
    meeting, counts = row.meeting, row.counts
    absent = [line for line in source.attendances[meeting.pk] if not line.present]
    guests = source.guests[meeting.pk]
    return (
        meeting.label,
        say_full(meeting.occurred_on),
        meeting.place,
        meeting.chair.name,
        meeting.recorder.name,
        f"应到{counts.due}人，实到{counts.present}人，缺席{counts.absent}人",
        "；".join(map(_absence, absent)),
        "、".join(f"{guest.name}（{guest.capacity}）" if guest.capacity else guest.name for guest in guests),
        meeting.topic,
        "",
        "；".join(map(_vote, row.resolutions)),
    )


def _absence(line: Attendance) -> str:
    reason = line.absent or line.not_counted
    return f"{line.person.name}（{reason}）" if reason else line.person.name


def _vote(resolution: Resolution) -> str:
    result = "通过" if resolution.passed else "没有通过"
    votes = f"赞成{resolution.in_favour}，反对{resolution.against}，弃权{resolution.abstained}"
    return f"{resolution.item}：{votes}，{result}"


COUNTING = ("序号", "姓名", "优秀", "合格", "基本合格", "不合格", "优秀率", "备注")
BALLOTS = ("发出测评票", "收回测评票", "有效票", "无效票")


def counting(source: Source | None) -> Filled:
    """表18: whose votes are counted is named, the counts are written by those who count. Grades of persons are no records."""
    ballots = Grid(BALLOTS, empty_rows(4, 1), (1, 1, 1, 1), (_ROW_MM,), "测评票：")
    below = (signing("监票人", "计票人"), signing("支部书记"), DAY_TO_FILL)
    members = source.members if source else []
    rows = tuple(
        (
            str(place),
            m.person.name,
            "",
            "",
            "",
            "",
            "",
            NOT_GRADED if m.membership.kind == MemberKind.PROBATIONARY else "",
        )
        for place, m in enumerate(members, start=1)
    )
    votes = Grid(COUNTING, rows or empty_rows(8, 12), (1, 1.9, 1.1, 1.1, 1.9, 1.4, 1.4, 2.6), (), "各人的票：")
    above = (
        f"测评日期：{DAY_TO_FILL}",
        "每人四个等次的票数相加等于有效票；收回的票不多于发出的票；优秀率是优秀票占有效票的比例。",
    )
    title = f"{source.head}民主测评计票单" if source else "民主测评计票单"
    return Filled(title, (Leaf((ballots, votes), above, below),), by_records=bool(rows))
