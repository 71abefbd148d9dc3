"""MinHash of every sentence over its groups of three characters (rensa or datasketch), pairs verified by the same signature.

``python -m … FOLDER rensa|datasketch``
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from importlib import import_module

from .sentences import BANDS, PERMUTATIONS, alike, sentences


def main(folder: str, by: str) -> None:
    """Print the spans of sentences that are alike."""
    spans, words = zip(*sentences(folder), strict=True)
    digests = [_rensa(said) if by == "rensa" else _datasketch(said) for said in words]
    bands: dict[tuple[int, ...], list[int]] = defaultdict(list)
    wide = PERMUTATIONS // BANDS
    for number, digest in enumerate(digests):
        for band in range(BANDS):
            bands[band, *digest[band * wide : band * wide + wide]].append(number)
    json.dump({"spans": alike(spans, digests, bands.values())}, sys.stdout)


def _rensa(said: str) -> Sequence[int]:
    sketch = import_module("rensa").RMinHash(num_perm=PERMUTATIONS, seed=7)
    sketch.update([said[at : at + 3] for at in range(len(said) - 2)])
    return sketch.digest()


def _datasketch(said: str) -> Sequence[int]:
    sketch = import_module("datasketch").MinHash(num_perm=PERMUTATIONS)
    sketch.update_batch([said[at : at + 3].encode() for at in range(len(said) - 2)])
    return sketch.digest().tolist()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
