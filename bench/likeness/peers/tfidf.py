"""TF-IDF, cosine of all pairs (scikit-learn), over words (rjieba) or pairs of characters: today's practice. It says no place.

``python -m … FOLDER words|characters`` prints the most alike pairs in order, as many as there are papers, and how many reach 0.5.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

ALIKE, ROWS = 0.5, 250


def main(folder: str, over: str) -> None:
    """Print the ranking."""
    make = import_module("sklearn.feature_extraction.text").TfidfVectorizer
    if over == "words":
        vectorizer = make(tokenizer=import_module("rjieba").cut, token_pattern=None, dtype=np.float32)
    else:
        vectorizer = make(analyzer="char", ngram_range=(2, 2), dtype=np.float32)
    files = sorted(Path(folder).iterdir())
    matrix = vectorizer.fit_transform([file.read_text("utf-8") for file in files])
    ranked, above = ranking(matrix, len(files))
    json.dump({"ranked": [[files[one].name, files[two].name] for one, two in ranked], "above": above}, sys.stdout)


def ranking(matrix: Any, count: int) -> tuple[list[tuple[int, int]], int]:
    """The ``count`` most alike pairs, and how many reach ``ALIKE``; some rows of the product at a time."""
    one, two, best = (np.zeros(0, kind) for kind in (np.int64, np.int64, np.float32))
    above = 0
    for low in range(0, count, ROWS):
        near = (matrix[low : low + ROWS] @ matrix[low:].T).toarray()
        near[np.tril_indices(len(near), 0, near.shape[1])] = 0
        above += int((near >= ALIKE).sum())
        flat = near.ravel()
        top = np.argpartition(flat, -min(count, len(flat)))[-count:]
        one = np.concatenate((one, low + top // near.shape[1]))
        two = np.concatenate((two, low + top % near.shape[1]))
        best = np.concatenate((best, flat[top]))
        order = np.argsort(-best, kind="stable")[:count]
        one, two, best = one[order], two[order], best[order]
    return list(zip(one.tolist(), two.tolist(), strict=True)), above


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
