"""What was reported against what was planted: recall by kind, and how much of what is reported is true."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from bihuan_text.likeness.folding import fold

from .corpus import VERBATIM, Plant, Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

COVERED, HALF, ALIKE, SHORTEST = 0.9, 0.5, 0.8, 20


class Row(NamedTuple):
    """A reported passage: characters [a0, a1) of file ``a`` are [b0, b1) of ``b``, in the order of the names."""

    a: str
    a0: int
    a1: int
    b: str
    b0: int
    b1: int


def row(a: str, a0: int, a1: int, b: str, b0: int, b1: int) -> Row:
    """Both sides in the order of their names."""
    return Row(a, a0, a1, b, b0, b1) if a <= b else Row(b, b0, b1, a, a0, a1)


@dataclass
class Count:
    """Of ``planted`` copies of a kind so many were covered, covered by one passage, and told exact to the character."""

    planted: int = 0
    found: int = 0
    whole: int = 0
    exact: int = 0


@dataclass
class Score:
    """Counts by kind; of ``rows`` reported passages ``true`` are copies."""

    kinds: dict[str, Count] = field(default_factory=lambda: defaultdict[str, Count](Count))
    rows: int = 0
    true: int = 0
    missed: list[Plant] = field(default_factory=list[Plant])
    false: list[Row] = field(default_factory=list[Row])

    def recall(self, *, verbatim: bool) -> float:
        """Share of the plants that were found."""
        counts = [count for kind, count in self.kinds.items() if (kind in VERBATIM) == verbatim]
        return sum(each.found for each in counts) / max(1, sum(each.planted for each in counts))

    @property
    def precision(self) -> float:
        """Share of the reported passages that are true."""
        return self.true / max(1, self.rows)


def score(truth: Truth, rows: Iterable[Row], text: Callable[[str], str]) -> Score:
    """Judge reported passages; ``text`` gives the plain text of a file."""
    by: dict[tuple[str, str], list[Row]] = defaultdict(list)
    planted: dict[tuple[str, str], list[Row]] = defaultdict(list)
    result = Score()
    for each in rows:
        by[each.a, each.b].append(each)
    for plant in truth.plants:
        place = row(plant.a, plant.a0, plant.a1, plant.b, plant.b0, plant.b1)
        planted[place.a, place.b].append(place)
        _count(result, plant, place, by[place.a, place.b], text)
    for pair, found in by.items():
        for each in found:
            result.rows += 1
            if any(_inside(each, place) for place in planted.get(pair, [])) or _really(truth, each, text):
                result.true += 1
            else:
                result.false.append(each)
    return result


def _count(result: Score, plant: Plant, place: Row, found: list[Row], text: Callable[[str], str]) -> None:
    count = result.kinds[plant.kind]
    count.planted += 1
    hits = [each for each in found if _meet(each, place)]
    if _covered(place, hits):
        count.found += 1
    else:
        result.missed.append(plant)
    count.whole += any(_covered(place, [each]) for each in hits)
    count.exact += plant.kind in VERBATIM and any(_exact(each, place, text) for each in hits)


def _meet(one: Row, two: Row) -> bool:
    return one.a0 < two.a1 and two.a0 < one.a1 and one.b0 < two.b1 and two.b0 < one.b1


def _covered(place: Row, hits: list[Row]) -> bool:
    """Whether nine tenths of both sides are told."""
    one = _union([(max(each.a0, place.a0), min(each.a1, place.a1)) for each in hits])
    two = _union([(max(each.b0, place.b0), min(each.b1, place.b1)) for each in hits])
    return one >= COVERED * (place.a1 - place.a0) and two >= COVERED * (place.b1 - place.b0)


def _union(spans: list[tuple[int, int]]) -> int:
    total, reached = 0, 0
    for low, high in sorted(spans):
        total += max(0, high - max(reached, low))
        reached = max(reached, high)
    return total


def _exact(found: Row, place: Row, text: Callable[[str], str]) -> bool:
    """All of the plant, and beyond it only what chance made equal in both papers."""
    if found.a0 > place.a0 or found.b0 > place.b0 or found.a1 < place.a1 or found.b1 < place.b1:
        return False
    return text(found.a)[found.a0 : found.a1] == text(found.b)[found.b0 : found.b1]


def _inside(found: Row, place: Row) -> bool:
    """Whether at least half of a reported passage is the plant, on both sides."""
    one = min(found.a1, place.a1) - max(found.a0, place.a0)
    two = min(found.b1, place.b1) - max(found.b0, place.b0)
    return one >= HALF * (found.a1 - found.a0) and two >= HALF * (found.b1 - found.b0)


def _really(truth: Truth, found: Row, text: Callable[[str], str]) -> bool:
    """Equal words that nobody planted, of which less than half is what everybody writes."""
    for name, low, high in ((found.a, found.a0, found.a1), (found.b, found.b0, found.b1)):
        flat = truth.shared.get(name, [])
        shared = sum(max(0, min(high, e) - max(low, s)) for s, e in zip(flat[::2], flat[1::2], strict=True))
        if shared >= HALF * (high - low):
            return False
    one, two = (
        fold([said]).letters.tolist()
        for said in (text(found.a)[found.a0 : found.a1], text(found.b)[found.b0 : found.b1])
    )
    return one == two or SequenceMatcher(None, one, two, autojunk=False).ratio() >= ALIKE
