"""copydetect: winnowed fingerprints of every two papers. ``python -m … FOLDER plain|tuned``

``plain``: as it comes. ``tuned``: groups of ten characters, sure from twelve on, every likeness kept, and the notice and the
template given as boilerplate. It says the stretches of either paper but not which belongs to which: a stretch is put beside
the one of the other paper that has most groups of ten characters in common with it.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import Any

GROUP, SURE, SHOWN = 25, 25, 0.33
TUNED_GROUP, TUNED_SURE = 10, 12
GIVEN = ("notice", "template")


def main(folder: str, how: str) -> None:
    """Print the spans."""
    engine = import_module("copydetect")
    tuned = how == "tuned"
    group, sure, shown = (TUNED_GROUP, TUNED_SURE, 0.0) if tuned else (GROUP, SURE, SHOWN)
    window = sure - group + 1
    beside = Path(folder).parent
    given: Any = []
    if tuned:
        known = [engine.CodeFingerprint(str(beside / f"{name}.txt"), group, 1, filter=False) for name in GIVEN]
        given = sorted(set().union(*(each.hashes for each in known)))
    files = sorted(Path(folder).iterdir())
    prints = [engine.CodeFingerprint(str(file), group, window, given, filter=not tuned) for file in files]
    spans: list[list[str | int]] = []
    for one, two in combinations(range(len(files)), 2):
        overlap, likeness, slices = engine.compare_files(prints[one], prints[two])
        if overlap and max(likeness) >= shown:
            spans += (
                [files[one].name, a0, a1, files[two].name, b0, b1]
                for a0, a1, b0, b1 in _together(prints[one].raw_code, prints[two].raw_code, slices)
            )
    json.dump({"spans": spans}, sys.stdout)


def _together(one: str, two: str, slices: Any) -> list[tuple[int, int, int, int]]:
    left, right = (list(zip(*side.tolist(), strict=True)) if len(side) else [] for side in slices)
    sets = [{two[at : at + 10] for at in range(low, high - 9)} for low, high in right]
    rows: list[tuple[int, int, int, int]] = []
    for low, high in left:
        groups = {one[at : at + 10] for at in range(low, high - 9)}
        best = max(range(len(sets)), key=lambda number: len(groups & sets[number]), default=None)
        if best is not None:
            rows.append((low, high, *right[best]))
    return rows


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
