"""A suffix array over all papers (libdivsufsort): neighbours of 20 equal characters or more in two papers."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import numpy as np

SHORTEST = 20


def main(folder: str) -> None:
    """Print the spans."""
    engine = import_module("pydivsufsort")
    names = sorted(os.listdir(folder))
    texts = [Path(folder, name).read_text("utf-8") for name in names]
    whole = np.frombuffer("\x00".join([*texts, ""]).encode("utf-16-le"), np.uint16)
    ends = np.flatnonzero(whole == 0)
    starts = np.concatenate(([0], ends[:-1] + 1))
    order = np.asarray(engine.divsufsort(whole.copy()), np.int64)
    equal = np.asarray(engine.kasai(whole.copy(), order), np.int64)[: len(order) - 1]
    near = np.flatnonzero(equal >= SHORTEST)
    one, two, length = order[near], order[near + 1], equal[near]
    left = (one > 0) & (two > 0) & (whole[one - 1] == whole[two - 1]) & (whole[one - 1] != 0)
    one, two, length = one[~left], two[~left], length[~left]
    paper_one, paper_two = np.searchsorted(ends, one), np.searchsorted(ends, two)
    length = np.minimum(length, np.minimum(ends[paper_one] - one, ends[paper_two] - two))
    real = (paper_one != paper_two) & (length >= SHORTEST)
    columns = (paper_one, one - starts[paper_one], paper_two, two - starts[paper_two], length)
    rows: Iterable[tuple[int, ...]] = zip(*(column[real].tolist() for column in columns), strict=True)
    spans: list[list[str | int]] = [[names[p], a, a + size, names[q], b, b + size] for p, a, q, b, size in rows]
    json.dump({"spans": spans}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
