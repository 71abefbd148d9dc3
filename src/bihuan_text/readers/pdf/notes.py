"""Footnotes: small lines at the foot of a page, the first with a mark. They would stand in the middle of a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .lines import Line
from .paragraphs import joined

_SMALL, _MOST = 0.92, 15  # of the size of the text, at most; and so many lines: more small print is no note
_MARK = re.compile(r"[①-⑳㉑-㉟*＊†]|[\[〔［(（]\d{1,3}[\]〕］)）]|\d{1,3}(?![\d年月日%％.．、:：])|注\s*[:：\d]")


def without_notes(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The lines of each page without its footnotes, and these, a paragraph each."""
    size = _usual(pages)
    kept: list[list[Line]] = []
    notes: list[str] = []
    for lines in pages:
        begin = _begin(lines, _SMALL * size)
        marks = {found[0].strip() for line in lines[begin:] if (found := _MARK.match(line.text))}
        for line in lines[:begin] if marks else ():
            _unmark(line, marks)
        kept.append(lines[:begin])
        for line in lines[begin:]:
            if _MARK.match(line.text) or not notes:
                notes.append(line.text)
            else:
                notes[-1] = joined(notes[-1], line.text)
    return kept, notes


def _unmark(line: Line, marks: set[str]) -> None:
    """Takes the raised marks of notes on the same page out of a line."""
    for start, end in reversed(line.raised):
        if line.text[start:end] in marks:
            line.text = line.text[:start] + line.text[end:]


def _usual(pages: Sequence[list[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _begin(lines: list[Line], most: float) -> int:
    """Where the notes of a page begin: below text of the usual size, with a mark."""
    begin = len(lines)
    while begin and lines[begin - 1].grid is None and lines[begin - 1].size <= most:
        begin -= 1
    few = 0 < len(lines) - begin <= _MOST
    return begin if begin and few and _MARK.match(lines[begin].text) else len(lines)
