"""Sentences, leads, closing remarks and examples, found in the tidied reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .lists import words
from .place import Span

_END = re.compile(r"[。！？!?]+[”’）》」]*|\n")
_AROUND = "。！？!?；;：:，,、.…* \t\n"  # what stands around what is said


def sentence_end(text: str, start: int, end: int) -> int:
    """Where the sentence that holds ``start`` ends: after its final mark and closing quotes, before a line end."""
    match = _END.search(text, start, end)
    if match is None:
        return end
    return match.start() if match.group() == "\n" else match.end()


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of shadow [start, end), without blanks around them."""
    while start < end:
        stop = sentence_end(text, start, end)
        first = start
        while first < stop and text[first].isspace():
            first += 1
        if first < stop:
            yield Span(first, stop)
        start = stop + 1 if stop < end and text[stop] == "\n" else max(stop, start + 1)


def lead_of(text: str, start: int, end: int) -> Span:
    """The first sentence after an ordinal that ends at ``start``, without its final punctuation; empty where blanks and
    marks are all that follows."""
    while start < end and (text[start] in _AROUND or text[start].isspace()):
        start += 1
    stop = sentence_end(text, start, end)
    while stop > start and (text[stop - 1] in _AROUND or text[stop - 1].isspace()):
        stop -= 1
    return Span(start, stop)


@cache
def _closers() -> re.Pattern[str]:
    return re.compile("|".join(words("closers.txt")))


def without_closing(text: str, start: int, end: int) -> int:
    """The end of a block whose tail may be a closing remark (总之，…) that belongs to no item."""
    first = True
    for sentence in sentences(text, start, end):
        if not first and _closers().match(text, sentence.start, sentence.end):
            return sentence.start
        first = False
    return end


@cache
def _example_marks() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<![对相好无评正])(?:[再又还]?比如|[再又还]?例如|[再又还]?譬如))(?!下|今(?![年天春夏秋冬]))"
        r"|(?:主要|具体|突出)表现[在为]"
        r"|(?P<bare>[再又]?如)(?P<next>[，：:]|(?=.))"
    )


def examples(text: str, start: int, end: int) -> Iterator[Span]:
    """Examples inside [start, end): from 比如, 例如, 如 … to the end of that sentence or to the next mark."""
    marks = [
        m.start()
        for m in _example_marks().finditer(text, start, end)
        if m["bare"] is None or _bare_counts(text, m, start)
    ]
    for index, mark in enumerate(marks):
        stop = sentence_end(text, mark, marks[index + 1] if index + 1 < len(marks) else end)
        while stop > mark and text[stop - 1].isspace():
            stop -= 1
        yield Span(mark, stop)


@cache
def _never() -> re.Pattern[str]:
    return re.compile("[再又]?(?:" + "|".join(words("not_examples.txt")) + ")")


@cache
def _openers() -> re.Pattern[str]:
    return re.compile("|".join(words("example_openers.txt")))


@cache
def _condition() -> re.Pattern[str]:
    return re.compile("[^，。；\n]{0,30}(?:，[^，。；\n]{0,12})?(?:就|则|便|的话|那么)")


def _bare_counts(text: str, match: re.Match[str], start: int) -> bool:
    """A lone 如 opens an example after a sentence or a clause, unless it opens 如何, 如期, 如果 …"""
    before = text[match.start() - 1] if match.start() > start else "\n"
    if before not in "。！？；：，、（\n \t" or _never().match(text, match.start()):
        return False
    said = match["next"]
    if before in "。！？；，\n" and not _condition().match(text, match.end()):
        return True
    return bool(said) or match["bare"] != "如" or _openers().match(text, match.end()) is not None
