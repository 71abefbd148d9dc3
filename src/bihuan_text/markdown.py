"""Headings that a paper marks by signs instead of ordinals: # in Markdown, 【】 alone on a line anywhere."""

from __future__ import annotations

import re

from .ordinals import Marker
from .outline import Headline
from .roles import strict_role_of
from .shadow import Shadow

_HEADING = re.compile(r"^[ \t]*(#{1,6})[ \t]+(\S.*?)[ \t#]*$", re.MULTILINE)
_BRACKETED = re.compile(r"^[ \t]*【(.{2,30})】[ \t]*$", re.MULTILINE)


def headlines(source: str, shadow: Shadow, markers: list[Marker]) -> list[Headline]:
    """The marked headings of ``source`` in its shadow, without the first (the title) and the numbered ones.

    Where some headings are numbered 一、, the others are placed by their level beside those.
    """
    found = [(len(m[1]), shadow.at(m.start(2)), shadow.at(m.end(2))) for m in _HEADING.finditer(source)]
    numbered = {m.start: m.family for m in markers}
    tops = [level for level, start, _ in found if numbered.get(start) == "h1"]
    heads: list[Headline] = []
    for index, (level, start, end) in enumerate(found):
        if start not in numbered and end > start and (index or level > 1):
            heads.append(Headline(start, end, _rank(level, min(tops, default=None)), marked=True))
    return heads


def bracketed(text: str) -> list[Headline]:
    """The lines 【…】 of a tidied reading, where at least two of them name parts of a paper; else they are labels."""
    found = [(match.start(1), match.end(1)) for match in _BRACKETED.finditer(text)]
    named = [span for span in found if strict_role_of(text[slice(*span)])]
    return [Headline(*span, marked=True) for span in found] if len(named) > 1 else []


def _rank(level: int, top: int | None) -> float:
    if top is None:
        return 0.5 + level / 100
    return 1 + (level - top) / 10 if level > top else 0.9
