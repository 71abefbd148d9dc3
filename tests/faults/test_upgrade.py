"""Databases of earlier versions, and the one of this version, open in today's code with nothing lost."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations.loader import MigrationLoader

from tests.folders import run_python
from tests.make_kept import DATA, DATABASE, MANIFEST, told, version

KEPT = sorted(DATA.glob("*.sqlite3.zip"))
REMAKE = (
    "the migrations changed since the database of this version was kept: run `python -m tests.make_kept` and commit it"
)
OPEN = """
import json, sys
from pathlib import Path
from bihuan.starting import make_folder, settle
folder = Path(sys.argv[1])
make_folder(folder)
settle(folder, demo=True)
(folder / "static").mkdir(exist_ok=True)
from bihuan.core.installing import bring_up_to_date
bring_up_to_date()
from django.db import connection
from django.test import Client
from bihuan.core import audit, triggers, vault
from bihuan.desk import demo
from datetime import date
read, breaks = audit.verify()
said = {"missing": triggers.missing(connection), "read": read, "breaks": [b.what for b in breaks], "damaged": vault.damaged()}
pages = {}
for seat in demo.cast(date(2026, 3, 9)):
    if seat.capacity != "书记":
        continue
    client = Client(raise_request_exception=False)
    client.force_login(seat.account)
    for page in ("/", "/ledger/", "/org/members/", "/report/", "/meeting/", "/archive/audit/"):
        pages[f"{seat.account.login} {page}"] = client.get(page).status_code
said["pages"] = pages
bring_up_to_date()
print(json.dumps(said))
"""


def _manifest(kept: Path) -> dict[str, Any]:
    with zipfile.ZipFile(kept) as archive:
        said: dict[str, Any] = json.loads(archive.read(MANIFEST))
    return said


def test_this_version_is_kept_with_the_migrations_it_has() -> None:
    kept = DATA / f"{version()}.sqlite3.zip"
    assert kept.is_file(), REMAKE
    today = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    assert set(_manifest(kept)["migrations"]) == today, REMAKE


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_a_kept_database_opens_in_todays_code(kept: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with zipfile.ZipFile(kept) as archive:
        archive.extractall(folder)
    was = _manifest(kept)
    assert told(folder / DATABASE)["rows"] == was["rows"]
    opened = run_python(OPEN, folder)
    assert opened.returncode == 0, opened.stderr
    said = json.loads(opened.stdout.splitlines()[-1])
    assert (said["missing"], said["breaks"], said["damaged"]) == ([], [], [])
    assert said["read"] == was["rows"]["core_entry"] > 150
    assert len(said["pages"]) >= 12
    assert set(said["pages"].values()) == {200}, said["pages"]
    now = told(folder / DATABASE)["rows"]
    assert {table: rows for table, rows in was["rows"].items() if now.get(table, 0) < rows} == {}
