"""A rule, what it finds, and the paper it looks at."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, cast

from bihuan_text.document import Document
from bihuan_text.kinds import Kind
from bihuan_text.lists import table
from bihuan_text.notice import Notice
from bihuan_text.outline import Role
from bihuan_text.place import Span
from bihuan_text.reading import read_report
from bihuan_text.report import Report
from bihuan_text.shadow import Shadow, shadow_of

if TYPE_CHECKING:
    from bihuan_text.layout.measuring import Layout


class Severity(StrEnum):
    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Mend:
    """Replace plain text [start, end) by ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark; ``start`` and ``end`` are None when it is about the whole paper.

    ``silenced`` is the reason why this paper is not to be held against its rule, None when nobody silenced it.
    """

    rule: str
    severity: Severity
    start: int | None
    end: int | None
    excerpt: str
    message: str
    suggestion: str | None
    mend: tuple[Mend, ...]
    source: str
    silenced: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as a rule sees it; ``kind`` is the one asked for, else the one that was read.

    ``last_year`` is the reading of last year's paper, ``last_text`` its plain text, where they are at hand; ``layout`` is
    what was measured of a .docx, ``notice`` what this year's notice asks for.
    """

    document: Document
    report: Report
    shadow: Shadow
    kind: Kind
    last_year: Report | None
    last_text: str = ""
    layout: Layout | None = None
    notice: Notice | None = None

    @property
    def text(self) -> str:
        """The plain text."""
        return self.document.text

    def parts(self, role: Role) -> list[Span]:
        """The spans of the parts that tell of last year, problems, causes or measures."""
        return [span for found, span in self.report.sections if found is role]

    def said(self, start: int, end: int) -> str:
        """The tidied reading of plain [start, end)."""
        return self.shadow.text[self.shadow.at(start) : self.shadow.at(end)]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check yields: a place (None: the whole paper), why, and how to mend it; ``source`` where it is not the rule's."""

    span: Span | None
    message: str
    suggestion: str | None = None
    mend: tuple[Mend, ...] = ()
    severity: Severity | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Amiss:
    """Shadow [start, end), and what cannot be there: what a check that sees the text alone finds."""

    start: int
    end: int
    why: str


Check = Callable[[Paper], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A public rule: ``code`` is its one id, ``source`` the regulation and article or the standard and clause.

    ``what`` it looks at, ``why`` it matters, a ``wrong`` and a ``right`` example and the ``kinds`` of paper it looks at
    (none: every kind) are for its page in the docs; all of it stands in data/rules.toml.
    """

    code: str
    title: str
    severity: Severity
    source: str
    check: Check
    what: str
    why: str
    wrong: str
    right: str
    kinds: tuple[str, ...] = ()
    on: bool = True

    def run(self, paper: Paper) -> Iterator[Finding]:
        """The findings of this rule in one paper."""
        if self.kinds and paper.kind.value not in self.kinds:
            return
        for remark in self.check(paper):
            span = _seen(remark.span, len(paper.text)) if remark.span else None
            start, end = span or (None, None)
            excerpt = span.of(paper.text) if span else ""
            severity = remark.severity or self.severity
            source = remark.source or self.source
            suggestion = None if remark.suggestion is None else _line(remark.suggestion)
            yield Finding(
                self.code, severity, start, end, excerpt, _line(remark.message), suggestion, remark.mend, source
            )


def _line(said: str) -> str:
    """A remark is one sentence on one line, though what it quotes may go over the end of one."""
    return said.replace("\n", " ")


def _seen(span: Span, length: int) -> Span:
    """The place with at least one character: an item without any words has an empty lead."""
    return span if span.end > span.start else Span(max(0, min(span.start, length) - 1), max(1, min(span.start, length)))


_RULES: dict[str, Rule] = {}
_FAMILIES = (
    "placeholders", "regulations", "meetings", "numbering", "measures", "problems", "last_year",
    "marks", "quotes", "dates", "endings", "answered", "aspects", "examples", "proportions", "persons", "praise", "causes",
    "repeats", "requests", "secrecy", "cliches", "scope",
    "sums", "days", "attendance", "grades", "criticism", "characters", "names",
    "layout",
)  # fmt: skip


def rule(code: str) -> Callable[[Check], Check]:
    """Register a check under its public id; what is said of the rule stands in data/rules.toml under that id."""

    def register(check: Check) -> Check:
        if code in _RULES:
            raise ValueError(f"two rules are called {code}")
        row = cast("dict[str, str]", table("rules.toml")[code])
        kinds = tuple(cast("list[str]", table("rules.toml")[code]["kinds"]))
        on = bool(row.get("on", True))
        _RULES[code] = Rule(
            code, row["title"], Severity(row["severity"]), row["source"], check,
            row["what"], row["why"], row["wrong"], row["right"], kinds, on,
        )  # fmt: skip
        return check

    return register


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the toolkit by id; the docs have one page for each."""
    for family in _FAMILIES:
        importlib.import_module(f"bihuan_text.checks.{family}")
    return tuple(_RULES[code] for code in sorted(_RULES, key=lambda c: (c[0], int(c[1:]))))


def paper_of(
    document: Document, report: Report | None, kind: str | None, last_year: Report | None, last_text: str = "",
    layout: Layout | None = None, notice: Notice | None = None,
) -> Paper:  # fmt: skip
    """The paper with its reading, made when it is not given."""
    known = report or read_report(document)
    shadow = shadow_of(document.text, markdown=document.form == "md")
    return Paper(document, known, shadow, Kind(kind) if kind else known.kind, last_year, last_text, layout, notice)


def with_reason(finding: Finding, reason: str) -> Finding:
    """The same finding, silenced for this paper."""
    return replace(finding, silenced=reason)
