"""The audit chain as sentences: who, when, did what, to which kind of thing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps

from bihuan.core.acting import VERBS
from bihuan.core.models import Entry

# What is noted about the system itself, by no seat or outside an action. A house test finds every such note.
NOTES = {
    "org.account.first": "第一个账号造好了",
    "org.account.unknown": "有人用不存在的登录名登录",
    "org.account.signed_in": "有账号登录了",
    "org.account.shut": "有账号输错太多次，锁了一段时间",
    "org.account.failed": "有账号登录时输错了密码",
    "org.account.password_set": "有账号换了密码",
    "org.account.invite_used": "有人用邀请链接定了密码",
    "archive.branch.imported": "收进了从别的系统导出的记录",
    "archive.branch.exported": "导出了这个支部的全部记录",
    "archive.way_in.given": "给书记的账号发了一次性密码",
    "archive.backup.made": "做了一份备份",
}


@dataclass(frozen=True)
class Told:
    """One line of the chain for a reader. `moment` None: the line is no longer what this system wrote."""

    seq: int
    moment: datetime | None
    who: str
    did: str
    what: str
    refused: str


def account_of(entry: Entry) -> str:
    """The key of the account that a line is about, or ""."""
    found = re.search(r'"account":"([0-9a-f-]{36})"', entry.line)
    return found[1] if found else ""


def told(entry: Entry, *, account: str = "") -> Told:
    """A line as a person reads it; a line that was spoilt is told as spoilt, never as an error. `account`: the login name
    of the account it is about."""
    try:
        line: dict[str, Any] = json.loads(entry.line)
        verb, moment = str(line["verb"]), datetime.fromisoformat(line["at"])
    except (ValueError, KeyError, TypeError):
        return Told(entry.seq, None, "", "这一条已经读不出来了", "", "")
    return Told(
        seq=entry.seq,
        moment=moment,
        who=str(line.get("who", "")),
        did=sentence_of(verb),
        what=account or _what(str(line.get("subject", "")), line.get("fields") or []),
        refused="；".join(map(str, line.get("refused") or [])),
    )


def sentence_of(verb: str) -> str:
    """What a verb of the chain means; a verb of a version we do not know is shown by its name."""
    if verb in VERBS:
        return VERBS[verb].sentence
    return NOTES.get(verb, verb)


def _what(subject: str, names: list[str]) -> str:
    """“措施：时限、完成标准”: the kind of thing and the names of the fields that changed."""
    label = subject.partition(":")[0]
    try:
        meta = apps.get_model(label)._meta
    except (LookupError, ValueError):
        return ""
    known = {field.name: str(field.verbose_name) for field in meta.concrete_fields}
    changed = [known[name] for name in names if any(c >= "\u4e00" for c in known.get(name, ""))]
    return f"{meta.verbose_name}：{'、'.join(changed)}" if changed else str(meta.verbose_name)
