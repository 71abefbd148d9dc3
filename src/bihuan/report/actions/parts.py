"""The order of the report's parts, and which of them it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action
from bihuan.org.models import Seat
from bihuan.report.actions.writing import change_body
from bihuan.report.body import Body, Hidden
from bihuan.report.models import Draft


def _known(body: Body, key: str) -> range:
    section = body.section(key)
    if section is None or not section.level:
        raise Refused("没有这个部分，请回到报告里再选。")
    return body.group(key)


@action("report.section.moved", "移动了报告的一个部分")
def move_section(draft: Draft, key: str, *, up: bool, by: Seat, at: datetime) -> Draft:
    """把一个部分连同下面的小标题往前或者往后移；小标题只在它的部分里移。"""

    def change(body: Body) -> Body:
        own, held = _known(body, key), body.sections
        level = held[own.start].level
        if up:
            before = [n for n in range(own.start) if held[n].level <= level]
            other = before[-1] if before and held[before[-1]].level == level else -1
            first, second = range(other, own.start), own
        else:
            other = own.stop if own.stop < len(held) and held[own.stop].level == level else -1
            first, second = own, body.group(held[other].key) if other >= 0 else own
        verdict((other >= 0, "已经在最前面或者最后面了")).enforce()
        parts = [held[n] for n in (*second, *first)]
        return replace(body, sections=(*held[: first.start], *parts, *held[second.stop :]))

    return change_body(draft, change, by=by, at=at)


@action("report.section.hidden", "报告里不写一个部分")
def hide_section(draft: Draft, key: str, *, by: Seat, at: datetime) -> Draft:
    """不要一个部分，连同下面的小标题；话都留着，可以放回来。"""

    def change(body: Body) -> Body:
        own, held = _known(body, key), body.sections
        hidden = Hidden(own.start, held[own.start : own.stop])
        return replace(body, sections=held[: own.start] + held[own.stop :], hidden=(*body.hidden, hidden))

    return change_body(draft, change, by=by, at=at)


@action("report.section.shown", "把不要的部分放回了报告")
def show_section(draft: Draft, key: str, *, by: Seat, at: datetime) -> Draft:
    """放回原来的地方；原来的地方不在了，就放在最后。"""

    def change(body: Body) -> Body:
        hidden = next((each for each in body.hidden if each.key == key), None)
        if hidden is None:
            raise Refused("这一部分已经在报告里了。")
        place = _place(body, hidden)
        sections = (*body.sections[:place], *hidden.sections, *body.sections[place:])
        return replace(body, sections=sections, hidden=tuple(each for each in body.hidden if each is not hidden))

    return change_body(draft, change, by=by, at=at)


def _place(body: Body, hidden: Hidden) -> int:
    """Where it stood, or the next place at which a part of its level may begin."""
    level, place = hidden.sections[0].level, min(hidden.place, len(body.sections))
    while level == 1 and place < len(body.sections) and body.sections[place].level > 1:
        place += 1
    return max(1, place) if body.sections and not body.sections[0].level else place
