"""Measures that carry no ordinal: 加强理论学习。抓住… — a short sentence that only names what is to be done.

What makes a sentence such a lead is its shape, not its words: it is short, has no mark inside, states nothing (no 是, no
subject), and is followed by a longer sentence that carries it out. One alone is a slogan, so a group must have at least
two, and at least half of them must begin with a verb that measures are known to begin with.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from .lists import words
from .place import Span
from .sentences import lead_of, sentence_end, sentences

Bare = tuple[Span, Span]  # the lead of an item without an ordinal, and the whole item
Fits = Callable[[list[str]], bool]  # whether the leads together say what their part is about
_SHORTEST, _LONGEST = 4, 16
_INSIDE = re.compile(r"[，；：、“”‘’（）《》\d%]")
_STATES = re.compile(
    r"是|了|要|有(?!效|力|序|机|关)|我们|存在|很|非常|十分|^(?:要|确保|力争|使|让|以|把|将|为|对|在|同时|此外|另外|其中|我|本|这|该|各|全|通过|做到|不|没|未)"
)


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(words("adverbs.txt")) + ")?(?:" + "|".join(words("lead_verbs.txt")) + ")")


def bare_items(text: str, start: int, end: int) -> list[Bare]:
    """The leads in shadow [start, end), each with the block it opens (up to the next lead or ``end``)."""
    found = list(sentences(text, start, end))
    leads = [i for i in range(len(found)) if _is_lead(text, found, i)]
    known = sum(bool(_verbs().match(text, found[i].start)) for i in leads)
    if len(leads) < 2 or 2 * known < len(leads):
        return []
    items: list[Bare] = []
    for at, index in enumerate(leads):
        last = leads[at + 1] - 1 if at + 1 < len(leads) else len(found) - 1
        lead = Span(found[index].start, found[index].start + len(_said(text, found[index])))
        items.append((lead, Span(lead.start, found[last].end)))
    return items


def _said(text: str, sentence: Span) -> str:
    return sentence.of(text).rstrip("。！!? \t")


def _is_lead(text: str, found: list[Span], index: int) -> bool:
    said = _said(text, found[index])
    if not _SHORTEST <= len(said) <= _LONGEST or _INSIDE.search(said) or _STATES.search(said):
        return False
    if text[found[index].end - 1] != "。" or index + 1 >= len(found):
        return False
    return len(_said(text, found[index + 1])) > max(_LONGEST, len(said))


_LONGEST_FIRST = 30


def paragraph_items(text: str, start: int, end: int, least: int = 2) -> list[Bare]:
    """Paragraphs without ordinals that each begin with a short sentence and go on: that sentence is the lead of an item.

    One paragraph is a text, so there must be two, unless a heading of their own stands above them (``least``), and every
    one of them must have this form.
    """
    items: list[Bare] = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        said = list(sentences(text, at, stop))
        at = stop + 1
        if not said:
            continue
        lead = Span(said[0].start, said[0].start + len(_said(text, said[0])))
        fits = _SHORTEST <= lead.end - lead.start <= _LONGEST_FIRST and text[said[0].end - 1] == "。" and len(said) > 1
        if not fits or ("，" in lead.of(text) and lead.end - lead.start > _LONGEST):
            return []
        items.append((lead, Span(lead.start, said[-1].end)))
    return items if len(items) >= least else []


_LONGEST_CLAUSE = 90
_WHO_AND_WHEN = re.compile(
    "(?:(?:责任|牵头|负责|包保|包案|分管|配合|承办)[^，。；：]{0,6}|时限|期限|完成(?:时间|日期))$"
)


def clause_items(text: str, start: int, end: int, *, traced: bool = False) -> list[Bare]:
    """The clauses that a list without ordinals is split into by ；, after the colon that announces them or from ``start``.

    还存在以下问题：甲；乙；丙。: two at least, in one sentence. ``traced``: 究其原因， stands before, and nothing announces.
    """
    colon = -1 if traced else text.find("：", start, end)
    if colon >= 0 and _WHO_AND_WHEN.search(text, start, colon):
        return []  # …。责任人：甲；完成时限：乙: the marks part no clauses
    at = start if traced else _behind_opening(text, max(start, colon + 1), end)
    stop = sentence_end(text, at, end)
    if text.find("；", at, stop) < 0 or (colon < 0 and "\n" in text[stop:end].rstrip()):
        return []  # several paragraphs are no list in one sentence
    items: list[Bare] = []
    while at < stop:
        mark = text.find("；", at, stop)
        after = stop if mark < 0 else mark + 1
        lead = lead_of(text, at, after)
        if not _SHORTEST <= lead.end - lead.start <= _LONGEST_CLAUSE:
            return []
        items.append((lead, Span(lead.start, after)))
        at = after
    return items if len(items) > 1 else []


# What only announces the first of the clauses: 主要是重业务轻党建；…
_ANNOUNCING = re.compile(
    r"(?:究其(?:原因|根源)[，：]?)?(?:(?:主要|根本)?(?:原因|根源)(?:主要)?(?:是|有|在于)|主要(?:是|有|在于)|在于)(?:因为|由于)?[，：]?"
)


def _behind_opening(text: str, start: int, end: int) -> int:
    """Where the words of a list begin, behind blanks, marks and the words that announce it."""
    while start < end and text[start] in " \t\n。：，":
        start += 1
    opening = _ANNOUNCING.match(text, start, end)
    return opening.end() if opening else start


_SEQUEL = re.compile("(?:其次|再次|再者|另外|此外|最后)(?:还|就)?(?:是|，)")


def sequel_items(text: str, start: int, end: int) -> list[Bare]:
    """主要还是…。其次是…。再次是…。: a list whose first item has no ordinal, because 首先 was left out."""
    said = list(sentences(text, start, end))
    later = [(at, found) for at, span in enumerate(said) if (found := _SEQUEL.match(text, span.start))]
    if not later or later[0][0] == 0 or not later[0][1].group().startswith("其次"):
        return []
    first = lead_of(text, said[0].start, said[0].end)
    items = [(first, Span(first.start, said[later[0][0] - 1].end))]
    stops = [*(at for at, _ in later[1:]), len(said)]
    for (at, opening), stop in zip(later, stops, strict=True):
        items.append((lead_of(text, opening.end(), said[at].end), Span(said[at].start, said[stop - 1].end)))
    return items


_PARALLEL = re.compile(
    r"(?P<mark>(?:另|再)?一方面[，：])"
    r"|针对(?!以上|上述|这些|存在)[^，。；\n]{2,40}(?:问题|不足|差距|情况|方面)，"
    r"|(?:在|从)[^，。；\n]{2,16}(?:上|方面|中|来看|来说)，|(?:还)?有的|有些|个别|少数|部分|一些"
)
_LONGEST_SENTENCE = 120


def parallel_items(text: str, start: int, end: int, fits: Fits) -> list[Bare]:
    """Sentences of one paragraph that open alike (在学习上，… 在作风上，… ; 有的… 个别…) and ``fits`` what a part is about.

    Each is an item with whatever sentences follow it up to the next; two at least; what stands before the first
    announces them.
    """
    said = list(sentences(text, start, end))
    opened = {at: match for at, span in enumerate(said) if (match := _PARALLEL.match(text, span.start))}
    opening = list(opened)
    leads = [
        lead_of(text, opened[at].end("mark") if opened[at]["mark"] else said[at].start, said[at].end) for at in opening
    ]
    if len(leads) < 2 or opening[0] > 1 or not fits([lead.of(text) for lead in leads]):
        return []
    stops = [*opening[1:], len(said)]
    return [
        (lead, Span(said[at].start, said[stop - 1].end)) for at, lead, stop in zip(opening, leads, stops, strict=True)
    ]


def free_paragraphs(text: str, start: int, end: int, fits: Fits) -> list[Bare]:
    """Paragraphs without ordinals whose first sentences, however long, ``fits`` what a part is about; one that ends with
    a colon before them announces them. Two at least."""
    found = lines_of(text, start, end)
    if found and text[found[0][1].end - 1] == "：":
        found = found[1:]
    leads = [lead.of(text) for lead, _ in found]
    rows = any(lead.startswith("|") for lead in leads)
    if len(found) < 2 or rows or any(len(lead) > _LONGEST_SENTENCE for lead in leads) or not fits(leads):
        return []
    return [(lead, Span(lead.start, span.end)) for lead, span in found]


def lines_of(text: str, start: int, end: int) -> list[Bare]:
    """Every paragraph as an item whose lead is its first sentence."""
    items: list[Bare] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        lead = lead_of(text, start, stop)
        if lead.end > lead.start:
            items.append((lead, Span(lead.start, stop)))
        start = stop + 1
    return items
