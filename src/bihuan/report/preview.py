"""The printed pages as a picture of a page: 22 lines of 28 characters (GB/T 9704—2012, 5.2.2), counted, not typeset.

Word and PDF are laid out by `bihuan_text.gbt9704`; where a page turns there may differ by a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from bihuan.report.content import Content
from bihuan.report.models import Layout
from bihuan_text.gbt9704 import date_zh, title_of

LINES, CHARACTERS = 22, 28
MARK_LINES = 6  # 35 mm above the red mark, itself, and the blank lines below it (7.2.4, 7.2.5)


@dataclass(frozen=True)
class Piece:
    """What stands together on one page: its class and its lines. Only a title and a red head's number keep them apart."""

    look: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.lines)


@dataclass(frozen=True)
class Page:
    number: int
    pieces: tuple[Piece, ...]
    imprint: tuple[str, ...] = ()  # 版记, on the lower edge of the last page

    @property
    def is_even(self) -> bool:
        return self.number % 2 == 0


@dataclass(frozen=True)
class _Row:
    """One line's worth of height: the paragraph it belongs to, its class, its words."""

    paragraph: int
    look: str
    text: str
    opens: bool  # the first line of its paragraph


def pages_of(content: Content) -> list[Page]:
    """The report, page by page. The signature never stands on a page alone: the last line of the text goes with it."""
    body, foot = list(_body(content)), list(_foot(content))
    rows = list(_rows([*body, *foot]))
    tail = len(list(_rows(foot)))
    pages: list[Page] = []
    start = left = 0
    while start < len(rows):
        end = min(start + LINES, len(rows))
        if tail and len(rows) - tail < end < len(rows):  # the page would turn inside the foot
            end = max(start + 1, len(rows) - tail - 1)
        elif tail and end == len(rows) - tail:
            end = max(start + 1, end - 1)
        pages.append(Page(len(pages) + 1, tuple(_pieces(rows[start:end]))))
        start, left = end, LINES - (end - start)
    return _with_imprint(pages, tuple(_imprint(content)), left)


def _with_imprint(pages: list[Page], imprint: tuple[str, ...], left: int) -> list[Page]:
    """The 版记 on the last page, or on one more where too few lines are left for it."""
    if not imprint:
        return pages
    last = pages[-1]
    if left > len(imprint):
        return [*pages[:-1], replace(last, imprint=imprint)]
    return [*pages, Page(last.number + 1, (), imprint)]


def _rows(paragraphs: list[tuple[str, list[str]]]) -> Iterator[_Row]:
    for number, (look, lines) in enumerate(paragraphs):
        for place, text in enumerate(lines):
            yield _Row(number, look, text, place == 0)


def _pieces(rows: list[_Row]) -> Iterator[Piece]:
    for _, same in groupby(rows, key=lambda row: (row.paragraph, row.look)):
        held = list(same)
        overleaf = not held[0].opens and held[0].look == ""  # what goes on overleaf is not indented again
        yield Piece("a4-to" if overleaf else held[0].look, tuple(row.text for row in held))


def _body(content: Content) -> Iterator[tuple[str, list[str]]]:
    """Class and lines of every paragraph from the title to the end of the text."""
    draft = content.draft
    if draft.layout == Layout.RED:
        yield "a4-mark", ["" for _ in range(MARK_LINES - 1)] + [draft.signature]
        signer = draft.signer.name if draft.signer else ""
        yield "a4-number", [draft.number or "（还没有发文字号）", f"签发人：{signer or '（还没有）'}"]
        yield "a4-blank", [""]
    yield "a4-title", [*title_of(draft.title).lines, "", ""]  # larger type, and a blank line below
    if draft.recipient.strip():
        yield "a4-to", _broken(draft.recipient.rstrip("：: ") + "：", indent=0)
    for each in content.lines:
        yield {0: "", 1: "a4-h1", 2: "a4-h2"}.get(each.level, ""), _broken(each.text, indent=2)


def _foot(content: Content) -> Iterator[tuple[str, list[str]]]:
    draft, names = content.draft, content.attachments()
    if names:
        yield "a4-blank", [""]
        numbered = len(names) > 1
        for number, name in enumerate(names, start=1):
            mark = ("附件：" if number == 1 else "　　　") + (f"{number}." if numbered else "")
            yield "", _broken(mark + name, indent=2)
    if draft.signature.strip():
        yield "a4-blank", [""]
        yield "a4-sign", _broken(draft.signature, indent=2)
        if draft.dated:
            yield "a4-sign a4-date", [date_zh(draft.dated)]


def _imprint(content: Content) -> Iterator[str]:
    """抄送, then who printed it and when: under a red head always, else where copies go out."""
    draft = content.draft
    if draft.copies:
        yield f"抄送：{'，'.join(draft.copies)}。"
    if draft.copies or draft.layout == Layout.RED:
        yield f"{draft.signature}　{date_zh(draft.dated)}印发" if draft.dated else draft.signature


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
