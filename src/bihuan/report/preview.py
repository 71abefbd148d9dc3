"""The printed pages as a picture of a page: 22 lines of 28 characters (GB/T 9704—2012, 5.2.2), counted, not typeset.

Word and PDF are laid out by `bihuan_text.gbt9704`; where a page turns there may differ by a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.report.content import Content
from bihuan_text.gbt9704 import date_zh, title_of

LINES, CHARACTERS = 22, 28


@dataclass(frozen=True)
class Piece:
    """What stands together on one page: its class, its text, and how many lines it takes."""

    look: str
    text: str
    lines: int


@dataclass(frozen=True)
class Page:
    number: int
    pieces: tuple[Piece, ...]

    @property
    def is_even(self) -> bool:
        return self.number % 2 == 0


def pages_of(content: Content) -> list[Page]:
    """The report, page by page."""
    pages: list[list[Piece]] = [[]]
    left = LINES
    for look, lines in _paragraphs(content):
        while lines:
            if not left:
                pages.append([])
                left = LINES
            here, lines = lines[:left], lines[left:]
            pages[-1].append(Piece(look, "".join(here), len(here)))
            left -= len(here)
            look = "a4-to" if look == "" else look  # what goes on overleaf is not indented again
    return [Page(number, tuple(pieces)) for number, pieces in enumerate(pages, start=1)]


def _paragraphs(content: Content) -> Iterator[tuple[str, list[str]]]:
    """Class and lines of every paragraph, from the title to the date."""
    draft = content.draft
    for line in title_of(draft.title).lines:
        yield "a4-title", [line]
    if draft.recipient.strip():
        yield "a4-to", _broken(draft.recipient.rstrip("：: ") + "：", indent=0)
    for each in content.lines:
        look = {0: "", 1: "a4-h1", 2: "a4-h2"}.get(each.level, "")
        yield look, _broken(each.text, indent=2)
    yield from _foot(content)


def _foot(content: Content) -> Iterator[tuple[str, list[str]]]:
    draft = content.draft
    if draft.attachments:
        yield "a4-blank", [""]
        numbered = len(draft.attachments) > 1
        for number, name in enumerate(draft.attachments, start=1):
            mark = ("附件：" if number == 1 else "　　　") + (f"{number}." if numbered else "")
            yield "", _broken(mark + name, indent=2)
    if draft.signature.strip():
        yield "a4-blank", [""]
        yield "a4-sign", _broken(draft.signature, indent=2)
        if draft.dated:
            yield "a4-sign a4-date", [date_zh(draft.dated)]


def _broken(text: str, *, indent: int) -> list[str]:
    """The text in lines: a Chinese character takes one place, others half."""
    lines, line, room = [], "", CHARACTERS - float(indent)
    for character in text:
        width = 0.5 if character.isascii() else 1.0
        if width > room:
            lines.append(line)
            line, room = "", float(CHARACTERS)
        line += character
        room -= width
    return [*lines, line] if line else lines
