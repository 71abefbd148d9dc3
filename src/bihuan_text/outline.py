"""Ordinals and headings → a tree of blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .headlines import INNER, Headline, headlines_in
from .ordinals import RANK, Marker
from .place import Span
from .roles import Role, strict_role_of
from .sentences import lead_of

__all__ = ["Block", "Headline", "Outline", "Role", "outline_of"]

_SPOKEN = ("s", "y", "d", "e", "c1", "b")


@dataclass(slots=True)
class Block:
    """A numbered block at shadow [start, end); ``marker`` is None for a heading without an ordinal.

    ``own_end`` is where its own words end: before its first child. ``opens`` is the part of the paper that it opens
    below the top: its words say that and nothing else, or it is a label (成因：…).
    """

    marker: Marker | None
    start: int
    end: int
    lead: Span
    children: list[Block] = field(default_factory=list["Block"])
    headline: Headline | None = None
    own_end: int = 0
    opens: Role | None = None

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


def outline_of(
    text: str, markers: Sequence[Marker], end: int, marked: Sequence[Headline] = (), start: int = 0
) -> Outline:
    """The tree of shadow [start, end); ``marked`` are headings that the paper's own marks show."""
    marks = [m for m in markers if start <= m.start < end]
    heads = [h for h in marked if start <= h.start and h.end <= end]
    found: list[Marker | Headline] = [*marks, *heads, *headlines_in(text, marks, heads, start, end)]
    starts = sorted(found, key=lambda m: m.start)
    roots = _without_contents(text, _tree(text, starts, end))
    for root in roots:
        _finish(text, root)
    return Outline(tuple(roots), Span(start, roots[0].start if roots else end))


def _tree(text: str, starts: Sequence[Marker | Headline], end: int) -> list[Block]:
    order = _order([m for m in starts if isinstance(m, Marker)])
    roots: list[Block] = []
    path: list[tuple[float, Block]] = []
    for index, mark in enumerate(starts):
        rank = order[mark.family] if isinstance(mark, Marker) else _headline_rank(mark, path)
        while path and path[-1][0] >= rank:
            path.pop()
        block = _block(text, mark, starts[index + 1].start if index + 1 < len(starts) else end)
        (path[-1][1].children if path else roots).append(block)
        path.append((rank, block))
    return roots


def _headline_rank(head: Headline, path: list[tuple[float, Block]]) -> float:
    """A label that comes again stands below the block around it, beside the labels that are there already."""
    if not head.inner or not path:
        return head.rank
    beside = next((rank for rank, block in path if block.headline is not None and block.headline.inner), None)
    return path[-1][0] + INNER if beside is None else beside


def _block(text: str, mark: Marker | Headline, stop: int) -> Block:
    while stop > mark.start and text[stop - 1].isspace():
        stop -= 1
    stop = max(stop, mark.end)
    if isinstance(mark, Headline):
        return Block(None, mark.start, stop, lead_of(text, mark.start, mark.end), headline=mark, own_end=stop)
    return Block(mark, mark.start, stop, lead_of(text, mark.end, stop), own_end=stop)


def _finish(text: str, block: Block) -> None:
    """A block reaches to the end of its last child; what it opens is told by its words."""
    for child in block.children:
        _finish(text, child)
    if block.children:
        block.end = max(block.end, block.children[-1].end)
    block.opens = _opened(text, block)


def _opened(text: str, block: Block) -> Role | None:
    if block.headline is not None and block.headline.role is not None:
        return block.headline.role
    spoken = block.marker is not None and block.marker.family in _SPOKEN
    return None if spoken or not block.children else strict_role_of(block.lead.of(text))


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
    return order


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
