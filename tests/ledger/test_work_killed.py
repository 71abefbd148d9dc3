"""kill -9 in the middle of an upload of proof and of a 销号: nothing half done, and doing it again works."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.conftest import REPO

START = """
    import django; django.setup()
    import os, signal, time
    from bihuan.core import audit, vault
    from bihuan.ledger.models import Decision, Evidence, Problem
    from bihuan.org.models import Seat
    from tests.ledger import make
    from tests.cast import at
    class Cast:
        def __getattr__(self, who):
            login = {"secretary": "zhao", "member": "sun", "inspector": "zhou"}[who]
            return Seat.objects.everywhere("test").select_related("account__person", "org").get(account__login=login)
        def person(self, seat):
            return seat.account.person
    cast = Cast()
    def dying(module):
        real = module.audit.record
        class Dying:
            def record(self, *args, **kwargs):
                real(*args, **kwargs)
                os.kill(os.getpid(), signal.SIGKILL)
        module.audit = Dying()
"""
PREPARE = """
    import django; django.setup()
    from bihuan.core.installing import bring_up_to_date
    bring_up_to_date()
    from tests import cast
    from tests.ledger import make
    make.verified(cast.gather())
"""
DECIDE = """
    from bihuan.ledger.actions import closing
    if {kill}:
        dying(closing)
    problem = Problem.objects.everywhere("test").get()
    closing.decide_closing(problem, meeting=problem.cycle_id, label="支委会", passed=True, by=cast.secretary, at=at(16))
"""
PROVE = """
    from bihuan.ledger.actions import closing, measures
    problem = Problem.objects.everywhere("test").get()
    if problem.state == "待核验":
        closing.decide_closing(problem, meeting=problem.cycle_id, label="x", passed=False, by=cast.secretary, at=at(16))
    if {kill}:
        dying(measures)
    measure = problem.measure_links.get().measure
    make.proof(cast, measure, kind="文件", words="", file=("公示栏.png", [make.PNG]), at=at(17))
"""
COUNT = """
    swept = vault.sweep(time.time() + 7200)
    evidence = Evidence.objects.everywhere("test").filter(kind="文件")
    print(Problem.objects.everywhere("test").get().state, Decision.objects.everywhere("test").count(),
          evidence.count(), swept, len(vault.damaged()), len(audit.verify()[1]))
"""


def run(folder: Path, *parts: str) -> subprocess.CompletedProcess[str]:
    settings = {"BIHUAN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "bihuan.settings", "DATABASE_URL": ""}
    python_path = os.pathsep.join([str(REPO / "src"), str(REPO)])
    return subprocess.run(
        [sys.executable, "-c", "\n".join(textwrap.dedent(part) for part in parts)],
        env={**os.environ, **settings, "PYTHONPATH": python_path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def count(folder: Path) -> list[str]:
    counted = run(folder, START, COUNT)
    assert counted.returncode == 0, counted.stderr
    return counted.stdout.split()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize(
    ("act", "after_kill", "after_all"),
    [
        (DECIDE, ["待核验", "0", "0", "0", "0", "0"], ["已销号", "1", "0", "0", "0", "0"]),
        (PROVE, ["退回", "1", "0", "1", "0", "0"], ["退回", "1", "1", "0", "0", "0"]),
    ],
    ids=["deciding", "uploading"],
)
def test_killed_in_the_middle(tmp_path: Path, act: str, after_kill: list[str], after_all: list[str]) -> None:
    folder = tmp_path / "house"
    folder.mkdir()
    prepared = run(folder, PREPARE)
    assert prepared.returncode == 0, prepared.stderr
    assert run(folder, START, act.format(kill=True)).returncode == -signal.SIGKILL
    assert count(folder) == after_kill
    again = run(folder, START, act.format(kill=False))
    assert again.returncode == 0, again.stderr
    assert count(folder) == after_all
