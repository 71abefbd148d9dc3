"""How likely one word stands beside another: a bigram model over the lexicon (D28).

The share of a word after another is mixed from the pairs that were seen (data/beside.z, see scripts/make_beside.py) and
from its share in the language (data/words.z). Costs are negative logarithms, so those of a row of words add up.
"""

from __future__ import annotations

import math
import struct
import zlib
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files

from .lexicon import UNKNOWN, costs

_PRIME, _START, _ALL = 1099511628211 & 0xFFFFFFFF, 0xCBF29CE484222325 & 0xFFFFFFFF, 0xFFFFFFFF
_SCALE = 10.0  # steps of the logarithm of a count in one byte
_OF_PAIRS = 0.7  # how far pairs that were seen are believed
_MARK = 3.5  # what a mark costs as a word
_LOG_SINGLE = math.log(1 - _OF_PAIRS)


@cache
def _table() -> tuple[array[int], bytes, float]:
    """The sorted sums of the pairs, the logarithms of their counts, and that of how many words they were counted in."""
    packed = zlib.decompress(files("bihuan_text").joinpath("data", "beside.z").read_bytes())
    count, words = struct.unpack_from("<II", packed)
    keys = array("I", packed[8 : 8 + 4 * count])
    if struct.pack("=I", 1) != struct.pack("<I", 1):
        keys.byteswap()
    return keys, packed[8 + 4 * count :], math.log(words)


def _sum_of(word: str, start: int) -> int:
    """The lower half of the FNV sum of a word's code units, low byte first, gone on with from ``start``."""
    for byte in word.encode("utf-16-le"):
        start = ((start ^ byte) * _PRIME) & _ALL
    return start


@lru_cache(maxsize=1 << 15)
def _begun(before: str) -> int:
    """The sum of the first word of a pair."""
    return _sum_of(before + "@", _START)


@lru_cache(maxsize=1 << 16)
def seen(before: str, after: str) -> float:
    """The logarithm of how often the pair was seen, -1 when it was not."""
    keys, levels, _ = _table()
    key = _sum_of(after, _begun(before))
    at = bisect_left(keys, key)
    return levels[at] / _SCALE if at < len(keys) and keys[at] == key else -1.0


def single(word: str) -> float:
    """What a word costs wherever it stands."""
    cost = costs().get(word)
    if cost is not None:
        return cost
    return _MARK if not "\u4e00" <= word <= "\u9fff" else UNKNOWN * max(1, len(word))


@lru_cache(maxsize=1 << 16)
def after(before: str, word: str) -> float:
    """What ``word`` costs right after ``before``."""
    alone = single(word) - _LOG_SINGLE
    pair = seen(before, word)
    if pair < 0:
        return alone
    of_before = max(_table()[2] - single(before), pair)
    return -math.log(_OF_PAIRS * math.exp(pair - of_before) + math.exp(-alone))


def row_cost(row: list[str]) -> float:
    """What the words of a row cost, each after the one before it; the first is given."""
    return sum(map(after, row, row[1:]))
