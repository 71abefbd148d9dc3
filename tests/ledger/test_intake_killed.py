"""kill -9 in the middle of taking a paper in: nothing half done, and what lies in the vault is swept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.conftest import REPO

PREPARE = """
    import django; django.setup()
    from bihuan.core.installing import bring_up_to_date
    bring_up_to_date()
    from tests import cast
    from tests.ledger import making
    making.year(cast.gather())
"""
TAKE = """
    import django; django.setup()
    import os, signal
    from bihuan.org.models import Seat
    from bihuan.cycle.models import Cycle
    from bihuan.ledger.actions import intake
    from tests import cast
    from tests.ledger import making
    seat = Seat.objects.everywhere("test").select_related("account__person", "org").get(account__login="zhao")
    cycle = Cycle.objects.of(seat.org_id).get()
    real = intake.audit.record
    def killed(*args, **kwargs):
        real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    if {kill}:
        intake.audit.record = killed
    intake.take_paper(cycle=cycle, name="a.txt", data=making.REPORT, by=seat, at=cast.at())
"""
COUNT = """
    import django; django.setup()
    from bihuan.core import audit, vault
    from bihuan.core.models import Blob
    from bihuan.ledger.models import Paper, Proposal
    import time
    swept = vault.sweep(time.time() + 7200)
    every = "test"
    print(Paper.objects.everywhere(every).count(), Proposal.objects.everywhere(every).count(), Blob.objects.count(),
          swept, len(vault.damaged()), len(audit.verify()[1]))
"""


def run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    settings = {"BIHUAN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "bihuan.settings", "DATABASE_URL": ""}
    environment = {**os.environ, **settings, "PYTHONPATH": os.pathsep.join([str(REPO / "src"), str(REPO)])}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_in_the_middle_leaves_neither_row_nor_file(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    folder.mkdir()
    prepared = run(folder, PREPARE)
    assert prepared.returncode == 0, prepared.stderr
    killed = run(folder, TAKE.format(kill=True))
    assert killed.returncode == -signal.SIGKILL
    files = [f for f in (folder / "vault").rglob("*") if f.is_file()]
    assert len(files) == 1, "the file was there before the rows: something could have been left half done"
    assert run(folder, COUNT).stdout.split() == ["0", "0", "0", "1", "0", "0"]
    again = run(folder, TAKE.format(kill=False))
    assert again.returncode == 0, again.stderr
    assert run(folder, COUNT).stdout.split() == ["1", "8", "1", "0", "0", "0"]
