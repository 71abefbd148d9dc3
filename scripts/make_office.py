"""Add what official papers say to data/beside.z and data/words.z for rule D28, once, by a developer, after make_beside.py and
make_words.py.

    python scripts/make_office.py FOLDER

FOLDER holds plain texts (*.txt, UTF-8) in the folders of WEIGHTS. Only texts that no copyright covers belong there (Copyright
Law of the PRC, article 5: laws, regulations, resolutions, decisions and orders of state organs, other papers of legislative,
administrative or judicial nature). Nothing of them is kept but counts: how often each word, and each word after another,
stands in them, each source with its weight, for there are ten times as many laws as reports and few people write laws.
Characters that nobody has made a word of yet, but that stand together again and again, become one. docs/decisions/0006 says
which texts were counted. Nothing is fetched.
"""

from __future__ import annotations

import math
import re
import struct
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bihuan_text.checks.wording.lexicon import costs
from bihuan_text.checks.wording.parting import parted
from bihuan_text.checks.wording.phrases import ALONE

from make_beside import DATA, SCALE, sum_of, write

WEIGHTS = {"reports": 0.3, "courts": 0.1, "laws": 0.1}
LEAST_PAIR = 2.0  # weighted: what was seen less often is chance
LEAST_WORD, LEAST_PAPERS, LEAST_BOND = 12.0, 8, 5.5
"""A new word: how often (weighted), in how many papers, and the logarithm of how much oftener than chance."""
_HAN = re.compile("[\u4e00-\u9fff]+")


def main(folder: str) -> None:
    """Write both files anew."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    papers: Counter[tuple[str, str]] = Counter()
    for name, weight in WEIGHTS.items():
        for path in sorted((Path(folder) / name).glob("**/*.txt")):
            seen = Counter(pair for row in _rows(path.read_text(encoding="utf-8")) for pair in pairwise(row))
            papers.update(seen.keys())
            for pair, count in seen.items():
                pairs[pair] += weight * count
                words[pair[1]] += weight * count
    new = _new_words(words, pairs, papers)
    _write_pairs(words, pairs)
    _write_words({word: count for word, count in words.items() if _HAN.fullmatch(word)}, new)


def _rows(text: str) -> Iterator[list[str]]:
    for line in filter(None, map(str.strip, text.split("\n"))):
        yield ["。", *parted(line), "。"]


def _new_words(words: Counter[str], pairs: Counter[tuple[str, str]], papers: Counter[tuple[str, str]]) -> dict[str, float]:
    """Two lone characters that belong together → how often they stand so."""
    total = words.total()
    found: dict[str, float] = {}
    for (one, two), count in pairs.items():
        lone = len(one) == len(two) == 1 and _HAN.fullmatch(one + two) and not {one, two} & (ALONE | {"某", "第"})
        if lone and count >= LEAST_WORD and papers[one, two] >= LEAST_PAPERS and one + two not in costs():
            if math.log(count * total / words[one] / words[two]) >= LEAST_BOND:
                found[one + two] = count
    return found


def _write_pairs(words: Counter[str], pairs: Counter[tuple[str, str]]) -> None:
    packed = zlib.decompress((DATA / "beside.z").read_bytes())
    count, before = struct.unpack_from("<II", packed)
    keys = array("I", packed[8 : 8 + 4 * count])
    found = {key: math.exp(level / SCALE) for key, level in zip(keys, packed[8 + 4 * count :], strict=True)}
    for (one, two), seen in pairs.items():
        if seen >= LEAST_PAIR:
            key = sum_of(f"{one}@{two}")
            found[key] = found.get(key, 0.0) + seen
    write(found, before + round(words.total()))


def _write_words(words: dict[str, float], new: dict[str, float]) -> None:
    (total,) = struct.unpack_from("<I", zlib.decompress((DATA / "beside.z").read_bytes()), 4)
    general = total - sum(words.values())
    levels: dict[tuple[int, str], list[str]] = defaultdict(list)
    for line in zlib.decompress((DATA / "words.z").read_bytes()).decode("utf-8").split("\n"):
        head, *row = line.split(" ")
        for word in row:
            count = general * math.exp(-int(head.rstrip("!")) / SCALE) + words.get(word, 0.0)
            levels[_level(count, total), head[len(head.rstrip("!")) :]].append(word)
    for word, count in new.items():
        levels[_level(count, total), ""].append(word)
    lines = [f"{cost}{mark} {' '.join(sorted(row))}" for (cost, mark), row in sorted(levels.items())]
    (DATA / "words.z").write_bytes(zlib.compress("\n".join(lines).encode(), 9))


def _level(count: float, total: float) -> int:
    return round(SCALE * math.log(total / count))


if __name__ == "__main__":
    main(*sys.argv[1:])
