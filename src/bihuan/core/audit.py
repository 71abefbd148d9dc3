"""The audit chain: who did what to which record, when; never the content, so content can be corrected or destroyed.

One chain a (installation, organisation). A line is canonical JSON, format 2:
  v 2 · at · seat · who (name and capacity then) · verb · subject (kind:key) · fields (changed) · before, after (salted SM3)
  · salt_digest (SM3 of the salt, so that it can be destroyed but not exchanged; format 1 had none)
and its digest is SM3(previous digest + line). Removing, changing or reordering a line breaks the chain; cutting its end
off disagrees with the head. Somebody who can rewrite the whole file can rebuild all of it, or take a chain away together
with its head: backups and reports carry the head's digest for that reason, and `compare` holds the chains against it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bihuan.core.digests import sm3
from bihuan.core.models import ChainHead, Entry, Installation, Record

if TYPE_CHECKING:
    from django.db.models import Model

    from bihuan.org.models import Seat

FORMAT = 2
NOBODY = UUID(int=0)  # the chain of what concerns the installation itself


@dataclass
class _Act:
    verb: str
    lines: list[Entry]


_act: ContextVar[_Act | None] = ContextVar("act", default=None)


@contextmanager
def during(verb: str) -> Iterator[list[Entry]]:
    """While an action runs: its verb, and the lines it writes."""
    act = _Act(verb, [])
    token = _act.set(act)
    try:
        yield act.lines
    finally:
        _act.reset(token)


def record(
    subject: Record,
    *,
    by: Seat,
    at: datetime,
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
) -> Entry:
    """Add the running action's line about `subject`. `before`/`after`: its `facts()`; a new record has no before.

    Only the names of changed fields and salted digests are kept. Must be called inside an action.
    """
    act = _running()
    salt = secrets.token_hex(16)
    after = subject.facts() if after is None else after
    parts = _told(act, subject, salt, before or {}, after)
    entry = _add(subject.scope_org_id, by=by, at=at, salt=salt, **parts)
    act.lines.append(entry)
    return entry


def record_new(subjects: Sequence[Record], *, by: Seat, at: datetime) -> list[Entry]:
    """Add the running action's lines about many new records of one organisation, in their order."""
    act = _running()
    salts = [secrets.token_hex(16) for _ in subjects]
    rows = [
        (salt, _told(act, subject, salt, {}, subject.facts())) for salt, subject in zip(salts, subjects, strict=True)
    ]
    orgs = {subject.scope_org_id for subject in subjects}
    if len(orgs) > 1:
        raise RuntimeError("one chain at a time")
    entries = [entry for org in orgs for entry in _append(org, rows, by=by, at=at)]
    act.lines.extend(entries)
    return entries


def private(kind: type[Model], *, by: Seat, at: datetime) -> Entry:
    """Add the running action's line about something that is nobody else's business: of what kind it is, and neither its
    key nor a digest of its content."""
    act = _running()
    entry = _add(by.org_id, by=by, at=at, salt="", verb=act.verb, subject=f"{kind._meta.label}:")
    act.lines.append(entry)
    return entry


def _running() -> _Act:
    act = _act.get()
    if act is None:
        raise RuntimeError("audit.record belongs inside an action")
    return act


def _told(act: _Act, subject: Record, salt: str, before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, Any]:
    """What a line says of its subject: the names of changed fields, and salted digests."""
    return {
        "verb": act.verb,
        "subject": f"{subject._meta.label}:{subject.pk}",
        "fields": sorted(name for name in {*before, *after} if before.get(name) != after.get(name)),
        "before": content_digest(salt, before) if before else "",
        "after": content_digest(salt, after) if after else "",
        "salt_digest": sm3(salt.encode()),
    }


def refused(verb: str, *, by: Seat | None, at: datetime, reasons: Sequence[str]) -> Entry:
    """Add a line about an attempt that was refused, with the house's own reasons (they hold no content)."""
    return _add(by.org_id if by else NOBODY, by=by, at=at, salt="", verb=verb, refused=list(reasons))


def note(verb: str, *, org: UUID = NOBODY, by: Seat | None, at: datetime, **details: Any) -> Entry:
    """Add a line about the system itself: a login that failed, a backup made, an import."""
    return _add(org, by=by, at=at, salt="", verb=verb, **details)


def content_digest(salt: str, facts: Mapping[str, str]) -> str:
    """The salted digest of a record's content."""
    return sm3(salt.encode(), json.dumps(dict(facts), ensure_ascii=False, sort_keys=True).encode())


def _add(org: UUID, *, by: Seat | None, at: datetime, salt: str, **parts: Any) -> Entry:
    (entry,) = _append(org, [(salt, parts)], by=by, at=at)
    return entry


