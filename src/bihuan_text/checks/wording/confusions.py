"""Words known to be written wrongly (data/confusions.txt), found wherever they stand (D28)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bihuan_text.lists import words


class Confusions(NamedTuple):
    """Wrong word → right word and what must not stand around it; and the lengths of wrong words by first two characters."""

    right: dict[str, tuple[str, str]]
    sizes: dict[str, tuple[int, ...]]


@cache
def confusions() -> Confusions:
    """The list."""
    found: dict[str, tuple[str, str]] = {}
    sizes: dict[str, set[int]] = {}
    for line in words("confusions.txt"):
        said, _, spared = line.partition(" ")
        wrong, _, right = said.partition("=")
        found[wrong] = (right, spared)
        sizes.setdefault(wrong[:2], set()).add(len(wrong))
    return Confusions(found, {start: tuple(sorted(row, reverse=True)) for start, row in sizes.items()})


def known_slips(text: str, places: list[int]) -> Iterator[tuple[int, int, str]]:
    """[start, end) of wrong words and what each should be; ``places`` are where two characters stand that begin one."""
    found, sizes = confusions()
    for at in places:
        for size in sizes[text[at : at + 2]]:
            row = found.get(text[at : at + size])
            # few of the patterns are ever asked for, so they are compiled only then
            if row and not (row[1] and re.search(row[1], text[max(0, at - 5) : at + size + 5])):
                yield at, at + size, row[0]
                break
