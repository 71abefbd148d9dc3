"""What a 通知 asks for: its number, the theme of the meeting, the aspects to be looked at, dates, papers to hand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .document import Document
from .lists import table
from .place import Quoted
from .shadow import Shadow


@dataclass(frozen=True, slots=True)
class Notice:
    """The fields of a notice; None or empty where it does not say. ``aspects`` are of the branch and of its members."""

    number: Quoted | None = None
    theme: Quoted | None = None
    aspects: tuple[Quoted, ...] = ()
    dates: tuple[Quoted, ...] = ()
    attachments: tuple[Quoted, ...] = ()


def notice_of(document: Document, shadow: Shadow) -> Notice:
    """The fields of a notice, found by the forms of data/notice.toml."""
    text = shadow.text

    def said(start: int, end: int) -> Quoted:
        span = shadow.back(start, end)
        return Quoted(span.of(document.text), span)

    def first(name: str) -> Quoted | None:
        for pattern in _patterns(name):
            if match := pattern.search(text):
                return said(*match.span("said"))
        return None

    return Notice(
        first("number"),
        first("theme"),
        tuple(said(*span) for span in _aspects(text)),
        tuple(said(*match.span()) for match in _pattern("date").finditer(text)),
        tuple(said(*span) for span in _attachments(text)),
    )


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in table("notice.toml")[name])


def _pattern(name: str) -> re.Pattern[str]:
    return _patterns(name)[0]


def _aspects(text: str) -> Iterator[tuple[int, int]]:
    """对照甲、乙、丙等方面查摆问题, or 对照以下方面：一是甲；二是乙: each of them, once."""
    seen: set[str] = set()
    for part in sorted([*_named(text), *_listed(text)]):
        if text[slice(*part)] not in seen:
            seen.add(text[slice(*part)])
            yield part


def _named(text: str) -> Iterator[tuple[int, int]]:
    """Those named in one breath, without the quotation marks around them."""
    for match in _pattern("aspects").finditer(text):
        yield from _parts(text, *match.span("said"))


def _listed(text: str) -> Iterator[tuple[int, int]]:
    """Those of a list, as far as it is counted in one way."""
    item = _pattern("aspect")
    for head in _pattern("aspects_listed").finditer(text):
        at, first = head.end(), None
        while (match := item.match(text, at)) and first in (None, _way(match["mark"])):
            yield match.span("said")
            at, first = match.end(), _way(match["mark"])


def _way(mark: str) -> str:
    """How an ordinal counts, whatever its number."""
    return re.sub(r"[一二三四五六七八九十\d①-⑩]+", "0", mark)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.compile("[^、，；“”]+").finditer(text, start, end):
        yield match.span()


def _attachments(text: str) -> Iterator[tuple[int, int]]:
    """The names after 附件：, one or a numbered list."""
    head = _pattern("attachments").search(text)
    at = head.end() if head else len(text)
    item = _pattern("attachment")
    while head and (match := item.match(text, at)):
        yield match.span("said")
        at = match.end()
