"""会议的日子、地方、主持和到会。"""

from __future__ import annotations

from bihuan.meeting.models import Attendance
from bihuan.report import links
from bihuan.report.facts.records import Records
from bihuan.report.facts.registry import Asked, Found, Row, counted, fact
from bihuan_text.gbt9704 import date_zh

GROUP = "会议"


def _unheld() -> Asked:
    return Asked("组织生活会还没有登记", links.registration())


def _meeting_row(records: Records) -> tuple[Row, ...]:
    meeting = records.meeting
    return (Row(f"{meeting.label}，{meeting.place}", links.meeting(meeting.pk)),) if meeting else ()


@fact("会议日期", "组织生活会日期", GROUP)
def held_on(records: Records) -> Found | Asked:
    meeting = records.meeting
    return Found(date_zh(meeting.occurred_on), _meeting_row(records)) if meeting else _unheld()


@fact("会议地点", "组织生活会地点", GROUP)
def held_at(records: Records) -> Found | Asked:
    meeting = records.meeting
    return Found(meeting.place, _meeting_row(records)) if meeting else _unheld()


@fact("会议形式", "组织生活会形式", GROUP)
def form(records: Records) -> Found | Asked:
    meeting = records.meeting
    return Found(meeting.form, _meeting_row(records)) if meeting else _unheld()


@fact("主持人", "会议主持人", GROUP)
def chair(records: Records) -> Found | Asked:
    meeting = records.meeting
    if meeting is None:
        return _unheld()
    post = records.post_of(meeting.chair, meeting.occurred_on)
    return Found(f"支部{post}" if post else meeting.chair.name, _meeting_row(records))


def _attended(records: Records, rows: list[Row]) -> Found | Asked:
    if records.meeting is None:
        return _unheld()
    if not records.attendances:
        return Asked("这次会议还没有登记到会情况", links.meeting(records.meeting.pk))
    return counted(rows)


def _row(line: Attendance, after: str = "") -> Row:
    return Row(line.person.name + after, links.meeting(line.meeting_id))


@fact("应到", "应到党员", GROUP)
def due(records: Records) -> Found | Asked:
    return _attended(records, [_row(line) for line in records.attendances if line.counted])


@fact("实到", "实到党员", GROUP)
def present(records: Records) -> Found | Asked:
    here = [line for line in records.attendances if line.counted and line.present]
    return _attended(records, [_row(line) for line in here])


@fact("缺席", "缺席党员", GROUP)
def absent(records: Records) -> Found | Asked:
    away = [line for line in records.attendances if line.counted and not line.present]
    return _attended(records, [_row(line, f"：{line.absent or '没有写事由'}") for line in away])


@fact("预备", "到会的预备党员", GROUP)
def probationary(records: Records) -> Found | Asked:
    here = [line for line in records.attendances if line.present and line.person_id in records.probationary]
    return _attended(records, [_row(line) for line in here])


@fact("列席", "列席人员", GROUP)
def guests(records: Records) -> Found | Asked:
    if records.meeting is None:
        return _unheld()
    return counted(
        Row("，".join(filter(None, (each.name, each.capacity))), links.meeting(each.meeting_id))
        for each in records.guests
    )
