"""The fixed cast. Everybody is invented; every state is reached through the house's own actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bihuan.core.models import Installation, stamp
from bihuan.org import actions
from bihuan.org.models import Account, Org, OrgSpell, Person, Seat

DAY = date(2026, 3, 9)
PASSWORD = "yi-ge-hao-mima-2026"


def at(hour: int = 9, minute: int = 0, *, day: date = DAY) -> datetime:
    """A time on the cast's day."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass
class Cast:
    branch: Org
    committee: Org
    other_branch: Org
    secretary: Seat  # 赵
    organiser: Seat  # 钱
    inspector: Seat  # 周, 纪检委员
    member: Seat  # 孙
    probationer: Seat  # 李
    outsider: Seat  # 吴, 书记 of the other branch
    clerk: Seat  # 郑, of the committee above

    def person(self, seat: Seat) -> Person:
        person = seat.account.person
        assert person is not None
        return person


ROSTER = [
    ("赵一", "正式", "书记"),
    ("钱二", "正式", "组织委员"),
    ("周三", "正式", "纪检委员"),
    ("孙四", "正式", ""),
    ("郭五", "正式", ""),
    ("何六", "正式", ""),
    ("高七", "正式", ""),
    ("李八", "预备", ""),
]
EIGHT = date(2020, 1, 1)


def gather() -> Cast:
    """Found two branches under one committee and seat the cast."""
    secretary = _found("第一支部", "中共样例镇委员会", "zhao", [*ROSTER])
    outsider = _found("第二支部", "中共样例镇委员会（另）", "wu", [("吴九", "正式", "书记"), ("王十", "正式", "")])
    committee = secretary.org.parent_on(DAY)
    assert committee is not None
    _move_under(outsider.org, committee)
    return Cast(
        branch=secretary.org,
        committee=committee,
        other_branch=outsider.org,
        secretary=secretary,
        organiser=give(secretary, "钱二", "qian", "组织委员"),
        inspector=give(secretary, "周三", "zhou", "纪检委员"),
        member=give(secretary, "孙四", "sun", "党员"),
        probationer=give(secretary, "李八", "li", "党员"),
        outsider=outsider,
        clerk=_clerk(committee),
    )


def _found(name: str, superior: str, login: str, roster: list[tuple[str, str, str]]) -> Seat:
    account = Account(login=login)
    account.set_password(PASSWORD)
    account.save()
    seat = actions.found_branch(account, name=name, superior=superior, at=at(8))
    lines = [actions.NewMember(name=n, kind=k, since=EIGHT, title=t) for n, k, t in roster]
    actions.take_in_roster(lines, by=seat, at=at(8))
    actions.own_account(person_named(seat.org, roster[0][0]), by=seat, at=at(8))
    return Seat.objects.of(seat.org_id).select_related("account__person", "org").get(pk=seat.pk)


def give(by: Seat, name: str, login: str, capacity: str) -> Seat:
    """An account and a seat for a person of the roster, with the cast's password."""
    seat, _ = actions.give_account(person_named(by.org, name), login=login, capacity=capacity, by=by, at=at(8))
    seat.account.must_change_password = False
    seat.account.set_password(PASSWORD)
    seat.account.save()
    return Seat.objects.of(by.org_id).select_related("account__person", "org").get(pk=seat.pk)


def person_named(org: Org, name: str) -> Person:
    return Person.objects.of(org.pk).get(name=name)


def _move_under(org: Org, parent: Org) -> None:
    OrgSpell.objects.of(org.pk).update(parent=parent)


def _clerk(committee: Org) -> Seat:
    # Seats of a committee are given by the committee itself; its own first hour comes with the oversight room.
    account = Account(login="zheng")
    account.set_password(PASSWORD)
    account.save()
    seat = actions.first_seat(account, org=committee, capacity="上级经办", at=at(8))
    for field, value in stamp(by=seat, at=at(8)).items():
        setattr(seat, field, value)
    seat.save(force_insert=True)
    assert Installation.current()
    return seat
