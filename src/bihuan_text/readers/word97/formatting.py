"""The formatting of a .doc that decides what is read: pages of runs (CHPX) and of paragraphs (PAPX), and the styles."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bihuan_text.readers.binary import number, part, short
from bihuan_text.refusal import Unreadable

from . import sprms
from .header import CHARACTERS, PARAGRAPHS, STYLES

if TYPE_CHECKING:
    from .header import Header

_PAGE = 512
_MAX_RUNS = 600_000
_MAX_STYLES = 4_000
_PARAGRAPH, _CHARACTER = 1, 2


@dataclass(slots=True)
class Runs:
    """Stretches of the file, each with its properties, in the order of the file; none overlaps another."""

    starts: list[int] = field(default_factory=list[int])
    ends: list[int] = field(default_factory=list[int])
    said: list[bytes] = field(default_factory=list[bytes])

    def index(self, place: int) -> int:
        """Which stretch a byte of the file is in, -1 for none."""
        n = bisect_right(self.starts, place) - 1
        return n if n >= 0 and place < self.ends[n] else -1

    def at(self, place: int) -> bytes:
        """The properties at a byte of the file."""
        n = self.index(place)
        return self.said[n] if n >= 0 else b""

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """The stretches that lie in [start, end), cut to it."""
        n = max(0, bisect_right(self.starts, start) - 1)
        while n < len(self.starts) and self.starts[n] < end:
            if self.ends[n] > start:
                yield max(start, self.starts[n]), min(end, self.ends[n]), self.said[n]
            n += 1


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says: the style it is based on, its properties of paragraphs and of characters."""

    above: int
    paragraph: bytes = b""
    characters: bytes = b""


def runs_of(header: Header) -> Runs:
    """The runs of characters that say anything."""
    return _gathered(header, CHARACTERS, _run)


def paragraphs_of(header: Header) -> Runs:
    """The paragraphs; the properties of each begin with its style's number in two bytes."""
    return _gathered(header, PARAGRAPHS, _paragraph)


def _gathered(header: Header, index: int, properties: Callable[[bytes, int, int], bytes]) -> Runs:
    found = Runs()
    for start, end, said in sorted(_all(header, index, properties)):
        if said and start >= (found.ends[-1] if found.ends else 0):
            found.starts.append(start)
            found.ends.append(end)
            found.said.append(said)
    return found


def _all(
    header: Header, index: int, properties: Callable[[bytes, int, int], bytes]
) -> Iterator[tuple[int, int, bytes]]:
    total = 0
    for page in _pages(header, index):
        count = min(page[-1], 101)
        total += count
        if total > _MAX_RUNS:
            raise Unreadable("文件的结构过于庞大，为安全起见没有读取，请只提交这份材料本身。")
        for n in range(count):
            start, end = number(page, 4 * n), number(page, 4 * n + 4)
            if start < end:
                yield start, end, properties(page, count, n)


def _pages(header: Header, index: int) -> Iterator[bytes]:
    table = header.table(index)
    count = max(0, (len(table) - 4) // 8)
    for n in {number(table, 4 * (count + 1) + 4 * each) & 0x3FFFFF for each in range(count)}:
        page = header.word[n * _PAGE : (n + 1) * _PAGE]
        if len(page) == _PAGE:
            yield page


def _run(page: bytes, count: int, n: int) -> bytes:
    at = 2 * page[4 * (count + 1) + n]
    return page[at + 1 : at + 1 + page[at]] if at else b""


def _paragraph(page: bytes, count: int, n: int) -> bytes:
    place = 4 * (count + 1) + 13 * n
    at = 2 * page[place] if place < _PAGE else 0
    if not at:
        return b""
    if size := page[at]:
        return page[at + 1 : at + 2 * size]
    return page[at + 2 : at + 2 + 2 * page[at + 1]] if at + 1 < _PAGE else b""


# --- styles -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by their numbers."""

    styles: dict[int, Style]

    def paragraph(self, style: int) -> bytes:
        """The properties of paragraphs that a style says, those it is based on first."""
        return b"".join(each.paragraph for each in self._chain(style))

    @property
    def any_hides(self) -> bool:
        """Whether there is a style at all whose characters are hidden."""
        return any(self.hides(n) for n, style in self.styles.items() if style.characters)

    def hides(self, style: int) -> bool:
        """Whether characters of the style are hidden."""
        hidden = False
        for each in self._chain(style):
            for code, operand in sprms.sprms(each.characters):
                if code == sprms.HIDDEN:
                    hidden = sprms.toggled(operand[0], above=hidden)
        return hidden

    def _chain(self, style: int) -> list[Style]:
        found: list[Style] = []
        while style in self.styles and len(found) < 20:
            found.append(self.styles[style])
            style = found[-1].above
        return found[::-1]


def styles_of(header: Header) -> Styles:
    """The style sheet; one that breaks off keeps what was read of it."""
    data = header.table(STYLES)
    found: dict[int, Style] = {}
    if len(data) < 6:
        return Styles(found)
    base, at = short(data, 4), 2 + short(data, 0)
    for n in range(min(short(data, 2), _MAX_STYLES)):
        if at + 2 > len(data):
            break
        size = short(data, at)
        if size and (style := _style(data[at + 2 : at + 2 + size], base)) is not None:
            found[n] = style
        at += 2 + size + size % 2
    return Styles(found)


def _style(data: bytes, base: int) -> Style | None:
    try:
        kind, above = short(data, 2) & 0xF, short(data, 2) >> 4
        at = base + 2 + 2 * short(data, base) + 2
        updates: list[bytes] = []
        for _ in range(min(short(data, 4) & 0xF, 3)):
            at += at % 2
            updates.append(part(data, at + 2, short(data, at)))
            at += 2 + len(updates[-1])
    except Unreadable:
        return None
    if kind == _PARAGRAPH and updates:
        return Style(above, updates[0][2:], updates[1] if len(updates) > 1 else b"")
    return Style(above, b"", updates[0]) if kind == _CHARACTER and updates else None
