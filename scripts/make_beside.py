"""Make data/beside.z (which words stand beside which, and how often) for rule D28, once, by a developer.

    python scripts/make_beside.py BIGRAMDICT.MEM

BIGRAMDICT.MEM is the table of the package Apache Lucene, analyzers-smartcn 4.10.4 (Apache License 2.0): pairs of words
and how often they were seen, as two serialised Java arrays, FNV sums of "word@word" (64 bits) and counts. The words
themselves are not in it, so we keep the lower 32 bits of each sum, sorted, and the logarithm of each count in one byte.
Nothing is fetched.
"""

from __future__ import annotations

import math
import struct
import sys
import zlib
from array import array
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "src" / "bihuan_text" / "data"
_HEAD = 15  # bytes of a serialised array between its class name and its length
WORDS = 7_500_000  # of the texts the pairs were counted in, about
SCALE = 10  # steps of the logarithm of a count in one byte


def main(path: str) -> None:
    """Write the file: the number of pairs, that of words, the sums of the pairs, their counts."""
    packed = Path(path).read_bytes()
    sums, counts = _array(packed, b"ur\x00\x02[J", "q", 8), _array(packed, b"ur\x00\x02[I", "i", 4)
    found: dict[int, float] = {}
    for total, count in zip(sums, counts, strict=True):
        if total:
            found[total & 0xFFFFFFFF] = max(count, found.get(total & 0xFFFFFFFF, 0))
    write(found, WORDS)


def write(found: dict[int, float], words: int) -> None:
    """Write sums of pairs → counts, and of how many words."""
    keys = array("I", sorted(found))
    levels = bytes(min(255, round(SCALE * math.log(found[key]))) for key in keys)
    if sys.byteorder == "big":
        keys.byteswap()
    head = struct.pack("<II", len(keys), words)
    (DATA / "beside.z").write_bytes(zlib.compress(head + keys.tobytes() + levels, 9))


def sum_of(pair: str) -> int:
    """The lower half of the FNV sum of the code units of "word@word", low byte first."""
    total = 0xCBF29CE484222325
    for byte in pair.encode("utf-16-le"):
        total = ((total ^ byte) * 1099511628211) & ((1 << 64) - 1)
    return total & 0xFFFFFFFF


def _array(packed: bytes, name: bytes, kind: str, width: int) -> tuple[int, ...]:
    at = packed.index(name) + _HEAD + 4
    (count,) = struct.unpack_from(">i", packed, at)
    return struct.unpack_from(f">{count}{kind}", packed, at + 4)


if __name__ == "__main__":
    main(*sys.argv[1:])
