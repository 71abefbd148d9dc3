"""Backups: whole, verified, made while the system is in use, and put back without losing what was there."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from bihuan.archive import actions, backing, queries, restoring
from bihuan.core import vault
from bihuan.core.access import Refused
from bihuan.core.models import Entry
from bihuan.org.actions import NewMember, take_in_roster
from tests.cast import Cast, at
from tests.folders import bihuan

PNG = b"\x89PNG\r\n\x1a\n" + bytes(300)


def _with_a_file(folder: Path) -> None:
    """A paper in the folder's vault and its row."""
    from tests.folders import run_python

    done = run_python(
        """
        import sys
        from pathlib import Path
        from bihuan.starting import settle
        settle(Path(sys.argv[1]))
        from bihuan.core import vault
        vault.keep([b"\\x89PNG\\r\\n\\x1a\\n" + bytes(300)], name="a.png")
        """,
        folder,
    )
    assert done.returncode == 0, done.stderr


def _dump(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "bihuan.sqlite3") as link:
        return list(link.iterdump())


@pytest.mark.parametrize("how", [[], ["--folder"]])
def test_a_backup_comes_back_the_same(cast_folder: Path, tmp_path: Path, how: list[str]) -> None:
    _with_a_file(cast_folder)
    before = _dump(cast_folder)
    made = bihuan("backup", "-o", tmp_path / "stick", "--data", cast_folder, *how)
    assert made.returncode == 0, made.stderr
    (backup,) = (tmp_path / "stick").iterdir()
    assert backup.name.startswith("bihuan-backup-")
    back = bihuan("restore", backup, "--data", tmp_path / "new")
    assert back.returncode == 0, back.stderr
    assert _dump(tmp_path / "new") == before
    for name in ("secret.key", "installation.pem"):
        assert (tmp_path / "new" / name).read_bytes() == (cast_folder / name).read_bytes()
    files = {p.name for p in (tmp_path / "new/vault").glob("??/*")}
    assert files == {p.name for p in (cast_folder / "vault").glob("??/*")}
    assert len(files) == 1
    assert bihuan("verify-audit", "--data", tmp_path / "new").returncode == 0
    assert list(tmp_path.glob(".new-*")) == []


def test_the_backup_itself_stands_in_the_chain_of_the_system(cast_folder: Path, tmp_path: Path) -> None:
    assert bihuan("backup", "-o", tmp_path, "--data", cast_folder).returncode == 0
    (backup,) = tmp_path.glob("*.zip")
    digest = json.loads(zipfile.ZipFile(backup).read("manifest.json"))["heads_digest"]
    assert backup.stem.endswith(digest[:8])
    with sqlite3.connect(cast_folder / "bihuan.sqlite3") as link:
        line = link.execute("SELECT line FROM core_entry ORDER BY id DESC LIMIT 1").fetchone()[0]
    assert json.loads(line)["heads"] == digest


def test_newer_data_is_not_overwritten_until_it_was_said(cast_folder: Path, tmp_path: Path) -> None:
    assert bihuan("backup", "-o", tmp_path / "b", "--data", cast_folder).returncode == 0
    (backup,) = (tmp_path / "b").iterdir()
    now = _dump(cast_folder)
    refused = bihuan("restore", backup, "--data", cast_folder)
    assert (refused.returncode, _dump(cast_folder)) == (2, now)
    assert "里已经有数据" in refused.stderr
    assert "--yes-overwrite" in refused.stderr
    agreed = bihuan("restore", backup, "--data", cast_folder, "--yes-overwrite")
    assert agreed.returncode == 0, agreed.stderr
    (aside,) = tmp_path.glob("cast-data-before-*")
    assert _dump(aside) == now
    assert len(_dump(cast_folder)) < len(now)


def _spoil(backup: Path, name: str, content: bytes | None) -> Path:
    """The same zip with one file changed or missing."""
    spoilt = backup.with_name(f"spoilt-{backup.name}")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(spoilt, "w") as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
            elif content is not None:
                new.writestr(name, content)
    return spoilt


