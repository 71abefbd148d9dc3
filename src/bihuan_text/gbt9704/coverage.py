"""Which characters a font file holds, read from its `cmap` table (OpenType 1.9, formats 4 and 12).

Typst draws a box for a character that no face holds and says nothing; we look before drawing.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

NOTHING: Final[frozenset[int]] = frozenset()
LARGEST_CMAP: Final = 4_000_000
# A glyph cannot be numbered higher, so a file that claims more groups or a wider one is broken.
MOST_GROUPS: Final = 70_000


def is_seen(character: str) -> bool:
    """Whether a face must hold it: joiners, marks of direction, line ends and variant selectors draw nothing."""
    return unicodedata.category(character) not in ("Cf", "Zl", "Zp") and not (
        "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    )


@lru_cache(maxsize=8)
def characters_in(path: str, index: int) -> frozenset[int]:
    """Code points of face `index` of the file; a file that cannot be read holds none."""
    try:
        with Path(path).open("rb") as file:
            return frozenset(_characters(_cmap(file, index)))
    except (OSError, struct.error, ValueError):
        return NOTHING


def _cmap(file: BinaryIO, index: int) -> bytes:
    start = 0
    if file.read(4) == b"ttcf":
        file.seek(12 + 4 * index)
        (start,) = struct.unpack(">I", file.read(4))
    file.seek(start + 4)
    (tables,) = struct.unpack(">H6x", file.read(8))
    for _ in range(tables):
        name, offset, length = struct.unpack(">4s4xII", file.read(16))
        if name == b"cmap":
            file.seek(offset)
            return file.read(min(length, LARGEST_CMAP))
    return b""


def _characters(cmap: bytes) -> Iterator[int]:
    if len(cmap) < 4:
        return
    (subtables,) = struct.unpack_from(">2xH", cmap)
    for number in range(subtables):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            yield from _subtable(cmap[offset:])


def _subtable(table: bytes) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", table)
    if kind == 4:
        yield from _format_4(table)
    elif kind == 12:
        yield from _format_12(table)


def _format_4(table: bytes) -> Iterator[int]:
    count = struct.unpack_from(">6xH", table)[0] // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 4 * count)
    offsets_at = 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", table, offsets_at)
    for segment in range(count):
        for code in range(starts[segment], min(ends[segment], 0xFFFE) + 1):
            glyph = code
            if offsets[segment]:
                at = offsets_at + 2 * segment + offsets[segment] + 2 * (code - starts[segment])
                (glyph,) = struct.unpack_from(">H", table, at)
                if glyph == 0:
                    continue
            if (glyph + deltas[segment]) & 0xFFFF:
                yield code


def _format_12(table: bytes) -> Iterator[int]:
    (groups,) = struct.unpack_from(">12xI", table)
    if groups > MOST_GROUPS:
        raise ValueError("more groups than a font can have glyphs")
    for number in range(groups):
        start, end, glyph = struct.unpack_from(">III", table, 16 + 12 * number)
        if end - start > MOST_GROUPS:
            raise ValueError("a group wider than a font can have glyphs")
        yield from range(start if glyph else start + 1, end + 1)
