"""Passages in letters → passages of the plain text: ends to the character, and what counts for nothing set apart."""

from __future__ import annotations

import re
import sys
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations, groupby, repeat
from typing import TYPE_CHECKING

import numpy as np

from .diagonals import stretches
from .ends import SHORTEST, Ends, settled
from .families import families
from .passages import OWN, Match, matches
from .report import Comparison, Family, Pair, Passage, SetAside, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .arrays import Bools, Places
    from .joining import Common
    from .offsets import Offsets
    from .passages import Cover
    from .store import Excerpt

NAMES, TEMPLATE = "文件名称和固定提法", "模板里的话"
_ENOUGH = 200
_TITLE = re.compile("《[^《》\n]{2,60}》")


EXPANDED = 50
"""Papers that are the same to the letter are told pair by pair up to so many pairs, and as a family beyond."""


class Telling:
    """One telling of what some papers share."""

    def __init__(self, papers: Excerpt, cover: Cover, templates: Bools | None, *, one_sided: bool) -> None:
        self.papers, self.cover, self.templates = papers, cover, templates
        self.one_sided = one_sided  # whether what is common was only marked in the papers that were asked about
        self.teller = Teller(papers)

    def all(
        self, first: Places, second: Places, shared: Common, same: list[list[int]], alike: list[list[int]]
    ) -> Comparison:
        """Everything: passages, pairs, families, what is set aside."""
        result = Comparison(self.papers.names(), self.papers.text)
        found = stretches(self.papers.letters, first, second)
        if self.one_sided:
            self.cover.on_both_sides(*found)
        aside: list[SetAside] = []
        for one, two, rows in matches(self.papers, self.cover, *found):
            if not self._template(one) and not self._template(two):
                passages, names_only = self.teller.passages(one, two, rows)
                result.passages += passages
                aside += names_only
        self._expand(result, same)
        result.passages.sort(key=lambda each: (each.a, each.b))
        result.pairs = [self.teller.pair(one, two, rows) for (one, two), rows in gathered(result.passages)]
        result.families = families(result, alike)
        result.set_aside = [*self._phrases(shared), *_once(aside)]
        return result

    def _template(self, paper: int) -> bool:
        return self.templates is not None and bool(self.templates[paper])

    def _phrases(self, shared: Common) -> list[SetAside]:
        """What many papers share, phrase by phrase, at the place where it first stands."""
        rows: list[SetAside] = []
        for place, end, many, given in shared.phrases():
            of_view = int(self.papers.view.papers_at(np.array([place]))[0])
            paper = int(self.papers.numbers(np.array(of_view)))
            text, offsets = self.teller.paper(paper)
            start = int(self.papers.view.starts[of_view])
            low, high = offsets[place - start], offsets[end - 1 - start] + 1
            reason = TEMPLATE if given else f"{many} 篇材料都有"
            rows.append(SetAside(Side(paper, low, high), text[low:high], reason, many))
        return sorted(rows, key=lambda each: (-each.papers, each.place))

    def _expand(self, result: Comparison, same: list[list[int]]) -> None:
        """Tell what was found of the first of equal papers of the others too, as far as pairs stay few."""
        twins = {group[0]: group for group in same}
        for passage in list(result.passages):
            ones = twins.get(passage.a.paper, [passage.a.paper])
            twos = twins.get(passage.b.paper, [passage.b.paper])
            if 1 < len(ones) * len(twos) <= EXPANDED:
                pairs = [(one, two) for one in ones for two in twos if (one, two) != (ones[0], twos[0])]
                result.passages += (self.teller.moved(passage, one, two) for one, two in pairs)
        for group in same:
            result.families.append(Family(tuple(group), same=True))
            few = len(group) * (len(group) - 1) // 2 <= EXPANDED
            everybody = combinations(group, 2) if few else zip(repeat(group[0]), group[1:], strict=False)
            result.passages += self.teller.wholes(everybody)


def _once(aside: list[SetAside]) -> list[SetAside]:
    """Each set phrase once, however many pairs of papers share it."""
    by_text: dict[str, SetAside] = {}
    for each in aside:
        by_text.setdefault(each.text, each)
    return list(by_text.values())


