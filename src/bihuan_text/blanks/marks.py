"""The marks with which people leave a place empty: ____ （  ） 【 】 XX ○○ 年 月 日, and underlined blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_SPACE = " \u3000\u00a0\u2002\u2003"
_GAP = f"[{_SPACE}_＿XxＸ×]"
_DATE = re.compile(f"(?:20[0-9]{{0,2}}|二〇)?{_GAP}{{0,6}}年{_GAP}{{1,12}}月{_GAP}{{1,12}}日")
_BRACKETS = re.compile(
    f"(?:（(?P<a>{_GAP}*)）|\\((?P<b>{_GAP}+)\\)|【(?P<c>{_GAP}*)】|〔(?P<d>{_GAP}+)〕|\\[(?P<e>{_GAP}+)\\])"
)
_LINE = re.compile("[_＿]{2,}")
_CROSSES = re.compile("(?<![A-Za-z0-9])[XxＸ×]{2,}(?![A-Za-z0-9])|[○〇]{2,}(?![年一二三四五六七八九])")
_AFTER_COLON = re.compile(f"(?<=[：:])[{_SPACE}]{{3,}}(?=[^{_SPACE}])|(?<=[：:])[{_SPACE}]{{2,}}$")
_LAST_COLON = re.compile("(?<=[：:])$")
_EMPTY = re.compile(f"{_GAP}+")
_CLAUSE = re.compile("[，。；、,;]")
CONTEXT = 24  # characters shown on either side
KEY = 10  # characters that make the address


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start`` to ``end`` (exclusive) are the place; ``look`` is the character whose look the answer takes."""

    start: int
    end: int
    kind: str
    look: int


def marks_in(text: str, underlined: Collection[int] = frozenset()) -> list[Mark]:
    """The marks of a paragraph in their order, none within another. underlined: the places of underlined characters."""
    found: list[Mark] = []
    for mark in (*_dates(text), *_bracketed(text), *_plain(text), *_underlined(text, underlined), *_after_colons(text)):
        if not any(mark.start < other.end and other.start < mark.end for other in found):
            found.append(mark)
    return sorted(found, key=lambda mark: mark.start)


def _dates(text: str) -> list[Mark]:
    return [Mark(m.start(), m.end(), "date", text.index("年", m.start())) for m in _DATE.finditer(text)]


def _bracketed(text: str) -> list[Mark]:
    found: list[Mark] = []
    for match in _BRACKETS.finditer(text):
        inner = match.start() + 1, match.end() - 1
        # An empty pair has no character of its own: it takes the look of its opening bracket.
        found.append(Mark(*inner, "text", inner[0] if inner[0] < inner[1] else match.start()))
    return found


def _plain(text: str) -> list[Mark]:
    return [Mark(m.start(), m.end(), "text", m.start()) for form in (_LINE, _CROSSES) for m in form.finditer(text)]


def _after_colons(text: str) -> list[Mark]:
    """填报单位：      填报人： the room after each colon; two blanks are left in front of the next word."""
    found = [Mark(m.start(), m.end() - 2, "text", m.start() - 1) for m in _AFTER_COLON.finditer(text)]
    found = [mark if text[mark.end + 2 :] else Mark(mark.start, mark.end + 2, "text", mark.look) for mark in found]
    if found and (last := _LAST_COLON.search(text)):
        found.append(Mark(last.start(), last.start(), "text", last.start() - 1))
    return found


def _underlined(text: str, underlined: Collection[int]) -> list[Mark]:
    """Runs of two and more underlined blanks."""
    flags = "".join("u" if at in underlined and each in _SPACE else "." for at, each in enumerate(text))
    return [Mark(m.start(), m.end(), "text", m.start()) for m in re.finditer("u{2,}", flags)]


def before(text: str, mark: Mark) -> str:
    """The words in front of a mark, as they are shown: other empty places drawn in together."""
    return _EMPTY.sub(" ", text[: mark.start]).lstrip()[-CONTEXT:]


def after(text: str, mark: Mark) -> str:
    """The words behind a mark."""
    return _EMPTY.sub(" ", text[mark.end :]).rstrip()[:CONTEXT]


def key_of(text: str, mark: Mark) -> tuple[str, str]:
    """The words of the same clause on either side, without any blanks: what the address is made of."""
    left, right = _CLAUSE.split(text[: mark.start])[-1], _CLAUSE.split(text[mark.end :])[0]
    return _EMPTY.sub("", left)[-KEY:], _EMPTY.split(right.lstrip(_SPACE))[0][:KEY]
