"""Putting a backup back: verified first, unpacked beside, and put in place by one rename. Nothing that was there is deleted."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bihuan.archive import backing, portable
from bihuan.core.access import Refused


@dataclass(frozen=True)
class Restored:
    """What was put in place: its manifest, and where the data that was there before now lies."""

    manifest: dict[str, Any]
    moved_to: Path | None


def restore(backup: Path, folder: Path, *, overwrite: bool, at: datetime) -> Restored:
    """Put a verified backup in the place of `folder`. Raises `Refused` if data would be lost and it was not agreed to."""
    folder = folder.resolve()
    manifest = backing.verify(backup)
    if manifest["database"] == "postgresql":
        _need_empty_postgres()
    lost = would_lose(folder, manifest)
    if lost and not overwrite:
        raise Refused(f"{lost}真的要换回备份，请加 --yes-overwrite（现在的数据会挪到旁边，不会删）。")
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _unpack(backup, manifest, beside)
        if manifest["database"] == "postgresql":
            _fill_postgres(beside / backing.POSTGRES)
        else:
            _need_sound(beside / backing.SQLITE, manifest)
        moved = _set_aside(folder, at)
        os.replace(beside, folder)
    except OSError as error:
        raise Refused(f"“{folder}”换不了（磁盘满了，或者系统还开着）；请先停下 bihuan serve，再来一次。") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Restored(manifest, moved)


def would_lose(folder: Path, manifest: dict[str, Any]) -> str:
    """What is in the folder now and would no longer be in use, as a sentence; "" where there is nothing."""
    if not folder.exists() or not any(folder.iterdir()):
        return ""
    database = folder / backing.SQLITE
    if not database.is_file():
        return f"“{folder}”里有别的东西。"
    try:
        now, newest = _lines(backing.heads_in(database)), _newest(database)
    except sqlite3.Error:
        return f"“{folder}”里有一个读不了的数据库。"
    then = _lines(manifest["heads"])
    return f"“{folder}”里已经有数据，共{now}条审计记录，最后一条记于{newest}；备份里是{then}条，做于{manifest['made_at'][:16]}。"


def _lines(heads: list[dict[str, Any]]) -> int:
    return sum(head["seq"] for head in heads)


def _newest(database: Path) -> str:
    copy = sqlite3.connect(database)
    try:
        row = copy.execute("SELECT line FROM core_entry ORDER BY id DESC LIMIT 1").fetchone()
    finally:
        copy.close()
    return str(row[0]).split('"at":"', 1)[-1][:16] if row else "……"


def _unpack(backup: Path, manifest: dict[str, Any], target: Path) -> None:
    with backing.opened(backup) as source:
        for name, sha256 in manifest["files"].items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            source.copy(name, path)
            if portable.sha256_of(path) != sha256:
                raise Refused(f"备份里的“{name}”写出来和原来不一样，没有恢复；请换一份备份或换一块盘。")
    for name in backing.KEYS:
        if (target / name).is_file():
            (target / name).chmod(0o600)
    (target / "vault" / "tmp").mkdir(parents=True, exist_ok=True)


def _need_sound(database: Path, manifest: dict[str, Any]) -> None:
    copy = sqlite3.connect(database)
    try:
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        sound = False
    finally:
        copy.close()
    if not sound or backing.heads_in(database) != manifest["heads"]:
        raise Refused("备份里的数据库坏了，没有恢复；请换一份。")


def _set_aside(folder: Path, at: datetime) -> Path | None:
    if not folder.exists():
        return None
    if not any(folder.iterdir()):
        folder.rmdir()
        return None
    aside = folder.with_name(f"{folder.name}-before-{at:%Y-%m-%d-%H%M%S}")
    os.replace(folder, aside)
    return aside


def _need_empty_postgres() -> None:
    from django.db import connection  # noqa: PLC0415  only where PostgreSQL is in use

    if connection.vendor != "postgresql":
        raise Refused("这份备份是从 PostgreSQL 做的；请先设好 DATABASE_URL，指向一个空的数据库。")
    if connection.introspection.table_names():
        raise Refused("DATABASE_URL 指的数据库不是空的，没有恢复；请另建一个空的数据库。")


def _fill_postgres(dump: Path) -> None:
    program = shutil.which("pg_restore")
    if not program:
        raise Refused("找不到 pg_restore，没有恢复；请在这台机器上装好 PostgreSQL 的客户端程序。")
    done = subprocess.run(  # noqa: S603  a fixed program; the address comes from the operator's settings
        [program, "--single-transaction", "--no-owner", *backing.postgres_arguments(), str(dump)],
        env=backing.postgres_environment(), capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Refused("PostgreSQL 没有收下备份里的数据，数据库里什么都没有变；请看 pg_restore 的版本够不够新。")
