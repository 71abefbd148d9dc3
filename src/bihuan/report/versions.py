"""Two versions of a report that were approved or handed up, side by side: every sentence and every figure that differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bihuan.report.differences import Part, parts_of
from bihuan.report.facts import FACTS
from bihuan.report.freshness import texts_between


@dataclass(frozen=True)
class Difference:
    """One place that differs: its name, both texts, and the two woven together."""

    name: str
    old: str
    new: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class FigureDifference:
    """A figure that differs, or stands in one version only ("")."""

    label: str
    old: str
    new: str


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """The places whose words differ between two snapshots."""
    changes = texts_between(old, new)
    return [Difference(each.name, each.old, each.new, parts_of(each.old, each.new)) for each in changes]


def figures(old: dict[str, Any], new: dict[str, Any]) -> list[FigureDifference]:
    """The figures that differ between two snapshots."""
    before, after = old.get("facts", {}), new.get("facts", {})
    found = []
    for code in dict.fromkeys([*before, *after]):
        was, now = before.get(code, [""])[0], after.get(code, [""])[0]
        if was != now:
            found.append(FigureDifference(FACTS[code].label if code in FACTS else code, was, now))
    return found
