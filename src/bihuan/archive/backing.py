"""Backups: the whole system at one moment, while it is in use, in one file that is verified after it was written."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from bihuan.archive import portable
from bihuan.archive.exporting import heads, migrations
from bihuan.core import vault
from bihuan.core.access import Refused
from bihuan.core.digests import sm3
from bihuan.core.models import Blob, ChainHead

FORMAT, VERSION = "bihuan-backup", 1
MANIFEST = "manifest.json"
SQLITE, POSTGRES = "bihuan.sqlite3", "bihuan.pgdump"
KEYS = ("secret.key", "installation.pem")


@dataclass(frozen=True)
class Backup:
    """A backup that was written and read back: where, how large in bytes, how many files, the digest of all chain heads."""

    path: Path
    size: int
    files: int
    heads_digest: str


def make(folder: Path, *, at: datetime, zipped: bool = True) -> Backup:
    """Write a backup into `folder` and verify it. Raises `Refused`; a half-written one is never left under its name."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".bihuan-", dir=folder))
    except OSError as error:
        raise Refused(f"“{folder}”写不进去，没有备份；请换一个能写的地方。") from error
    try:
        return _make(folder, beside, at=at, zipped=zipped)
    except (OSError, sqlite3.OperationalError) as error:  # SQLite says in its own way that a disk is full
        raise Refused(f"“{folder}”写不下或写不进去了，没有备份；请腾出空间，或换一个地方。") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _make(folder: Path, beside: Path, *, at: datetime, zipped: bool) -> Backup:
    content = beside / "content"
    content.mkdir()
    # The database first: a file is in the vault before its row is there, so whatever the copy cites can be copied after.
    _copy_database(content)
    _copy_keys(content)
    _copy_vault(content)
    manifest = _manifest(content, at=at)
    digest: str = manifest["heads_digest"]
    name = f"bihuan-backup-{at:%Y-%m-%d-%H%M%S}-{digest[:8]}"
    written = _zip(content, beside / f"{name}.zip") if zipped else content
    verify(written)
    target = folder / (f"{name}.zip" if zipped else name)
    if target.exists():
        raise Refused(f"“{target}”已经有了，没有再备份；请过一会儿再做。")
    os.replace(written, target)
    size = sum(p.stat().st_size for p in ([target] if zipped else target.rglob("*")) if p.is_file())
    return Backup(target, size, len(manifest["files"]), digest)


def _copy_database(content: Path) -> None:
    if connection.vendor == "postgresql":
        _dump_postgres(content / POSTGRES)
        return
    copy_sqlite(content / SQLITE)
    copy = sqlite3.connect(content / SQLITE)
    try:
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise Refused("数据库文件坏了，没有备份；请用以前的备份恢复，并请维护的人来看。")
    finally:
        copy.close()


def copy_sqlite(target: Path) -> None:
    """The database as it stands committed at this moment, without keeping anybody who writes waiting."""
    source, copy = sqlite3.connect(connection.settings_dict["NAME"]), sqlite3.connect(target)
    try:
        # in one step: copied in pieces it would begin again whenever somebody writes
        source.backup(copy)
    finally:
        copy.close()
        source.close()


