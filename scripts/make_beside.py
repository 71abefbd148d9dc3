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
SCALE = 10  # steps of the logarithm of a count in one byte


def main(path: str) -> None:
    """Write the file: the number of pairs, their sums, their counts."""
    packed = Path(path).read_bytes()
    sums, counts = _array(packed, b"ur\x00\x02[J", "q", 8), _array(packed, b"ur\x00\x02[I", "i", 4)
    found: dict[int, int] = {}
    for total, count in zip(sums, counts, strict=True):
        if total:
            found[total & 0xFFFFFFFF] = max(count, found.get(total & 0xFFFFFFFF, 0))
    keys = array("I", sorted(found))
    if sys.byteorder == "big":
        keys.byteswap()
    levels = bytes(min(255, round(SCALE * math.log(found[key]))) for key in sorted(found))
    (DATA / "beside.z").write_bytes(zlib.compress(struct.pack("<I", len(keys)) + keys.tobytes() + levels, 9))


def _array(packed: bytes, name: bytes, kind: str, width: int) -> tuple[int, ...]:
    at = packed.index(name) + _HEAD + 4
    (count,) = struct.unpack_from(">i", packed, at)
    return struct.unpack_from(f">{count}{kind}", packed, at + 4)


if __name__ == "__main__":
    main(*sys.argv[1:])
