"""Our own papers with what a careful person reads in them marked inside the text; the marks are stripped on loading.

A file of `tests/text/shapes` begins with lines `%key value` and a line `%%`; the rest is the paper, with
`{p|…}` around a block (l last year, a aspect, p problem, c cause, g group, m measure), `⟦…⟧` around its lead or heading
and `‹…›` around an example. `%kind`, `%title` and `%year` say the rest (`-` for none), `%shape` names what the paper is
for, `%half` which half of the set it belongs to: the second was written before the reader had seen it, the third
after real pages had shown what it missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "shapes"
_MARKS = re.compile(r"\{([lapcgm])\||[}⟦⟧‹›]")
NAMES = {"l": "prior", "a": "aspects", "p": "problems", "c": "causes", "g": "groups", "m": "measures"}


@dataclass(frozen=True, order=True)
class Marked:
    """A block as a person reads it: its span, and its lead with the place where that begins."""

    start: int
    end: int
    lead: str
    lead_start: int


@dataclass
class Shape:
    """One marked paper: ``text`` without the marks, ``head`` its %-lines, ``blocks`` and ``examples`` what was marked."""

    name: str
    head: dict[str, str]
    text: str = ""
    blocks: dict[str, list[Marked]] = field(default_factory=lambda: {name: [] for name in NAMES.values()})
    examples: list[tuple[int, int]] = field(default_factory=list)

    def said(self, key: str) -> str | None:
        """A %-line, None where it says that there is none."""
        value = self.head.get(key, "-")
        return None if value == "-" else value


def shapes(half: str | None = None) -> list[Shape]:
    """All marked papers, or those of one half, by name."""
    found = [load(path) for path in sorted(FOLDER.glob("*.txt"))]
    return [shape for shape in found if half is None or shape.head.get("half", "1") == half]


def load(path: Path) -> Shape:
    """The paper of one file."""
    head, _, marked = path.read_text(encoding="utf-8").partition("\n%%\n")
    lines = (line[1:].partition(" ") for line in head.split("\n"))
    shape = Shape(path.stem, {key: value for key, _, value in lines})
    shape.text = "".join(_stripped(marked, shape))
    for blocks in shape.blocks.values():
        blocks.sort()
    return shape


def _stripped(marked: str, shape: Shape) -> Iterator[str]:
    """The text between the marks; what they mark is noted in ``shape``."""
    opened: list[tuple[str, int]] = []
    leads: list[tuple[int, int]] = []
    at = last = 0
    chunks: list[str] = []
    for mark in _MARKS.finditer(marked):
        chunks.append(marked[last : mark.start()])
        at += mark.start() - last
        last = mark.end()
        match mark.group():
            case "⟦":
                leads.append((at, at))
            case "⟧":
                leads[-1] = (leads[-1][0], at)
            case "‹":
                shape.examples.append((at, at))
            case "›":
                shape.examples[-1] = (shape.examples[-1][0], at)
            case "}":
                letter, start = opened.pop()
                lead_start, lead_end = next(lead for lead in leads if lead[0] >= start)
                lead = "".join(chunks)[lead_start:lead_end]
                shape.blocks[NAMES[letter]].append(Marked(start, at, lead, lead_start))
            case _:
                opened.append((mark[1], at))
    assert not opened, f"{shape.name}: a block is not closed"
    yield from [*chunks, marked[last:]]
