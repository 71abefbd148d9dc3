"""Ordinals → a tree of blocks, and the part of a paper that each top block is (last year, problems, causes, measures)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import cast

from .lists import table
from .ordinals import RANK, Marker, Place
from .place import Span
from .sentences import lead_of, sentences, without_closing


class Role(StrEnum):
    PRIOR = "prior"
    PROBLEMS = "problems"
    CAUSES = "causes"
    MEASURES = "measures"


@dataclass(slots=True)
class Block:
    """A numbered block at shadow [start, end); ``marker`` is None for a heading without an ordinal."""

    marker: Marker | None
    start: int
    end: int
    lead: Span
    children: list[Block] = field(default_factory=list["Block"])
    headline: Headline | None = None

    @property
    def number(self) -> int:
        """Its ordinal's number, 0 without one."""
        return self.marker.number if self.marker else 0

    def leaves(self) -> Iterator[Block]:
        """The deepest numbered blocks inside, itself when there are none."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True, slots=True)
class Headline:
    """A heading without an ordinal at shadow [start, end); ``rank`` places it among the families of ordinals.

    ``marked`` means that the paper's own marks say it is a heading (Markdown), so that its words need not.
    """

    start: int
    end: int
    rank: float = 0.5
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """``roots`` in order; ``preface`` ends where the first block begins."""

    roots: tuple[Block, ...]
    preface: Span


def outline_of(text: str, markers: list[Marker], end: int, marked: Sequence[Headline] = ()) -> Outline:
    """The tree of shadow [0, end); ``marked`` are headings that the paper's own marks show."""
    marks = [m for m in markers if m.start < end]
    heads = [h for h in marked if h.end <= end]
    starts = sorted([*marks, *heads, *_bare_heads(text, marks, heads, end)], key=lambda m: m.start)
    order = _order([m for m in starts if isinstance(m, Marker)])
    roots: list[Block] = []
    path: list[tuple[float, Block]] = []
    for index, mark in enumerate(starts):
        stop = starts[index + 1].start if index + 1 < len(starts) else end
        rank = mark.rank if isinstance(mark, Headline) else order[mark.family]
        while path and path[-1][0] >= rank:
            path.pop()
        block = _block(text, mark, stop)
        (path[-1][1].children if path else roots).append(block)
        path.append((rank, block))
    roots = _without_contents(text, roots)
    for root in roots:
        _stretch(root)
    return Outline(tuple(roots), Span(0, starts[0].start if starts else end))


def _block(text: str, mark: Marker | Headline, stop: int) -> Block:
    while stop > mark.start and text[stop - 1].isspace():
        stop -= 1
    if isinstance(mark, Headline):
        return Block(None, mark.start, max(stop, mark.end), lead_of(text, mark.start, mark.end), headline=mark)
    stop = max(stop, mark.end)
    return Block(mark, mark.start, stop, lead_of(text, mark.end, stop))


def _stretch(block: Block) -> None:
    """A block reaches to the end of its last child."""
    for child in block.children:
        _stretch(child)
    if block.children:
        block.end = max(block.end, block.children[-1].end)


def _order(markers: list[Marker]) -> dict[str, float]:
    """How deep each family stands here: the usual order, unless a paper plainly turned two of them round.

    Family A stands above B when A is counted once through the paper while B begins anew, and A comes first.
    """
    order: dict[str, float] = dict(RANK)
    firsts = {f: [m for m in markers if m.family == f and m.number == 1] for f in ("h1", "h2", "n1")}
    for outer, inner in (("n1", "h2"), ("n1", "h1"), ("h2", "h1")):
        above, below = firsts[outer], firsts[inner]
        if len(above) == 1 and len(below) > 1 and above[0].start < below[0].start:
            order[inner] = order[outer] + 0.5
    return order


# --- headings without an ordinal ------------------------------------------------------------------------------------

_LINE = re.compile(r"^[ \t]*(?P<said>[^\n。，；：！？\t]{3,24})[：]?[ \t]*$", re.MULTILINE)


