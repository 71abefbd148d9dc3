"""A paper's structure: what was fixed since last year, problems by aspect with their examples, causes, measures."""

from __future__ import annotations

from dataclasses import dataclass

from .kinds import Kind
from .notice import Notice
from .place import Span
from .roles import Role


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered statement; ``lead`` = text[lead_start:lead_start + len(lead)]."""

    lead: str
    lead_start: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem(Item):
    examples: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Aspect:
    """Problems under one heading; ``heading`` None for a list that stands under none."""

    heading: str | None
    start: int
    end: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Measures under one heading."""

    heading: str | None
    start: int
    end: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Warning:
    """A doubt of the reader, with its place when it has one."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What ``read --json`` tells; ``sections`` are the spans of the parts that were found,
    ``notice`` what a 通知 asks for (None for every other kind). ``title_span``
    holds the title, which may stand in several lines there."""

    kind: Kind
    title: str | None
    year: int | None
    prior: tuple[Item, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    causes: tuple[Item, ...] = ()
    measures: tuple[Group, ...] = ()
    warnings: tuple[Warning, ...] = ()
    sections: tuple[tuple[Role, Span], ...] = ()
    notice: Notice | None = None
    title_span: Span | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, in order."""
        return tuple(p for aspect in self.aspects for p in aspect.problems)

    @property
    def actions(self) -> tuple[Item, ...]:
        """All measures, in order."""
        return tuple(i for group in self.measures for i in group.items)
