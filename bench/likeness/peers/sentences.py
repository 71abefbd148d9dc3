"""What the peers that go by sentences share: the sentences of a folder, and pairs of them that have a band in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

SHORTEST = 10
PERMUTATIONS, BANDS, ALIKE, LARGEST = 64, 16, 0.7, 20
"""Signature, bands, share of it that must agree; a band with more sentences is left aside."""
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
Span: TypeAlias = tuple[str, int, int]


def sentences(folder: str) -> Iterator[tuple[Span, str]]:
    """Place and words of every sentence."""
    for file in sorted(Path(folder).iterdir()):
        for each in SENTENCE.finditer(file.read_text("utf-8")):
            if len(each.group()) >= SHORTEST:
                yield (file.name, *each.span()), each.group()


def alike(
    spans: Sequence[Span], digests: Sequence[Sequence[int]], bands: Iterable[Sequence[int]]
) -> list[list[str | int]]:
    """Pairs of sentences in a band together whose signatures agree enough."""
    pairs = {pair for rows in bands if 1 < len(rows) <= LARGEST for pair in combinations(sorted(rows), 2)}
    return [
        [*spans[one], *spans[two]]
        for one, two in sorted(pairs)
        if spans[one][0] != spans[two][0] and _agree(digests[one], digests[two]) >= ALIKE
    ]


def _agree(one: Sequence[int], two: Sequence[int]) -> float:
    return sum(a == b for a, b in zip(one, two, strict=True)) / PERMUTATIONS
