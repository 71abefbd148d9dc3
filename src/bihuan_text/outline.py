"""Ordinals and headings → a tree of blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .headlines import INNER, TOP, Headline, headlines_in
from .ordinals import RANK, Marker, between, is_next, list_of
from .place import Span
from .roles import Role, label_role_of, role_of, strict_role_of
from .sentences import lead_of

__all__ = ["Block", "Headline", "Outline", "Role", "outline_of"]

_SPOKEN = ("s", "y", "d", "e", "f", "c1", "b")
_TOLD = ("s", "y", "d", "e", "f")
_HEADS = ("part", "h1", "h2", "n1")
_TOPS = ("part", "h1")
_NESTED = 0.01
_INDENT = 12  # the widest blank before a line
_SHORT = 16  # as long as a heading below the top on last year's fixing may be: 通报上年度整改情况


@dataclass(slots=True)
class Block:
    """A numbered block at shadow [start, end); ``marker`` is None for a heading without an ordinal.

    ``own_end`` is where its own words end: before its first child. ``opens`` is the part of the paper that it opens
    below the top: its words say that and nothing else, or it is a label (成因：…). ``label`` is what a label behind the
    ordinal opens (（二）原因：…): the lead is then the label alone.
    """

    marker: Marker | None
    start: int
    end: int
    lead: Span
    children: list[Block] = field(default_factory=list["Block"])
    headline: Headline | None = None
    own_end: int = 0
    opens: Role | None = None
    label: Role | None = None

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
class Outline:
    """``roots`` in order; ``preface`` ends where the first block begins."""

    roots: tuple[Block, ...]
    preface: Span

    @property
    def body(self) -> Span:
        """From behind the title to the end of the last block."""
        return Span(self.preface.start, self.roots[-1].end if self.roots else self.preface.end)


def outline_of(
    text: str, markers: Sequence[Marker], end: int, marked: Sequence[Headline] = (), start: int = 0
) -> Outline:
    """The tree of shadow [start, end); ``marked`` are headings that the paper's own marks show."""
    marks = between(markers, start, end)
    heads = [h for h in marked if start <= h.start and h.end <= end]
    found: list[Marker | Headline] = [*marks, *heads, *headlines_in(text, marks, heads, start, end)]
    starts = sorted(found, key=lambda m: m.start)
    roots = _without_contents(text, _tree(text, starts, end))
    for root in roots:
        _finish(text, root)
    return Outline(tuple(roots), Span(start, roots[0].start if roots else end))


def _tree(text: str, starts: Sequence[Marker | Headline], end: int) -> list[Block]:
    """Blocks below blocks, by how deep each family usually stands, unless the numbers plainly say otherwise."""
    growing = _Growing(text, starts)
    for index, mark in enumerate(starts):
        stop = starts[index + 1].start if index + 1 < len(starts) else end
        growing.add(index, mark, stop)
    return growing.roots


@dataclass(frozen=True, slots=True)
class _Open:
    """A block that the next mark may still stand in; ``index`` is its mark's, ``inner`` the lists that were seen to open
    inside the blocks of its own list."""

    rank: float
    index: int
    block: Block
    inner: set[str]


