"""The rows of a 整改台账 as problems, causes and measures."""

from __future__ import annotations

from typing import TypeVar

from .gathering import Gathered
from .ledger import LedgerRow
from .report import Item, Problem

_NO_TABLE = "没有找到带“问题”“措施”表头的表格，台账没有读出条目，请人工核对。"
T = TypeVar("T", bound=Item)


def gather_rows(rows: list[LedgerRow], found: Gathered) -> None:
    """Add what the rows say; a cell that several rows share is one item."""
    problems = [Problem(r.problem.text, r.problem.span.start, *r.problem.span) for r in rows if r.problem]
    causes = [Item(r.cause.text, r.cause.span.start, *r.cause.span) for r in rows if r.cause]
    measures = [Item(r.measure.text, r.measure.span.start, *r.measure.span) for r in rows if r.measure]
    found.loose_problems += _distinct(problems)
    if not found.measures:  # what the paper says in lists outranks its table, which may stand inside them
        found.loose_measures += _distinct(measures)
    found.causes = found.causes or _distinct(causes)
    found.flush()
    if not rows:
        found.doubt(_NO_TABLE)


def _distinct(items: list[T]) -> list[T]:
    kept: dict[tuple[int, int], T] = {}
    for item in items:
        kept.setdefault((item.start, item.end), item)
    return list(kept.values())
