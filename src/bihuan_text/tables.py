"""The rows of a 整改台账 as problems, causes and measures."""

from __future__ import annotations

from typing import TypeVar

from .gathered import Gathered
from .ledger import LedgerRow
from .ordinals import markers_of
from .place import Quoted
from .report import Item, Problem
from .sentences import lead_of
from .shadow import folded

_NO_TABLE = "没有找到带“问题”“措施”表头的表格，台账没有读出条目，请人工核对。"
_INSIDE = "条目里夹着一张表，表里的问题没有单独列出，请人工核对。"
T = TypeVar("T", bound=Item)


def gather_rows(rows: list[LedgerRow], found: Gathered) -> None:
    """Add what the rows say; a cell that several rows share is one item."""
    problems = [Problem(i.lead, i.lead_start, i.start, i.end) for row in rows for i in _items(row.problem)]
    causes = [item for row in rows for item in _items(row.cause)]
    measures = [item for row in rows for item in _items(row.measure)]
    distinct = _distinct(problems)
    free = found.let_in(distinct, told=False)
    found.loose_problems += free
    if len(free) < len(distinct):
        found.doubt(_INSIDE)
    if not found.measures:  # what the paper says in lists outranks its table, which may stand inside them
        found.loose_measures += found.let_in(_distinct(measures), told=False)
    found.causes = found.causes or found.let_in(_distinct(causes), told=False)
    found.flush()
    if not rows:
        found.doubt(_NO_TABLE)


def _items(cell: Quoted | None) -> list[Item]:
    """What a cell says: one item, or those that it numbers itself (1.…2.…)."""
    if cell is None:
        return []
    text, start = folded(cell.text), cell.span.start
    marks = markers_of(text)
    if len(marks) < 2 or marks[0].start > 0 or any(mark.family != marks[0].family for mark in marks):
        return [Item(cell.text, start, *cell.span)]
    items: list[Item] = []
    for mark, stop in zip(marks, [*(mark.start for mark in marks[1:]), len(text)], strict=True):
        lead = lead_of(text, mark.end, stop)
        items.append(
            Item(lead.of(cell.text), start + lead.start, start + mark.start, start + len(text[:stop].rstrip()))
        )
    return items


def _distinct(items: list[T]) -> list[T]:
    kept: dict[tuple[int, int], T] = {}
    for item in items:
        kept.setdefault((item.start, item.end), item)
    return list(kept.values())
