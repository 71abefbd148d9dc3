"""How records travel: which models there are, in what order, and how a row is written as JSON and read again.

Every `Record` of every room is found by walking the apps, so a new room travels without a line of code here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from bihuan.core.models import Alias, Blob, ChainHead, Entry, Feedback, FormDraft, FormKey, Installation, Record
from bihuan.org.models import Account
from bihuan.review.models import Manuscript

FORMAT, VERSION = "bihuan-export", 1
Model = type[models.Model]

# What is no record but travels because records point at it, or because it proves them.
BESIDE: tuple[Model, ...] = (Installation, Blob, Account, Alias, Feedback, ChainHead, Entry)
STAYS: dict[Model, str] = {
    FormKey: "一张表单用没用过，只和这台机器有关",
    Manuscript: "自己查的材料是草稿，只是作者自己的，不是支部的记录",
    FormDraft: "没有提交的话只是写的人自己的，不是支部的记录",
}
# Left behind on purpose: whoever moves gets a new password, and old mistakes stay where they were made.
LEFT_BEHIND: dict[Model, frozenset[str]] = {
    Account: frozenset(
        {
            "password", "last_login", "failures", "locked_until", "password_set_at", "old_passwords", "invite_digest",
            "invite_until",
        }
    )
}  # fmt: skip


def record_models() -> list[type[Record]]:
    """Every model that is a record, those that others point at first (circles among them broken by name)."""
    found = sorted((m for m in apps.get_models() if issubclass(m, Record)), key=lambda m: m._meta.label)
    targets = {m: {t for t in _targets(m) if issubclass(t, Record)} - {m} for m in found}
    own = {m: {t for t in targets[m] if m not in _reach(t, targets)} for m in found}
    return list(TopologicalSorter({m: sorted(own[m], key=lambda t: t._meta.label) for m in found}).static_order())


def travelling() -> list[Model]:
    """Every model that travels, in the order of the files."""
    first = [m for m in BESIDE if m not in {ChainHead, Entry}]
    return [*first, *record_models(), ChainHead, Entry]


def _targets(model: Model) -> set[Model]:
    return {f.related_model for f in model._meta.concrete_fields if f.is_relation and f.related_model}  # type: ignore[misc]


def _reach(start: type[Record], targets: Mapping[type[Record], set[type[Record]]]) -> set[type[Record]]:
    seen, front = set(), [start]
    while front:
        for target in targets.get(front.pop(), ()):
            if target not in seen:
                seen.add(target)
                front.append(target)
    return seen


def fields(model: Model) -> list[models.Field[Any, Any]]:
    """The fields that travel: all of a row but a key that only counts rows, and what is left behind on purpose."""
    left = LEFT_BEHIND.get(model, frozenset())
    return [f for f in model._meta.concrete_fields if f.name not in left and not isinstance(f, models.AutoField)]


def plain(row: models.Model) -> dict[str, Any]:
    """A row as JSON values, column name → value."""
    return {f.attname: _plain(f.value_from_object(row)) for f in fields(type(row))}


def _plain(value: Any) -> Any:
    match value:
        case UUID() | Decimal():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return value


def build(model: Model, values: Mapping[str, Any]) -> models.Model:
    """The row again, not saved. Raises `KeyError` for a column this version does not know, `ValueError` for nonsense."""
    known = {f.attname: f for f in fields(model)}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise KeyError(unknown[0])
    return model(**{name: _read(known[name], value) for name, value in values.items()})


def _read(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.JSONField) or value is None:
        return value
    try:
        return (field.target_field if field.is_relation else field).to_python(value)  # type: ignore[attr-defined]
    except Exception as error:
        raise ValueError(f"{field.name}: {value!r}") from error


def file_name(model: Model) -> str:
    """The name of a model's file: org.person.jsonl."""
    return f"{model._meta.label_lower}.jsonl"


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """Rows as JSON lines; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines. Raises `ValueError` for a line that is none."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def sha256_of(path: Path) -> str:
    """The digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
