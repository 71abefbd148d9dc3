"""MinHash of every paper over its groups of five characters (datasketch), pairs by LSH with a threshold of 0.5."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

PERMUTATIONS, ALIKE = 64, 0.5


def main(folder: str) -> None:
    """Print pairs of papers."""
    engine = import_module("datasketch")
    lsh = engine.MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    pairs: list[tuple[str, str]] = []
    for file in sorted(Path(folder).iterdir()):
        text = file.read_text("utf-8")
        sketch = engine.MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([text[at : at + 5].encode() for at in range(len(text) - 4)])
        pairs += ((other, file.name) for other in lsh.query(sketch))
        lsh.insert(file.name, sketch)
    json.dump({"pairs": pairs}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
