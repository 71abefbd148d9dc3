"""Lines → paragraphs: where a line goes on in the next, and what stands between them then."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .characters import is_wide
from .lines import Line
from .measure import FAR, INDENT, Setting, alike

FINAL = re.compile(r"[。！？；：:;!?.…][”’》）)」』]*$")
_N = "[一二三四五六七八九十]{1,3}"
_HEAD = re.compile(rf"{_N}[、.．]|[（(]{_N}[）)]|第{_N}[章节部]")
MARKER = re.compile(
    rf"{_HEAD.pattern}|{_N}[是要]|第{_N}[，,、]|\d{{1,3}}[、.．)）]|[（(]\d{{1,3}}[）)]|[①-⑳•●■◆▪➢√·*–\uf020-\uf0ff-]\s?"
)
_LEADERS = re.compile(r"[.…·．]{4,}\s*\d+$|…{2,}\s*\d+$")
_ASIDE = re.compile(r"——|[（(〔\[]")
_CLOSERS = "，。、；：？！”’》〉）】〕」』…—,.;:?!)]}%"
_OPENERS = "“‘（〈《「『【〔〖"
_LATIN = re.compile(r"[^\s\u2e80-\U0010ffff]+")
_FIGURE = re.compile(r"\d{1,4}")
_DIVIDED = re.compile(r"[A-Za-z]-$")
_SLACK = 0.35  # of the size
_NEAR = 0.35  # of the size: lines that begin as near as this begin at one edge
_TITLE = 1.15  # times the size of the text


def paragraphs(lines: Iterable[Line], setting: Setting) -> list[str]:
    """The paragraphs that the lines make up."""
    found: list[str] = []
    first = before = None
    for line in lines:
        if before is None or first is None or ends(before, line, first, setting):
            found.append(line.text)
            first = line
        else:
            found[-1] = joined(found[-1], line.text)
        before = line
    return [text.replace("\xad", "") for text in found]


def joined(text: str, further: str) -> str:
    """A paragraph and its next line: Chinese without a blank, a divided word as one word."""
    if text.endswith("\xad"):
        return text + further
    if _DIVIDED.search(text) and further[:1].islower():
        return text[:-1] + further
    return text + ("" if is_wide(text[-1:]) or is_wide(further[:1]) else " ") + further


def ends(before: Line, line: Line, first: Line, setting: Setting) -> bool:
    """Whether a paragraph, which began with ``first`` and came to ``before``, is over when ``line`` follows."""
    if not alike(before.size, line.size):
        return True
    if _is_title(before, line, setting):
        return bool(_ASIDE.match(line.text))
    if _apart(before, line, setting) or _LEADERS.search(before.text):
        return True
    if setting.short(before) > needed(line.text) * line.size:
        return True
    return _begins(before, line, first, setting)


def _is_title(before: Line, line: Line, setting: Setting) -> bool:
    """Whether two lines are one large title that somebody divided."""
    centred = setting.is_centred(line) or setting.is_centred(before)  # the other may fill the line
    large = before.size > _TITLE * setting.size and centred
    return large and before.page == line.page and before.y - line.y < 2.2 * before.size


def _apart(before: Line, line: Line, setting: Setting) -> bool:
    pitch = setting.pitch if setting.is_body(line) else max(setting.pitch, 1.8 * line.size)
    return before.page == line.page and not 0 < before.y - line.y <= FAR * pitch


def needed(text: str) -> float:
    """How many characters of room the line before had to lack, for this text to begin a line of its own by force."""
    opened = len(text) - len(text.lstrip(_OPENERS))  # such a mark does not stand at the end of a line
    text = text[opened:]
    latin = _LATIN.match(text)
    unit = latin[0] if latin and not is_wide(text[0]) else text[:1]
    rest = text[len(unit) :].lstrip(_CLOSERS)
    closers = len(text) - len(rest) - len(unit)
    figure = _FIGURE.match(rest) if closers else None  # some programs keep a figure with the mark before it
    kept = 0.55 * len(figure[0]) if figure else 0.0
    return opened + (0.55 if latin else 1.0) * len(unit) + min(closers, 3) + kept + _SLACK


def _is_open(text: str, further: str) -> bool:
    """Whether a full line breaks off within a sentence that the next may go on."""
    return not FINAL.search(text) and not MARKER.match(further)


def _begins(before: Line, line: Line, first: Line, setting: Setting) -> bool:
    """Whether a line after a full one begins a paragraph."""
    left = setting.left(line)
    if left < INDENT[0] - 0.5:
        shape = _HEAD if setting.indented else MARKER
        return not setting.spaced and bool(FINAL.search(before.text) and shape.match(line.text))
    beneath = abs(line.x0 - before.x0) < _NEAR * line.size
    hanging = before is first and bool(MARKER.match(first.text)) and 0.5 < (line.x0 - first.x0) / line.size < 4
    if setting.indented and INDENT[0] - 0.5 <= left <= INDENT[1]:
        return not (((beneath and before is not first) or hanging) and _is_open(before.text, line.text))
    if beneath:
        return bool(FINAL.search(before.text) and MARKER.match(line.text))
    return not hanging or bool(MARKER.match(line.text))
