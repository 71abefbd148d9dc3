"""A second, tidied reading of the text, used for finding things; every place in it leads back to the plain text.

Characters are folded one for one (full-width letters, half-width brackets, traditional forms that our patterns name) or
dropped (zero-width marks, Markdown marks, line ends that only wrap a line). Nothing is ever added, so the way back is
one index per kept character.
"""

from __future__ import annotations

import itertools
import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from .place import Span

_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_DROPPED = re.compile(f"[{_ZERO_WIDTH}]+|&nbsp;")
# Copies of traditional texts with the sound after a character: 組織生活會(huì).
_SOUND = re.compile("(?<=[\u4e00-\u9fff])\\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\\)")
_MARKDOWN = re.compile(r"^[ \t]*(?:>[ \t]?)+|^[ \t]*#{1,6}[ \t]+|\*\*(?=\S)|(?<=\S)\*\*", re.MULTILINE)
# Traditional forms of the characters that our word lists use; enough to see the structure of such a paper.
_TRADITIONAL = (
    "問題對關於學習組織開會議黨員幹領導認識實際個責務區別斷強觀點報請總結產業發現經驗過後進還這時應為與從據質體環節"
    "減輕義檢條規紀監督標準設劃動態勢統階層團辦機構聯繫處覺測評優劣選舉權頭腦書記課講談話徵見謀長遠調查難貫徹執責"
)
_SIMPLIFIED = (
    "问题对关于学习组织开会议党员干领导认识实际个责务区别断强观点报请总结产业发现经验过后进还这时应为与从据质体环节"
    "减轻义检条规纪监督标准设划动态势统阶层团办机构联系处觉测评优劣选举权头脑书记课讲谈话征见谋长远调查难贯彻执责"
)


@dataclass(frozen=True, slots=True)
class Shadow:
    """``text`` is the tidied reading; ``kept`` is None when nothing was dropped."""

    text: str
    kept: array[int] | None
    length: int

    def back(self, start: int, end: int) -> Span:
        """The span of the plain text that shadow [start, end) was read from."""
        if self.kept is None:
            return Span(start, end)
        first = self.kept[start] if start < len(self.kept) else self.length
        return Span(first, self.kept[end - 1] + 1 if end > start else first)

    def at(self, offset: int) -> int:
        """The first shadow index at or after a plain offset."""
        return offset if self.kept is None else bisect_left(self.kept, offset)


@cache
def _folds() -> dict[int, str]:
    table = {0xFF10 + n: chr(0x30 + n) for n in range(10)}
    table |= {0xFF21 + n: chr(0x41 + n) for n in range(26)} | {0xFF41 + n: chr(0x61 + n) for n in range(26)}
    table |= {
        ord(a): b for a, b in zip("(),;:!?．＊＿＋\u00a0\u3000\u2002\u2003", "（），；：！？.*_+    ", strict=True)
    }
    return table | {ord(a): b for a, b in zip(_TRADITIONAL, _SIMPLIFIED, strict=True) if a != b}


def folded(text: str) -> str:
    """Each character in its plain form; the length stays."""
    return text.translate(_folds())


def shadow_of(text: str, *, markdown: bool = False) -> Shadow:
    """The tidied reading of ``text``."""
    gaps = [match.span() for match in _DROPPED.finditer(text)]
    sounds = [match.span() for match in _SOUND.finditer(text)]
    gaps += sounds if len(sounds) > 4 else []
    if markdown:
        gaps += [match.span() for match in _MARKDOWN.finditer(text)]
    gaps += _wraps(text)
    if not gaps:
        return Shadow(folded(text), None, len(text))
    return _without(text, sorted(gaps))


def _without(text: str, gaps: list[tuple[int, int]]) -> Shadow:
    chunks: list[str] = []
    kept: array[int] = array("I")
    at = 0
    for start, end in [*gaps, (len(text), len(text))]:
        if start > at:
            chunks.append(text[at:start])
            kept.extend(range(at, start))
        at = max(at, end)
    return Shadow(folded("".join(chunks)), kept, len(text))


_ENDS = "。！？；：!?;:…”）)》、"
_OPENS = re.compile(
    r"[ \t\u3000]|[一二三四五六七八九十]{1,3}(?:[、.．]|是|要)|[（(]|第[一二三四五六七八九十]|\d{1,2}[.．、]|[①-⑳]|#|>|\||[-*] "
)


def _wraps(text: str) -> list[tuple[int, int]]:
    """Line ends that only wrap: the text is set to one width, the line is full and stops inside a sentence."""
    width = _set_width(text)
    if width is None:
        return []
    gaps: list[tuple[int, int]] = []
    at = 0
    lines = text.split("\n")
    for line, following in itertools.pairwise(lines):
        at += len(line) + 1
        full = width - 3 <= len(line.rstrip()) <= width + 1
        if full and line.rstrip()[-1] not in _ENDS[:5] and following and not _OPENS.match(following):
            gaps.append((at - 1, at))
    return gaps


def _set_width(text: str) -> int | None:
    """The one line width of a hard-wrapped text, or None: at least four full lines must hold most of the text."""
    lengths = [len(line.rstrip()) for line in text.split("\n") if line.strip()]
    if len(lengths) < 8 or max(lengths) > 60 or max(lengths) < 18:
        return None
    width = max(lengths)
    full = [n for n in lengths if n >= width - 3]
    return width if len(full) >= 4 and 2 * sum(full) >= sum(lengths) else None
