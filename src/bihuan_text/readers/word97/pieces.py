"""The text of a .doc and where each of its characters lies in the file: the piece table (Clx).

Places in the text are counted in UTF-16 units, as the file does; a character outside the first plane is two of them
until ``units.whole`` joins them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bihuan_text.readers.binary import number, part, short
from bihuan_text.readers.limits import MAX_PARAGRAPHS, too_many_paragraphs
from bihuan_text.readers.sniff import damaged
from bihuan_text.readers.units import halves

from .header import PIECES
from .sprms import shorthand

if TYPE_CHECKING:
    from .header import Header

_PROPERTIES, _TABLE = 1, 2
_NARROW = 1 << 30


@dataclass(frozen=True, slots=True)
class Stretch:
    """Units [start, end) of the text, kept at byte ``at`` in ``width`` bytes each, with properties of their own."""

    start: int
    end: int
    at: int
    width: int
    own: bytes = b""

    def place(self, unit: int) -> int:
        """The byte where a unit of the text lies."""
        return self.at + (unit - self.start) * self.width

    def unit(self, place: int) -> int:
        """The unit that lies at a byte."""
        return self.start + (place - self.at) // self.width


@dataclass(slots=True)
class Pieces:
    """All stretches in the order of the text, and the text itself in units."""

    stretches: list[Stretch]
    text: str
    starts: list[int] = field(default_factory=list[int])

    def of(self, unit: int) -> Stretch:
        """The stretch that a unit belongs to."""
        return self.stretches[bisect_right(self.starts, unit) - 1]


def pieces_of(header: Header) -> Pieces:
    """The text of the file; raises ``Unreadable`` where the table is broken."""
    properties, table = _clx(header.table(PIECES))
    found = _stretches(table, properties, sum(_lengths(header)))
    text = "".join(_decoded(header.word, each) for each in found)
    if not found:
        raise damaged()
    if text.count("\r") + text.count("\x07") > MAX_PARAGRAPHS:
        raise too_many_paragraphs()
    return Pieces(found, text, [each.start for each in found])


def _lengths(header: Header) -> tuple[int, ...]:
    s = header.stories
    whole = (s.body, s.footnotes, s.headers, s.macros, s.comments, s.endnotes, s.boxes)
    return (*whole, 1) if any(whole[1:]) else whole  # a last mark stands after the other texts


def _clx(data: bytes) -> tuple[list[bytes], bytes]:
    """The lists of properties that pieces refer to, and the table of pieces."""
    properties: list[bytes] = []
    at = 0
    while at < len(data):
        if data[at] == _TABLE:
            return properties, part(data, at + 5, number(data, at + 1))
        if data[at] != _PROPERTIES:
            break
        size = short(data, at + 1)
        properties.append(part(data, at + 3, size))
        at += 3 + size
    raise damaged()


def _stretches(table: bytes, properties: list[bytes], most: int) -> list[Stretch]:
    count = (len(table) - 4) // 12
    if count > MAX_PARAGRAPHS:
        raise too_many_paragraphs()
    found: list[Stretch] = []
    start = 0
    for n in range(count):
        end = min(number(table, 4 * (n + 1)), most)
        if end > start:
            found.append(_stretch(table, 4 * (count + 1) + 8 * n, (start, end), properties))
            start = end
    return found


def _stretch(table: bytes, at: int, span: tuple[int, int], properties: list[bytes]) -> Stretch:
    place, prm = number(table, at + 2), short(table, at + 6)
    own = b"".join(properties[prm >> 1 :][:1]) if prm & 1 else shorthand(prm)
    if place & _NARROW:
        return Stretch(*span, (place & ~_NARROW) // 2, 1, own)
    return Stretch(*span, place, 2, own)


def _decoded(word: bytes, stretch: Stretch) -> str:
    raw = part(word, stretch.at, (stretch.end - stretch.start) * stretch.width)
    if stretch.width == 1:
        return raw.decode("cp1252", "replace")
    return halves(raw)
