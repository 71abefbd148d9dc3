"""Numbers in a binary file, least byte first; what points outside the file is damage and never an error of Python."""

from __future__ import annotations

from .sniff import damaged


def number(data: bytes, at: int, size: int = 4, *, signed: bool = False) -> int:
    """The number of ``size`` bytes at an offset; raises ``Unreadable`` where the file is too short."""
    if not 0 <= at <= len(data) - size:
        raise damaged()
    return int.from_bytes(data[at : at + size], "little", signed=signed)


def short(data: bytes, at: int) -> int:
    """The number of two bytes at an offset."""
    return number(data, at, 2)


def part(data: bytes, at: int, size: int) -> bytes:
    """A stretch of the file; raises ``Unreadable`` where it is not wholly inside."""
    if size < 0 or not 0 <= at <= len(data) - size:
        raise damaged()
    return data[at : at + size]
