"""Random tamperings of the audit tables, with the laws of the database taken away first, and whether they are found.

What is not tampering: a salt that was emptied (destroying it is allowed), and the key of a line moved without changing
the order (keys are the database's own, and say nothing)."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from bihuan.core import audit, triggers

ELSEWHERE = "f" * 32  # a chain that does not exist
HEX = "0123456789abcdef"


@dataclass(frozen=True)
class Tried:
    """One tampering: its way, what exactly was done, and whether `audit.verify` found it."""

    way: str
    what: str
    found: bool


@dataclass
class Chain:
    """One chain under the hand of somebody who can write the file."""

    chance: random.Random
    installation: Any
    org: Any
    length: int

    def sql(self, text: str, *given: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(text, given)
            assert cursor.rowcount, text

    def ask(self, text: str, *given: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(text, given)
            row = cursor.fetchone()
            return row[0] if row and len(row) == 1 else row

    def set(self, column: str, value: Any, seq: int) -> None:
        self.sql(f"UPDATE core_entry SET {column} = %s WHERE {WHERE} AND seq = %s", value, *self.key, seq)  # noqa: S608

    def get(self, columns: str, seq: int) -> Any:
        return self.ask(f"SELECT {columns} FROM core_entry WHERE {WHERE} AND seq = %s", *self.key, seq)  # noqa: S608

    @property
    def key(self) -> tuple[Any, Any]:
        return self.installation, self.org

    def any(self, first: int = 1, last: int = 0) -> int:
        return self.chance.randint(first, self.length + last)


WHERE = "installation_id = %s AND org = %s"
HEAD = f"UPDATE core_chainhead SET {{}} WHERE {WHERE}"  # noqa: S608


def _noise(chance: random.Random, text: str) -> str:
    """The text with one sign exchanged for another."""
    if not text:
        return "0"
    place = chance.randrange(len(text))
    return text[:place] + chance.choice([c for c in HEX if c != text[place]]) + text[place + 1 :]


def change_line(c: Chain) -> str:
    seq = c.any()
    c.set("line", _noise(c.chance, c.get("line", seq)), seq)
    return f"line {seq}"


def change_digest(c: Chain) -> str:
    seq = c.any()
    c.set("digest", _noise(c.chance, c.get("digest", seq)), seq)
    return f"digest {seq}"


def change_prev(c: Chain) -> str:
    seq = c.any()
    c.set("prev", _noise(c.chance, c.get("prev", seq)), seq)
    return f"prev {seq}"


def exchange_salt(c: Chain) -> str:
    seq = c.any()
    c.set("salt", _noise(c.chance, c.get("salt", seq)), seq)
    return f"salt {seq}"


def change_seq(c: Chain) -> str:
    seq, new = c.any(), c.length + c.chance.randint(1, 9)
    c.set("seq", c.chance.choice([0, new]), seq)
    return f"seq {seq}"


def change_id(c: Chain) -> str:
    seq = c.any(last=-1)
    c.set("id", c.ask("SELECT max(id) + 1 FROM core_entry"), seq)
    return f"id {seq}"


def change_org(c: Chain) -> str:
    seq = c.any()
    c.set("org", ELSEWHERE, seq)
    return f"org {seq}"


def change_installation(c: Chain) -> str:
    seq, other = c.any(), uuid4().hex
    c.sql("INSERT INTO core_installation (id, name, public_key, here) VALUES (%s, '', %s, %s)", other, other, False)
    c.set("installation_id", other, seq)
    return f"installation {seq}"


def forge_line(c: Chain) -> str:
    """A line changed, and it and some lines after it given digests that fit; the head is left, or the end is not reached."""
    seq = c.any()
    upto = c.chance.randint(seq, c.length)
    prev, line = c.get("prev, line", seq)
    c.set("line", line.replace('"at":"20', '"at":"19', 1), seq)
    for at in range(seq, upto + 1):
        c.set("prev", prev, at)
        prev = audit.chain_digest(prev, c.get("line", at))
        c.set("digest", prev, at)
    return f"forged {seq}–{upto} of {c.length}"


def delete_some(c: Chain) -> str:
    first = c.any()
    last = min(c.length, first + c.chance.choice([0, 0, 1, 5, c.length]))
    c.sql(f"DELETE FROM core_entry WHERE {WHERE} AND seq BETWEEN %s AND %s", *c.key, first, last)  # noqa: S608
    return f"deleted {first}–{last}"


def delete_and_close_up(c: Chain) -> str:
    """A line taken out, the later ones numbered down and linked again; the head keeps its digest."""
    seq = c.any(last=-1)
    prev = c.get("prev", seq)
    c.sql(f"DELETE FROM core_entry WHERE {WHERE} AND seq = %s", *c.key, seq)  # noqa: S608
    for at in range(seq + 1, c.length + 1):
        c.set("prev", prev, at)
        prev = audit.chain_digest(prev, c.get("line", at))
        c.set("digest", prev, at)
        c.set("seq", at - 1, at)
    c.sql(HEAD.format("seq = %s"), c.length - 1, *c.key)
    return f"taken out {seq}"


def cut_tail(c: Chain) -> str:
    """The end cut off; the head left, or only half of it put right."""
    keep = c.any(first=0, last=-1)
    digest = c.get("digest", keep) if keep else ""
    c.sql(f"DELETE FROM core_entry WHERE {WHERE} AND seq > %s", *c.key, keep)  # noqa: S608
    half = c.chance.randrange(3)
    if half == 1:
        c.sql(HEAD.format("seq = %s"), keep, *c.key)
    if half == 2:
        c.sql(HEAD.format("digest = %s"), digest, *c.key)
    return f"cut after {keep}, head {half}"


def swap_places(c: Chain) -> str:
    one, two = c.chance.sample(range(1, c.length + 1), 2)
    for old, new in ((one, 10**6), (two, one), (10**6, two)):
        c.set("seq", new, old)
    return f"swapped {one} and {two}"


def swap_contents(c: Chain) -> str:
    one, two = c.chance.sample(range(1, c.length + 1), 2)
    columns = c.chance.choice([("line",), ("line", "digest"), ("line", "digest", "salt"), ("digest",), ("prev",)])
    for column in columns:
        first, second = c.get(column, one), c.get(column, two)
        c.set(column, second, one)
        c.set(column, first, two)
    return f"contents of {one} and {two}: {columns}"


INSERT = (
    "INSERT INTO core_entry (installation_id, org, seq, prev, line, digest, salt) VALUES (%s, %s, %s, %s, %s, %s, %s)"
)


def insert_between(c: Chain) -> str:
    """A forged line with a fitting digest, the later ones numbered up."""
    seq = c.any()
    for at in range(c.length, seq - 1, -1):
        c.set("seq", at + 1, at)
    prev = c.get("digest", seq - 1) if seq > 1 else ""
    line = audit.canonical({"v": audit.FORMAT, "verb": "ledger.problem.raised", "who": "样例"})
    c.sql(INSERT, *c.key, seq, prev, line, audit.chain_digest(prev, line), "")
    if c.chance.random() < 0.5:
        c.sql(HEAD.format("seq = seq + 1"), *c.key)
    return f"inserted before {seq}"


def add_behind(c: Chain) -> str:
    prev = c.get("digest", c.length)
    line = audit.canonical({"v": audit.FORMAT, "verb": "ledger.problem.raised", "who": "样例"})
    c.sql(INSERT, *c.key, c.length + 1, prev, line, audit.chain_digest(prev, line), "")
    return "added behind"


def begin_elsewhere(c: Chain) -> str:
    line = audit.canonical({"v": audit.FORMAT, "verb": "ledger.problem.raised", "who": "样例"})
    c.sql(INSERT, c.installation, uuid4().hex, 1, "", line, audit.chain_digest("", line), "")
    return "a chain without a head"


def duplicate(c: Chain) -> str:
    seq = c.any()
    c.sql(INSERT, *c.key, c.length + c.chance.randint(1, 3), *c.get("prev, line, digest, salt", seq))
    return f"doubled {seq}"


def rewrite_head(c: Chain) -> str:
    way = c.chance.randrange(4)
    if way == 0:
        c.sql(HEAD.format("seq = %s"), c.chance.choice([0, c.length - 1, c.length + 1]), *c.key)
    elif way == 1:
        c.sql(HEAD.format("digest = %s"), c.get("digest", c.any(last=-1)), *c.key)
    elif way == 2:
        c.sql(HEAD.format("org = %s"), ELSEWHERE, *c.key)
    else:
        c.sql(HEAD.format("seq = 0, digest = ''"), *c.key)
    return f"head {way}"


def delete_head(c: Chain) -> str:
    c.sql(f"DELETE FROM core_chainhead WHERE {WHERE}", *c.key)  # noqa: S608
    return "head deleted"


WAYS: list[Callable[[Chain], str]] = [
    change_line, change_digest, change_prev, exchange_salt, change_seq, change_id, change_org, change_installation,
    forge_line, delete_some, delete_and_close_up, cut_tail, swap_places, swap_contents, insert_between, add_behind,
    begin_elsewhere, duplicate, rewrite_head, delete_head,
]  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is taken back."""
    with transaction.atomic():
        point = transaction.savepoint()
        yield
        transaction.savepoint_rollback(point)


def without_laws() -> None:
    """Take the triggers away, as somebody with the file in his hands would."""
    with connection.cursor() as cursor:
        for law in triggers.LAWS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {law.name}")


def chains(chance: random.Random) -> list[Chain]:
    """Every chain of at least three lines."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT installation_id, org, seq FROM core_chainhead WHERE seq >= 3 ORDER BY org")
        return [Chain(chance, *row) for row in cursor.fetchall()]


def tamper_and_look(times: int, seed: int = 20260309) -> list[Tried]:
    """Tamper so many times at random, look with `audit.verify`, and undo it."""
    chance, tried = random.Random(seed), []  # noqa: S311  repeatable, no secret
    with undone():
        without_laws()
        assert audit.verify()[1] == []
        there = chains(chance)
        for n in range(times):
            way = WAYS[n % len(WAYS)]
            with undone():
                what = way(chance.choice(there))
                tried.append(Tried(way.__name__, what, bool(audit.verify()[1])))
        assert audit.verify()[1] == [], "it was not undone"
    return tried
