"""Headings that carry no ordinal: a line of its own, a label before a colon, a head in 【】, a Markdown heading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .ordinals import RANK, Marker
from .roles import Role, intro_role_of, label_role_of, role_of, spoken_role_of, strict_role_of
from .sentences import lead_of, sentence_end

TOP, BELOW_TOP, INNER = 0.5, 1.5, 0.25


@dataclass(frozen=True, slots=True)
class Headline:
    """A heading without an ordinal at shadow [start, end); ``rank`` places it among the families of ordinals.

    ``marked`` means that the paper's own marks say it is a heading (Markdown), so that its words need not. ``role`` is
    the part it opens when its words say so. ``inner`` means that such a label comes again and again, below the items:
    its rank is then ``INNER`` more than that of the block it stands in. ``announced`` means that it is the sentence that
    announces the list after it (产生上述问题的原因主要有：一是…). ``traced`` means that it runs into the cause that it
    tells of the problem before it (究其原因，是…).
    """

    start: int
    end: int
    rank: float = TOP
    marked: bool = False
    role: Role | None = None
    inner: bool = False
    announced: bool = False
    traced: bool = False

    @property
    def number(self) -> int:
        """It counts in no list."""
        return 0


def headlines_in(
    text: str, marks: Sequence[Marker], marked: Sequence[Headline], start: int, end: int
) -> list[Headline]:
    """The bare lines and labels of shadow [start, end) that name a part of the paper."""
    taken = {m.start for m in marks} | {at for m in marked for at in (m.start, m.start - 1)}
    labels = [label for label in _labels(text, start, end) if label[0] not in taken]
    ones = {m.start for m in marks if m.number == 1}
    heads = [] if _numbered_parts(text, marks, end) else list(_bare_lines(text, ones, start, end))
    heads += _aspects(text, ones, start, end) or _spoken_aspects(text, marks, start, end)
    free = [head for head in heads if head.start not in taken and all(head.start != label[0] for label in labels)]
    told = [*_placed(labels, marks), *free]
    told += [head for head in _told_aspects(text, marks, told, start, end) if head.start not in taken]
    told += _traced(text, marks, told, start, end)
    known = taken | {head.start for head in told}
    return [*told, *(head for head in _announced(text, marks, start) if head.start not in known)]


def _numbered_parts(text: str, marks: Sequence[Marker], end: int) -> bool:
    """Whether numbered headings name the parts, so that bare lines need not."""
    tops = (lead_of(text, m.end, end).of(text) for m in marks if m.family in ("part", "h1"))
    return any(role_of(said) in (Role.PROBLEMS, Role.MEASURES) for said in tops)


# --- lines ------------------------------------------------------------------------------------------------------------

_LINE = re.compile(r"^[ \t]*([^\n。，；：！？\t]{2,24})([：。]?)[ \t]*$", re.MULTILINE)
_ABOUT = re.compile(r"^[ \t]*([^\n。，；：！？\t]{2,22}方面)：?[ \t]*\n\s*", re.MULTILINE)
_SHORTEST = 3


def _bare_lines(text: str, ones: set[int], start: int, end: int) -> Iterator[Headline]:
    """Lines that name a part and say no more; two characters name one only above a list (原因 / 1.…)."""
    for match in _LINE.finditer(text, start, end):
        said = match[1].strip()
        role = spoken_role_of(said) or (strict_role_of(said) if match[2] != "。" else None)
        if role is not None and (len(said) >= _SHORTEST or _next_line(text, match.end()) in ones):
            yield Headline(match.start(1), match.end(2) if match[2] == "。" else match.end(1), role=role)


def _aspects(text: str, ones: set[int], start: int, end: int) -> list[Headline]:
    """Lines that say only what the list below them is about (学习方面 / 1.… 2.…), where a paper has two or more."""
    found = [
        Headline(match.start(1), match.end(1), BELOW_TOP)
        for match in _ABOUT.finditer(text, start, end)
        if match.end() in ones
    ]
    return found if len(found) > 1 else []


_SPEAKS_OF = re.compile(r"^[ \t]*((?:在|从)?[^\n。，；：！？\t]{2,22}方面)[，：。]", re.MULTILINE)


def _spoken_aspects(text: str, marks: Sequence[Marker], start: int, end: int) -> list[Headline]:
    """Paragraphs that begin with what they are about and number what they tell of it (在学习方面，…一是…；二是…), where
    a paper has two or more."""
    lists = [m.start for m in marks if m.number == 1]
    found: list[Headline] = []
    for match in _SPEAKS_OF.finditer(text, start, end):
        at = bisect_left(lists, match.end())
        line_end = text.find("\n", match.end())
        if at < len(lists) and (line_end < 0 or lists[at] < line_end):
            found.append(Headline(match.start(1), match.end(1), BELOW_TOP, inner=True))
    return found if len(found) > 1 else []


_TELLS_OF = re.compile(r"^[ \t]*((?:在|从)?[^\n。，；：！？\t]{2,22}方面)：(?=[^\n]{6})", re.MULTILINE)
_FEWEST = 3


def _told_aspects(
    text: str, marks: Sequence[Marker], heads: Sequence[Headline], start: int, end: int
) -> list[Headline]:
    """Lines that each tell one thing of what they name (政治纪律方面：… / 组织纪律方面：…), before causes and measures, where
    a paper has three or more."""
    if len(found := list(_TELLS_OF.finditer(text, start, end))) < _FEWEST:
        return []
    later = (Role.CAUSES, Role.MEASURES)
    last = min((at for at, role in _parts_opened(text, marks, heads, end) if role in later), default=end)
    taken = {head.start for head in heads}
    told = [Headline(match.start(1), match.end(1), BELOW_TOP) for match in found if match.start(1) < last]
    return [head for head in told if head.start not in taken] if len(told) >= _FEWEST else []


def _next_line(text: str, end: int) -> int:
    while end < len(text) and text[end].isspace():
        end += 1
    return end


# --- labels -----------------------------------------------------------------------------------------------------------

# The mark after a label; what stands before it is looked at only then, so that a text is walked once.
_AFTER = re.compile(r"[：】]|(?<=[因源施策举题][一二三四五六七八九十\d])、")  # 原因一、
_BEFORE = re.compile(r"(?:^|[\n。！？；】\t])[ \t]*(?P<open>【)?(?P<said>[^\n。，；：！？、【】\t]{2,18})$")
_LONGEST_LABEL = 24

Label = tuple[int, int, Role]


def _labels(text: str, start: int, end: int) -> Iterator[Label]:
    for mark in _AFTER.finditer(text, start, end):
        first = max(start, mark.start() - _LONGEST_LABEL)
        match = _BEFORE.search(text[first : mark.start()])
        if match is None or (mark.group() == "】") != (match["open"] is not None):
            continue
        role = label_role_of(match["said"])
        at = first + match.start("open" if match["open"] else "said")
        if role is not None and (match.start() > 0 or at == start or first == start):
            yield at, mark.end(), role


def _placed(labels: Sequence[Label], marks: Sequence[Marker]) -> Iterator[Headline]:
    """A label that comes once heads a part of the paper; one that comes again stands below what it speaks of."""
    often = Counter(role for _, _, role in labels)
    last = max((m.start for m in marks if m.family in ("part", "h1")), default=-1)
    for start, end, role in labels:
        rank = BELOW_TOP if last > start else TOP
        yield Headline(start, end, rank, role=role, inner=often[role] > 1)


# --- causes told right behind what they caused -----------------------------------------------------------------------

_TRACED = re.compile(
    r"(?:^|(?<=[。；！？\n]))[ \t]*"
    r"(?P<said>(?:(?:究其|(?:深究|剖析|分析)其|(?:产生|造成|出现|存在|导致)(?:上述|以上|这些|此类|这一)"
    r"(?:问题|不足|差距|现象|情况)?的?)(?:主要|根本|深层次?的?|思想)?(?:原因|根源|根子)，?(?=(?:主要|根本|关键|还|就)?(?:是|在于|有))"
    r"|(?:主要|根本)?(?:原因|根源)(?:主要)?(?:是|在于)(?=[^：\n])))"
)


def _traced(text: str, marks: Sequence[Marker], heads: Sequence[Headline], start: int, end: int) -> Iterator[Headline]:
    """究其原因，是… behind a problem: a label for the problems it stands with, not in a part that tells causes anyhow;
    above a list it announces the list."""
    ones = {m.start for m in marks if m.number == 1}
    said = ((match.span("said"), sentence_end(text, match.end(), end)) for match in _TRACED.finditer(text, start, end))
    found = [span for span, stop in said if ones.isdisjoint(range(span[1], stop + 1))]
    parts = sorted(_parts_opened(text, marks, heads, end)) if found else []
    taken = {head.start for head in heads}
    for first, last in found:
        around = next((role for at, role in reversed(parts) if at < first), None)
        if around in (None, Role.PROBLEMS) and first not in taken:
            yield Headline(first, last, role=Role.CAUSES, inner=True, traced=True)


def _parts_opened(
    text: str, marks: Sequence[Marker], heads: Sequence[Headline], end: int
) -> Iterator[tuple[int, Role | None]]:
    """Where a top heading stands, and the part it opens."""
    for mark in marks:
        if mark.family in ("part", "h1"):
            yield mark.start, role_of(lead_of(text, mark.end, end).of(text))
    for head in heads:
        if head.role is not None and not head.inner:
            yield head.start, head.role


# --- sentences that announce a list -------------------------------------------------------------------------------------

_BACK = 160
_SENTENCE = re.compile(r"[。；！？\n]\s*")


def _announced(text: str, marks: Sequence[Marker], start: int) -> Iterator[Headline]:
    """The sentence before a number one, outside every ordinal's own lead, that says what the list will tell."""
    before = start
    for mark in marks:
        # above 一、… stands the opening of the paper, which only a colon makes an announcement
        told = mark.family not in ("part", "h1") or text[before : mark.start].rstrip().endswith("：")
        if mark.number == 1 and mark.start > before and told:
            first = _sentence_before(text, max(before, mark.start - _BACK), mark.start)
            role = intro_role_of(text, first, mark.start) if first > before or before == start else None
            if role is not None:
                yield Headline(first, mark.start, RANK[mark.family] - 0.5, role=role, announced=True)
        before = mark.end


def _sentence_before(text: str, start: int, end: int) -> int:
    """Where the last sentence of a stretch begins; ``start`` where it is only one."""
    last = start
    stop = len(text[start:end].rstrip()) + start
    for match in _SENTENCE.finditer(text, start, stop):
        if match.end() < stop:
            last = match.end()
    return last
