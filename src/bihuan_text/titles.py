"""The title among the first lines of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from .lists import table
from .place import Span

__all__ = ["SUBTITLE", "Title", "names_a_genre", "title_of"]


@dataclass(frozen=True, slots=True)
class Title:
    """What the title says, its subtitle with it, and where it stands, the subtitle left out."""

    text: str
    span: Span


_LINES, _LONGEST_LINE, _LONGEST_TITLE, _FARTHEST = 16, 60, 90, 50_000
# What may stand above a title: page numbers, 附件, the number of a document, a contents list.
_NOISE = re.compile(
    r"[-—–\s]*\d*[-—–\s]*|附件\s*\d*[：:]?|目\s*录|[^\s，。]{1,16}〔\d{4}〕\s*\d+\s*号|.{2,50}?[.…·]{3,}\s*\d*"
    r"|[^。]{0,40} ?> ?[^。]{0,40}|(?:资源|文档|内容|文章|文件)(?:描述|介绍|简介|预览|名称)[：:]?"
)
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,2}(?:部分|章|节)"
)
_NAMED_FIRST = re.compile("[^，。；：]{0,8}(?:党课|讲稿|体会|讲话)：[^，。；：]{4,40}")  # 党课讲稿：守住底线
_RUN_IN = re.compile(r"(?<=[^\s]) +(?:一[、.]|第一部分)")  # a body that runs on in the line of its title
_PIECE = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}篇|篇[一二三四五六七八九十\d]{1,3})[： ](?=[^ ])"
)  # the title follows
_TWICE_RUN_IN = re.compile(r"\d{1,2}[、.](?P<once>[^，。；]{6,60})(?P=once)(?= )")  # the same, said twice with a number
_NUMBERED_TWICE = re.compile(r"(?:\d{1,2}[、.]\s*)?(?P<once>.{6,60}?)\s*(?P=once)|\d{1,2}[、.]\s*(?P<said>.{6,40})")


@cache
def _genre() -> re.Pattern[str]:
    genre = cast("dict[str, list[str]]", table("kinds.toml")["genre"])
    return re.compile(
        f"(?:{'|'.join(genre['words'])})"
        "(?:稿|范文|（[^）]{1,16}）|【[^】]{1,8}】|[（）]|20\\d\\d ?年度?|[\\d一二三四五六七八九十]{1,2} ?篇|\\d)*$"
    )


def names_a_genre(line: str) -> bool:
    """Whether a line ends as titles end: with the name of a kind of paper."""
    return _genre().search(line) is not None or _NAMED_FIRST.fullmatch(line) is not None


def title_of(text: str, start: int, end: int) -> Title | None:
    """The title among the first lines of shadow [start, end): up to four short lines, the last ends with a genre."""
    lines = _of_the_piece(list(_first_lines(text, start, end)))
    first = 0
    for at, (begin, words) in enumerate(lines):
        if _is_above_a_title(text, begin, words, end):
            first = at + 1
            continue
        if len(words) > _LONGEST_LINE or words[-1] in "。；" or _ORDINAL.match(words):
            return None
        genre = names_a_genre(words)
        if not genre and re.search("[，！？：；。]", words):
            first = at + 1  # a greeting or a site's own line before the title
        elif genre and not _goes_on(words, lines[at + 1 : at + 2]):
            return _titled(text, lines[first : at + 1])
        elif sum(len(words) for _, words in lines[first : at + 1]) > _LONGEST_TITLE:
            return None
    return None


def _of_the_piece(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines from 第一篇：标题 on, where a page that gathers papers has one."""
    for at, (begin, words) in enumerate(lines):
        if piece := _PIECE.match(words):
            return [(begin + piece.end(), words[piece.end() :]), *lines[at + 1 :]]
    return lines


def _is_above_a_title(text: str, begin: int, words: str, end: int) -> bool:
    """A row of a table, a page number, the number of a document, a line of a contents list."""
    row = "\t" in words or words[0] == "|" or words.count("|") > 1
    return row or _NOISE.fullmatch(words) is not None or _is_listed_again(text, begin, words, end)


# A title may break behind the name of the meeting: …2025年度组织生活会 / 对照检查材料
_MEETING = re.compile("(?:生活会|民主评议党员)$")


def _goes_on(words: str, following: list[tuple[int, str]]) -> bool:
    below = following[0][1] if following else ""
    named = names_a_genre(below) and below != words and not re.search("[，。；：]", below)
    return named and _MEETING.search(words) is not None and _ORDINAL.match(below) is None


def _first_lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    at = start
    for _ in range(_LINES):
        if at >= end:
            return
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if words := _cut(text, at, min(stop, at + 2 * _LONGEST_TITLE)):
            yield words
        at = stop + 1


def _cut(text: str, start: int, end: int) -> tuple[int, str] | None:
    """What a line says before a body that runs on in it, and where; None where it says nothing."""
    if twice := _TWICE_RUN_IN.match(text, start, end):
        return twice.end("once"), twice["once"]
    line = text[start:end]
    if inside := _RUN_IN.search(line):
        line = line[: inside.start()]
    words = line.strip()
    return (start + len(line) - len(line.lstrip()), words) if words else None


def _is_listed_again(text: str, begin: int, words: str, end: int) -> bool:
    """A heading in a contents list: the same line comes again."""
    return (
        _ORDINAL.match(words) is not None
        and text.find("\n" + words, begin + len(words), min(end, begin + _FARTHEST)) >= 0
    )


SUBTITLE = ("—", "–", "--")
_NUMBERED_COPY = re.compile("【[^】]{1,8}】$")  # 【第一篇】 of a site that gathers papers


def _titled(text: str, lines: list[tuple[int, str]]) -> Title:
    """The title of these lines without the number and the repetition of a copied page (1、标题 标题); what a subtitle
    below it says belongs to its ``text`` and not to its place."""
    start, end = lines[0][0], _end(lines[-1])
    if len(lines) > 1 and lines[-1][1].startswith(SUBTITLE):
        return Title(text[start:end], Span(start, _end(lines[-2])))
    if twice := _NUMBERED_TWICE.fullmatch(text, start, end):
        start = max(twice.start("said"), end - len(twice["once"] or text[start:end]) if twice["said"] is None else 0)
    if copy := _NUMBERED_COPY.search(text[start:end]):
        end = start + copy.start()
    return Title(text[start:end], Span(start, end))


def _end(line: tuple[int, str]) -> int:
    return line[0] + len(line[1])
