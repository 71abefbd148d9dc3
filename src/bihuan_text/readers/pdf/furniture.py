"""What is printed on the pages and is no text of the paper: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from .lines import Line

_EDGE = 3  # lines from the top or the foot of a page that may be a running head or foot
_MOST_PAGES = 0.4  # odd and even pages may have heads of their own
_OUTER = 2  # lines from the top or the foot: a head alone, or one with a page number
_ROW = 5  # pages in a row with the same head, at least
_NEAR = 4.0  # points: the same place
_APART = 1.6  # times the usual pitch: a bare number so far from the text is the page's
_SMALL = 0.8  # of the size of the number: a remark of the printer under it
_N = r"(?:\d{1,4}|[〇零一二三四五六七八九十百]{1,5})"
_MARKED = re.compile(
    rf"[-—–－―•·~～]+\s*{_N}\s*[-—–－―•·~～]+|第\s*{_N}\s*页(?:\s*[,，/／]?\s*共\s*{_N}\s*页)?|\d{{1,4}}\s*[/／]\s*\d{{1,4}}|"
    rf"第?\s*{_N}\s*页?\s*[/／]\s*共?\s*{_N}\s*页?|[Pp]age\s*\d{{1,4}}(?:\s*of\s*\d{{1,4}})?"
)
_BARE = re.compile(r"\d{1,4}|[ivxlcIVXLC]{1,6}")
_DIGITS = re.compile(r"\d+|\s+")


def without(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The lines of each page (from top to bottom) without page numbers and what repeats at the edges of most pages."""
    repeated, offset = _repeated(pages), _offset(pages)
    kept: list[list[Line]] = []
    for number, lines in enumerate(pages):
        top, end = 0, len(lines)
        while top < end and _drops(lines, top, top + 1, number, repeated, offset):
            top += 1
        end = _above_number(lines, top, end)
        while end > top and _drops(lines, end - 1, end - 2, number, repeated, offset):
            end -= 1
        kept.append(lines[top:end])
    return kept


def is_page_number(text: str) -> bool:
    """Whether words are the number of a page and say so."""
    return bool(_MARKED.fullmatch(text))


def _drops(
    lines: list[Line], at: int, inner: int, page: int, repeated: set[tuple[str, int]], offset: int | None
) -> bool:
    line = lines[at]
    if _is_repeated(line, repeated) or _MARKED.fullmatch(line.text):
        return True
    if not _BARE.fullmatch(line.text):
        return False
    if line.text.isdecimal() and offset is not None and int(line.text) - page == offset:
        return True
    pitches = [a.y - b.y for a, b in pairwise(lines)]
    return 0 <= inner < len(lines) and abs(lines[inner].y - line.y) > _APART * median(pitches)


def _above_number(lines: list[Line], top: int, end: int) -> int:
    """Where the foot begins when small print of the printer stands under the page number."""
    for at in range(end - 2, max(top - 1, end - 1 - _EDGE), -1):
        if _MARKED.fullmatch(lines[at].text) and all(b.size < _SMALL * lines[at].size for b in lines[at + 1 : end]):
            return at + 1
    return end


def _repeated(pages: Sequence[list[Line]]) -> set[tuple[str, int]]:
    """The lines, digits apart, that stand at the same place at the edge of many pages."""
    counted: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        edge = lines if len(lines) <= 2 * _EDGE else lines[:_EDGE] + lines[-_EDGE:]
        counted.update({(_key(line), round(line.y / _NEAR)) for line in edge if _key(line)})
    least = max(2, _MOST_PAGES * sum(1 for lines in pages if lines))
    return {key for key, count in counted.items() if count >= least} | _in_a_row(pages)


def _in_a_row(pages: Sequence[list[Line]]) -> set[tuple[str, int]]:
    """The lines that stand word for word at one place of several pages in a row: a chapter or a form has its own head."""
    met: dict[tuple[str, int], list[int]] = {}
    for number, lines in enumerate(pages):
        edge = {(line.text, round(line.y / _NEAR)) for line in (*lines[:_OUTER], *lines[-_OUTER:]) if _key(line)}
        for each in edge:
            met.setdefault(each, []).append(number)
    return {(_DIGITS.sub("", text), place) for (text, place), numbers in met.items() if _longest_row(numbers) >= _ROW}


def _longest_row(numbers: list[int]) -> int:
    """How many pages follow one another, odd and even ones counted apart where they have heads of their own."""
    longest = row = 1
    for one, other in pairwise(numbers):
        row = row + 1 if other - one <= 2 else 1
        longest = max(longest, row)
    return longest


def _is_repeated(line: Line, repeated: set[tuple[str, int]]) -> bool:
    return (_key(line), round(line.y / _NEAR)) in repeated


def _key(line: Line) -> str:
    return _DIGITS.sub("", line.text)


def _offset(pages: Sequence[list[Line]]) -> int | None:
    """How far the bare numbers at the edges are from the count of the pages, where two or more agree."""
    found: Counter[int] = Counter()
    for number, lines in enumerate(pages):
        edges = [*lines[:1], *lines[-1:]]
        found.update({int(e.text) - number for e in edges if e.text.isdecimal() and len(e.text) <= 4})
    offset, count = next(iter(found.most_common(1)), (0, 0))
    return offset if count >= 2 else None