class _Growing:
    """A tree that grows mark by mark; ``path`` holds the blocks that are open, outermost first."""

    def __init__(self, text: str, starts: Sequence[Marker | Headline]) -> None:
        self.text, self.starts = text, starts
        self.order = _order([m for m in starts if isinstance(m, Marker)])
        self.following = _following(starts)
        self.roots: list[Block] = []
        self.path: list[_Open] = []

    def add(self, index: int, mark: Marker | Headline, stop: int) -> None:
        """The next mark, whose own words end at ``stop``."""
        inner: set[str] = set()
        if isinstance(mark, Marker):
            rank, inner = self._rank(index, mark)
        elif mark.announced and self._role_around() is mark.role:
            return
        else:
            rank = self._headline_rank(mark)
            self._close(rank)
        block = _block(self.text, mark, stop)
        (self.path[-1].block.children if self.path else self.roots).append(block)
        self.path.append(_Open(rank, index, block, inner))

    def _close(self, rank: float) -> None:
        while self.path and self.path[-1].rank >= rank:
            self.path.pop()

    def _rank(self, index: int, mark: Marker) -> tuple[float, set[str]]:
        """Close the blocks that this ordinal does not stand in; the rank it has here and what its list holds.

        The next number of an open list goes on in that list. A number one opens a list inside the block before it where
        that block's own list goes on later, whatever families the two are of.
        """
        for depth in range(len(self.path) - 1, -1, -1):
            before = self.path[depth].block.marker
            if before is not None and self.following[self.path[depth].index] == index and is_next(before, mark):
                going_on = self.path[depth]
                del self.path[depth:]
                return going_on.rank, going_on.inner
        rank = self.order[mark.family]
        while self.path and self.path[-1].rank >= rank:
            last = self.path[-1]
            if mark.number == 1 and (list_of(mark) in last.inner or self._goes_on(index)):
                last.inner.add(list_of(mark))
                return last.rank + _NESTED, set()
            self.path.pop()
        return rank, set()

    def _goes_on(self, index: int) -> bool:
        """Whether the list of the innermost open block goes on after the mark at ``index``, inside what is around it."""
        after = self.following[self.path[-1].index]
        if after <= index or self.starts[after].number != self.path[-1].block.number + 1:
            return False
        around = (self.following[each.index] for each in self.path[:-1])
        return all(further < 0 or further > after for further in around)

    def _role_around(self) -> Role | None:
        """The part of the paper that the open blocks stand in."""
        for each in reversed(self.path):
            head, marker = each.block.headline, each.block.marker
            if head is not None and head.role is not None:
                return head.role
            if marker is not None and marker.family in _HEADS and (role := role_of(each.block.lead.of(self.text))):
                return role
        return None

    def _ends_the_list(self, head: Headline) -> bool:
        """Whether a sentence on a line of its own announces a list after the last item of a list that has no heading."""
        outermost = self.path[0]
        last = outermost.rank > TOP and outermost.block.marker is not None and self.following[outermost.index] < 0
        return last and self.text[max(head.start - _INDENT, 0) : head.start].rstrip(" \t").endswith("\n")

    def _headline_rank(self, head: Headline) -> float:
        """A label that comes again stands below the block around it, beside the labels that are there already."""
        if self.path and head.announced and self._ends_the_list(head):
            return TOP
        if not head.inner or not self.path:
            return head.rank
        beside = next((each.rank for each in self.path if each.block.headline and each.block.headline.inner), None)
        return self.path[-1].rank + INNER if beside is None else beside


def _following(starts: Sequence[Marker | Headline]) -> list[int]:
    """For each ordinal the index of the next one that counts in the same kind of list; -1 where there is none."""
    following = [-1] * len(starts)
    last: dict[str, int] = {}
    for index in range(len(starts) - 1, -1, -1):
        mark = starts[index]
        if isinstance(mark, Marker):
            following[index] = last.get(list_of(mark), -1)
            last[list_of(mark)] = index
    return following


def _block(text: str, mark: Marker | Headline, stop: int) -> Block:
    while stop > mark.start and text[stop - 1].isspace():
        stop -= 1
    stop = max(stop, mark.end)
    if isinstance(mark, Headline):
        return Block(None, mark.start, stop, lead_of(text, mark.start, mark.end), headline=mark, own_end=stop)
    lead = lead_of(text, mark.end, stop)
    label = _label(text, mark, lead)
    return Block(mark, mark.start, stop, label[0] if label else lead, own_end=stop, label=label[1] if label else None)


_LABEL = re.compile("([^\n。，；：！？、【】\t*]{2,18})[*]{0,2}：")


def _label(text: str, mark: Marker, lead: Span) -> tuple[Span, Role] | None:
    """The label that an ordinal's words begin with, and the part it opens: （二）原因：…"""
    found = _LABEL.match(text, lead.start, lead.end + 3) if mark.family not in _TOLD else None
    role = label_role_of(found[1]) if found else None
    return (Span(*found.span(1)), role) if found and role else None


