"""What only a real PostgreSQL shows: writers at once, taps at once, a dump that comes back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.core.test_acting import TAPS
from tests.core.test_audit import WRITERS
from tests.folders import bihuan, run_python

BASE = os.environ.get("DATABASE_URL", "")
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not BASE.startswith("postgres"), reason="run `python -m tests.run_postgres`"),
]
PREPARE = """
import sys
from pathlib import Path
from bihuan.starting import make_folder, settle
make_folder(Path(sys.argv[1]))
settle(Path(sys.argv[1]))
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from bihuan.core.installing import bring_up_to_date
bring_up_to_date()
from tests.cast import gather
gather()
"""


@pytest.fixture
def new_database() -> Iterator[Callable[[], str]]:
    """Makes empty databases on the test's cluster and gives their addresses."""
    import psycopg

    made: list[str] = []

    def make() -> str:
        name = f"bihuan_{uuid4().hex[:12]}"
        with psycopg.connect(BASE, autocommit=True) as link:
            link.execute(f"CREATE DATABASE {name}")
        made.append(name)
        return f"{BASE.rsplit('/', 1)[0]}/{name}"

    yield make
    with psycopg.connect(BASE, autocommit=True) as link:
        for name in made:
            link.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_writers_and_taps_at_the_same_time(new_database: Callable[[], str], tmp_path: Path) -> None:
    address, folder = new_database(), tmp_path / "data"
    prepared = run_python(PREPARE, folder, DATABASE_URL=address)
    assert prepared.returncode == 0, prepared.stderr
    writers = run_python(WRITERS, folder, DATABASE_URL=address)
    assert writers.stdout.strip() == "[] 90 []", writers.stderr
    taps = run_python(TAPS, folder, DATABASE_URL=address)
    assert taps.stdout.strip() == "['acted', 'already', 'already', 'already', 'already'] 1", taps.stderr


def test_a_dump_comes_back_and_the_chain_holds(new_database: Callable[[], str], tmp_path: Path) -> None:
    old, new, folder = new_database(), new_database(), tmp_path / "data"
    assert run_python(PREPARE, folder, DATABASE_URL=old).returncode == 0
    before = bihuan("verify-audit", "--data", folder, DATABASE_URL=old)
    made = bihuan("backup", "-o", tmp_path / "b", "--data", folder, DATABASE_URL=old)
    assert made.returncode == 0, made.stderr
    (backup,) = (tmp_path / "b").iterdir()
    occupied = bihuan("restore", backup, "--data", tmp_path / "new", DATABASE_URL=old)
    assert (occupied.returncode, "不是空的" in occupied.stderr) == (2, True)
    back = bihuan("restore", backup, "--data", tmp_path / "new", DATABASE_URL=new)
    assert back.returncode == 0, back.stderr
    after = bihuan("verify-audit", "--data", tmp_path / "new", DATABASE_URL=new)
    assert (before.returncode, after.returncode, after.stdout) == (0, 0, before.stdout)


def test_a_branch_moves_from_sqlite_to_postgresql(
    new_database: Callable[[], str], cast_folder: Path, tmp_path: Path
) -> None:
    assert bihuan("export", "--branch", "第一支部", "-o", tmp_path / "out", "--data", cast_folder).returncode == 0
    address = new_database()
    taken = bihuan("import", tmp_path / "out", "--data", tmp_path / "new", DATABASE_URL=address)
    assert taken.returncode == 0, taken.stderr
    again = bihuan(
        "export", "--branch", "第一支部", "-o", tmp_path / "again", "--data", tmp_path / "new", DATABASE_URL=address
    )
    assert again.returncode == 0, again.stderr
    for name in ("org.person.jsonl", "org.membership.jsonl", "org.orgspell.jsonl"):
        moved = set((tmp_path / "again" / name).read_text("utf-8").splitlines())
        assert moved == set((tmp_path / "out" / name).read_text("utf-8").splitlines())
