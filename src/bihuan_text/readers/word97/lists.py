"""The lists of a .doc: what each numbers, in the form that the numbering of .docx counts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan_text.readers.binary import number, part, short
from bihuan_text.readers.counters import Level, Lists
from bihuan_text.readers.units import whole
from bihuan_text.refusal import Unreadable

from .header import LIST_USES, LISTS

if TYPE_CHECKING:
    from .header import Header

_LIST, _USE, _LEVEL = 28, 16, 28
_MAX_LISTS = 5_000
# Kinds of numbers (nfc) by their code; after [MS-OSHARED] MSONFC, called as .docx calls them.
_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 16: "ideographLegalTraditional", 17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle", 19: "decimalFullWidth", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 33: "taiwaneseCounting",
    34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip


def lists_of(header: Header) -> Lists:
    """The lists of the file; those after a broken one are missing."""
    found = Lists()
    try:
        _definitions(header, found)
        _uses(header, found)
    except Unreadable:
        pass
    return found


def _definitions(header: Header, found: Lists) -> None:
    """Each list's levels stand behind all lists, one after the other, outside the table's own length."""
    table = header.table(LISTS)
    if not table:
        return
    count = min(short(table, 0), _MAX_LISTS)
    place = number(header.word, 154 + 8 * LISTS) + 2
    at = place + count * _LIST
    for n in range(count):
        line = part(header.tables, place + n * _LIST, _LIST)
        levels: dict[int, Level] = {}
        for depth in range(1 if line[26] & 1 else 9):
            levels[depth], at = _level(header.tables, at)
        found.abstracts[str(number(line, 0))] = levels


def _level(data: bytes, at: int) -> tuple[Level, int]:
    """A level and where the next one begins."""
    head = part(data, at, _LEVEL)
    at += _LEVEL + head[24] + head[25]
    size = short(data, at)
    text = whole(part(data, at + 2, 2 * size).decode("utf-16-le", "surrogatepass"))
    pattern = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in text)
    form = _FORMS.get(head[4], "decimal")
    start = min(number(head, 0), 100_000)
    return Level(start, form, pattern, bool(head[5] & 4)), at + 2 + 2 * size


def _uses(header: Header, found: Lists) -> None:
    """Paragraphs name not a list but a use of one, which may start it anew or change a level."""
    table = header.table(LIST_USES)
    if not table:
        return
    count = min(number(table, 0), _MAX_LISTS)
    at = 4 + count * _USE
    for n in range(count):
        line = part(table, 4 + n * _USE, _USE)
        own: dict[int, Level] = {}
        starts: dict[int, int] = {}
        found.lists[str(n + 1)] = (str(number(line, 0)), own, starts)
        at += 4
        for _ in range(line[12]):
            start, flags = min(number(table, at), 100_000), number(table, at + 4)
            at += 8
            if flags & 0x20:
                own[flags & 0xF], at = _level(table, at)
            elif flags & 0x10:
                starts[flags & 0xF] = start
