"""The streams of a compound file (OLE2), the container of the Word files of 1997–2003 and of WPS. After [MS-CFB].

Chains of sectors may be forged into circles and tables may point outside the file: each chain is followed at most as
often as there are sectors, and what is missing at its end is missing from the stream.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass

from .binary import number, short
from .sniff import damaged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # this and all above are no sectors but marks
_NONE = 0xFFFFFFFF
_MINI = 64
_ENTRY = 128
_MAX_ENTRIES = 50_000
_ROOT, _STREAM = 5, 2


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the directory: its name, its kind, its neighbours in the tree, where its bytes begin and how many."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """An opened compound file. Raises ``Unreadable`` where its tables are broken."""

    def __init__(self, data: bytes) -> None:
        shift = short(data, 30)
        if not data.startswith(MAGIC) or shift not in (9, 12):
            raise damaged()
        self._data, self._size = data, 1 << shift
        self._cutoff = min(number(data, 56), 1 << 16)
        self._next = self._table(self._table_sectors())
        self._entries = self._directory()
        if not self._entries:
            raise damaged()
        self._small_next = self._table(self._chain(number(data, 60)))
        self._small: bytes | None = None

    def names(self) -> frozenset[str]:
        """The names of the streams and storages right under the root."""
        return frozenset(entry.name for entry in self._top())

    def stream(self, name: str) -> bytes | None:
        """The bytes of a stream right under the root, None where there is none of that name."""
        for entry in self._top():
            if entry.kind == _STREAM and entry.name.lower() == name.lower():
                return self._bytes(entry)
        return None

    # --- sectors ------------------------------------------------------------------------------------------------------

    def _sector(self, index: int) -> bytes:
        at = (index + 1) * self._size
        return self._data[at : at + self._size]

    def _table_sectors(self) -> list[int]:
        """The sectors that hold the table of chains: the first 109 in the header, the others in a chain of their own."""
        most = len(self._data) // self._size + 1
        found = [number(self._data, 76 + 4 * i) for i in range(109)]
        further, seen = number(self._data, 68), 0
        while further < _LAST and seen <= most:
            sector = self._sector(further)
            if len(sector) < self._size:
                break
            found += _numbers(sector[:-4])
            further, seen = number(sector, self._size - 4), seen + 1
        return [index for index in found if index < _LAST][:most]

    def _table(self, sectors: list[int]) -> array[int]:
        return _numbers(b"".join(map(self._sector, sectors)))

    def _chain(self, start: int) -> list[int]:
        """The sectors of a chain; a circle ends where it closes."""
        found: list[int] = []
        seen: set[int] = set()
        while start < len(self._next) and start not in seen:
            seen.add(start)
            found.append(start)
            start = self._next[start]
        return found

    def _bytes(self, entry: _Entry) -> bytes:
        if entry.size < self._cutoff and entry.kind != _ROOT:
            return self._small_bytes(entry)
        return b"".join(map(self._sector, self._chain(entry.start)))[: entry.size]

    def _small_bytes(self, entry: _Entry) -> bytes:
        if self._small is None:
            self._small = self._bytes(self._entries[0])
        found: list[bytes] = []
        at, left = entry.start, entry.size
        while at < len(self._small_next) and left > 0:
            found.append(self._small[at * _MINI : (at + 1) * _MINI])
            at, left = self._small_next[at], left - _MINI
        return b"".join(found)[: entry.size]

    # --- the directory ------------------------------------------------------------------------------------------------

    def _directory(self) -> list[_Entry]:
        data = b"".join(map(self._sector, self._chain(number(self._data, 48))))
        count = min(len(data) // _ENTRY, _MAX_ENTRIES)
        return [_entry(data[n * _ENTRY : (n + 1) * _ENTRY], long=self._size > 512) for n in range(count)]

    def _top(self) -> list[_Entry]:
        """What stands right under the root; an embedded file has streams of the same names further down."""
        waiting, seen, found = [self._entries[0].child], set[int](), list[_Entry]()
        while waiting:
            index = waiting.pop()
            if index in seen or not 0 <= index < len(self._entries):
                continue
            seen.add(index)
            entry = self._entries[index]
            found.append(entry)
            waiting += (entry.left, entry.right)
        return found


def _entry(line: bytes, *, long: bool) -> _Entry:
    length = max(0, min(short(line, 64), 64) - 2)
    return _Entry(
        name=line[:length].decode("utf-16-le", "replace"), kind=line[66],
        left=number(line, 68), right=number(line, 72), child=number(line, 76),
        start=number(line, 116), size=number(line, 120, 8 if long else 4),
    )  # fmt: skip


def _numbers(data: bytes) -> array[int]:
    found = array("I", data[: len(data) // 4 * 4])
    if sys.byteorder == "big":
        found.byteswap()
    return found
