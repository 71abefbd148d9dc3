"""`python -m bench.blind`: defects planted by hand, by a person who had not seen the checks, found and missed by kind.

The lists are `tests/text/planted/*.tsv`, one defect a line: kind, paper (the number of a file of tests/text/clean,
tests/text/shapes or the same folder), rules that may find it, the right words, the planted words, and where a finding must lie
if not on the planted words. `\\t` and `⏎` stand for a tab and a line end. A finding counts only where it touches that
place, carries one of those rules and was not there before the planting. The figures of the blind runs stand in
docs/decisions/0006-checks.md; what is printed here is today's.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.text.shapes import FOLDER as SHAPES
from tests.text.shapes import load

from bihuan_text import check, read_document
from bihuan_text.checks import Finding, Severity

TEXT = SHAPES.parent
LISTS = TEXT / "planted"
_WHOLE = {"会议要素"}
"""Kinds that a finding about the whole paper answers as well: what is missing has no place."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One planted defect: ``right`` was in the paper once and became ``planted``; a finding must touch ``place``."""

    kind: str
    paper: str
    rules: frozenset[str]
    right: str
    planted: str
    place: str


def defects(path: Path) -> Iterator[Defect]:
    """The defects of one list."""
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, paper, rules, *words = line.split("\t")
        right, planted, *place = (word.replace("\\t", "\t").replace("⏎", "\n") for word in words)
        yield Defect(kind, paper, frozenset(rules.split(",")), right, planted, place[0] if place else planted)


def paper(name: str) -> str:
    """The text of the paper whose file name begins with that number."""
    for folder in (TEXT / "clean", LISTS, SHAPES):
        for path in folder.glob(f"{name}-*.txt"):
            return load(path).text if folder == SHAPES else path.read_text(encoding="utf-8")
    raise FileNotFoundError(name)


def found_by(defect: Defect) -> Finding | None:
    """The finding that tells of the defect, the gravest first; None if it is missed."""
    text = paper(defect.paper)
    if text.count(defect.right) != 1:
        raise ValueError(f"{defect.paper}: {defect.right!r} stands there {text.count(defect.right)} times")
    changed = text.replace(defect.right, defect.planted)
    start = changed.index(defect.place)
    before = {_said(each) for each in _findings(text)}
    for each in sorted(_findings(changed), key=lambda finding: list(Severity).index(finding.severity)):
        if each.rule in defect.rules and _said(each) not in before and _touches(each, defect, start):
            return each
    return None


def _findings(text: str) -> list[Finding]:
    return list(check(read_document(text.encode(), "paper.txt")))


def _said(finding: Finding) -> tuple[str, str, str | None]:
    return finding.rule, finding.message, finding.excerpt


def _touches(finding: Finding, defect: Defect, start: int) -> bool:
    if finding.start is None or finding.end is None:
        return defect.kind in _WHOLE
    return finding.start <= start + len(defect.place) and finding.end >= start


def measured(path: Path) -> tuple[Counter[str], Counter[str], list[Defect]]:
    """(planted, found) by kind, and the defects that were missed."""
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: list[Defect] = []
    for defect in defects(path):
        planted[defect.kind] += 1
        if found_by(defect):
            found[defect.kind] += 1
        else:
            missed.append(defect)
    return planted, found, missed


def run() -> int:
    """Print each list; there is no aim, so no limit is broken."""
    for path in sorted(LISTS.glob("*.tsv")):
        planted, found, missed = measured(path)
        share = found.total() / planted.total()
        print(f"{path.stem}: {planted.total()} defects planted by hand, found {found.total()} ({share:.0%})")
        print("  " + "  ".join(f"{kind} {found[kind]}/{number}" for kind, number in planted.items()))
        for defect in missed:
            print(f"  missed {defect.kind} {defect.paper}: {defect.right!r} → {defect.planted!r}")
    return 0


if __name__ == "__main__":
    sys.exit(run())
