"""The chain: what it says, what it never says, and every way of tampering that it shows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bihuan.core import audit
from bihuan.core.models import Entry
from bihuan.org import actions
from tests.cast import Cast, at
from tests.folders import bihuan, run_python


def test_a_line_names_what_changed_and_never_its_content(cast: Cast) -> None:
    actions.rename_branch(cast.branch, name="第一党支部", superior="中共样例镇委员会", by=cast.secretary, at=at())
    entry = Entry.objects.filter(org=cast.branch.pk).order_by("seq").last()
    assert entry is not None
    line = json.loads(entry.line)
    assert (line["verb"], line["fields"], line["who"]) == ("org.branch.renamed", ["name"], "赵一（书记）")
    assert "第一党支部" not in entry.line
    assert line["before"] != line["after"]


def test_the_salt_may_be_destroyed_and_the_chain_still_holds(cast: Cast) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_entry SET salt = '' WHERE org = %s", [_key(cast.branch.pk)])
        assert cursor.rowcount > 5
    assert audit.verify(cast.branch.pk)[1] == []


def _key(pk: object) -> object:
    from django.db import connection

    return pk.hex if connection.vendor == "sqlite" else pk  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "act", ["DELETE FROM core_entry WHERE seq = 2", "UPDATE core_entry SET line = '{}' WHERE seq = 2"]
)
def test_the_database_itself_refuses(cast: Cast, act: str) -> None:
    from django.db import DatabaseError, connection, transaction

    with pytest.raises(DatabaseError, match="审计记录只能添加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
    assert audit.verify()[1] == []


def test_the_model_refuses(cast: Cast) -> None:
    entry = Entry.objects.first()
    assert entry is not None
    for act in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(line="")):
        with pytest.raises(PermissionError):
            act()


# --- tampering with the file itself, its triggers taken away first ---------------------------------------------------
def _relink(database: sqlite3.Connection, org: str, seq: int) -> None:
    """Change a line and give it a digest that fits, as a careful forger would."""
    prev, line = database.execute("SELECT prev, line FROM core_entry WHERE org=? AND seq=?", (org, seq)).fetchone()
    line = line.replace('"at":"2026', '"at":"2025')
    database.execute(
        "UPDATE core_entry SET line=?, digest=? WHERE org=? AND seq=?", (line, audit.chain_digest(prev, line), org, seq)
    )


def _swap(database: sqlite3.Connection, org: str) -> None:
    for old, new in ((3, 900), (4, 3), (900, 4)):
        database.execute("UPDATE core_entry SET seq=? WHERE org=? AND seq=?", (new, org, old))


def _insert(database: sqlite3.Connection, org: str) -> None:
    last = database.execute("SELECT max(seq) FROM core_entry WHERE org=?", (org,)).fetchone()[0]
    database.execute(
        "INSERT INTO core_entry (installation_id, org, seq, prev, line, digest, salt) "
        "SELECT installation_id, org, ?, digest, line, digest, salt FROM core_entry WHERE org=? AND seq=?",
        (last + 1, org, last),
    )


TAMPERING: dict[str, Callable[[sqlite3.Connection, str], object]] = {
    "a line changed": lambda d, o: d.execute(
        "UPDATE core_entry SET line = replace(line, 'org.', 'gro.') WHERE org=? AND seq=3", (o,)
    ),
    "a line changed, its digest too": lambda d, o: _relink(d, o, 3),
    "the time of the first line": lambda d, o: _relink(d, o, 1),
    "a digest": lambda d, o: d.execute("UPDATE core_entry SET digest='00' WHERE org=? AND seq=3", (o,)),
    "a predecessor": lambda d, o: d.execute("UPDATE core_entry SET prev='' WHERE org=? AND seq=3", (o,)),
    "the first removed": lambda d, o: d.execute("DELETE FROM core_entry WHERE org=? AND seq=1", (o,)),
    "one in the middle removed": lambda d, o: d.execute("DELETE FROM core_entry WHERE org=? AND seq=3", (o,)),
    "the end cut off": lambda d, o: d.execute(
        "DELETE FROM core_entry WHERE org=? AND seq=(SELECT max(seq) FROM core_entry WHERE org=?)", (o, o)
    ),
    "two lines changed round": _swap,
    "a line added behind": _insert,
    "all of it removed": lambda d, o: d.execute("DELETE FROM core_entry WHERE org=?", (o,)),
    "the head removed": lambda d, o: d.execute("DELETE FROM core_chainhead WHERE org=?", (o,)),
    "the head moved back": lambda d, o: d.execute("UPDATE core_chainhead SET seq=seq-1 WHERE org=?", (o,)),
    "lines moved into another chain": lambda d, o: d.execute(
        "UPDATE core_entry SET org='ffffffffffffffffffffffffffffffff' WHERE org=? AND seq>5", (o,)
    ),
}
_CHECK_ALL = """
import shutil, sqlite3, sys
from pathlib import Path
from bihuan.starting import settle
folder = Path(sys.argv[1])
settle(folder)
from django.db import connection
from bihuan.core import audit
from tests.core.test_audit import TAMPERING
database = folder / "bihuan.sqlite3"
clean = database.read_bytes()
for name, tamper in TAMPERING.items():
    connection.close()
    for rest in folder.glob("bihuan.sqlite3-*"):
        rest.unlink()
    database.write_bytes(clean)
    forged = sqlite3.connect(database)
    for (trigger,) in forged.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
        forged.execute(f"DROP TRIGGER {trigger}")
    org = forged.execute("SELECT org FROM core_entry GROUP BY org ORDER BY count(*) DESC").fetchone()[0]
    assert not audit.verify()[1], name
    connection.close()
    tamper(forged, org)
    forged.commit()
    forged.close()
    print(name, "|", "".join(found.what for found in audit.verify()[1]))
