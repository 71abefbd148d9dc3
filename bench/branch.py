"""A data folder made in this process, with the tests' invented cast in it, and a branch of fifty who can sign in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bihuan.starting import make_folder, settle

if TYPE_CHECKING:
    from tests.cast import Cast

PASSWORD = "yi-ge-hao-mima-2026"  # noqa: S105  of nobody


@contextmanager
def installed() -> Iterator[Path]:
    """A new data folder on which this process stands from now on; gone afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place) / "data"
        make_folder(folder)
        settle(folder)
        from bihuan.core.installing import bring_up_to_date  # noqa: PLC0415  after `settle`

        bring_up_to_date()
        yield folder


@contextmanager
def with_cast() -> Iterator[tuple[Path, Cast]]:
    """The same with the cast in it."""
    with installed() as folder:
        from tests.cast import gather  # noqa: PLC0415

        yield folder, gather()


@dataclass(frozen=True)
class Worker:
    """Somebody who signs in and has a measure to work on."""

    login: str
    problem: str
    measure: str


def fifty(how_many: int = 50) -> list[Worker]:
    """A branch whose first member is the secretary; everybody has an account and a measure of a problem at work."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from bihuan.core import clock  # noqa: PLC0415
    from bihuan.cycle.actions import open_cycle  # noqa: PLC0415
    from bihuan.org import actions  # noqa: PLC0415
    from bihuan.org.models import Account, Person  # noqa: PLC0415

    now, secret = clock.now(), make_password(PASSWORD)
    with transaction.atomic():
        first = Account.objects.create(login="p0", password=secret)
        by = actions.found_branch(first, name="样例五十人支部", superior="中共样例镇委员会", at=now)
        lines = [actions.NewMember(name=_name(n), kind="正式", title="" if n else "书记") for n in range(how_many)]
        actions.take_in_roster(lines, by=by, at=now)
        people = {p.name: p for p in Person.objects.of(by.org_id)}
        actions.own_account(people[_name(0)], by=by, at=now)
        by.refresh_from_db()
        for n in range(1, how_many):
            seat, _ = actions.give_account(people[_name(n)], login=f"p{n}", capacity="党员", by=by, at=now)
            Account.objects.filter(pk=seat.account_id).update(password=secret, must_change_password=False)
        cycle = open_cycle(year=clock.today().year, by=by, at=now)
        return [_at_work(cycle, n, people[_name(n)], by, now + timedelta(seconds=n)) for n in range(how_many)]


def _name(number: int) -> str:
    """样例甲甲, 样例甲乙, …"""
    stems = "甲乙丙丁戊己庚辛壬癸"
    return f"样例{stems[number // 10 % 10]}{stems[number % 10]}"


def _at_work(cycle: object, number: int, owner: object, by: object, at: object) -> Worker:
    from bihuan.ledger.actions import measures, problems  # noqa: PLC0415

    problem = problems.raise_problem(
        cycle=cycle, statement=f"样例问题{_name(number)}", origin_kind="自查", by=by, at=at,
    )  # fmt: skip
    problems.add_cause(problem, text="样例原因", by=by, at=at)
    measure = measures.add_measure(
        problem, action="样例措施", standard="样例标准一\n样例标准二", owner=owner, due=at.date() + timedelta(days=60),
        by=by, at=at,
    )  # fmt: skip
    problems.start_work(problem, by=by, at=at)
    return Worker(f"p{number}", str(problem.pk), str(measure.pk))
