"""What a comparison found, in code points of the plain texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Side(NamedTuple):
    """A stretch of one paper: its number in ``Comparison.names``, code points [start, end)."""

    paper: int
    start: int
    end: int


class Passage(NamedTuple):
    """The same words in two papers; ``text`` is the first one's."""

    a: Side
    b: Side
    text: str


class Pair(NamedTuple):
    """Two papers that share passages; ``copied_*``: the share of each that stands in the other, 0 to 1."""

    a: int
    b: int
    copied_a: float
    copied_b: float
    characters: int


class SetAside(NamedTuple):
    """Words that count for nothing: where they first stand, why, and in how many papers."""

    place: Side
    text: str
    reason: str
    papers: int


class Family(NamedTuple):
    """Papers that are alike as a whole; ``same``: to the letter. ``earliest``: the one with the earliest date written in it,
    None where the dates do not tell."""

    papers: tuple[int, ...]
    same: bool
    earliest: int | None = None


@dataclass(slots=True)
class Comparison:
    """``text(number)``: a paper's plain text; ``refused``: name and reason of every paper that could not be read."""

    names: list[str]
    text: Callable[[int], str]
    passages: list[Passage] = field(default_factory=list[Passage])
    pairs: list[Pair] = field(default_factory=list[Pair])
    set_aside: list[SetAside] = field(default_factory=list[SetAside])
    families: list[Family] = field(default_factory=list[Family])
    refused: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
