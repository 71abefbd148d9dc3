"""A thousand random tamperings of the audit tables are all found; what no chain can show by itself, a backup shows."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from tests.cast import Cast
from tests.faults import tampering
from tests.faults.tampering import tamper_and_look
from tests.folders import bihuan, cast_folder, cast_template, empty_template  # noqa: F401  fixtures

FILE = pytest.mark.skipif(connection.vendor != "sqlite", reason="tampering with the file, as somebody who has it would")


def _all_found(times: int) -> None:
    tried = tamper_and_look(times)
    assert {done.way for done in tried} == {way.__name__ for way in tampering.WAYS}
    assert [done for done in tried if not done.found] == []


@FILE
def test_each_way_of_tampering_is_found(cast: Cast) -> None:
    _all_found(3 * len(tampering.WAYS))


@FILE
@pytest.mark.long
def test_a_thousand_tamperings_are_all_found(cast: Cast) -> None:
    _all_found(1000)


def _rewritten(database: sqlite3.Connection, org: str) -> None:
    """The first line changed, and everything after it built anew, head and all: no chain can show that by itself."""
    from bihuan.core.audit import chain_digest

    prev = ""
    for key, line in database.execute("SELECT id, line FROM core_entry WHERE org = ? ORDER BY seq", (org,)).fetchall():
        line = line.replace('"at":"2026', '"at":"2025') if not prev else line
        digest = chain_digest(prev, line)
        database.execute("UPDATE core_entry SET prev=?, line=?, digest=? WHERE id=?", (prev, line, digest, key))
        prev = digest
    database.execute("UPDATE core_chainhead SET digest=? WHERE org=?", (prev, org))


def _gone(database: sqlite3.Connection, org: str) -> None:
    """A whole chain and its head."""
    database.execute("DELETE FROM core_entry WHERE org = ?", (org,))
    database.execute("DELETE FROM core_chainhead WHERE org = ?", (org,))


@pytest.mark.parametrize(("act", "said"), [(_rewritten, "和当时的不一样"), (_gone, "不见了")])
def test_what_only_a_backup_can_show(cast_folder: Path, tmp_path: Path, act: object, said: str) -> None:  # noqa: F811
    assert bihuan("backup", "-o", tmp_path / "stick", "--data", cast_folder).returncode == 0
    (backup,) = (tmp_path / "stick").iterdir()
    against = ("verify-audit", "--data", cast_folder, "--against", backup)
    honest = bihuan(*against)
    assert (honest.returncode, "都对得上" in honest.stdout) == (0, True), honest.stdout + honest.stderr
    with sqlite3.connect(cast_folder / "bihuan.sqlite3") as database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        org = database.execute("SELECT org FROM core_entry GROUP BY org ORDER BY count(*) DESC").fetchone()[0]
        act(database, org)  # type: ignore[operator]
    assert bihuan("verify-audit", "--data", cast_folder).returncode == 0
    found = bihuan(*against)
    assert (found.returncode, said in found.stdout) == (1, True), found.stdout + found.stderr
