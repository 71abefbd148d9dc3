"""A branch moves into an empty system: every field of every row, every file, the chain."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from django.apps import apps

from bihuan.archive import actions, exporting, portable, schema
from bihuan.core import audit, vault
from bihuan.core.access import Refused
from bihuan.core.installing import install
from bihuan.core.models import Entry, Record
from bihuan.org.models import Account, Org, Person
from tests.archive.year import a_year
from tests.cast import Cast, at
from tests.folders import REPO, bihuan, run_python

BY_ROOM = ("core", "org", "cycle", "ledger", "meeting", "report", "archive", "desk")


def rows_in(database: Path) -> dict[str, dict[str, dict[str, object]]]:
    """table → key → column → value, of everything in a SQLite file."""
    link = sqlite3.connect(database)
    link.row_factory = sqlite3.Row
    tables = [row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    found = {t: [dict(row) for row in link.execute(f"SELECT * FROM {t}")] for t in tables}  # noqa: S608
    return {t: {str(row.get("id", next(iter(row.values())))): row for row in rows} for t, rows in found.items()}


BUILD = """
import sys
from pathlib import Path
from bihuan.starting import settle
settle(Path(sys.argv[1]))
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from tests.archive.year import cast_in_place, a_year
print(",".join(a_year(cast_in_place())))
"""


def test_a_branch_moves_and_every_field_of_every_row_is_the_same(cast_folder: Path, tmp_path: Path) -> None:
    built = run_python(BUILD, cast_folder)
    assert built.returncode == 0, built.stderr
    # the kinds of records that no action makes yet; the rest all move here
    assert set(built.stdout.strip().split(",")) <= {
        "cycle.GateFact",
        "ledger.MeasureCause",
        "ledger.Recurs",
    }
    done = bihuan("export", "--branch", "第一支部", "-o", tmp_path / "moved", "--data", cast_folder)
    assert done.returncode == 0, done.stderr
    empty_folder = tmp_path / "elsewhere"  # not there yet: another machine, another installation
    taken = bihuan("import", tmp_path / "moved", "--data", empty_folder)
    assert taken.returncode == 0, taken.stderr
    assert "书记赵一的登录名：zhao" in taken.stdout

    old, new = rows_in(cast_folder / "bihuan.sqlite3"), rows_in(empty_folder / "bihuan.sqlite3")
    manifest = json.loads((tmp_path / "moved/manifest.json").read_text("utf-8"))
    counts = {file["file"]: file["rows"] for file in manifest["files"]}
    compared = 0
    for model in portable.travelling():
        table, label = model._meta.db_table, model._meta.label
        if label in {"core.Entry", "core.ChainHead", "core.Alias", "core.Installation"}:
            continue
        assert len(new[table]) == counts[portable.file_name(model)], label
        left = {"password", "last_login", "failures", "locked_until", "must_change_password"}
        for key, row in new[table].items():
            was = old[table][key]
            assert {c: v for c, v in row.items() if c not in left} == {c: v for c, v in was.items() if c not in left}
            compared += len(row)
    assert compared > 1500
    _chain_is_the_same(old, new)
    cited = {path.name for path in (empty_folder / "vault").glob("??/*")}
    assert cited == set(new["core_blob"])
    assert len(cited) == 3


def _chain_is_the_same(old: dict, new: dict) -> None:  # type: ignore[type-arg]
    here = next(row["id"] for row in new["core_installation"].values() if row["here"])
    columns = ("installation_id", "org", "seq", "prev", "line", "digest", "salt")

    def chains(rows: dict) -> set[tuple[object, ...]]:  # type: ignore[type-arg]
        return {tuple(row[c] for c in columns) for row in rows["core_entry"].values()}

    moved = {line for line in chains(new) if line[0] != here}
    branch = max({line[1] for line in moved}, key=str)
    assert moved == {line for line in chains(old) if line[1] == branch}
    assert len(moved) > 20
    assert {row["here"] for row in new["core_installation"].values() if row["id"] != here} == {0}


def test_nothing_of_another_branch_comes_along(cast: Cast, tmp_path: Path) -> None:
    exporting.export(cast.branch, tmp_path / "out", at=at())
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "out").glob("*.jsonl"))
    assert "孙四" in written
    for stranger in ("吴九", "王十", "第二支部"):
        assert Person.objects.everywhere("it is there to leak").filter(name=stranger).exists() or stranger == "第二支部"
        assert stranger not in written


def test_accounts_travel_without_password_and_failures(cast: Cast, tmp_path: Path) -> None:
    Account.objects.filter(login="sun").update(failures=3)
    exporting.export(cast.branch, tmp_path / "out", at=at())
    accounts = list(portable.read_lines(tmp_path / "out/org.account.jsonl"))
    assert {account["login"] for account in accounts} == {"zhao", "qian", "zhou", "sun", "li"}
    assert not {"password", "failures", "locked_until", "last_login"} & set(accounts[0])


def test_every_record_model_and_every_other_table_is_accounted_for() -> None:
    ours = {m for m in apps.get_models() if m._meta.app_label in BY_ROOM}
    assert {m for m in ours if issubclass(m, Record)} == set(portable.record_models())
    assert ours - set(portable.record_models()) - set(portable.BESIDE) - set(portable.STAYS) == set()
    assert [m for m in ours if m._meta.many_to_many] == []


def test_each_record_leads_to_an_organisation(cast: Cast) -> None:
    for model in portable.record_models():
        assert model.objects.of(cast.branch.pk).count() >= 0, model


def test_the_documented_schema_is_the_models_own() -> None:
    written = (REPO / schema.DOCUMENT).read_text("utf-8")
    assert written == schema.text(), "the models changed: run `make docs`"


def test_an_unknown_branch_is_answered_with_the_known_names(cast_folder: Path, tmp_path: Path) -> None:
    done = bihuan("export", "--branch", "没有的支部", "-o", tmp_path / "x", "--data", cast_folder)
    assert (done.returncode, (tmp_path / "x").exists()) == (2, False)
    assert "第一支部、第二支部" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.fixture
def exported(cast: Cast, tmp_path: Path) -> Path:
    exporting.export(cast.branch, tmp_path / "out", at=at())
    return tmp_path / "out"


def test_a_system_with_somebody_in_it_takes_nothing(exported: Path) -> None:
    lines = Entry.objects.count()
    with pytest.raises(Refused, match="已经有党组织"):
        actions.import_branch(exported, at=at())
    assert Entry.objects.count() == lines


SPOILT = {
    "a row changed": lambda d: _edit(d / "org.person.jsonl", "孙四", "孙五"),
    "a file gone": lambda d: (d / "org.person.jsonl").unlink(),
    "no manifest": lambda d: (d / "manifest.json").unlink(),
    "another format": lambda d: _edit(d / "manifest.json", '"bihuan-export"', '"else"'),
    "a newer version": lambda d: _edit(d / "manifest.json", '"version": 1', '"version": 9'),
    "no json": lambda d: (d / "manifest.json").write_text("{"),
}


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_export_is_refused_before_anything_is_written(exported: Path, how: str) -> None:
    SPOILT[how](exported)
    with pytest.raises(Refused):
        actions.read_manifest(exported)


def test_a_chain_that_was_forged_with_its_digests_is_refused(
    cast_folder: Path, empty_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "moved"
    assert bihuan("export", "--branch", "第一支部", "-o", folder, "--data", cast_folder).returncode == 0
    lines = folder / "core.entry.jsonl"
    old = portable.sha256_of(lines)
    _edit(lines, "org.roster.taken_in", "org.roster.taken_on")
    _edit(folder / "manifest.json", old, portable.sha256_of(lines))
    done = bihuan("import", folder, "--data", empty_folder)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "审计记录对不上" in done.stderr
    assert rows_in(empty_folder / "bihuan.sqlite3")["org_org"] == {}


def test_an_export_never_overwrites(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/something").write_text("mine")
    with pytest.raises(Refused, match="已经有东西"):
        exporting.export(cast.branch, tmp_path / "out", at=at())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["something"]
    assert list(tmp_path.glob(".out-*")) == []


def test_an_export_with_a_lost_file_says_so_and_leaves_nothing(cast: Cast, tmp_path: Path) -> None:
    a_year(cast)
    shutil.rmtree(vault.path_of("x" * 64).parent.parent)
    with pytest.raises(Refused, match="少了一份文件"):
        exporting.export(Org.objects.of(cast.branch.pk).get(), tmp_path / "out", at=at())
    assert not (tmp_path / "out").exists()


def test_this_installation_can_take_its_own_export_back(cast: Cast, exported: Path) -> None:
    """The chain of an installation that is here already is not made a second one."""
    manifest = actions.read_manifest(exported)
    assert str(install().pk) == manifest["installation"]
    assert audit.verify(cast.branch.pk)[1] == []
