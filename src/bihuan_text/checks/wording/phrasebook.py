"""The fixed phrases that a slip is looked for in: those of the field, turns of phrase, idioms, and names (D28, D20)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from bihuan_text.lists import table, words

from .lexicon import idioms

Index = dict[str, dict[str, list[tuple[int, str]]]]
"""Two characters → the third or the fourth → the phrases that go on with it, each with its place in the list."""

_HAN = re.compile("[\u4e00-\u9fff]{5,}")


class Book(NamedTuple):
    """Phrases by their first two characters, and turned round by their last two."""

    ahead: Index
    back: Index

    def last_twos(self) -> list[str]:
        """The last two characters of all phrases, as they stand in a text."""
        return [two[::-1] for two in self.back]


def book_of(listed: Iterable[str]) -> Book:
    """A book of phrases, which must have four characters at least."""
    book = Book({}, {})
    for number, phrase in enumerate(listed):
        for index, form in ((book.ahead, phrase), (book.back, phrase[::-1])):
            rows, entry = index.setdefault(form[:2], {}), (number, form)
            rows.setdefault(form[2], []).append(entry)
            if form[3] != form[2]:
                rows.setdefault(form[3], []).append(entry)
    return book


def in_order(first: list[tuple[int, str]], second: list[tuple[int, str]] | None) -> list[tuple[int, str]]:
    """The phrases of one or two rows of an index, each once, in the order of the list."""
    return first if second is None else sorted({*first, *second})


@cache
def field_phrases() -> tuple[str, ...]:
    """Our own fixed phrases."""
    return tuple(dict.fromkeys(word for line in words("phrases.txt") for word in line.split()))


@cache
def turns() -> frozenset[str]:
    """Turns of phrase that are not fixed at their ends."""
    return frozenset(word for line in words("turns.txt") for word in line.split()) - frozenset(field_phrases())


@cache
def known() -> frozenset[str]:
    """Fixed phrases and turns of phrase."""
    return frozenset(field_phrases()) | turns()


@cache
def phrases() -> Book:
    """The field's phrases, then the idioms of the language, always in the same order: the first that fits is told."""
    fixed = [phrase for phrase in field_phrases() if len(phrase) > 3]
    return book_of([*fixed, *sorted(turns()), *sorted(idioms() - known())])


@cache
def names() -> Book:
    """Names that must be right to the character and are written in Chinese characters alone (data/doctrine.toml); the
    others stand among the wordings known to be wrong."""
    return book_of(str(row["text"]) for row in table("doctrine.toml")["name"] if _HAN.fullmatch(str(row["text"])))


@cache
def turned_inside() -> dict[str, list[str]]:
    """Phrases of four characters by the first two of their form with the middle two the wrong way round."""
    found: dict[str, list[str]] = {}
    for phrase in field_phrases():
        if len(phrase) == 4 and phrase[1] != phrase[2]:
            found.setdefault(phrase[0] + phrase[2], []).append(phrase)
    return found
