"""The marks that number the parts of a paper: 一、（一）1.（1）① 第一，一是 一要, found in the tidied reading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

_NUM = "一二三四五六七八九十"
_VALUES = {c: n for n, c in enumerate(_NUM, 1)} | {"两": 2}


class Place(StrEnum):
    LINE = "line"
    SENTENCE = "sentence"
    CLAUSE = "clause"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class Marker:
    """An ordinal at shadow [start, end): its family (一、= h1 …), its number, and what it stands after."""

    family: str
    number: int
    start: int
    end: int
    place: Place
    text: str


# From the outermost to the innermost, as GB/T 9704 orders them; spoken ordinals come last.
RANK = {
    "part": 0,
    "h1": 1,
    "h2": 2,
    "q": 3,
    "n1": 4,
    "n1.1": 5,
    "n2": 6,
    "c1": 7,
    "d": 8,
    "e": 9,
    "f": 9,
    "s": 10,
    "y": 10,
    "b": 11,
}

_TOKEN = re.compile(
    rf"(?P<part>第(?P<part_n>[{_NUM}]{{1,3}})(?:部分|章)[、：. ]?)"
    rf"|(?P<d>(?:第(?P<d_n>[{_NUM}]{{1,2}})(?:个(?:问题|方面|原因|不足|毛病)?|件事?|点)?(?:[，、：]|是)|其(?P<i_n>[{_NUM}])[，、：]))"
    rf"|(?P<s>(?P<s_n>[{_NUM}]{{1,2}})是(?![{_NUM}非否][、，。是]))"
    rf"|(?P<y>(?P<y_n>[{_NUM}]{{1,2}})要(?!素|求|点))"
    rf"|(?P<h1>(?P<h1_n>[{_NUM}]{{1,3}})(?:[、.]| 、))"
    rf"|(?P<h2>[（〔] ?(?P<h2_n>[{_NUM}]{{1,3}}) ?[）〕][、.，]?)"
    rf"|(?P<h2k>[㈠-㈩])"
    rf"|(?P<q>(?<!\w)问题(?: |之)?(?P<q_n>\d{{1,2}}|[{_NUM}]{{1,2}})[：、])"
    rf"|(?P<n11>(?<![\d.])\d{{1,2}}(?:\.\d{{1,2}})+[、. ]?(?![\d+%月年日万亿元倍个米]))"
    r"|(?P<n0>(?<![\d.])(?P<n0_n>\d{1,2})[ \t]+(?=[^\n\d。，；：][^\n。，；：]{1,24}\n\s*(?P=n0_n)\.1[^\d.]))"
    rf"|(?P<n1>(?<![\d.])(?P<n1_n>\d{{1,2}})(?:[、.]| 、)(?!\d(?!\+|\d?月|\d{{3}}年)))"
    rf"|(?P<n2>（ ?(?P<n2_n>\d{{1,2}}) ?）[、.，]?)"
    r"|(?P<n3>(?<![\d（.\-—~A-Za-z])(?P<n3_n>\d{1,2})）)"
    r"|(?P<n1k>[⒈-⒛])|(?P<n2k>[⑴-⒇])"
    rf"|(?P<c1>[①-⑳])"
    r"|(?P<b>[-*•●◆■▪] (?!\d{1,3} ?-)|——(?=[^\s—]))"  # - 3 - is the number of a page
    rf"|(?P<e>(?:首先|其次|再次|最后)(?:[，、：]|是)|(?:再者|另外|此外)[，：])"
    rf"|(?P<f>(?:另)?一方面[，、：])"
)
# What any of these begins with and what must come next: looking for this first is many times faster, and hardly any
# place where it is found holds no ordinal.
_FIRST = re.compile(
    rf"[第{_NUM}（〔㈠-㈩问\d①-⒛\-*•●◆■▪—首其再最另此](?:(?<=[{_NUM}])(?=[{_NUM}]{{0,2}}(?:[是要、.]| 、)|方面)"
    rf"|(?<=\d)(?=\d?[.、 \t）])|(?<=[（〔])(?= ?[{_NUM}\d])|(?<=[第其])(?=[{_NUM}])|(?<=[-*•●◆■▪])(?= )|(?<=—)(?=—)"
    r"|(?<=[㈠-㈩①-⒛])|(?<=[问首其再最另此])(?=[题先次后一者外]))"
)
_HEADS = ("part", "h1", "h2", "n1")
_SPOKEN = {"首先": 1, "其次": 2, "再次": 3, "再者": 4, "另外": 5, "此外": 6, "最后": 7}
_AFTER_SENTENCE = "。！？!?；;：:…】"
_AFTER_CLAUSE = "，,、"
_AFTER_ANY_SENTENCE = ("s", "y", "h2", "d", "q", "c1", "n2")
_AFTER_CLAUSES = ("s", "y", "d", "c1", "n2")
_AFTER_BLANK = ("part", "h1", "h2")
_OPENING = "“‘《（(「"


def value_of(text: str) -> int:
    """The number that Chinese or Arabic digits say, 0 when none."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _VALUES.get(text, 0) if len(text) == 1 else 0
    return (_VALUES.get(tens, 0) if tens else 1) * 10 + (_VALUES.get(ones, 0) if ones else 0)


