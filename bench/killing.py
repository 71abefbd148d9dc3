"""`python -m bench.killing [runs]`: kill -9 of a real `bihuan serve` on SQLite under twenty clients who work the ledger,
so many times one after another on one data folder (200 if not said). Whatever is not as it must be stops it with what
was found; the counts are printed at the end."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import tempfile
import time
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from tests.faults.counting import count
from tests.faults.house import agree, ask, prepare
from tests.faults.killing import Worker, compare, moments, twenty, work_until_killed
from tests.folders import make_cast

from bihuan.starting import settle

MOST, LONGEST = 30, 0.3  # a kill comes after 1 to 30 acknowledgements and up to so many seconds more


def main(runs: int) -> int:
    """Run, print a line every ten kills, and the sums."""
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"SQLite {sqlite3.sqlite_version}", flush=True)  # fmt: skip
    with tempfile.TemporaryDirectory() as place:
        folder = make_cast(Path(place) / "data")
        people, chance = twenty(prepare(folder, 12)), moments()
        settle(folder)
        start, swept = time.perf_counter(), 0
        for run in range(1, runs + 1):
            _kill_once(folder, people, chance.randint(1, MOST), LONGEST * chance.random())
            swept += _agree(folder)
            done = compare(folder, people)
            if run % 10 == 0 or run == runs:
                again = sum(worker.sent_again for worker in people)
                lines = ask(folder, "SELECT count(*) FROM core_entry")
                told = ", ".join(f"{kind} {number}" for kind, number in sorted(done.items()))
                print(f"{run} kills, {time.perf_counter() - start:.0f} s: acknowledged {sum(done.values())} ({told}), "
                      f"forms sent again after a kill {again}, lines of the chain {lines}, orphans swept {swept}; "
                      "lost 0, doubled 0, halves 0, broken chains 0", flush=True)  # fmt: skip
    return 0


def _kill_once(folder: Path, people: list[Worker], acknowledged: int, more: float) -> None:
    with redirect_stdout(StringIO()):  # what the server says belongs to a test's log
        work_until_killed(folder, people, acknowledged, more)


def _agree(folder: Path) -> int:
    from django.db import connection  # noqa: PLC0415  after `settle`

    try:
        return agree(folder, count())
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