def _dump_postgres(target: Path) -> None:
    program = shutil.which("pg_dump")
    if not program:
        raise Refused("找不到 pg_dump，没有备份；请在这台机器上装好 PostgreSQL 的客户端程序。")
    done = subprocess.run(  # noqa: S603  a fixed program; the address comes from the operator's settings
        [program, "--format=custom", "--no-owner", f"--file={target}", *postgres_arguments()],
        env=postgres_environment(), capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Refused("PostgreSQL 没有交出数据，没有备份；请看数据库开着没有，pg_dump 的版本够不够新。")


def postgres_arguments() -> list[str]:
    """Where the database is, as pg_dump and pg_restore want to hear it."""
    found = settings.DATABASES["default"]
    wanted = (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER"), ("--dbname", "NAME"))
    return [f"{option}={found[key]}" for option, key in wanted if found.get(key)]


def postgres_environment() -> dict[str, str]:
    """The password goes by the environment, where other users of the machine do not see it."""
    return {**os.environ, "PGPASSWORD": str(settings.DATABASES["default"].get("PASSWORD") or "")}


def _copy_keys(content: Path) -> None:
    for name in KEYS:
        source = Path(settings.DATA) / name
        if source.is_file():
            shutil.copyfile(source, content / name)


def _copy_vault(content: Path) -> None:
    for sha256 in _cited(content / SQLITE):
        source, target = vault.path_of(sha256), content / "vault" / sha256[:2] / sha256
        target.parent.mkdir(parents=True, exist_ok=True)
        if not source.is_file():
            raise Refused(f"文件库里少了一份文件（{sha256[:12]}），没有备份；请先从以前的备份里找回它。")
        shutil.copyfile(source, target)


def _cited(copied: Path) -> list[str]:
    """The files that the copied database cites (on PostgreSQL: at least those)."""
    if not copied.is_file():
        return list(Blob.objects.order_by("sha256").values_list("sha256", flat=True))
    copy = sqlite3.connect(copied)
    try:
        return [row[0] for row in copy.execute("SELECT sha256 FROM core_blob ORDER BY sha256")]
    finally:
        copy.close()


def _manifest(content: Path, *, at: datetime) -> dict[str, Any]:
    ends = _heads(content)
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": at.isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": migrations(),
        "heads": ends,
        "heads_digest": digest_of_heads(ends),
        "files": {
            path.relative_to(content).as_posix(): portable.sha256_of(path)
            for path in sorted(content.rglob("*"))
            if path.is_file()
        },
    }
    (content / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    return manifest


def _heads(content: Path) -> list[dict[str, Any]]:
    if not (content / SQLITE).is_file():
        return heads(ChainHead.objects.all())
    return heads_in(content / SQLITE)


def heads_in(database: Path) -> list[dict[str, Any]]:
    """The chain heads in a SQLite file, without Django."""
    copy = sqlite3.connect(database)
    try:
        rows = copy.execute("SELECT installation_id, org, seq, digest FROM core_chainhead ORDER BY 1, 2").fetchall()
    finally:
        copy.close()
    return [
        {"installation": str(UUID(i)), "org": str(UUID(o)), "seq": seq, "digest": digest} for i, o, seq, digest in rows
    ]


def digest_of_heads(ends: list[dict[str, Any]]) -> str:
    """One digest over all chain ends: printed, named and kept elsewhere, it shows later whether anything was rewritten."""
    return sm3(json.dumps(ends, sort_keys=True).encode())


def _zip(content: Path, target: Path) -> Path:
    with target.open("xb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            for path in sorted(content.rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(content).as_posix())
        file.flush()
        os.fsync(file.fileno())
    return target


def verify(backup: Path) -> dict[str, Any]:
    """Read a backup (zip or folder) back and compare every digest. Returns its manifest; raises `Refused`."""
    with opened(backup) as source:
        manifest = source.manifest()
        for name, sha256 in manifest["files"].items():
            if source.digest(name) != sha256:
                raise Refused(f"备份里的“{name}”少了或者坏了，这份备份不能用；请换一份。")
    return manifest


class _Zipped:
    """A backup in a zip."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)

    def __enter__(self) -> _Zipped:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def manifest(self) -> dict[str, Any]:
        try:
            return _known(json.loads(self._archive.read(MANIFEST)))
        except (KeyError, ValueError, zipfile.BadZipFile) as error:
            raise Refused("这不是闭环的备份，或者已经坏了；请换一份。") from error

    def digest(self, name: str) -> str:
        try:
            with self._archive.open(name) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        except (KeyError, zipfile.BadZipFile, OSError):
            return ""

    def copy(self, name: str, target: Path) -> None:
        with self._archive.open(name) as file, target.open("xb") as out:
            shutil.copyfileobj(file, out)


class _Folder:
    """A backup in a folder."""

    def __init__(self, path: Path) -> None:
        self._root = path

    def __enter__(self) -> _Folder:
        return self

    def __exit__(self, *_: object) -> None: ...

    def manifest(self) -> dict[str, Any]:
        try:
            return _known(json.loads((self._root / MANIFEST).read_text("utf-8")))
        except (OSError, ValueError) as error:
            raise Refused("这不是闭环的备份，或者已经坏了；请换一份。") from error

    def digest(self, name: str) -> str:
        path = self._root / name
        return portable.sha256_of(path) if path.is_file() else ""

    def copy(self, name: str, target: Path) -> None:
        shutil.copyfile(self._root / name, target)


def opened(backup: Path) -> _Zipped | _Folder:
    """A backup, ready to be read. Raises `Refused` where there is none."""
    if backup.is_dir():
        return _Folder(backup)
    try:
        return _Zipped(backup)
    except (OSError, zipfile.BadZipFile) as error:
        raise Refused(f"“{backup}”不是闭环的备份，或者已经坏了；请换一份。") from error


def _known(manifest: dict[str, Any]) -> dict[str, Any]:
    if manifest.get("format") != FORMAT:
        raise ValueError("another format")
    if manifest.get("version") != VERSION:
        raise Refused("这份备份是更新的版本做的，这个版本读不了；请换成更新的版本。")
    for name in manifest["files"]:
        parts = Path(name).parts
        allowed = (parts[0] == "vault" and len(parts) == 3) or len(parts) == 1
        if not allowed or ".." in parts or Path(name).is_absolute() or "\\" in name or ":" in name:
            raise ValueError("a name that leads out of the folder")
    return manifest