def markers_of(text: str) -> list[Marker]:
    """All ordinals of the text that number something, in order."""
    return _accepted(list(_candidates(text)), text)


def between(markers: Sequence[Marker], start: int, end: int) -> Sequence[Marker]:
    """Those of some ordinals in order that begin in shadow [start, end)."""
    return markers[bisect_left(markers, start, key=_begin) : bisect_left(markers, end, key=_begin)]


_begin = attrgetter("start")


def _candidates(text: str) -> Iterator[Marker]:
    end = 0
    for first in _FIRST.finditer(text):
        match = _TOKEN.match(text, first.start()) if first.start() >= end else None
        if match is None:
            continue
        end = match.end()
        family, number = _family(match)
        place = _place(text, match.start())
        if number and place is not None:
            yield Marker(family, number, match.start(), match.end(), place, match.group())


def _family(match: re.Match[str]) -> tuple[str, int]:
    kind, said = match.lastgroup or "", match.group()  # the outermost group is the last to close
    if kind == "b":
        return kind, 1
    if kind == "c1":
        return kind, ord(said) - 0x245F
    if kind == "h2k":
        return "h2", ord(said) - 0x321F
    if kind in ("n1k", "n2k"):
        return kind[:2], ord(said) - (0x2487 if kind == "n1k" else 0x2473)
    if kind == "n11":
        return "n1.1", int(said.rstrip("、. ").rpartition(".")[2])
    if kind == "f":
        return kind, 2 if said[0] == "另" else 1
    if kind == "e":
        return kind, _SPOKEN[said[:2]]
    if kind == "d":
        return kind, value_of(match["d_n"] or match["i_n"])
    return {"n0": "n1", "n3": "n2"}.get(kind, kind), value_of(match.group(kind + "_n"))


def _place(text: str, start: int) -> Place | None:
    """What an ordinal stands after; None inside brackets or right after an opening quotation mark."""
    at = start - 1
    while at >= 0 and text[at] in " \t":
        if text[at] == "\t":
            return Place.LINE
        at -= 1
    if at < 0 or text[at] == "\n":
        return None if _sewn_in(text, at) else Place.LINE
    if text[at] in _OPENING:
        return None
    if text[at] in _AFTER_SENTENCE or (text[at] in "”）》" and at and text[at - 1] in "。！？；"):
        return Place.SENTENCE
    return Place.CLAUSE if text[at] in _AFTER_CLAUSE else Place.INSIDE


def _sewn_in(text: str, at: int) -> bool:
    """A line that begins inside a quotation: a page number sewn into the text, not a list."""
    while at >= 0 and text[at].isspace():
        at -= 1
    return at >= 0 and text[at] in "“‘《「"


def _accepted(found: list[Marker], text: str) -> list[Marker]:
    """Ordinals at a line start count; inside a line they must belong to a sequence."""
    kept: list[Marker] = []
    last: dict[str, Marker] = {}
    for index, marker in enumerate(found):
        listed = list_of(marker)
        if _joins_sentences(marker, kept, found, index):
            continue
        if _counts(index, found, last.get(listed), kept, text):
            kept.append(marker)
            last[listed] = marker
    return kept