def test_a_spoilt_backup_is_refused_and_nothing_is_touched(cast_folder: Path, tmp_path: Path) -> None:
    assert bihuan("backup", "-o", tmp_path / "b", "--data", cast_folder).returncode == 0
    (backup,) = (tmp_path / "b").iterdir()
    manifest = json.loads(zipfile.ZipFile(backup).read("manifest.json"))
    manifest["files"]["../escaped"] = manifest["files"].pop("secret.key")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(backup.read_bytes()[:-200])
    spoilt = [
        _spoil(backup, "bihuan.sqlite3", b"other"), _spoil(backup, "secret.key", None),
        _spoil(backup, "manifest.json", None), _spoil(backup, "manifest.json", b"{"),
        _spoil(backup, "manifest.json", json.dumps(manifest).encode()), cut,
    ]  # fmt: skip
    for bad in spoilt:
        with pytest.raises(Refused):
            restoring.restore(bad, tmp_path / "new", overwrite=True, at=at())
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "escaped").exists()
    missing = bihuan("restore", tmp_path / "nowhere.zip", "--data", tmp_path / "new")
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)


@pytest.mark.django_db
def test_a_full_stick_says_so_and_leaves_nothing(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    (data_folder / "secret.key").write_text("x")
    with pytest.raises(Refused, match="写不下"):
        actions.back_up(tmp_path / "stick", by=None, at=at())
    assert list((tmp_path / "stick").iterdir()) == []
    assert queries.last_backup() is None


@pytest.mark.django_db
def test_a_lost_file_is_said_and_no_backup_pretends_to_be_whole(cast: Cast, tmp_path: Path) -> None:
    blob = vault.keep([PNG], name="a.png")
    vault.path_of(blob.sha256).unlink()
    with pytest.raises(Refused, match="少了一份文件"):
        actions.back_up(tmp_path / "stick", by=None, at=at())
    assert list((tmp_path / "stick").iterdir()) == []


@pytest.mark.django_db
def test_only_one_branch_or_an_administrator(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="不止一个支部"):
        actions.back_up(tmp_path, by=cast.secretary, at=at())
    with pytest.raises(Refused, match="书记或系统管理员"):
        actions.back_up(tmp_path, by=cast.member, at=at())
    last = Entry.objects.filter(org=cast.branch.pk).order_by("seq").last()
    assert last is not None
    assert '"refused":["备份由书记或系统管理员做' in last.line
    cast.secretary.capacity = "系统管理员"
    made = actions.back_up(tmp_path, by=cast.secretary, at=at())
    assert backing.verify(made.path)["heads_digest"] == made.heads_digest
    told = queries.last_backup()
    assert told is not None
    assert told.moment == at()


def test_a_backup_while_somebody_writes_is_one_moment(cast_folder: Path, tmp_path: Path) -> None:
    """A writer adds rows all the while; the copy holds a chain that is whole, whatever its length."""
    stop = threading.Event()

    def write() -> None:
        with sqlite3.connect(cast_folder / "bihuan.sqlite3", timeout=30) as link:
            link.execute("CREATE TABLE noise (a INTEGER, b INTEGER)")
            number = 0
            while not stop.is_set():
                number += 1
                with link:
                    link.execute("INSERT INTO noise VALUES (?, ?)", (number, number))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = bihuan("backup", "-o", tmp_path / "b", "--folder", "--data", cast_folder)
    finally:
        stop.set()
        writer.join()
    assert done.returncode == 0, done.stderr
    (backup,) = (tmp_path / "b").iterdir()
    with sqlite3.connect(backup / "bihuan.sqlite3") as link:
        count, highest = link.execute("SELECT count(*), max(a) FROM noise").fetchone()
    assert count == highest > 0


def test_mounts_of_sticks_are_found_in_the_systems_own_words() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/zhao/MY\\040USB vfat rw 0 0\n/dev/sdc1 /run/media/zhao/U vfat rw 0 0\n"
    found = queries.mounted_under(mounts, ["/media", "/run/media"])
    assert found == [Path("/media/zhao/MY USB"), Path("/run/media/zhao/U")]


@pytest.mark.django_db
def test_a_day_of_the_chain(cast: Cast) -> None:
    take_in_roster([NewMember(name="新人", kind="正式")], by=cast.secretary, at=at(day=at().date() + timedelta(days=1)))
    day = queries.lines(cast.secretary, at().date() + timedelta(days=1))
    assert [told.did for told in queries.sentences(list(day))] == ["收进了名册"]
    assert queries.lines(cast.secretary).count() > 5
