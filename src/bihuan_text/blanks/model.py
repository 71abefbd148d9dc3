"""What a template asks for, and what is said in answer: plain values, no XML."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Blank:
    """One place to be filled.

    kind: "text" (a mark in a sentence), "date" (年 月 日), "cell" (an empty cell), "control" (an empty content control),
    "field" (an empty form field of the old kind). before, mark, after: what stands around it in its paragraph, and what
    stands there now. row, column: for a place in a table, the nearest words to its left and above. table: the table, sheet,
    页眉, 页脚 or 文本框 it stands in, "" in the text. line: the key of the row it stands in, where that row can be repeated
    for the entries of a list.
    """

    address: str
    kind: str
    before: str = ""
    mark: str = ""
    after: str = ""
    row: str = ""
    column: str = ""
    table: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that can be repeated: its blanks from left to right, and how many empty rows like it stand there."""

    key: str
    addresses: tuple[str, ...]
    room: int


@dataclass(frozen=True, slots=True)
class Template:
    """A form as it was found. form: "docx" or "xlsx". remarks: Chinese sentences about what could not be looked into."""

    form: str
    blanks: tuple[Blank, ...]
    lines: tuple[Line, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What is written into a blank; \\n begins a new paragraph in a cell and a new line elsewhere.

    ref: the name of the fact it is, which makes it a content control in a .docx; label: its name for people.
    """

    text: str
    ref: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list for one line of a table: an item a row, each address of the line → what is said."""

    line: str
    items: Sequence[Mapping[str, Said]]


@dataclass(slots=True)
class Addresses:
    """Gives addresses out of surroundings: the same surroundings a second time get the next number."""

    seen: Counter[str] = field(default_factory=Counter[str])

    def of(self, kind: str, *around: str) -> str:
        """An address of at most 24 characters, the same for the same surroundings in the same order."""
        key = "\x1f".join((kind, *("".join(each.split()) for each in around)))
        digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:12]
        self.seen[digest] += 1
        return f"{kind}-{digest}-{self.seen[digest]}"