def _append(org: UUID, rows: Sequence[tuple[str, Mapping[str, Any]]], *, by: Seat | None, at: datetime) -> list[Entry]:
    """Chain lines, each its salt and what it says, to the end of the organisation's chain."""
    here = Installation.current()
    ChainHead.objects.get_or_create(installation=here, org=org)
    head = ChainHead.objects.select_for_update().get(installation=here, org=org)
    who = {
        "v": FORMAT,
        "at": at.isoformat(timespec="seconds"),
        "seat": str(by.pk) if by else "",
        "who": by.label if by else "系统",
    }
    entries = []
    for salt, parts in rows:
        line, prev = canonical({**who, **parts}), head.digest
        head.seq, head.digest = head.seq + 1, chain_digest(prev, line)
        entries.append(
            Entry(installation=here, org=org, seq=head.seq, prev=prev, line=line, digest=head.digest, salt=salt)
        )
    Entry.objects.bulk_create(entries, batch_size=200)
    head.save(update_fields=["seq", "digest"])
    return entries


def canonical(parts: Mapping[str, Any]) -> str:
    """The one spelling of a line."""
    return json.dumps(dict(parts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chain_digest(prev: str, line: str) -> str:
    """What ties a line to the one before it."""
    return sm3(prev.encode(), b"\n", line.encode())


@dataclass(frozen=True)
class Break:
    """A place where a chain does not hold: the organisation, the line's number, and what is wrong in one sentence."""

    org: UUID
    seq: int
    what: str


def verify(org: UUID | None = None) -> tuple[int, list[Break]]:
    """Walk every chain (or one) and return how many lines were read, and every place where it does not hold."""
    heads = ChainHead.objects.all() if org is None else ChainHead.objects.filter(org=org)
    known = {(head.installation_id, head.org) for head in heads}
    read, breaks = 0, []
    for head in heads:
        count, found = _verify_chain(head)
        read += count
        breaks += found
    lines = Entry.objects.all() if org is None else Entry.objects.filter(org=org)
    for installation_id, chain in lines.order_by().values_list("installation_id", "org").distinct():
        if (installation_id, chain) not in known:
            breaks.append(Break(chain, 0, "这条链的末端记录不见了。"))
    return read, breaks


def compare(kept: Iterable[Mapping[str, Any]]) -> list[Break]:
    """Hold the chains against heads that were kept elsewhere (a backup's: installation, org, seq, digest): each must still
    be a place of its chain. With `verify` this shows what a rewritten or wholly removed chain would hide."""
    breaks = []
    for head in kept:
        line = Entry.objects.filter(installation_id=head["installation"], org=head["org"], seq=head["seq"]).first()
        if head["seq"] and (line is None or line.digest != head["digest"]):
            what = f"当时到第{head['seq']}条，现在的第{head['seq']}条{'不见了' if line is None else '和当时的不一样'}。"
            breaks.append(Break(UUID(head["org"]), head["seq"], what))
    return breaks


def _salt_was_exchanged(entry: Entry) -> bool:
    """An emptied salt is a destroyed one, which is allowed; any other must be the one that the line promised."""
    if not entry.salt:
        return False
    try:
        line = json.loads(entry.line)
        return bool(line["v"] > 1 and line.get("salt_digest") != sm3(entry.salt.encode()))
    except (ValueError, KeyError, TypeError):
        return True


def _verify_chain(head: ChainHead) -> tuple[int, list[Break]]:
    entries = Entry.objects.filter(installation_id=head.installation_id, org=head.org).order_by("seq", "pk")
    expected, prev, key, breaks = 1, "", 0, []
    for entry in entries.iterator(2000):
        if entry.seq != expected:
            breaks.append(
                Break(head.org, expected, f"第{expected}条到第{entry.seq}条之间的次序不对，有记录被删去或调换。")
            )
        if entry.prev != prev:
            breaks.append(Break(head.org, entry.seq, f"第{entry.seq}条接不上前一条。"))
        if entry.digest != chain_digest(entry.prev, entry.line):
            breaks.append(Break(head.org, entry.seq, f"第{entry.seq}条的内容被改过。"))
        if _salt_was_exchanged(entry):
            breaks.append(Break(head.org, entry.seq, f"第{entry.seq}条的盐值被换过。"))
        if entry.pk <= key:
            breaks.append(Break(head.org, entry.seq, f"第{entry.seq}条存放的先后和次序不合。"))
        expected, prev, key = entry.seq + 1, entry.digest, entry.pk
    if (expected - 1, prev) != (head.seq, head.digest):
        breaks.append(Break(head.org, head.seq, f"末端记的是第{head.seq}条，实际只到第{expected - 1}条，末尾被动过。"))
    return expected - 1, breaks
