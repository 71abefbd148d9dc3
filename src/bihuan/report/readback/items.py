"""What came back: changes that are offered one by one, and figures that were not taken."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class What(StrEnum):
    REWORDED = "改了话"
    ADDED = "新的一段"
    GONE = "没有了的一段"
    RENAMED = "改了标题"


@dataclass(frozen=True)
class Figure:
    """A figure that reads differently in the file: its name, what the record says, what the file says."""

    label: str
    value: str
    written: str


@dataclass(frozen=True)
class Change:
    """One change that is offered. `old`, `new`: the paragraph as it is kept, figures by name; `seen`: the version of the
    paragraph it was compared with. A new paragraph stands `after` another one, or first in its section."""

    what: What
    section: str
    paragraph: str = ""
    old: str = ""
    new: str = ""
    seen: int = 0
    after: str = ""
    figures: tuple[Figure, ...] = ()
    moved_on: bool = False  # the paragraph was changed here, too, after the file had been made

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "what": self.what.value}


def change_from(kept: dict[str, Any]) -> Change:
    """The change from its JSON."""
    figures = tuple(Figure(**each) for each in kept["figures"])
    return Change(**{**kept, "what": What(kept["what"]), "figures": figures})


@dataclass(frozen=True)
class Outcome:
    """Everything a file brought: changes, figures that stay the record's, and sentences about what was left alone."""

    changes: tuple[Change, ...]
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]
