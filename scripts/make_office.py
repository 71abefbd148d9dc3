"""Add the pairs of words of official papers to data/beside.z for rule D28, once, by a developer, after make_beside.py.

    python scripts/make_office.py FOLDER

FOLDER holds plain texts (*.txt, UTF-8) in the folders of WEIGHTS. Only texts that no copyright covers belong there (Copyright
Law of the PRC, article 5: laws, regulations, resolutions, decisions and orders of state organs, other papers of legislative,
administrative or judicial nature). Nothing of them is kept but how often one word stands after another in them, each source
with its weight: there are ten times as many laws as reports, and few people write laws. docs/decisions/0006 says which texts
were counted, and why the weights are small. Nothing is fetched.
"""

from __future__ import annotations

import math
import struct
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from make_beside import DATA, SCALE, WORDS, sum_of, write

from bihuan_text.checks.wording.parting import parted

WEIGHTS = {"reports": 0.3, "courts": 0.1, "laws": 0.1}
LEAST_PAIR = 2.0  # weighted: what was seen less often is chance


def main(folder: str) -> None:
    """Write the file anew; once only, for what is added cannot be told from what was there."""
    packed = zlib.decompress((DATA / "beside.z").read_bytes())
    count, words = struct.unpack_from("<II", packed)
    if words != WORDS:
        raise SystemExit("data/beside.z holds them already: make it anew with make_beside.py first")
    keys = array("I", packed[8 : 8 + 4 * count])
    found = {key: math.exp(level / SCALE) for key, level in zip(keys, packed[8 + 4 * count :], strict=True)}
    pairs = _counted(Path(folder))
    for (one, two), seen in pairs.items():
        if seen >= LEAST_PAIR:
            key = sum_of(f"{one}@{two}")
            found[key] = found.get(key, 0.0) + seen
    write(found, words + round(pairs.total()))


def _counted(folder: Path) -> Counter[tuple[str, str]]:
    """Pairs of words → how often, weighted."""
    pairs: Counter[tuple[str, str]] = Counter()
    for name, weight in WEIGHTS.items():
        for path in sorted((folder / name).glob("**/*.txt")):
            seen = Counter(pair for row in _rows(path.read_text(encoding="utf-8")) for pair in pairwise(row))
            for pair, count in seen.items():
                pairs[pair] += weight * count  # type: ignore[assignment]  # a Counter of floats
    return pairs


def _rows(text: str) -> Iterator[list[str]]:
    """The words of each line, between the marks that a line begins and ends with."""
    for line in filter(None, map(str.strip, text.split("\n"))):
        yield ["。", *parted(line), "。"]


if __name__ == "__main__":
    main(*sys.argv[1:])
