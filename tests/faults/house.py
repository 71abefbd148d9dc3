"""A data folder with the cast and problems in every state, for a real server to stand on."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.folders import run_python
from tests.journeys.serving import command

PREPARE = """
import json, os, sys
from pathlib import Path
from bihuan.starting import settle
settle(Path(sys.argv[1]))
from bihuan.cycle.actions import open_cycle
from bihuan.org.models import Membership
from tests.archive.year import cast_in_place
from tests.cast import at
from tests.ledger import make
cast = cast_in_place()
cycle = make.a_cycle(cast)
keys = {"work": [], "claimed": [], "verified": []}
for number in range(int(sys.argv[2])):
    def one(name, upto):
        from bihuan.ledger.actions import closing, problems
        problem = problems.raise_problem(
            cycle=cycle, statement=f"{name}{number}", origin_kind="自查", origin_words="", by=cast.secretary, at=at(9))
        problems.add_cause(problem, text="样例原因", by=cast.secretary, at=at(9, 5))
        measure = make.a_measure(cast, problem)
        problems.start_work(problem, by=cast.secretary, at=at(9, 15))
        for standard in make.STANDARDS.splitlines():
            make.proof(cast, measure, standard)
        if upto > 0:
            closing.claim_closing(problem, words="", by=cast.member, at=at(11))
        if upto > 1:
            closing.verify(make.fresh(problem), result="通过", reason="", by=cast.inspector, at=at(14))
        return str(problem.pk), str(measure.pk)
    for upto, name in enumerate(keys):
        keys[name].append(one(name, upto))
from bihuan.meeting import actions
from tests.meeting.make import a_meeting
keys["meeting"] = str(a_meeting(cast, cycle).pk)
keys["people"] = {p.person.name: str(p.person_id) for p in Membership.objects.of(cast.branch.pk).select_related("person")}
print(json.dumps(keys))
"""
COUNT = """
import json, sys
from pathlib import Path
from bihuan.starting import settle
settle(Path(sys.argv[1]))
from tests.faults.counting import count
print(json.dumps(count()))
"""


def prepare(folder: Path, each: int = 1) -> dict[str, Any]:
    """`each` problems at work with proof, as many claimed, as many verified; one registered meeting. Returns the keys."""
    done = run_python(PREPARE, folder, each)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def ask(folder: Path, query: str, *given: object) -> Any:
    """What the database file itself says to a question with one answer."""
    with sqlite3.connect(f"file:{folder / 'bihuan.sqlite3'}?mode=ro", uri=True) as database:
        return database.execute(query, [str(UUID(v).hex) if _is_key(v) else v for v in given]).fetchone()[0]


def _is_key(value: object) -> bool:
    return isinstance(value, str) and len(value) == 36 and value.count("-") == 4


def files(folder: Path) -> set[str]:
    """The names of all files in the vault, finished or not."""
    return {path.name for path in (folder / "vault").rglob("*") if path.is_file()}


def check(folder: Path) -> int:
    """Everything that must hold after whatever happened. Returns how many orphans were swept."""
    verified = command("verify-audit", "--data", str(folder))
    assert verified.returncode == 0, verified.stdout + verified.stderr
    counted = run_python(COUNT, folder)
    assert counted.returncode == 0, counted.stderr
    return agree(folder, json.loads(counted.stdout.splitlines()[-1]))


def agree(folder: Path, said: dict[str, Any]) -> int:
    """The database is sound, the chain holds, and files and rows are the same. `said`: what `counting.count` said."""
    assert ask(folder, "PRAGMA integrity_check") == "ok"
    assert said["damaged"] == []
    assert said["breaks"] == []
    with sqlite3.connect(folder / "bihuan.sqlite3") as database:
        blobs = {row[0] for row in database.execute("SELECT sha256 FROM core_blob")}
        cited = {row[0] for row in database.execute("SELECT blob_id FROM ledger_evidence WHERE blob_id IS NOT NULL")}
    assert files(folder) == blobs
    assert cited <= blobs
    swept: int = said["swept"]
    return swept
