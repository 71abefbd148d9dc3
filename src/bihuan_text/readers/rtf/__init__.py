"""RTF papers: the words of a .rtf (often called .doc), with the numbers its writer put in, boxes and notes behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bihuan_text.document import Builder, Origin
from bihuan_text.readers.grid import Tables
from bihuan_text.readers.remarks import UNTICKED, broken
from bihuan_text.readers.units import whole

from .marks import CELL, INNER_CELL, INNER_ROW, NUMBER, NUMBER_END, PAGE, PARAGRAPH, ROW
from .words import Words

if TYPE_CHECKING:
    from bihuan_text.document import Document

    from .marks import Marked

_PARAGRAPHS = re.compile("([^\r\x05-\x07\x1e\x1f]*)([\r\x05-\x07\x1e\x1f]|$)")
_NUMBER = re.compile(f"^[{PAGE}\n]*{NUMBER}([^{NUMBER}{NUMBER_END}]*){NUMBER_END}")
_FORM = re.compile(rb"fldinst[^}]{0,500}?\bFORM(?:CHECKBOX|DROPDOWN)\b")
_OTHER = re.compile(f"{NUMBER}[^{NUMBER}{NUMBER_END}]*{NUMBER_END}|[{NUMBER}{NUMBER_END}]")


def read_rtf(data: bytes, name: str) -> Document:
    """The document behind the bytes of an .rtf; raises ``Unreadable``."""
    stories = Words(data).read()
    telling = _Telling()
    telling.story(stories.body, Origin.LITERAL)
    telling.story(stories.boxes, Origin.BOX)
    telling.story(stories.notes, Origin.NOTE)
    forms = (UNTICKED,) if _FORM.search(data) else ()
    return telling.builder.document(name, "rtf", (*forms, *broken("".join(telling.builder.chunks))))


class _Telling:
    """Writes marked words into a document."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.gap = ""

    def story(self, marked: Marked, origin: Origin) -> None:
        """One text of the file."""
        tables, rows = Tables(self.builder), iter(marked.rows)
        for found in _PARAGRAPHS.finditer(whole("".join(marked.said))):
            words, mark = found[1], found[2]
            if mark in (ROW, INNER_ROW, "") and not words:
                self.gap = "\n" if mark else self.gap
            else:
                self._paragraph(words, mark, origin, tables)
            if mark == ROW:
                tables.row(*next(rows))
        tables.end()

    def _paragraph(self, words: str, mark: str, origin: Origin, tables: Tables) -> None:
        if mark in (PARAGRAPH, ""):
            tables.end()
        if self.gap:
            self.builder.separator(self.gap)
        tables.begin()
        number = _NUMBER.match(words)
        self.builder.literal(_printed(number[1]) if number else "", Origin.NUMBER)
        inside = origin if origin is not Origin.LITERAL or mark == PARAGRAPH else Origin.CELL
        words = _OTHER.sub("", words[number.end() :] if number else words)
        self.builder.literal(re.sub(f"{PAGE}+", "\n", words.strip(PAGE)), inside if mark else origin)
        self.builder.close_paragraph()
        self.gap = "\t" if mark in (CELL, INNER_CELL) else "\n"
        if mark == CELL:
            tables.cell()


def _printed(number: str) -> str:
    """A number as it stands on paper; a bullet is none."""
    number = number.strip()
    return number if any(c.isalnum() for c in number) else ""
