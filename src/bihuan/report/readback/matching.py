"""Which paragraph of the file is which line of the draft: by bookmark where it survived, else by likeness in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LIKE = 0.5  # two texts with half of their character pairs in common are one paragraph, reworded
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Written:
    """A paragraph of the file: its words, its place in the file's text, the bookmarks that begin in it."""

    text: str
    start: int
    marks: tuple[str, ...] = ()

    @property
    def bare(self) -> str:
        return _BLANK.sub("", self.text)


def match(expected: Sequence[tuple[str, str]], written: Sequence[Written]) -> dict[int, int]:
    """Place in `expected` → place in `written`. expected: (bookmark's key, text) of every line, in order."""
    texts = [_BLANK.sub("", text) for _, text in expected]
    found = _by_mark([key for key, _ in expected], texts, written)
    _same(texts, written, found)
    _alike(texts, written, found)
    return found


def likeness(one: str, other: str) -> float:
    """Dice over pairs of characters: 1 for the same text, 0 for nothing in common."""
    return _dice(_pairs(one), _pairs(other))


def _pairs(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(max(1, len(text) - 1)))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    both = sum((one & other).values())
    return 2 * both / (one.total() + other.total())


def _by_mark(keys: list[str], texts: list[str], written: Sequence[Written]) -> dict[int, int]:
    """A paragraph with several bookmarks (its neighbours were deleted or joined to it) is the likeliest of them."""
    place = {key: number for number, key in enumerate(keys) if key}
    known = set(texts)
    found: dict[int, int] = {}
    for at, each in enumerate(written):
        named = [place[mark] for mark in each.marks if mark in place and place[mark] not in found]
        if not named or (each.bare in known and all(texts[number] != each.bare for number in named)):
            continue  # the bookmark slipped to a neighbour whose words are known
        found[max(named, key=lambda number: likeness(texts[number], each.bare))] = at
    return found


def _same(texts: list[str], written: Sequence[Written], found: dict[int, int]) -> None:
    """The same words are the same paragraph; of several, the first that is free."""
    free: dict[str, list[int]] = {}
    taken = set(found.values())
    for at, each in enumerate(written):
        if at not in taken:
            free.setdefault(each.bare, []).append(at)
    for number, text in enumerate(texts):
        if number not in found and free.get(text):
            found[number] = free[text].pop(0)


def _alike(texts: list[str], written: Sequence[Written], found: dict[int, int]) -> None:
    """What is left, in order: the pairing with the greatest likeness altogether."""
    rest = [number for number in range(len(texts)) if number not in found]
    taken = set(found.values())
    left = [at for at in range(len(written)) if at not in taken]
    for number, at in _pairing(rest, left, _scores(rest, left, texts, written)):
        found[number] = at


def _scores(
    rest: list[int], left: list[int], texts: list[str], written: Sequence[Written]
) -> Mapping[tuple[int, int], float]:
    ours, theirs = [_pairs(texts[n]) for n in rest], [_pairs(written[at].bare) for at in left]
    scores: dict[tuple[int, int], float] = {}
    for i, one in enumerate(ours):
        for j, other in enumerate(theirs):
            if 2 * min(one.total(), other.total()) >= LIKE * (one.total() + other.total()):
                score = _dice(one, other)
                if score >= LIKE:
                    scores[i, j] = score
    return scores


def _pairing(rest: list[int], left: list[int], scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    best = [[0.0] * (len(left) + 1) for _ in range(len(rest) + 1)]
    for i in range(len(rest) - 1, -1, -1):
        for j in range(len(left) - 1, -1, -1):
            with_pair = scores[i, j] + best[i + 1][j + 1] if (i, j) in scores else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], with_pair)
    i = j = 0
    pairs: list[tuple[int, int]] = []
    while i < len(rest) and j < len(left):
        if (i, j) in scores and best[i][j] == scores[i, j] + best[i + 1][j + 1]:
            pairs.append((rest[i], left[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
