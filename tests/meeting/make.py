"""Meetings of the cast's branch, reached through the actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bihuan.cycle.actions import open_cycle
from bihuan.cycle.models import Cycle
from bihuan.ledger.actions import closing, measures, problems
from bihuan.ledger.models import Problem
from bihuan.meeting import actions, queries
from bihuan.meeting.models import Meeting
from bihuan.org.actions import set_groups
from bihuan.org.queries import groups_on
from tests.cast import DAY, Cast, at, person_named


def a_year(cast: Cast) -> Cycle:
    return open_cycle(year=2025, by=cast.secretary, at=at())


def a_study(cast: Cast, cycle: Cycle, *, held_on: date = DAY - timedelta(days=10)) -> None:
    actions.register_study(cycle, held_on=held_on, topic="样例文件", present=8, by=cast.organiser, at=at())


def sheet(
    cast: Cast, form: str, *, absent: Mapping[str, str] | None = None, uncounted: Mapping[str, str] | None = None,
    held_on: date = DAY, left_out: Iterable[str] = (), group: UUID | None = None,
) -> list[actions.Line]:  # fmt: skip
    """Everybody on the list of that day: absent ones by name with their reason, the others present."""
    absent, uncounted = absent or {}, uncounted or {}
    return [
        actions.Line(
            e.person.pk, e.person.name not in absent, absent.get(e.person.name, ""), uncounted.get(e.person.name, "")
        )
        for e in queries.expected(cast.branch.pk, form, held_on, group)
        if e.person.name not in set(left_out)
    ]


def a_meeting(
    cast: Cast, cycle: Cycle, form: str = "支委会", *, absent: Mapping[str, str] | None = None, **more: Any
) -> Meeting:
    """A registered meeting of the cast's day; `more` goes to the action."""
    held_on = more.pop("held_on", DAY)
    attendance = more.pop("attendance", None) or sheet(cast, form, absent=absent, held_on=held_on)
    given = {
        "form": form, "held_on": held_on, "topic": "样例议题", "place": "会议室",
        "chair": person_named(cast.branch, "赵一"), "recorder": person_named(cast.branch, "钱二"),
        "attendance": attendance, "by": cast.organiser, "at": at(),
    }  # fmt: skip
    return actions.register_meeting(cycle, **{**given, **more})


def a_group(
    cast: Cast, *names: str, leader: str = "孙四", name: str = "第一党小组", since: date = DAY - timedelta(days=60)
) -> UUID:
    """A 党小组 of those members, beside the groups that there are."""
    held = groups_on(cast.branch.pk, since)
    places = {person: one.group.name for one in held for person in one.people}
    leaders = [one.leader for one in held if one.leader] + ([person_named(cast.branch, leader)] if leader else [])
    made = set_groups(
        [*(one.group.name for one in held), name], places=places | {person_named(cast.branch, n): name for n in names},
        leaders=leaders, since=since, by=cast.secretary, at=at(),
    )  # fmt: skip
    return made[-1].pk


def a_group_meeting(cast: Cast, cycle: Cycle, group: UUID, *, chair: str = "孙四", **more: Any) -> Meeting:
    """A 党小组会 of that group, everybody present."""
    lines = more.pop("attendance", None) or sheet(cast, "党小组会", group=group, held_on=more.get("held_on", DAY))
    return a_meeting(
        cast, cycle, "党小组会", group=group, chair=person_named(cast.branch, chair), attendance=lines, **more
    )


def a_life_meeting(cast: Cast, cycle: Cycle, **more: Any) -> Meeting:
    a_study(cast, cycle)
    return a_meeting(cast, cycle, "党员大会", is_life_meeting=True, is_appraisal=True, **more)


def a_verified_problem(cast: Cast, cycle: Cycle) -> Problem:
    """A problem whose measure the member carried out and the inspector checked: it waits for a meeting."""
    made = problems.raise_problem(
        cycle=cycle, statement="学习笔记没有人看", origin_kind="自查", origin_words="", by=cast.secretary, at=at()
    )
    problems.add_cause(made, text="没有定谁来看", by=cast.secretary, at=at())
    measure = measures.add_measure(
        made, action="每月看一次笔记", standard="三月底前看完八本", owner=cast.person(cast.member), due=date(2026, 3, 31),
        by=cast.secretary, at=at(),
    )  # fmt: skip
    problems.start_work(made, by=cast.secretary, at=at())
    measures.add_evidence(
        measure,
        kind="口述",
        words="八本都看过",
        shows="看完了",
        standard="三月底前看完八本",
        on=DAY,
        by=cast.member,
        at=at(),
    )
    closing.claim_closing(made, words="做到了", by=cast.member, at=at(10))
    closing.verify(made, result="通过", reason="翻过八本", by=cast.inspector, at=at(11))
    made.refresh_from_db()
    return made
