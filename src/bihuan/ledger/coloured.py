"""A paper's text cut into coloured pieces, line by line. Pure: text and stretches in, pieces out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,3}、[^。；]{1,38}")


@dataclass(frozen=True)
class Mark:
    """A stretch of the text to be coloured. `look`: its class; `anchor`: its id on the page."""

    start: int
    end: int
    look: str
    tag: str = ""
    anchor: str = ""
    here: bool = False


@dataclass(frozen=True)
class Piece:
    """Some text of a line, coloured or plain (then `look` is empty)."""

    text: str
    look: str = ""
    tag: str = ""
    anchor: str = ""
    here: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the paper. `kind`: title, heading, row (of a table) or text."""

    kind: str
    pieces: list[Piece]


def coloured(text: str, marks: Iterable[Mark], title: str = "") -> list[Line]:
    """The paper line by line, cut where colours begin and end. Blank lines are left out; marks never overlap."""
    placed = _apart(marks)
    return [Line(_kind(line, title), list(_cut(line, start, placed))) for start, line in _lines(text)]


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """In order, each cut off where the one before ends."""
    placed: list[Mark] = []
    end = 0
    for mark in sorted(marks, key=lambda m: (m.start, m.end)):
        start = max(mark.start, end)
        if start < mark.end:
            placed.append(Mark(start, mark.end, mark.look, mark.tag, mark.anchor, mark.here))
            end = mark.end
    return placed


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def _kind(line: str, title: str) -> str:
    if "\t" in line.strip():
        return "row"
    bare = re.sub(r"\s", "", line)
    if title and bare and bare in title and len(bare) * 3 > len(title):
        return "title"
    return "heading" if _HEADING.fullmatch(line) else "text"


def _cut(line: str, start: int, marks: list[Mark]) -> Iterator[Piece]:
    at, end = start + len(line) - len(line.lstrip("\t")), start + len(line.rstrip("\t"))
    for mark in marks:
        if mark.end <= start or mark.start >= end:
            continue
        first, last = max(mark.start, start), min(mark.end, end)
        if at < first:
            yield Piece(_plain(line[at - start : first - start]))
        opens = first == mark.start  # a mark over two lines has its tag and its id once
        words = _plain(line[first - start : last - start])
        yield Piece(words, mark.look, mark.tag if opens else "", mark.anchor if opens else "", mark.here)
        at = last
    if at < end:
        yield Piece(_plain(line[at - start : end - start]))


def _plain(words: str) -> str:
    """Cells of a table stand apart on the page; empty ones are left out."""
    return re.sub("\t+", "　｜　", words)
