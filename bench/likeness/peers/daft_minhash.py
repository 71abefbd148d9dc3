"""MinHash of every sentence over its groups of three characters, bands grouped, by Daft; pairs verified by the same signature."""

from __future__ import annotations

import json
import sys
from importlib import import_module

from .sentences import BANDS, LARGEST, PERMUTATIONS, alike, sentences


def main(folder: str) -> None:
    """Print the spans of sentences that are alike."""
    daft = import_module("daft")
    spans, words = zip(*sentences(folder), strict=True)
    # Daft's groups are of words between spaces: every character is made one.
    table = daft.from_pydict({"number": list(range(len(words))), "said": [" ".join(said) for said in words]})
    table = table.with_column("digest", daft.col("said").minhash(num_hashes=PERMUTATIONS, ngram_size=3, seed=7))
    table = table.select("number", "digest").collect()
    wide = PERMUTATIONS // BANDS
    bands: list[list[int]] = []
    for band in range(BANDS):
        key = [daft.col("digest").get(band * wide + at).alias(f"d{at}") for at in range(wide)]
        groups = table.select("number", *key).groupby(*(f"d{at}" for at in range(wide)))
        rows = groups.agg(daft.col("number").list_agg().alias("rows"))
        bands += rows.where(daft.col("rows").length().between(2, LARGEST)).to_pydict()["rows"]
    told = table.sort("number").to_pydict()
    json.dump({"spans": alike(spans, told["digest"], bands)}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
