"""The head of a .doc (FIB): which version wrote it, how long its texts are, and where its tables lie. After [MS-DOC]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bihuan_text.readers.binary import number, part, short
from bihuan_text.readers.limits import MAX_CHARACTERS
from bihuan_text.readers.sniff import damaged
from bihuan_text.refusal import Unreadable

if TYPE_CHECKING:
    from bihuan_text.readers.compound import Compound

_WORD97 = 0xA5EC
_BEFORE = {0xA5DC, 0xA5DB, 0xA59B, 0xA59C, 0xA697, 0xA698, 0xA699}
_FIRST = 0xC1  # the first nFib whose text is kept as this module reads it
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_LENGTHS, _PLACES = 76, 154  # offsets of ccpText and of the first pair of place and length
# The pairs that are read, by their index.
STYLES, CHARACTERS, PARAGRAPHS, TYPEFACES, PIECES, LISTS, LIST_USES = 1, 12, 13, 15, 33, 73, 74
LOCKED = "文件设了打开密码，请去掉密码后另存为 .docx 再试。"


class Older(Exception):
    """The file is of a Word before 97, whose text is kept otherwise."""


@dataclass(frozen=True, slots=True)
class Stories:
    """How many characters (UTF-16 units) each text of the file has, in the order in which they stand."""

    body: int
    footnotes: int
    headers: int
    macros: int
    comments: int
    endnotes: int
    boxes: int

    def body_boxes_notes(self) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]:
        """Where the texts that are read begin and end: the body, the boxes, the footnotes, the endnotes."""
        notes = self.body + self.footnotes
        ends = notes + self.headers + self.macros + self.comments
        boxes = ends + self.endnotes
        return (0, self.body), (boxes, boxes + self.boxes), (self.body, notes), (ends, boxes)


@dataclass(frozen=True, slots=True)
class Header:
    """An opened .doc: its main stream, its stream of tables, its texts' lengths."""

    word: bytes
    tables: bytes
    file: Compound
    stories: Stories

    def table(self, index: int) -> bytes:
        """One of the tables, empty where the file has none."""
        at = _PLACES + 8 * index
        size = number(self.word, at + 4)
        return part(self.tables, number(self.word, at), size) if size else b""

    def data(self, at: int) -> bytes:
        """Formatting too long for its page, kept in a stream of its own."""
        stream = self.file.stream("Data") or b""
        return part(stream, at + 2, short(stream, at))


def header_of(file: Compound) -> Header:
    """The head of a .doc. Raises ``Unreadable``, or ``Older`` for a file of Word before 97."""
    word = file.stream("WordDocument")
    if word is None:
        raise damaged()
    magic = short(word, 0)
    if magic in _BEFORE or (magic == _WORD97 and short(word, 2) < _FIRST):
        raise Older
    if magic != _WORD97:
        raise damaged()
    flags = short(word, 10)
    if flags & _ENCRYPTED:
        raise Unreadable(LOCKED)
    tables = file.stream("1Table" if flags & _SECOND_TABLE else "0Table")
    if tables is None:
        raise damaged()
    return Header(word, tables, file, _stories(word))


def _stories(word: bytes) -> Stories:
    lengths = [number(word, _LENGTHS + 4 * n) for n in range(7)]
    if sum(lengths) > 2 * MAX_CHARACTERS:
        raise Unreadable(f"文件超过 {MAX_CHARACTERS // 10000} 万字，不像一份材料，请只提交这份材料本身。")
    return Stories(*lengths)
