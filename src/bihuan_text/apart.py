"""Items made disjoint: every character of a paper belongs to one item at most, whatever was gathered.

What stands under each heading is gathered part by part; where headings open inside one another, two parts may claim the
same lines. Then the item that begins later has them, and a warning says so: it stands nearer to its heading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TypeVar

from .gathering import Gathered
from .place import Span
from .report import Aspect, Group, Item, Problem

_INSIDE = "这里有两条互相套在一起，已按先后分开，请人工核对。"

I = TypeVar("I", bound=Item)  # noqa: E741
Block = TypeVar("Block", Item, Aspect, Group)
Outer = TypeVar("Outer", Aspect, Group)


def disjoint(found: Gathered) -> None:
    """Cut an item where another begins inside it; one that says nothing, or begins inside a lead, goes."""
    items = sorted(_items(found), key=lambda item: (item.start, -item.end))
    if all(before.end <= after.start for before, after in pairwise(items)) and all(i.start < i.end for i in items):
        return
    ends = _ends(items)
    found.prior, found.causes = _kept(found.prior, ends), _kept(found.causes, ends)
    for at, aspect in enumerate(found.aspects):
        problems = tuple(_kept(aspect.problems, ends))
        if problems != aspect.problems:
            found.aspects[at] = replace(aspect, problems=problems, end=problems[-1].end if problems else aspect.end)
    for at, group in enumerate(found.measures):
        actions = tuple(_kept(group.items, ends))
        if actions != group.items:
            found.measures[at] = replace(group, items=actions, end=actions[-1].end if actions else group.end)
    found.aspects = [aspect for aspect in found.aspects if aspect.problems]
    found.measures = [group for group in found.measures if group.items]
    for item in items:
        if ends.get(id(item), 0) < item.end:
            found.doubt(_INSIDE, Span(item.start, max(ends.get(id(item), 0), item.start)))


def _items(found: Gathered) -> Iterable[Item]:
    yield from (*found.prior, *found.causes)
    yield from (problem for aspect in found.aspects for problem in aspect.problems)
    yield from (item for group in found.measures for item in group.items)


def _ends(items: list[Item]) -> dict[int, int]:
    """Where each item ends, by its identity; an item that goes is not in it. ``items`` are in order of their starts."""
    ends: dict[int, int] = {}
    before: Item | None = None
    for item in items:
        if item.start >= item.end:
            continue
        if before is not None and ends[id(before)] > item.start:
            if item.start < before.lead_start + len(before.lead) or item.start == before.start:
                continue
            ends[id(before)] = item.start
        ends[id(item)] = item.end
        before = item
    return ends


def _kept(items: Iterable[I], ends: dict[int, int]) -> list[I]:
    return [_cut(item, ends[id(item)]) for item in items if id(item) in ends]


def _cut(item: I, end: int) -> I:
    if end == item.end:
        return item
    if isinstance(item, Problem):
        return replace(item, end=end, examples=tuple(each for each in item.examples if each.end <= end))
    return replace(item, end=end)


def ordered(blocks: list[Block]) -> tuple[Block, ...]:
    """In the order of the text: aspects gathered from several places, or from a table, come out of turn."""
    return tuple(sorted(blocks, key=lambda block: block.start))


def apart(blocks: list[Outer]) -> tuple[Outer, ...]:
    """In the order of the text and apart: where one opens inside another, the other goes on after it under its heading."""
    in_order = ordered(blocks)
    if all(before.end <= after.start for before, after in pairwise(in_order)):
        return in_order
    inner = [(item, at) for at, block in enumerate(in_order) for item in _inner(block)]
    inner.sort(key=lambda pair: pair[0].start)
    found: list[Outer] = []
    for at, run in groupby(inner, key=lambda pair: pair[1]):
        items = tuple(item for item, _ in run)
        first = max(in_order[at].start, found[-1].end if found else 0)
        start = min(first, items[0].start)
        changed = {"problems" if isinstance(in_order[at], Aspect) else "items": items}
        found.append(replace(in_order[at], start=start, end=items[-1].end, **changed))
    return tuple(found)


def _inner(block: Aspect | Group) -> tuple[Item, ...]:
    return block.problems if isinstance(block, Aspect) else block.items
