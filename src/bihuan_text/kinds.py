"""What a paper calls itself: title, kind, and the 年度 it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import cast

from .lists import table
from .outline import Block, Role, role_of
from .place import Span


class Kind(StrEnum):
    """The kinds of the contract; ``OTHER`` is any paper whose problems are not ours to read."""

    REPORT = "情况报告"
    EXAMINATION = "对照检查材料"
    SPEECH = "发言提纲"
    DUTY = "述职报告"
    LEDGER = "整改台账"
    NOTICE = "通知"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Title:
    text: str
    span: Span


_NOISE = re.compile(r"[-—–\s]*\d*[-—–\s]*|附件\s*\d*[：:]?|目\s*录")


@cache
def _genre() -> re.Pattern[str]:
    genre = cast("dict[str, list[str]]", table("kinds.toml")["genre"])
    return re.compile(f"(?:{'|'.join(genre['words'])})(?:稿|（[^）]{{1,16}}）|[（）]|\\d)*$")


@cache
def _rows(name: str) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    rows = cast("dict[str, list[str]]", table("kinds.toml")[name])
    return tuple((Kind(kind), re.compile("|".join(patterns))) for kind, patterns in rows.items())


def title_of(text: str, preface: Span) -> Title | None:
    """The title among the first lines: up to four short lines, the last of which ends with the name of a genre."""
    start: int | None = None
    said = ""
    at = 0
    for number, line in enumerate(text[: preface.end + 200].split("\n")[:16]):
        words, begin, at = line.strip(), at + len(line) - len(line.lstrip()), at + len(line) + 1
        if not words or _NOISE.fullmatch(words):
            continue
        if len(words) > 60 or words[-1] in "。；" or (begin >= preface.end and number):
            return None
        if re.search("[，！？：；。]", words) and not _genre().search(words):
            start, said = None, ""  # a greeting or a site's own line before the title
            continue
        start, said = (begin, words) if start is None else (start, said + words)
        if _genre().search(words):
            return Title(said, Span(start, begin + len(words)))
        if len(said) > 90:
            return None
    return None


def kind_of(text: str, title: Title | None, roots: tuple[Block, ...], *, ledger: bool) -> Kind:
    """The kind a paper says it is; by its parts when it does not say."""
    named = _first("title", re.sub(r"（[^）]*）|\s", "", title.text)) if title else None
    if named is not None:
        return named
    if ledger:
        return Kind.LEDGER
    opening = _first("opening", text[:600])
    if opening is not None:
        return opening
    roles = {role_of(root.lead.of(text)) for root in roots}
    return Kind.REPORT if {Role.PROBLEMS, Role.MEASURES} <= roles and not title else Kind.OTHER


def _first(name: str, said: str) -> Kind | None:
    return next((kind for kind, pattern in _rows(name) if pattern.search(said)), None)


_YEAR = r"(20\d\d|二[〇○零0][一二三四五六七八九〇○零]{2})"
_OF_TITLE = re.compile(_YEAR + r" ?年度?")
_OF_MEETING = re.compile(_YEAR + r" ?年度?.{0,12}?(?:组织生活会|民主评议)")
_OF_LAST = re.compile(_YEAR + r" ?年度")


def year_of(text: str, title: Title | None, preface: Span, prior: Block | None) -> int | None:
    """The 年度 a paper is about: its title's, its opening's, or the year after the one its section on last year names."""
    if title and (found := _OF_TITLE.search(title.text)):
        return _year(found[1])
    if found := _OF_MEETING.search(text, 0, preface.end):
        return _year(found[1])
    if (
        prior
        and re.search("上年度|上一年度|去年|上一年", prior.lead.of(text))
        and (found := _OF_LAST.search(text, prior.start, prior.end))
    ):
        return _year(found[1]) + 1
    return None


def _year(said: str) -> int:
    return int(said.translate(str.maketrans("〇○零一二三四五六七八九", "000123456789")))
