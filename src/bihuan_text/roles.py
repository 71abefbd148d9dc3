"""Which part of a paper a heading opens, told by its words; the words are data (sections.toml)."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import cast

from .lists import table
from .sentences import sentences


class Role(StrEnum):
    PRIOR = "prior"
    PROBLEMS = "problems"
    CAUSES = "causes"
    MEASURES = "measures"
    ASIDE = "aside"  # what stands with problems and measures and is neither: 整改目标


_LONGEST_HEADING = 40
_BEGINNING = 12
_INTRO = 60
# Not part of what a heading says: quotations, blanks, and what a forum adds to the end of a line (: m- ~- z6 p9).
_QUOTED = re.compile(r"[《“].{0,60}?[》”]|\s|[：:.]? [\x21-\x7e]{1,3}(?: [\x21-\x7e]{1,3})+$")
_BLANK = re.compile(r"[\s*]")  # and the marks of bold words in Markdown


@cache
def _patterns(name: str) -> tuple[tuple[Role, re.Pattern[str]], ...]:
    rows = cast("dict[str, list[str]]", table("sections.toml")[name])
    return tuple((Role(role), re.compile("|".join(patterns))) for role, patterns in rows.items())


def _first(name: str, said: str, *, whole: bool) -> Role | None:
    for role, pattern in _patterns(name):
        if pattern.fullmatch(said) if whole else pattern.search(said):
            return role
    return None


@cache
def _hint() -> re.Pattern[str]:
    return re.compile("|".join(cast("list[str]", table("sections.toml")["hints"]["any"])))


def role_of(heading: str) -> Role | None:
    """The part a top heading opens, by its words; None when it opens none of them."""
    if not _hint().search(heading):
        return None
    said = _QUOTED.sub("", heading)
    if len(said) > _LONGEST_HEADING:  # it runs into its text without a mark: only its beginning is the heading
        said = said[:_BEGINNING]
    role = _first("mixed", said, whole=False) or _first("headings", said, whole=False)
    return None if role is not Role.PRIOR and is_elsewhere(said) else role


def is_elsewhere(heading: str) -> bool:
    """Whether a heading opens a part on something else: preparation, the course of the meeting, study."""
    return _first("never", heading, whole=False) is not None


def is_mixed(heading: str) -> bool:
    """Whether a heading opens two parts at once (存在的问题及原因)."""
    return len(heading) <= _LONGEST_HEADING and _first("mixed", heading, whole=False) is not None


def strict_role_of(heading: str) -> Role | None:
    """The same for headings below the top or without a number, which must say nothing else."""
    if len(heading) > _LONGEST_HEADING or not _hint().search(heading):
        return None
    return _first("strict", _BLANK.sub("", heading), whole=True)


@cache
def _spoken() -> re.Pattern[str]:
    return re.compile("|".join(cast("list[str]", table("sections.toml")["spoken"]["opening"])))


def spoken_role_of(line: str) -> Role | None:
    """The part that a line speaks in (先说问题。 最后说怎么改。); None where it is spoken in with no such words."""
    opening = _spoken().match(line)
    return role_of(line[opening.end() :]) if opening else None


def label_role_of(label: str) -> Role | None:
    """The part that a label before a colon or in 【】 opens (成因：… 整改措施：… 【存在问题】)."""
    if not _hint().search(label):
        return None
    said = _BLANK.sub("", label)
    return _first("labels", said, whole=True) or _first("strict", said, whole=True)


def is_praise(heading: str) -> bool:
    """Whether a heading below a part on problems tells of what went well."""
    return _first("praise", _BLANK.sub("", heading), whole=True) is not None


def intro_role_of(text: str, start: int, end: int) -> Role | None:
    """The part that the last sentence before a list announces (主要存在以下问题：…)."""
    last = None
    for sentence in sentences(text, start, end):
        last = sentence
    return _first("intros", _QUOTED.sub("", last.of(text))[-_INTRO:], whole=False) if last else None