class Teller:
    """Turns places of letters into places of texts; the texts of papers lately asked for are at hand."""

    def __init__(self, view: Excerpt) -> None:
        self.view = view
        self.paper = lru_cache(maxsize=256)(self._paper)

    def _paper(self, number: int) -> tuple[str, Offsets]:
        return self.view.text(number), self.view.offsets(number)

    def passages(self, one: int, two: int, found: list[Match]) -> tuple[list[Passage], list[SetAside]]:
        """The passages of two papers that are long enough, and those that are names and set phrases only."""
        kept: list[Passage] = []
        aside: list[SetAside] = []
        for match in found:
            passage = self._passage(one, two, match)
            if passage.a.end - passage.a.start < SHORTEST:
                continue
            if own_letters(passage.text) < OWN:
                aside.append(SetAside(passage.a, passage.text, NAMES, 2))
            else:
                kept.append(passage)
        return kept, aside

    def _passage(self, one: int, two: int, match: Match) -> Passage:
        text_a, offsets_a = self.paper(one)
        text_b, offsets_b = self.paper(two)
        start_a, start_b = int(self.view.starts[one]), int(self.view.starts[two])
        a0, a1 = offsets_a[match.a0 - start_a], offsets_a[match.a1 - 1 - start_a] + 1
        b0, b1 = offsets_b[match.b0 - start_b], offsets_b[match.b1 - 1 - start_b] + 1
        a0, a1, b0, b1 = settled(text_a, text_b, Ends(a0, a1, b0, b1), match.cut)
        return Passage(Side(one, a0, a1), Side(two, b0, b1), text_a[a0:a1])

    def wholes(self, pairs: Iterable[tuple[int, int]]) -> Iterator[Passage]:
        """The whole of two papers with the same letters, unless they are too short to be told."""
        ends = lru_cache(maxsize=None)(self._ends)
        for one, two in pairs:
            (a0, a1, text), (b0, b1, _) = ends(one), ends(two)
            if a1 - a0 >= SHORTEST:
                yield Passage(Side(one, a0, a1), Side(two, b0, b1), text)

    def _ends(self, paper: int) -> tuple[int, int, str]:
        """Where the words of a paper begin and end, and these words; equal words are one string."""
        text = self.view.text(paper)
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        return start, end, sys.intern(text[start:end])

    def moved(self, passage: Passage, one: int, two: int) -> Passage:
        """A passage told of papers that have the same letters as its own two."""
        a, b = self._moved(passage.a, one), self._moved(passage.b, two)
        return Passage(
            *((a, b) if one < two else (b, a)), self.paper(min(one, two))[0][slice(*(a if one < two else b)[1:])]
        )

    def _moved(self, side: Side, paper: int) -> Side:
        """The stretch of another paper that has the same letters."""
        if side.paper == paper:
            return side
        mine, theirs = self.paper(side.paper)[1], self.paper(paper)[1]
        low, high = mine.letters_before(side.start), mine.letters_before(side.end)
        return Side(paper, theirs[low], theirs[high - 1] + 1)

    def pair(self, one: int, two: int, passages: Iterable[Passage]) -> Pair:
        """What two papers share, as shares of each."""
        rows = list(passages)
        of_a, of_b = _union([row.a for row in rows]), _union([row.b for row in rows])
        lengths = self.view.lengths
        return Pair(one, two, of_a / max(1, int(lengths[one])), of_b / max(1, int(lengths[two])), of_a)


def _union(sides: list[Side]) -> int:
    """Code points covered by some stretches of one paper."""
    total, reached = 0, 0
    for side in sorted(sides, key=lambda each: each.start):
        total += max(0, side.end - max(reached, side.start))
        reached = max(reached, side.end)
    return total


def own_letters(text: str) -> int:
    """Letters of a passage without the titles in 《》 and the set phrases of the field; of a long one only of its beginning."""
    left = _set_phrases().sub("", _TITLE.sub("", text))
    return sum(map(str.isalnum, left[:_ENOUGH]))


@cache
def _set_phrases() -> re.Pattern[str]:
    lines = files("bihuan_text").joinpath("data", "set_phrases.txt").read_text("utf-8").splitlines()
    phrases = sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, phrases)))


def gathered(passages: list[Passage]) -> list[tuple[tuple[int, int], list[Passage]]]:
    """Passages by pair of papers."""
    by = sorted(passages, key=lambda each: (each.a.paper, each.b.paper, each.a.start))
    return [(key, list(rows)) for key, rows in groupby(by, key=lambda each: (each.a.paper, each.b.paper))]
