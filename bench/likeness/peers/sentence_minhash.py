"""MinHash of every sentence over its groups of three characters (rensa), bands, pairs verified by the same signature."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from importlib import import_module
from itertools import combinations
from pathlib import Path

PERMUTATIONS, BANDS, ALIKE, LARGEST, SHORTEST = 64, 16, 0.7, 20, 10
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


def main(folder: str) -> None:
    """Print the spans of sentences that are alike; a band with more than twenty sentences is left aside."""
    engine = import_module("rensa")
    sentences: list[tuple[str, int, int]] = []
    digests: list[list[int]] = []
    bands: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for file in sorted(Path(folder).iterdir()):
        for each in SENTENCE.finditer(file.read_text("utf-8")):
            said = each.group()
            if len(said) < SHORTEST:
                continue
            sketch = engine.RMinHash(num_perm=PERMUTATIONS, seed=7)
            sketch.update([said[at : at + 3] for at in range(len(said) - 2)])
            digest = sketch.digest()
            wide = PERMUTATIONS // BANDS
            for band in range(BANDS):
                bands[band, *digest[band * wide : band * wide + wide]].append(len(sentences))
            sentences.append((file.name, *each.span()))
            digests.append(digest)
    pairs = {pair for rows in bands.values() if 1 < len(rows) <= LARGEST for pair in combinations(rows, 2)}
    spans = [
        [*sentences[one], *sentences[two]]
        for one, two in sorted(pairs)
        if sentences[one][0] != sentences[two][0] and _alike(digests[one], digests[two]) >= ALIKE
    ]
    json.dump({"spans": spans}, sys.stdout)


def _alike(one: list[int], two: list[int]) -> float:
    return sum(a == b for a, b in zip(one, two, strict=True)) / PERMUTATIONS


if __name__ == "__main__":
    main(sys.argv[1])
