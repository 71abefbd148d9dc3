"""Studies before the meeting, and the counts taken over from paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action, check_version
from bihuan.core.models import stamp
from bihuan.cycle.models import Cycle
from bihuan.meeting import access, queries
from bihuan.meeting.actions.reasons import Doubtful, keep_reasons
from bihuan.meeting.figures import BY_CODE
from bihuan.meeting.models import Figure, Study
from bihuan.org.models import Seat


@action("meeting.study.registered", "登记了集中学习")
def register_study(
    cycle: Cycle, *, held_on: date, topic: str, by: Seat, at: datetime, place: str = "", present: int | None = None
) -> Study:
    """登记一次集中学习。没有学习不得开组织生活会（R10）。present: how many took part, if the record says so."""
    access.may_register(by).enforce()
    _need_study(cycle, held_on, topic, at.date())
    cycle = Cycle.objects.of(by.org_id).select_for_update().get(pk=cycle.pk)
    study = Study.objects.create(
        cycle=cycle, topic=topic.strip(), place=place.strip(), present=present,
        **stamp(by=by, at=at, occurred_on=held_on),
    )  # fmt: skip
    audit.record(study, by=by, at=at)
    return study


@action("meeting.study.corrected", "改正了学习登记")
def correct_study(
    study: Study,
    *,
    held_on: date,
    topic: str,
    seen_version: int | None,
    by: Seat,
    at: datetime,
    place: str = "",
    present: int | None = None,
) -> Study:
    """改正一次学习登记。组织生活会以前只有这一次的，不能改到会后。"""
    access.may_register(by).enforce()
    study = Study.objects.of(by.org_id).select_for_update().select_related("cycle").get(pk=study.pk)
    check_version(study, seen_version)
    _need_study(study.cycle, held_on, topic, at.date())
    _keep_gate(study, held_on)
    before = study.facts()
    study.occurred_on, study.topic, study.place, study.present = held_on, topic.strip(), place.strip(), present
    study.keep("occurred_on", "topic", "place", "present")
    audit.record(study, by=by, at=at, before=before)
    return study


def _need_study(cycle: Cycle, held_on: date, topic: str, today: date) -> None:
    verdict(
        (topic.strip(), "请写上学习内容"),
        (held_on <= today, "学习的日子还没有到，学过以后再登记"),
        (held_on.year >= cycle.year, f"学习的日子早于{cycle.year}年，请看看是不是写错了年份"),
    ).enforce()


def _keep_gate(study: Study, held_on: date) -> None:
    meeting = queries.life_meeting(study.cycle)
    if meeting is None or held_on <= meeting.occurred_on:
        return
    others = [s for s in queries.studies_of(study.cycle) if s.pk != study.pk and s.occurred_on <= meeting.occurred_on]
    verdict((others, "组织生活会以前只登记了这一次学习，不能改到会后；请先核对会议的日子")).enforce()


@dataclass(frozen=True)
class Count:
    """A number with the record it was taken from."""

    value: int
    shown_by: str


@action("meeting.figures.registered", "登记了记录里的数")
def register_figures(
    cycle: Cycle,
    *,
    values: Mapping[str, Count | None],
    by: Seat,
    at: datetime,
    seen: Mapping[str, int] | None = None,
    despite: str = "",
) -> dict[str, Figure]:
    """登记从纸面记录里数出来的数，每个数写明出自哪份记录。

    values: code of `figures.KINDS` → the count, or None to take a wrong entry away; codes not named stay as they are.
    seen: code → version on the page (0 where there was none), for two tabs. despite: the reason for passing warnings.
    Raises `Refused`, `Stale`, or `Doubtful` (R25, R26, R28) without a reason.
    """
    access.may_register(by).enforce()
    cycle = Cycle.objects.of(by.org_id).select_for_update().get(pk=cycle.pk)
    now = queries.figures(cycle)
    wanted = {code: given for code, given in values.items() if _differs(now.get(code), given)}
    if not wanted:
        raise Refused("和原来一样，没有要存的。")
    _need_sources(wanted)
    _need_unchanged(wanted, now, seen)
    merged = {**{code: figure.value for code, figure in now.items()}, **{c: g.value for c, g in wanted.items() if g}}
    merged = {code: value for code, value in merged.items() if code not in wanted or wanted[code]}
    laws = queries.figure_laws(cycle, merged, at.date())
    doubts = [law for law in laws if not law.ok]
    if doubts and not despite.strip():
        raise Doubtful(doubts)
    for code, given in wanted.items():
        if given is None:
            _take_away(now[code], by=by, at=at)
        else:
            _write(cycle, code, given, now.get(code), by=by, at=at)
    keep_reasons(cycle, laws, despite, by=by, at=at)
    return queries.figures(cycle)


def _differs(figure: Figure | None, given: Count | None) -> bool:
    if figure is None or given is None:
        return figure is not None or given is not None
    return (figure.value, figure.shown_by) != (given.value, given.shown_by.strip())


def _need_sources(wanted: Mapping[str, Count | None]) -> None:
    verdict(
        *((code in BY_CODE, "有一个数不在登记表里，请刷新页面再填") for code in wanted),
        *(
            (given.shown_by.strip(), f"“{BY_CODE[code].label}”请写明出自哪份记录")
            for code, given in wanted.items()
            if given is not None and code in BY_CODE
        ),
        *((given is None or given.value >= 0, "数不能小于零") for given in wanted.values()),
    ).enforce()


def _need_unchanged(
    wanted: Mapping[str, Count | None], now: Mapping[str, Figure], seen: Mapping[str, int] | None
) -> None:
    for code in wanted:
        if seen is None or code not in seen:
            continue
        if code in now:
            check_version(now[code], seen[code])
        elif seen[code]:
            raise Refused(f"您打开这一页以后，“{BY_CODE[code].label}”已经被撤掉，请刷新再填。")


def _take_away(figure: Figure, *, by: Seat, at: datetime) -> None:
    audit.record(figure, by=by, at=at, before=figure.facts(), after={})
    figure.delete()


def _write(cycle: Cycle, code: str, given: Count, figure: Figure | None, *, by: Seat, at: datetime) -> None:
    says = {"value": given.value, "shown_by": given.shown_by.strip()}
    before = figure.facts() if figure else {}
    if figure is None:
        figure = Figure(cycle=cycle, code=code, **says, **stamp(by=by, at=at))
        figure.save(force_insert=True)
    else:
        figure.value, figure.shown_by = given.value, given.shown_by.strip()
        figure.keep("value", "shown_by")
    audit.record(figure, by=by, at=at, before=before)
