"""TF-IDF over words (rjieba, scikit-learn), cosine of all pairs, those of 0.5 and more: today's practice."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

ALIKE, ROWS = 0.5, 500


def main(folder: str) -> None:
    """Print pairs of papers."""
    cut = import_module("rjieba").cut
    vectorizer = import_module("sklearn.feature_extraction.text").TfidfVectorizer(tokenizer=cut, token_pattern=None)
    pairs_above(vectorizer, folder)


def pairs_above(vectorizer: object, folder: str) -> None:
    """Print the pairs whose cosine is at least ``ALIKE``; the matrix is made some rows at a time."""
    files: list[Path] = sorted(Path(folder).iterdir())
    matrix = getattr(vectorizer, "fit_transform")([file.read_text("utf-8") for file in files])  # noqa: B009
    pairs: list[tuple[str, str]] = []
    for low in range(0, len(files), ROWS):
        near = (matrix[low : low + ROWS] @ matrix.T).tocoo()
        rows: Iterable[tuple[int, int, float]] = zip(
            near.row.tolist(), near.col.tolist(), near.data.tolist(), strict=True
        )
        for one, two, cosine in rows:
            if cosine >= ALIKE and one + low < two:
                pairs.append((files[one + low].name, files[two].name))
    json.dump({"pairs": pairs}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