def _finish(text: str, block: Block, *, top: bool = True) -> None:
    """A block reaches to the end of its last child; what it opens is told by its words."""
    for child in block.children:
        _finish(text, child, top=False)
    for child in block.children[:-1]:
        _without_announcement(text, child)
    if block.children:
        block.end = max(block.end, block.children[-1].end)
    block.opens = _opened(text, block, top=top)


_ANNOUNCES = re.compile(r"\n[^\n。；]{2,30}：$")


def _without_announcement(text: str, block: Block) -> None:
    """Take off a line that says what the next items of the list are about: 服务群众方面："""
    found = _ANNOUNCES.search(text, max(block.lead.end, block.end - 34), block.end) if not block.children else None
    if found:
        block.end = block.own_end = len(text[block.start : found.start()].rstrip()) + block.start


def _opened(text: str, block: Block, *, top: bool) -> Role | None:
    if block.headline is not None and block.headline.role is not None:
        return block.headline.role
    family = block.marker.family if block.marker is not None else ""
    if (
        family in _TOPS and not top
    ):  # a heading below the sentence that announces the first part: 存在的问题：一、… 三、原因
        return role_of(block.lead.of(text))
    if block.label is not None:
        return block.label
    said = block.lead.of(text)
    if not block.children and len(said) <= _SHORT and strict_role_of(said) is Role.ASIDE:
        return Role.ASIDE
    if family in _SPOKEN or not block.children:
        return None
    # a heading that begins with 对照 names an aspect, whatever it is held against
    if len(said) <= _SHORT and "上年" in said and not said.startswith("对照") and role_of(said) is Role.PRIOR:
        return Role.PRIOR
    return strict_role_of(said) or label_role_of(said)


def _order(markers: list[Marker]) -> dict[str, float]:
    """How deep each family stands here: the usual order, unless a paper plainly turned two of them round.

    Family A stands above B when A is counted once through the paper while B begins anew, and A comes first.
    """
    order: dict[str, float] = dict(RANK)
    firsts: dict[str, list[Marker]] = {"h1": [], "h2": [], "n1": []}
    for marker in markers:
        if marker.number == 1 and marker.family in firsts:
            firsts[marker.family].append(marker)
    for outer, inner in (("n1", "h2"), ("n1", "h1"), ("h2", "h1")):
        above, below = firsts[outer], firsts[inner]
        if len(above) == 1 and len(below) > 1 and above[0].start < below[0].start:
            order[inner] = order[outer] + 0.5
    _questions_below(markers, order)
    return order


_SHORT_GAP = 30


def _questions_below(markers: list[Marker], order: dict[str, float]) -> None:
    """问题1：… stands below the kind of heading that the first of them follows at once, whose count may go on: 2.1 … 2.2 …"""
    first = next((at for at, marker in enumerate(markers) if marker.family == "q"), 0)
    before = markers[first - 1] if first else None
    if before is not None and markers[first].start - before.end <= _SHORT_GAP and before.family in ("n1.1", "n1", "n2"):
        order["q"] = order[before.family] + 0.5


_AFTER_HEADING = re.compile(r"[\s.…·。：\d]+$")


def _without_contents(text: str, roots: list[Block]) -> list[Block]:
    """Without a contents list: blocks that say only their heading, which a later block says again."""
    said = [(_AFTER_HEADING.sub("", block.lead.of(text)), block.number) for block in roots]
    last = {name: index for index, name in enumerate(said)}
    if len(last) == len(roots):
        return roots
    listed = [last[name] > index and name[0] != "" for index, name in enumerate(said)]
    return [
        block
        for block, again in zip(roots, listed, strict=True)
        if not (again and not any(_says_a_sentence(text, leaf) for leaf in block.leaves()))
    ]


def _says_a_sentence(text: str, block: Block) -> bool:
    return "。" in text[block.start : block.end] or block.end - block.lead.end >= 12
