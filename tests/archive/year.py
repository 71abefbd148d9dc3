"""A year of the cast's branch for moving and keeping: what the rooms' own actions can do, done once."""

from __future__ import annotations

from datetime import date

from bihuan.cycle.actions import open_cycle
from bihuan.org.models import Seat
from tests.cast import Cast, at, person_named

PNG = b"\x89PNG\r\n\x1a\n" + bytes(300)


def cast_in_place() -> Cast:
    """The cast of a data folder that has it already."""
    seats = {
        seat.account.login: seat
        for seat in Seat.objects.everywhere("the cast of a test").select_related("org", "account__person")
    }
    committee, branch = seats["zheng"].org, seats["zhao"].org
    return Cast(
        branch=branch, committee=committee, other_branch=seats["wu"].org, secretary=seats["zhao"],
        organiser=seats["qian"], inspector=seats["zhou"], member=seats["sun"], probationer=seats["li"],
        outsider=seats["wu"], clerk=seats["zheng"],
    )  # fmt: skip


def a_year(cast: Cast) -> list[str]:
    """Problems with measures and proof, a meeting, a draft; returns which of them were made."""
    cycle = open_cycle(year=2025, by=cast.secretary, at=at())
    return ["cycle"] + _ledger(cast, cycle)


def _ledger(cast: Cast, cycle: object) -> list[str]:
    from bihuan.ledger.actions import closing, measures, problems

    by, branch = cast.secretary, cast.branch
    problem = problems.raise_problem(
        cycle=cycle, statement="样例：一季度没有集中学习", example="样例事例", origin_kind="自查", by=by, at=at()
    )  # fmt: skip
    problems.add_cause(problem, text="样例：没有排进计划", by=by, at=at())
    measure = measures.add_measure(
        problem, action="样例：每月第一周集中学习", standard="每月有签到\n每季有小结", owner=person_named(branch, "孙四"),
        due=date(2026, 6, 30), by=by, at=at(),
    )  # fmt: skip
    problems.start_work(problem, by=by, at=at())
    measures.note_progress(measure, words="样例：三月学了一次", on=date(2026, 3, 6), by=cast.member, at=at())
    measures.add_evidence(
        measure, kind="文件", file=("签到.png", [PNG]), shows="三月签到", on=date(2026, 3, 6), by=cast.member, at=at()
    )  # fmt: skip
    closing.claim_closing(problem, words="样例：做到了", by=cast.member, at=at())
    return ["problem", "measure", "file"]
