"""Single properties of formatting (sprm): what of them says that text is gone, hidden, in a table or numbered."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan_text.readers.binary import number, short

# The size of an operand by the top three bits of its code; 0 is told by the operand itself.
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_TABLE_EDGES, _TABS = 0xD608, 0xC615

DELETED, HIDDEN, SYMBOL, CHARACTER_STYLE = 0x0800, 0x083C, 0x6A09, 0x4A30
TYPEFACE = 0x4A4F
STYLE, LEVEL, LIST, OLD_LIST = 0x4600, 0x260A, 0x460B, 0xC63E
IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
EDGES, MERGED = _TABLE_EDGES, 0xD62B
ELSEWHERE = (0x6646, 0x6645)

_MERGE, _CONTINUES = 0x60, 0x20

# What a one-byte number in a piece stands for, as far as it is of use here (Prm0).
_SHORTHANDS = {0x0C: LEVEL, 0x18: IN_TABLE, 0x19: ROW_END, 0x41: DELETED, 0x5C: HIDDEN}


def sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Code and operand of each property; a list that breaks off ends there."""
    at = 0
    while at + 3 <= len(data):
        code = short(data, at)
        start, size = _operand(data, at + 2, code)
        if start + size > len(data):
            return
        yield code, data[start : start + size]
        at = start + size


def _operand(data: bytes, at: int, code: int) -> tuple[int, int]:
    size = _SIZES[code >> 13]
    if size:
        return at, size
    if code == _TABLE_EDGES:  # its length is of two bytes, and one too many
        return at + 2, max(0, int.from_bytes(data[at : at + 2], "little") - 1)
    if code == _TABS and data[at] == 255:
        gone = 1 + 4 * (data[at + 1] if at + 1 < len(data) else 0)
        new = at + 1 + gone
        return at + 1, gone + 1 + 3 * (data[new] if new < len(data) else 0)
    return at + 1, data[at]


def shorthand(prm: int) -> bytes:
    """The one property that a piece says of itself in two bytes, spelled out."""
    code = _SHORTHANDS.get(prm >> 1 & 0x7F)
    return b"" if code is None else code.to_bytes(2, "little") + bytes([prm >> 8])


def toggled(said: int, *, above: bool) -> bool:
    """What a switch says: 0 or 1, or 0x80 for as it is above, or 0x81 for the other way round."""
    return said == 1 if said < 0x80 else above != (said == 0x81)


def value(operand: bytes, *, signed: bool = False) -> int:
    """The number that an operand holds."""
    return number(operand, 0, len(operand), signed=signed)


def edges(operand: bytes) -> tuple[tuple[int, ...], set[int]]:
    """The left edges of the cells, and which are told to go on from above."""
    count = min(operand[0], 64) if operand else 0
    words = [operand[1 + 2 * n : 3 + 2 * n] for n in range(count)]
    found = tuple(int.from_bytes(word, "little", signed=True) for word in words if len(word) == 2)
    cells = operand[1 + 2 * (count + 1) :]
    flags = [int.from_bytes(cells[20 * n : 20 * n + 2], "little") for n in range(len(cells) // 20)]
    return found, {n for n, flag in enumerate(flags) if flag & _MERGE == _CONTINUES}
