"""The paper cut into lines and marked pieces, as the page shows it. Pure: text and remarks in, pieces out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bihuan.review.checking import BLOCK, INFO, WARN, Remark

_GRAVEST = (BLOCK, WARN, INFO)
_TAGS = {BLOCK: "改", WARN: "议", INFO: "提"}
_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,3}、[^。；]{1,38}")


@dataclass(frozen=True, slots=True)
class Tag:
    """Where a remark begins: its number, leading to its place in the list."""

    number: int
    severity: str
    word: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a line; `look`: the gravest remark on it, or ""."""

    text: str
    look: str
    tags: tuple[Tag, ...]
    here: bool


@dataclass(frozen=True, slots=True)
class Line:
    pieces: tuple[Piece, ...]
    heading: bool


def sheet(text: str, remarks: Sequence[Remark], here: int | None = None) -> list[Line]:
    """The paper line by line, empty lines left out. `here`: the number of the remark that is looked at."""
    placed = [each for each in remarks if each.start is not None and not each.reason]
    lines, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            within = _within(placed, start, start + len(line))
            lines.append(Line(tuple(_cut(line, start, within, here)), bool(_HEADING.fullmatch(line))))
        start += len(line) + 1
    return lines


def _within(placed: Sequence[Remark], start: int, end: int) -> list[Remark]:
    return [each for each in placed if _begin(each) <= end and max(each.end or 0, _begin(each) + 1) > start]


def _begin(remark: Remark) -> int:
    return remark.start or 0


def _cut(line: str, at: int, remarks: list[Remark], here: int | None) -> Iterator[Piece]:
    """Pieces between all beginnings and ends of remarks."""
    end = at + len(line)
    inside = {place for each in remarks for place in (_begin(each), each.end or 0) if at < place < end}
    places = sorted({at, end, *inside})
    for first, last in pairwise(places):
        covering = [each for each in remarks if _begin(each) <= first < (each.end or 0)]
        opening = [each for each in remarks if _begin(each) == first or (last == end and _begin(each) == end)]
        look = next((rank for rank in _GRAVEST if any(each.severity == rank for each in covering)), "")
        tags = tuple(Tag(each.number, each.severity, _TAGS[each.severity]) for each in opening)
        words = re.sub("\t+", "　｜　", line[first - at : last - at])
        yield Piece(words, look, tags, any(each.number == here for each in covering))
