"""Taking a branch in, and making a backup: what writes, and what leaves a line about the system itself."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction

from bihuan.archive import access, backing, portable
from bihuan.core import audit, vault
from bihuan.core.access import Refused
from bihuan.core.models import Installation
from bihuan.org.actions import one_time_password
from bihuan.org.models import Account, Capacity, Org, Seat

IMPORTED, WAY_IN, EXPORTED, BACKED_UP = (
    "archive.branch.imported",
    "archive.way_in.given",
    "archive.branch.exported",
    "archive.backup.made",
)


def import_branch(folder: Path, *, at: datetime) -> dict[str, Any]:
    """Take an exported branch into this empty system, keys and chain as they were. Returns the manifest.

    Everything is verified first; then one transaction. Raises `Refused` and leaves nothing behind otherwise.
    """
    manifest = read_manifest(folder)
    _need_empty()
    for paper in manifest["papers"]:
        _take_file(folder / "papers" / paper["sha256"], paper["sha256"])
    org = UUID(manifest["branch"]["id"])
    try:
        with transaction.atomic():
            Account.objects.filter(seats__isnull=True).delete()  # a first account that nobody has used yet
            for model in portable.travelling():
                _take_rows(model, folder / portable.file_name(model))
            connection.check_constraints()
            _, breaks = audit.verify(org)
            if breaks:
                raise Refused(f"导出里的审计记录对不上，没有收：{breaks[0].what}")
            audit.note(IMPORTED, org=org, by=None, at=at, heads=[head["digest"] for head in manifest["heads"]])
    except (IntegrityError, KeyError, ValueError) as error:
        raise Refused(
            "导出里的记录和这个版本对不上，没有收；请用导出它的那个版本，或更新的版本。", str(error)
        ) from error
    return manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an export, after every file was found to be what it says. Raises `Refused`."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"“{folder}”里没有闭环的导出（找不到能读的 manifest.json）；请写明导出的文件夹。") from error
    if manifest.get("format") != portable.FORMAT:
        raise Refused(f"“{folder}”不是闭环的导出；请写明导出的文件夹。")
    if manifest.get("version") != portable.VERSION:
        raise Refused("这份导出是更新的版本写的，这个版本读不了；请换成更新的版本。")
    names = {portable.file_name(model) for model in portable.travelling()}
    for file in manifest["files"]:
        if file["file"] not in names and file["rows"]:
            raise Refused(f"导出里有这个版本不认识的记录（{file['file']}），没有收；请换成更新的版本。")
        if file["file"] in names:
            _need_digest(folder / file["file"], file["sha256"])
    for paper in manifest["papers"]:
        _need_digest(folder / "papers" / paper["sha256"], paper["sha256"])
    return manifest


def _need_digest(path: Path, sha256: str) -> None:
    if not path.is_file() or portable.sha256_of(path) != sha256:
        raise Refused(f"导出里的“{path.name}”少了或者被改过，没有收；请重新导出一份。")


def _need_empty() -> None:
    if Org.objects.everywhere("is anything in it?").exists():
        raise Refused("这个系统里已经有党组织了，导入只收进空的系统；请用 --data 写一个新的文件夹。")


def _take_file(source: Path, sha256: str) -> None:
    target = vault.path_of(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting = vault.path_of("tmp").parent.parent / "tmp"
    waiting.mkdir(parents=True, exist_ok=True)
    handle, held = tempfile.mkstemp(dir=waiting)
    with os.fdopen(handle, "wb") as out, source.open("rb") as file:
        shutil.copyfileobj(file, out)
        out.flush()
        os.fsync(out.fileno())
    os.replace(held, target)


def _take_rows(model: portable.Model, path: Path) -> None:
    if not path.is_file():
        return  # a room that did not exist yet when this was exported
    rows = [portable.build(model, values) for values in portable.read_lines(path)]
    if model is Installation:
        here = Installation.current().pk
        rows = [row for row in rows if row.pk != here]
    for row in rows:
        match row:
            case Installation():
                row.here = False
            case Account():
                row.password = make_password(None)
    model._base_manager.bulk_create(rows, batch_size=200)


def give_way_in(org_id: UUID, *, at: datetime) -> tuple[str, str, str] | None:
    """After an import nobody has a password: give the 书记 a one-time one. Returns (name, login, password), or None."""
    seats = Seat.objects.of(org_id).on(at.date()).select_related("account__person")
    seat = seats.filter(capacity=Capacity.SECRETARY, account__is_active=True).first()
    if seat is None:
        return None
    password = one_time_password()
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=seat.account_id)
        account.set_password(password)
        account.must_change_password = True
        account.save(update_fields=["password", "must_change_password"])
        audit.note(WAY_IN, org=org_id, by=None, at=at, account=str(account.pk))
    return str(account), account.login, password


def note_export(org: Org, *, at: datetime) -> None:
    """A branch leaves the house: its chain says so, in the export too."""
    with transaction.atomic():
        audit.note(EXPORTED, org=org.pk, by=None, at=at)


def back_up(folder: Path, *, by: Seat | None, at: datetime, zipped: bool = True) -> backing.Backup:
    """做备份：正在用也可以做。Writes one zip (or folder) into `folder`, verifies it, and leaves a line about it.

    by: None on the command line, where whoever can read the data folder is already in the house.
    """
    if by is not None:
        may = access.may_back_up(by)
        if not may:
            with transaction.atomic():
                audit.refused(BACKED_UP, by=by, at=at, reasons=may.reasons)
        may.enforce()
    made = backing.make(folder, at=at, zipped=zipped)
    with transaction.atomic():
        audit.note(BACKED_UP, by=by, at=at, heads=made.heads_digest, files=made.files, size=made.size)
    return made