def _bare_heads(text: str, marks: list[Marker], heads: list[Headline], end: int) -> list[Headline]:
    """Lines that name a part of the paper, when no numbered heading does."""
    numbered = [role_of(lead_of(text, m.end, end).of(text)) for m in marks if m.family in ("part", "h1")]
    if any(role in (Role.PROBLEMS, Role.MEASURES) for role in numbered):
        return []
    places = {m.start for m in [*marks, *heads]}
    found: list[Headline] = []
    for match in _LINE.finditer(text, 0, end):
        start = match.start("said")
        if start not in places and strict_role_of(match["said"].strip()) is not None:
            found.append(Headline(start, match.end("said")))
    return found


def _without_contents(text: str, roots: list[Block]) -> list[Block]:
    """Without a contents list: blocks that say only their heading, which a later block says again."""

    def said(block: Block) -> str:
        return re.sub(r"[\s.…·。：\d]+$", "", block.lead.of(text))

    last = {(said(block), block.number): index for index, block in enumerate(roots)}
    kept: list[Block] = []
    for index, block in enumerate(roots):
        again = last[said(block), block.number] > index
        if not (again and said(block) and not any(_says_a_sentence(text, leaf) for leaf in block.leaves())):
            kept.append(block)
    return kept


def _says_a_sentence(text: str, block: Block) -> bool:
    return "。" in text[block.start : block.end] or block.end - block.lead.end >= 12


# --- parts of a paper -----------------------------------------------------------------------------------------------


@cache
def _patterns(name: str) -> tuple[tuple[Role, re.Pattern[str]], ...]:
    rows = cast("dict[str, list[str]]", table("sections.toml")[name])
    return tuple((Role(role), re.compile("|".join(patterns))) for role, patterns in rows.items())


def _first(name: str, said: str, *, whole: bool) -> Role | None:
    for role, pattern in _patterns(name):
        if pattern.fullmatch(said) if whole else pattern.search(said):
            return role
    return None


def role_of(heading: str) -> Role | None:
    """The part a top heading opens, by its words; None when it opens none of them."""
    said = re.sub(r"[《“].*?[》”]|\s", "", heading)
    if len(said) > 40:  # a heading that runs into its text without a mark: only its beginning is the heading
        said = said[:12]
    role = _first("mixed", said, whole=False) or _first("headings", said, whole=False)
    return None if role is not Role.PRIOR and _first("never", said, whole=False) else role


def is_mixed(heading: str) -> bool:
    """Whether a heading opens two parts at once (存在的问题及原因)."""
    return len(heading) <= 40 and _first("mixed", heading, whole=False) is not None


def strict_role_of(heading: str) -> Role | None:
    """The same for headings below the top or without a number, which must say nothing else."""
    return _first("strict", re.sub(r"\s", "", heading), whole=True)


def is_praise(heading: str) -> bool:
    """Whether a heading below a part on problems tells of what went well."""
    return _first("praise", re.sub(r"\s", "", heading), whole=True) is not None


def intro_role_of(text: str, start: int, end: int) -> Role | None:
    """The part that the last sentence before a list announces (主要存在以下问题：…)."""
    last = Span(start, start)
    for sentence in sentences(text, start, end):
        last = sentence
    return _first("intros", last.of(text)[-60:], whole=False)


def trimmed_tail(text: str, block: Block) -> None:
    """Take a closing remark, or a paragraph after a list of one-paragraph items, off the end of a list's last item."""
    for child in block.children:
        trimmed_tail(text, child)
    if block.children:
        last = block.children[-1]
        if not last.children:
            last.end = _own_end(text, block.children)
        block.end = last.end


def _own_end(text: str, items: list[Block]) -> int:
    last = items[-1]
    end = without_closing(text, last.lead.start, last.end)
    line = text.find("\n", last.lead.end, end)
    run_on = last.marker is not None and last.marker.place is not Place.LINE
    single = len(items) > 2 and all("\n" not in text[i.lead.end : i.end] for i in items[:-1])
    if line >= 0 and (run_on or single) and line - last.lead.end > 1:
        end = line
    while end > last.lead.end and text[end - 1].isspace():
        end -= 1
    return max(end, last.lead.end)
