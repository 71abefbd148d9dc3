"""A photograph of 50 MB as evidence: taken, one byte more is refused with a sentence, and the server stays small."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.faults.browser import Hand
from tests.faults.house import ask, check, files, prepare
from tests.faults.killing import PNG, PROOF
from tests.folders import cast_folder, cast_template, empty_template  # noqa: F401  fixtures
from tests.journeys.serving import running

LIMIT = 50 * 1024 * 1024  # as settings.UPLOAD_LIMIT says
SMALL = (
    40  # MB that the server may grow by, at its highest, while 50 MB pass through it: not the file, some pieces of it
)


def highest(pid: int) -> int:
    """The most memory the process ever held, in kB."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    assert found
    return int(found[1])


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell how much memory was held")
def test_a_photograph_of_50_mb_is_taken_and_the_server_stays_small(cast_folder: Path) -> None:  # noqa: F811
    path = f"/ledger/measure/{prepare(cast_folder)['work'][0][1]}/evidence/"
    photograph = PNG + random.Random(1).randbytes(LIMIT - len(PNG))  # noqa: S311  what a camera gives: hard to press
    before = ask(cast_folder, "SELECT count(*) FROM ledger_evidence")
    with running(cast_folder, "--demo") as system:
        member = Hand(system.url).walk_in("sun")
        small = ("小.png", PNG + b"1")
        assert member.post(path, {**PROOF, **member.form(path)}, small).status == 302
        held = highest(system.process.pid)
        assert member.post(path, {**PROOF, **member.form(path)}, ("大.png", photograph)).status == 302
        refused = member.post(path, {**PROOF, **member.form(path)}, ("太大.png", photograph + bytes(1024 * 1024)))
        assert refused.status == 200
        assert "最多收50兆，没有收；请压小或分开再传" in refused.body
        grown = (highest(system.process.pid) - held) / 1024
    print(f"the server held {held / 1024:.0f} MB before and grew by {grown:.1f} MB at its highest")
    assert grown < SMALL
    assert ask(cast_folder, "SELECT count(*) FROM ledger_evidence") == before + 2
    assert ask(cast_folder, "SELECT max(size) FROM core_blob") == LIMIT
    assert len(files(cast_folder)) == 2
    check(cast_folder)
