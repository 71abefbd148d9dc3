"""Ten years of a branch, written through the rooms' own actions, exported by `bihuan export` and imported into an empty
folder by `bihuan import`: each a process of its own, as an operator would."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.journeys.serving import command

from bench.branch import with_cast
from bench.figures import Figure, main, say, seconds

if TYPE_CHECKING:
    from tests.cast import Cast

    from bihuan.cycle.models import Cycle

YEARS, PROBLEMS, MEETINGS, MEMBERS, LIMIT = range(2016, 2026), 40, 12, 50, 20.0
FILE = 200_000  # bytes of every tenth piece of evidence


def run() -> list[Figure]:
    """One figure: export and import together."""
    with with_cast() as (folder, cast):
        _write(cast)
        target, other = folder.with_name("export"), folder.with_name("other")
        out = seconds(lambda: _command("export", "--branch", cast.branch.name, "-o", target, "--data", folder))
        back = seconds(lambda: _command("import", target, "--data", other))
        manifest = json.loads((target / "manifest.json").read_text("utf-8"))
    rows, papers = sum(file["rows"] for file in manifest["files"]), len(manifest["papers"])
    took = out + back
    return [
        Figure(
            f"a branch of ten years ({rows:,} rows, {papers} files of {FILE // 1000} kB) exported and imported",
            f"{say(took)} (export {say(out)}, import {say(back)})",
            say(LIMIT), f"{took / LIMIT:.2f} of the limit", took <= LIMIT, "moving",
        )
    ]  # fmt: skip


def _command(*arguments: object) -> None:
    done = command(*map(str, arguments))
    assert done.returncode == 0, done.stdout + done.stderr


def _write(cast: Cast) -> None:
    """Ten years with fifty members; a transaction a year, because only reading and moving are measured."""
    from django.db import transaction  # noqa: PLC0415  after `settle`
    from tests.cast import at  # noqa: PLC0415
    from tests.faults.test_ten_years import lay_members  # noqa: PLC0415

    from bihuan.cycle.actions import open_cycle  # noqa: PLC0415

    lay_members(cast, MEMBERS - 8)
    for year in YEARS:
        with transaction.atomic():
            cycle = open_cycle(year=year, by=cast.secretary, at=at(8) - timedelta(days=(2025 - year) * 365))
            _one_year(cast, cycle)


def _one_year(cast: Cast, cycle: Cycle) -> None:
    from tests.meeting import make  # noqa: PLC0415

    for number in range(PROBLEMS):
        _round(cast, cycle, number)
    for number in range(MEETINGS):
        make.a_meeting(cast, cycle, "党员大会", topic=f"样例议题{number}")


def _round(cast: Cast, cycle: Cycle, number: int) -> None:
    """A problem carried all the way round, with three notes and three pieces of evidence."""
    from tests.cast import DAY, at  # noqa: PLC0415
    from tests.ledger import make  # noqa: PLC0415

    from bihuan.ledger.actions import closing, measures  # noqa: PLC0415

    problem, measure = make.proven(cast, cycle=cycle, statement=f"样例{cycle.year}年问题{number}")
    for note in range(3):
        measures.note_progress(measure, words=f"样例进展{note}", on=DAY, by=cast.member, at=at(10, note))
    if number % 10 == 0:
        _file(cast, measure, f"{cycle.year}-{number}".encode())
    closing.claim_closing(make.fresh(problem), words="", by=cast.member, at=at(11))
    closing.verify(make.fresh(problem), result="通过", reason="", by=cast.inspector, at=at(14))
    closing.decide_closing(
        make.fresh(problem), meeting=cycle.pk, label="样例支委会", passed=True, by=cast.secretary, at=at(16)
    )


def _file(cast: Cast, measure: Any, mark: bytes) -> None:
    from tests.ledger import make  # noqa: PLC0415

    picture = make.PNG + mark + bytes(range(256)) * (FILE // 256)
    make.proof(cast, measure, kind="文件", file=("样例.png", [picture]), words="")


if __name__ == "__main__":
    sys.exit(main(run))
