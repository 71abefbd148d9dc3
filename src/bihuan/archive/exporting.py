"""A branch, all of it, as files that a person and a program can read: JSON lines, the papers beside, the audit chain."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from bihuan.archive import portable
from bihuan.core import vault
from bihuan.core.access import Refused
from bihuan.core.models import Alias, Blob, ChainHead, Entry, Feedback, Installation, Record
from bihuan.org.models import Org, Person

Rows = dict[portable.Model, dict[Any, models.Model]]
Progress = Callable[[str], None]


def export(org: Org, target: Path, *, at: datetime, tell: Progress = lambda _: None) -> dict[str, Any]:
    """Write the branch into `target`, a folder that must not be there yet or be empty. Returns the manifest.

    It appears whole or not at all: written beside, then renamed.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(f"“{target}”已经有东西了；请换一个新的文件夹。")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise Refused(f"“{target}”写不进去，没有导出；请换一个能写的地方。") from error
    try:
        with _one_moment():
            own, borrowed = gather(org)
            manifest = _write(org, own, borrowed, beside, at=at, tell=tell)
        if target.exists():
            target.rmdir()
        os.replace(beside, target)
    except OSError as error:
        raise Refused(f"“{target}”写不下或写不进去了，没有导出；请腾出空间，或换一个地方。") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction in which all reads see one and the same moment."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def gather(org: Org) -> tuple[Rows, Rows]:
    """The branch's own rows, and the rows of others that they point at (borrowed: the superior, its seat, a guest checker)."""
    own: Rows = defaultdict(dict)
    for model in portable.record_models():
        for row in _records_of(model, org):
            own[model][row.pk] = row
    borrowed: Rows = defaultdict(dict)
    front = [row for rows in own.values() for row in rows.values()]
    while front:
        wanted, front = _pointed_at(front), []
        for target, keys in wanted.items():
            missing = keys - own[target].keys() - borrowed[target].keys()
            found = _all(target).in_bulk(missing) if missing else {}
            borrowed[target].update(found)
            front += found.values()
    _add_aliases(own, borrowed)
    own[Feedback] = {row.pk: row for row in Feedback.objects.filter(org=org.pk)}
    own[ChainHead] = {row.pk: row for row in ChainHead.objects.filter(org=org.pk).order_by("pk")}
    entries = Entry.objects.filter(org=org.pk).order_by("installation_id", "seq", "pk")
    own[Entry] = {row.pk: row for row in entries}
    _add_installations(own, borrowed)
    return own, borrowed


def _records_of(model: type[Record], org: Org) -> list[Record]:
    found = list(model.objects.of(org.pk).order_by("pk"))
    if model is Person:  # whom the branch entered, and who belongs to it
        entered = Person.objects.everywhere("people a branch entered who never joined it").filter(home=org)
        found = sorted({*found, *entered}, key=lambda person: person.pk)
    return found


def _pointed_at(rows: list[models.Model]) -> dict[portable.Model, set[Any]]:
    wanted: dict[portable.Model, set[Any]] = defaultdict(set)
    for row in rows:
        for field in row._meta.concrete_fields:
            key = field.value_from_object(row) if field.is_relation else None
            if key is not None:
                wanted[field.related_model].add(key)  # type: ignore[index]
    return wanted


def _all(model: portable.Model) -> models.QuerySet[models.Model]:
    if issubclass(model, Record):
        return model.objects.everywhere("what exported rows point at comes along")
    return model._default_manager.all()


def _add_installations(own: Rows, borrowed: Rows) -> None:
    """Chains may have been begun on installations that no record names any more."""
    known = own[Installation].keys() | borrowed[Installation].keys()
    wanted = {row.installation_id for model in (ChainHead, Entry) for row in own[model].values()}  # type: ignore[attr-defined]
    borrowed[Installation].update(Installation.objects.in_bulk(wanted - known))


def _add_aliases(own: Rows, borrowed: Rows) -> None:
    keys = {key for rows in (own, borrowed) for found in rows.values() for key in found}
    for alias in Alias.objects.order_by("pk"):
        if alias.from_id in keys or alias.to_id in keys:
            own[Alias][alias.pk] = alias


def _write(org: Org, own: Rows, borrowed: Rows, folder: Path, *, at: datetime, tell: Progress) -> dict[str, Any]:
    files = []
    for model in portable.travelling():
        rows = [*borrowed[model].values(), *own[model].values()]
        path = folder / portable.file_name(model)
        count = portable.write_lines(path, (portable.plain(row) for row in rows))
        files.append({"file": path.name, "rows": count, "sha256": portable.sha256_of(path)})
        tell(f"{model._meta.verbose_name}：{count}条")
    manifest = {
        "format": portable.FORMAT,
        "version": portable.VERSION,
        "made_at": at.isoformat(timespec="seconds"),
        "branch": {"id": str(org.pk), "name": org.name},
        "installation": str(Installation.current().pk),
        "migrations": migrations(),
        "files": files,
        "borrowed": {m._meta.label_lower: sorted(map(str, rows)) for m, rows in borrowed.items() if rows},
        "papers": _write_papers(folder / "papers", [*borrowed[Blob].values(), *own[Blob].values()]),
        "heads": heads(ChainHead.objects.filter(org=org.pk)),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    return manifest


def _write_papers(folder: Path, blobs: list[Any]) -> list[dict[str, Any]]:
    folder.mkdir()
    for blob in blobs:
        source = vault.path_of(blob.sha256)
        if not source.is_file():
            raise Refused(f"文件库里少了一份文件（{blob.sha256[:12]}），没有导出；请先从备份恢复，再导出。")
        shutil.copyfile(source, folder / blob.sha256)
        if portable.sha256_of(folder / blob.sha256) != blob.sha256:
            raise Refused(f"文件库里有一份文件坏了（{blob.sha256[:12]}），没有导出；请先从备份恢复，再导出。")
    return [{"sha256": blob.sha256, "size": blob.size} for blob in blobs]


def heads(found: models.QuerySet[ChainHead]) -> list[dict[str, Any]]:
    """The ends of chains, as they stand in manifests and as `verify-audit` prints them."""
    return [
        {"installation": str(head.installation_id), "org": str(head.org), "seq": head.seq, "digest": head.digest}
        for head in found.order_by("installation_id", "org")
    ]


def migrations() -> dict[str, str]:
    """The newest applied migration of each room, so that a reader knows which shape the data has."""
    newest: dict[str, str] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        newest[app] = name
    return newest