def _joins_sentences(marker: Marker, kept: list[Marker], found: list[Marker], index: int) -> bool:
    """首先 … 其次 … inside the item of a list that goes on after them: they order its sentences and open no list."""
    inside = next((m for m in reversed(kept[-4:]) if m.family != "e"), None)
    if marker.family != "e" or inside is None or inside.family in _HEADS:
        return False
    later = (m for m in found[index + 1 : index + 40] if list_of(m) == list_of(inside) and m.place is not Place.INSIDE)
    after = next(later, None)
    return after is not None and after.number == inside.number + 1


def is_next(before: Marker, marker: Marker) -> bool:
    """Whether a number comes after another of its list; 最后 comes after any of 首先 其次 再次."""
    return marker.number == before.number + 1 or (marker.family == "e" and marker.number > before.number)


def list_of(marker: Marker) -> str:
    """The list an ordinal counts in: 一是 and 一要 may take turns within one list."""
    return "s" if marker.family == "y" else marker.family


def _counts(index: int, found: list[Marker], before: Marker | None, kept: list[Marker], text: str) -> bool:
    marker = found[index]
    follows = before is not None and is_next(before, marker)
    match marker.place:
        case Place.LINE if marker.text == "——":
            return any(
                other.text == "——" for other in (*found[max(index - 1, 0) : index], *found[index + 1 : index + 2])
            )
        case Place.LINE:
            return marker.family not in ("e", "f") or follows or _opens(index, found, text)
        case _ if marker.family == "f":  # inside a line it joins clauses, unless the paragraph begins with 一方面
            return (
                follows
                and before is not None
                and before.place is Place.LINE
                and "\n" not in text[before.end : marker.start]
            )
        case _ if marker.family == "b":
            return False
        case Place.SENTENCE:
            listed = follows or _opens(index, found, text) or _below_heading(marker, kept, text)
            listed = listed or (marker.number == 1 and marker.family == "n1" and text[marker.start - 1] in "：】")
            return listed or marker.family in _AFTER_ANY_SENTENCE
        case Place.CLAUSE:
            near = follows and before is not None and "\n" not in text[before.end : marker.start]
            return marker.family in _AFTER_CLAUSES and (near or _opens(index, found, text))
        case Place.INSIDE if marker.family == "c1":
            return follows or _opens(index, found, text)
        case Place.INSIDE if marker.family in _AFTER_BLANK and text[marker.start - 1] == " ":
            return follows or _opens(index, found, text)
        case Place.INSIDE:
            heading = _ends_heading(marker, kept, text)
            return heading and (marker.family == "h2" or _opens(index, found, text))


def _opens(index: int, found: list[Marker], text: str) -> bool:
    """Whether this is number one, and number two of the same list comes before another number one."""
    marker = found[index]
    if marker.number != 1:
        return False
    for later in found[index + 1 : index + 40]:
        if list_of(later) == list_of(marker) and later.place is not Place.INSIDE:
            near = marker.place is not Place.CLAUSE or "\n" not in text[marker.end : later.start]
            return later.number == 2 and near
    return False


def _below_heading(marker: Marker, kept: list[Marker], text: str) -> bool:
    """The only item of a heading that runs into it: （二）组织纪律方面。1.… , as its neighbours have 1. and 2. there."""
    if not kept or kept[-1].family != "h2" or marker.number != 1 or marker.family != "n1":
        return False
    return re.fullmatch("[^，；：。\n]{2,20}。", text[kept[-1].end : marker.start]) is not None


def _ends_heading(marker: Marker, kept: list[Marker], text: str) -> bool:
    """Number one right after a short heading without punctuation: 二、存在的问题（一）… , （一）学习方面一是…"""
    if not kept or kept[-1].family not in _HEADS or marker.number != 1 or RANK[marker.family] <= RANK[kept[-1].family]:
        return False
    between = text[kept[-1].end : marker.start]
    return 2 <= len(between) <= 30 and not re.search("[。，；：\n]", between)
