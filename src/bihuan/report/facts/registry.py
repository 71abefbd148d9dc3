"""The registry of named facts. A fact is a question put to the records; its answer carries the rows it was read from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from bihuan.core.digests import sm3
from bihuan.cycle.models import Cycle
from bihuan.report.facts.records import Records


@dataclass(frozen=True)
class Row:
    """One record behind a figure, in words, and the page where it stands ("" where there is none)."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class FactValue:
    """A named fact as the records have it. `value` is "" while no record says it: then `question` asks for it, and
    `where` is the page on which it is entered. `digest`: SM3 over value and rows, so that a changed record shows."""

    code: str
    label: str
    value: str
    rows: tuple[Row, ...] = ()
    question: str = ""
    where: str = ""
    digest: str = field(init=False, default="")

    def __post_init__(self) -> None:
        content = json.dumps([self.value, [row.text for row in self.rows]], ensure_ascii=False)
        object.__setattr__(self, "digest", sm3(content.encode()))

    @property
    def missing(self) -> bool:
        """No record says it."""
        return not self.value


@dataclass(frozen=True)
class Found:
    """What a fact's function answers when the records say it."""

    value: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Asked:
    """What it answers when they do not: the question, and the page where the answer is entered."""

    question: str
    where: str = ""


Read = Callable[[Records], Found | Asked]


@dataclass(frozen=True)
class Fact:
    """A named fact: `code` is its name in a text, `label` its name on the page, `group` its heading in the list."""

    code: str
    label: str
    group: str
    read: Read

    def value(self, records: Records) -> FactValue:
        answer = self.read(records)
        if isinstance(answer, Asked):
            return FactValue(self.code, self.label, "", question=answer.question, where=answer.where)
        return FactValue(self.code, self.label, answer.value, answer.rows)


FACTS: dict[str, Fact] = {}


def fact(code: str, label: str, group: str) -> Callable[[Read], Read]:
    """Register a function as the fact of that name."""

    def wrap(read: Read) -> Read:
        if code in FACTS:
            raise ValueError(f"{code}: this fact exists")
        FACTS[code] = Fact(code, label, group, read)
        return read

    return wrap


def counted(rows: Iterable[Row]) -> Found:
    """The number of rows, with the rows: for what is counted and not copied."""
    held = tuple(rows)
    return Found(str(len(held)), held)


def collect(cycle: Cycle, day: date, records: Records | None = None) -> dict[str, FactValue]:
    """Every named fact of a cycle as its records stand; `day` decides about posts and terms. Code → value."""
    records = records or Records(cycle, day)
    return {code: each.value(records) for code, each in FACTS.items()}
