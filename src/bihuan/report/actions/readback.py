"""Taking back a file that was edited elsewhere, one change after the other."""

from __future__ import annotations

from dataclasses import astuple
from datetime import datetime
from typing import Any

from bihuan.core import audit
from bihuan.core.access import Refused
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.org.models import Seat
from bihuan.report import access
from bihuan.report.actions.writing import add_paragraph, locked, remove_paragraph, save_paragraph, save_section
from bihuan.report.content import content_of
from bihuan.report.models import Draft, Readback
from bihuan.report.readback import Change, What, compare
from bihuan.report.readback.items import change_from
from bihuan_text import Unreadable, read_document

TAKEN, LEFT = "收下", "不收"


@action("report.readback.taken", "收回了在别处改过的报告文件")
def take_readback(draft: Draft, *, name: str, data: bytes, by: Seat, at: datetime) -> Readback:
    """读出文件里改了哪里；报告一个字也不动，等人一处一处地定。"""
    held = locked(draft, by)
    try:
        document = read_document(data, name)
    except Unreadable as sentence:
        raise Refused(str(sentence).rstrip("。")) from None
    outcome = compare(content_of(held, at.date()), document)
    back = Readback.objects.create(
        draft=held,
        name=name[-200:],
        changes=[{"change": each.as_json(), "decision": ""} for each in outcome.changes],
        figures=[list(astuple(each)) for each in outcome.figures],
        notes=list(outcome.notes),
        **stamp(by=by, at=at),
    )
    audit.record(back, by=by, at=at)
    return back


@action("report.readback.decided", "定了改回来的一处收不收")
def decide_change(back: Readback, number: int, *, accepted: bool, by: Seat, at: datetime) -> Readback:
    """收下一处，报告才改；不收，报告照旧。打开以后又被人改过的那一段，不收，先看现在的。"""
    back = Readback.objects.of(by.org_id).select_for_update().select_related("draft").get(pk=back.pk)
    if not 0 <= number < len(back.changes):
        raise Refused("没有这一处，请回到改回的稿里再选")
    kept: dict[str, Any] = back.changes[number]
    access.may_decide_change(by, back.draft, kept["decision"]).enforce()
    before = back.facts()
    if accepted:
        _apply(back.draft, change_from(kept["change"]), by=by, at=at)
    back.changes[number] = {**kept, "decision": TAKEN if accepted else LEFT}
    back.keep("changes")
    audit.record(back, by=by, at=at, before=before)
    return back


def _apply(draft: Draft, change: Change, *, by: Seat, at: datetime) -> None:
    match change.what:
        case What.REWORDED:
            save_paragraph(draft, change.paragraph, text=change.new, seen_version=change.seen, by=by, at=at)
        case What.ADDED:
            first = not change.after
            add_paragraph(draft, change.section, text=change.new, after=change.after, first=first, by=by, at=at)
        case What.GONE:
            remove_paragraph(draft, change.paragraph, by=by, at=at)
        case What.RENAMED:
            save_section(draft, change.section, heading=change.new, by=by, at=at)
