"""What a paper calls itself: title, kind, and the 年度 it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import cast

from .lists import table
from .outline import Block, Outline
from .place import Span
from .roles import Role, role_of


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


_LINES, _LONGEST_LINE, _LONGEST_TITLE, _OPENING, _FARTHEST = 16, 60, 90, 600, 50_000
# What may stand above a title: page numbers, 附件, the number of a document, a contents list.
_NOISE = re.compile(
    r"[-—–\s]*\d*[-—–\s]*|附件\s*\d*[：:]?|目\s*录|[^\s，。]{1,16}〔\d{4}〕\s*\d+\s*号|.{2,50}?[.…·]{3,}\s*\d*"
    r"|[^。]{0,40} ?> ?[^。]{0,40}"
)
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,2}(?:部分|章|节)"
)
_RUN_IN = re.compile(r"(?<=[^\s]) +(?:一[、.]|第一部分)")  # a body that runs on in the line of its title
_NUMBERED_TWICE = re.compile(r"(?:\d{1,2}[、.]\s*)?(?P<once>.{6,40}?)\s*(?P=once)|\d{1,2}[、.]\s*(?P<said>.{6,40})")


@cache
def _genre() -> re.Pattern[str]:
    genre = cast("dict[str, list[str]]", table("kinds.toml")["genre"])
    return re.compile(
        f"(?:{'|'.join(genre['words'])})"
        "(?:稿|范文|（[^）]{1,16}）|[（）]|20\\d\\d ?年度?|[\\d一二三四五六七八九十]{1,2} ?篇|\\d)*$"
    )


@cache
def _rows(name: str) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    rows = cast("dict[str, list[str]]", table("kinds.toml")[name])
    return tuple((Kind(kind), re.compile("|".join(patterns))) for kind, patterns in rows.items())


def names_a_genre(line: str) -> bool:
    """Whether a line ends as titles end: with the name of a kind of paper."""
    return _genre().search(line) is not None


def title_of(text: str, start: int, end: int) -> Title | None:
    """The title among the first lines of shadow [start, end): up to four short lines, the last ends with a genre."""
    first: int | None = None
    said = ""
    for begin, words in _first_lines(text, start, end):
        row = "\t" in words or words[0] == "|" or words.count("|") > 1
        if row or _NOISE.fullmatch(words) or _is_listed_again(text, begin, words, end):
            first, said = None, ""
            continue
        if len(words) > _LONGEST_LINE or words[-1] in "。；" or _ORDINAL.match(words):
            return None
        genre = names_a_genre(words)
        if not genre and re.search("[，！？：；。]", words):
            first, said = None, ""  # a greeting or a site's own line before the title
            continue
        first, said = (begin, words) if first is None else (first, said + words)
        if genre:
            return _titled(text, first, begin + len(words))
        if len(said) > _LONGEST_TITLE:
            return None
    return None


def _first_lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    at = start
    for _ in range(_LINES):
        if at >= end:
            return
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at : min(stop, at + 2 * _LONGEST_TITLE)]
        if inside := _RUN_IN.search(line):
            line = line[: inside.start()]
        if words := line.strip():
            yield at + len(line) - len(line.lstrip()), words
        at = stop + 1


def _is_listed_again(text: str, begin: int, words: str, end: int) -> bool:
    """A heading in a contents list: the same line comes again."""
    return (
        _ORDINAL.match(words) is not None
        and text.find("\n" + words, begin + len(words), min(end, begin + _FARTHEST)) >= 0
    )


def _titled(text: str, start: int, end: int) -> Title:
    """The title without the number and the repetition of a copied page (1、标题 标题)."""
    if twice := _NUMBERED_TWICE.fullmatch(text, start, end):
        start = max(twice.start("said"), end - len(twice["once"] or text[start:end]) if twice["said"] is None else 0)
    return Title(text[start:end], Span(start, end))


def kind_of(text: str, title: Title | None, outline: Outline, *, ledger: bool) -> Kind:
    """The kind a paper says it is; by its parts when it does not say."""
    start = title.span.start if title else outline.preface.start
    named = kind_named(title.text) if title else None
    if named is Kind.REPORT and title and not _is_ours(text, title, start, outline):
        return Kind.OTHER
    if named is not None:
        return named
    if ledger:
        return Kind.LEDGER
    opening = _first("opening", text[start : start + _OPENING])
    if opening is not None:
        return opening
    roles = {role_of(root.lead.of(text)) for root in outline.roots}
    if title or not {Role.PROBLEMS, Role.MEASURES} <= roles:
        return Kind.OTHER
    ours = re.compile(cast("dict[str, str]", table("kinds.toml")["ours"])["any"])
    return Kind.REPORT if ours.search(text, outline.preface.start, outline.roots[-1].end) else Kind.OTHER


def kind_named(title: str) -> Kind | None:
    """The kind that a title names."""
    return _first("title", re.sub(r"（[^（）]*）|\s", "", title))


def _is_ours(text: str, title: Title, start: int, outline: Outline) -> bool:
    """Whether a 报告 is about an 组织生活会: by its title, or by what it speaks of."""
    words = cast("dict[str, str]", table("kinds.toml")["ours"])
    if re.search(words["title"], title.text):
        return True
    end = outline.roots[-1].end if outline.roots else outline.preface.end
    spoken = len(set(re.findall(words["text"], text[start:end])))
    roles = {role_of(root.lead.of(text)) for root in outline.roots}
    return spoken > 1 or (Role.PROBLEMS in roles and (spoken > 0 or re.search(words["branch"], title.text) is not None))


def _first(name: str, said: str) -> Kind | None:
    return next((kind for kind, pattern in _rows(name) if pattern.search(said)), None)


_YEAR = r"(20\d\d|二[〇○零0][一二三四五六七八九〇○零]{2})"
_OF_TITLE = re.compile(_YEAR + r" ?年度?|(?<!\d)(20\d\d)(?=[^\d年月号])")
_OF_MEETING = re.compile(
    _YEAR + r" ?年度?.{0,12}?(?:组织生活会|民主评议|民主生活会|履职|履行职责|述职|工作情况|对照检查)"
)
_FIRST_WORDS = re.compile(r"(?:\n|。)[ \t]*" + _YEAR + r" ?年度?(?:以来)?，(?:我|本人|在)")
_OF_LAST = re.compile(_YEAR + r" ?年度")


def year_of(text: str, title: Title | None, preface: Span, prior: Block | None) -> int | None:
    """The 年度 a paper is about: its title's, its opening's, or the year after the one its section on last year names."""
    if title and (found := _OF_TITLE.search(title.text)):
        return _year(found[1] or found[2])
    where = preface.start, preface.end
    if found := _OF_MEETING.search(text, *where) or _FIRST_WORDS.search(text, *where):
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
