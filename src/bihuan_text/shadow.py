"""A second, tidied reading of the text, used for finding things; every place in it leads back to the plain text.

Characters are folded one for one (full-width letters, half-width brackets, traditional forms that our patterns name) or
dropped (zero-width marks, Markdown marks, line ends that only wrap a line). Nothing is ever added, so the way back is
one index per kept character.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache

from .lists import table, traditional
from .place import Span

_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
# Zero-width marks, and what the pages of sites leave inside words: 组##paidbegin##织生活会, &nbsp;, tags. Like the others
# here it begins with one character of a class, and says behind it which: so it is looked for several times faster.
_DROPPED = re.compile(
    f"[{_ZERO_WIDTH}&#<](?:(?<=[{_ZERO_WIDTH}])[{_ZERO_WIDTH}]*|(?<=&)(?:nbsp|ensp|emsp);|(?<=#)#[A-Za-z]{{3,16}}##"
    "|(?<=<)/?(?:p|br|span|div|strong|b|font|a)(?: [^<>\n]{0,200})?/?>)"
)
# Copies of traditional texts with the sound after a character: 組織生活會(huì).
_SOUND = re.compile("\\((?<=[\u4e00-\u9fff].)[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\\)")
_FEW = 4
# The number of a page on a line of its own: - 3 -, 第 4 页 共 6 页, 4/6, 4.
_PAGE = re.compile(r"[-—–]{1,2} ?\d{1,3} ?[-—–]{1,2}|第 ?\d{1,3} ?页.{0,12}|\d{1,3}(?: ?/ ?\d{1,3})?")
_MARKDOWN = re.compile(r"^[ \t]*(?:>[ \t]?)+|^[ \t]*#{1,6}[ \t]+|\*\*(?=\S)|(?<=\S)\*\*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shadow:
    """``text`` is the tidied reading; ``kept`` is None when nothing was dropped. ``tails`` leads from the end of a
    character to the end of its sound in brackets, which belongs to it."""

    text: str
    kept: array[int] | None
    length: int
    tails: dict[int, int] = field(default_factory=dict[int, int])

    def back(self, start: int, end: int) -> Span:
        """The span of the plain text that shadow [start, end) was read from."""
        if self.kept is None:
            return Span(start, end)
        first = self.kept[start] if start < len(self.kept) else self.length
        last = self.kept[end - 1] + 1 if end > start else first
        return Span(first, self.tails.get(last, last))

    def said(self, start: int, end: int, plain: str) -> str:
        """The characters of the plain text that shadow [start, end) was read from, without what was dropped between."""
        return plain[start:end] if self.kept is None else "".join(map(plain.__getitem__, self.kept[start:end]))

    def at(self, offset: int) -> int:
        """The first shadow index at or after a plain offset."""
        return offset if self.kept is None else bisect_left(self.kept, offset)


@cache
def _folds() -> dict[str, str]:
    table = {chr(0xFF10 + n): chr(0x30 + n) for n in range(10)}
    table |= {chr(0xFF21 + n): chr(0x41 + n) for n in range(26)} | {chr(0xFF41 + n): chr(0x61 + n) for n in range(26)}
    table |= dict(zip("(),;:!?．＊＿＋\u00a0\u3000\u2002\u2003", "（），；：！？.*_+    ", strict=True))
    return table | {a: b for a, b in zip(*traditional(), strict=True) if a != b}


@cache
def _foldable() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(_folds())) + "]")


def folded(text: str) -> str:
    """Each character in its plain form; the length stays. Few characters are changed, so they are looked for:
    ``str.translate`` asks for every one."""
    folds = _folds()
    return _foldable().sub(lambda match: folds[match[0]], text)


# A dot behind a word of Chinese that is no number ends a sentence: 学得浅.
_DOT = re.compile(r"\.(?<=[\u4e00-\u9fff”》）]\.)(?<![一二三四五六七八九十百章节分）]\.)(?=\s|[\u4e00-\u9fff]|$)")


def _stopped(text: str) -> str:
    """Full stops for dots that end sentences; the length stays."""
    return _DOT.sub("。", text)


def shadow_of(text: str, *, markdown: bool = False) -> Shadow:
    """The tidied reading of ``text``."""
    gaps = [match.span() for match in _DROPPED.finditer(text)]
    sounds = [match.span() for match in _SOUND.finditer(text)]
    sounds = sounds if len(sounds) > _FEW else []
    gaps += sounds
    if markdown:
        gaps += [match.span() for match in _MARKDOWN.finditer(text)]
    gaps += _wraps(folded(text)) + _page_starts(text)
    if not gaps:
        return Shadow(_stopped(folded(text)), None, len(text))
    return _without(text, sorted(gaps), dict(sounds))


def _without(text: str, gaps: list[tuple[int, int]], tails: dict[int, int]) -> Shadow:
    chunks: list[str] = []
    kept: array[int] = array("I")
    at = 0
    for start, end in [*gaps, (len(text), len(text))]:
        if start > at:
            chunks.append(text[at:start])
            kept.extend(range(at, start))
        at = max(at, end)
    return Shadow(_stopped(folded("".join(chunks))), kept, len(text), tails)


_PAGE_START = re.compile(r"(?<!\s)\s++(\d{1,3})、")
_LEAST_PAGE = 80


def _page_starts(text: str) -> list[tuple[int, int]]:
    """The numbers of pages that a site sewed into a text (1、标题… \\n2、四个意识…), with the line ends before them: they
    count on from the very first word, and the first of them breaks a sentence off."""
    found: list[tuple[int, int]] = []
    if not text.lstrip("\ufeff \t\n").startswith("1、"):
        return found
    for match in _PAGE_START.finditer(text):
        if "\n" not in match[0] or int(match[1]) != len(found) + 2:
            continue
        page = text[found[-1][1] if found else 0 : match.start()]
        if not found and (len(page) < _LEAST_PAGE or page[-1] in "。！？；：.!?;:"):
            return found
        found.append(match.span())
    return found


# --- line ends that only wrap --------------------------------------------------------------------------------------------

_ENDS = "。！？；："
_CLAUSE = "，、,"
_NEVER_FIRST, _NEVER_LAST = (
    "）。，、；：！？”》」】",
    "（“《「【",
)  # where no line of Chinese text begins or ends by itself
_NUMBER = "[一二三四五六七八九十]"
_OPENS = re.compile(
    rf"{_NUMBER}{{1,3}}(?:[、.．]|是|要)|[（(【〔]|第{_NUMBER}|\d{{1,2}}[.．、]|问题\d|[①-⑳㈠-㈩]"
    r"|#|>|\||[-*•] |首先|其次|再次|再者|最后|(?:另外|此外|其[一二三四五六])，"
)
_GOES_ON = re.compile("(?:比如|例如|譬如|以及|并且|而且|由于|因为|[的把将])$")
_INSIDE = re.compile("[。！？；].{4}")
_SAYS = re.compile("[，。；、：]")
_SHORTEST_BROKEN, _LONGEST_PAGE, _LONGEST_LINE = 10, 24, 60


def _wraps(text: str) -> list[tuple[int, int]]:
    """The line ends, and the blanks around them, that only wrap a text of folded marks: the line is full, or breaks off
    inside a sentence."""
    width = _set_width(text)
    gaps: list[tuple[int, int]] = []
    before, ended, at, number, paged, columns = "", 0, 0, 0, False, 0.0
    for line in text.split("\n"):
        said = line.strip()
        if said and len(said) < _LONGEST_PAGE and _PAGE.fullmatch(said):
            paged = True
        elif said:
            start = at + line.index(said[0])
            full = width is not None and width - 3 <= columns <= width + 1
            goes_on = _breaks_off(before, said, full=full, first=number == 1) or (paged and before[-1:].isalnum())
            if before and goes_on and not _OPENS.match(said):
                gaps.append((ended, start))
            before, ended, number, paged = said, start + len(said), number + 1, False
            columns = _columns(line) if width is not None else 0.0
        at += len(line) + 1
    return gaps


def _breaks_off(line: str, following: str, *, full: bool, first: bool) -> bool:
    """Whether a line goes on in the next: a mark stands where no line begins or ends, the line is ``full``, as every line of
    a text set to one width, or it stops at a comma, or after a whole sentence in the middle of another. A first line
    that names a genre is the title.
    """
    if not line:
        return False
    if following[0] in _NEVER_FIRST or line[-1] in _NEVER_LAST or (_GOES_ON.search(line) and _SAYS.search(following)):
        return True
    if line[-1] in _ENDS or (first and _genre().search(line)):
        return False
    if full:
        return True
    if len(line) < _SHORTEST_BROKEN or "\t" in line or "|" in line or not _SAYS.search(following):
        return False
    return line[-1] in _CLAUSE or (line[-1].isalnum() and _INSIDE.search(line) is not None)


@cache
def _genre() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(table("kinds.toml")["genre"]["words"]) + ")$")


def _set_width(text: str) -> float | None:
    """The one line width of a hard-wrapped text, or None: at least four full lines must hold most of the text, and half of
    them at least must end inside a sentence."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 8 or max(map(len, lines)) > 2 * _LONGEST_LINE:
        return None
    widths = list(map(_columns, lines))
    if not 18 <= max(widths) <= _LONGEST_LINE:
        return None
    width = max(widths)
    full = [(n, line.rstrip()[-1] not in _ENDS) for n, line in zip(widths, lines, strict=True) if n >= width - 3]
    most = 2 * sum(n for n, _ in full) >= sum(widths)
    return width if len(full) >= 4 and most and 2 * sum(inside for _, inside in full) >= len(full) else None


def _columns(line: str) -> float:
    """How wide a line is, its indent with it, in characters of Chinese; what ASCII has takes half of one."""
    said = line.rstrip()
    return (len(said) + len(said.encode("utf-8", "replace"))) / 4  # one and one for ASCII, one and three for Chinese
