"""kill -9 in the middle of taking or mending a paper: the one or the other, nothing between; and the sweep at a start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.folders import REPO

PREPARE = """
    import django; django.setup()
    from bihuan.core.installing import bring_up_to_date
    bring_up_to_date()
    from tests import cast
    cast.gather()
"""
ACT = """
    import django; django.setup()
    import os, signal
    from bihuan.core import clock
    from bihuan.org.models import Seat
    from bihuan.review import actions, pages
    from bihuan.review.models import Manuscript
    from tests.review_web.papers import SLIPS
    seat = Seat.objects.everywhere("test").select_related("account__person", "org").get(account__login="zhao")
    real = Manuscript.save
    def killed(*args, **kwargs):
        real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    if {kill}:
        Manuscript.save = killed
    held = Manuscript.objects.first()
    if held is None:
        actions.take(name="a.txt", data=SLIPS.encode(), by=seat, at=clock.now())
    else:
        edits = pages.PaperPage(held).mend(None)
        actions.revise(held, edits=edits, words="样例", seen=held.version, by=seat, at=clock.now())
"""
TELL = """
    import django; django.setup()
    from bihuan.core import audit
    from bihuan.core.models import Entry
    from bihuan.review.models import Manuscript
    lines = Entry.objects.filter(line__contains="review.").count()
    print(*[f"{m.version}:{len(m.steps)}" for m in Manuscript.objects.all()], lines, len(audit.verify()[1]))
"""
AGE = """
    import django; django.setup()
    from datetime import timedelta
    from django.db.models import F
    from bihuan.review.models import Manuscript
    Manuscript.objects.update(written_at=F("written_at") - timedelta(days=31))
    from bihuan.core.installing import bring_up_to_date
    bring_up_to_date()
"""


def run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    settings = {"BIHUAN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "bihuan.settings", "DATABASE_URL": ""}
    environment = {**os.environ, **settings, "PYTHONPATH": os.pathsep.join([str(REPO / "src"), str(REPO)])}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_in_the_middle_leaves_nothing_half_done(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    folder.mkdir()
    prepared = run(folder, PREPARE)
    assert prepared.returncode == 0, prepared.stderr
    for before, after in (("0 0", "1:0 1 0"), ("1:0 1 0", "2:1 1 0")):
        assert run(folder, ACT.format(kill=True)).returncode == -signal.SIGKILL
        assert run(folder, TELL).stdout.strip() == before
        done = run(folder, ACT.format(kill=False))
        assert done.returncode == 0, done.stderr
        assert run(folder, TELL).stdout.strip() == after
    aged = run(folder, AGE)
    assert aged.returncode == 0, aged.stderr
    assert run(folder, TELL).stdout.strip() == "1 0", "what nobody touched for thirty days goes at the next start"