"""


def test_every_kind_of_tampering_shows(cast_folder: Path) -> None:
    with sqlite3.connect(cast_folder / "bihuan.sqlite3") as database:
        database.execute("PRAGMA journal_mode=DELETE")
    done = run_python(_CHECK_ALL, cast_folder)
    assert done.returncode == 0, done.stderr
    found = dict(line.split(" | ", 1) for line in done.stdout.replace(" |\n", " | \n").splitlines())
    assert set(found) == set(TAMPERING)
    assert [name for name, breaks in found.items() if not breaks] == []


def test_the_command_says_so_and_exits_1(cast_folder: Path) -> None:
    fine = bihuan("verify-audit", "--data", cast_folder)
    assert fine.returncode == 0, fine.stderr
    assert "都对得上" in fine.stdout
    assert "第一支部：" in fine.stdout
    with sqlite3.connect(cast_folder / "bihuan.sqlite3") as database:
        database.execute("DROP TRIGGER entry_is_never_deleted")
        database.execute("DELETE FROM core_entry WHERE seq=3")
    broken = bihuan("verify-audit", "--data", cast_folder)
    assert broken.returncode == 1
    assert "第一支部：第3条到第4条之间的次序不对" in broken.stdout


# --- two writers at once ---------------------------------------------------------------------------------------------
WRITERS = """
import os, sys, threading
from pathlib import Path
from bihuan.starting import settle
settle(Path(sys.argv[1]))
from django.db import connection, transaction
from bihuan.core import audit
from bihuan.core.models import Entry
from bihuan.org.models import Org
from tests.cast import at
org = Org.objects.everywhere("a test").get(name="第一支部")
before = Entry.objects.filter(org=org.pk).count()
faults = []
def write():
    try:
        for _ in range(15):
            with transaction.atomic():
                audit.note("org.account.failed", org=org.pk, by=None, at=at())
    except Exception as fault:
        faults.append(repr(fault))
    finally:
        connection.close()
threads = [threading.Thread(target=write) for _ in range(6)]
[t.start() for t in threads]; [t.join() for t in threads]
read, breaks = audit.verify(org.pk)
print(faults, read - before, breaks)
"""


def test_writers_at_the_same_time_make_one_chain(cast_folder: Path) -> None:
    done = run_python(WRITERS, cast_folder)
    assert done.stdout.strip() == "[] 90 []", done.stderr
