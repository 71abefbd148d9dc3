"""Aspects and groups in the order of the text and apart, from wherever their items were gathered."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise
from typing import TypeVar

from .report import Aspect, Group, Item

Block = TypeVar("Block", Item, Aspect, Group)
Outer = TypeVar("Outer", Aspect, Group)


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
