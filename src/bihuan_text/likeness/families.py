"""Papers that are alike as a whole, and which of them is the earliest by the dates written in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .kin import ALIKE
from .report import Comparison, Family

if TYPE_CHECKING:
    from collections.abc import Callable

_DATE = re.compile(r"(20\d\d)\s*年\s*(1[0-2]|0?[1-9])\s*月(?:\s*(3[01]|[12]\d|0?[1-9])\s*日)?")


def latest_date(text: str) -> tuple[int, int, int] | None:
    """The latest date written in a paper: the day it is dated at its end stands after every day it tells of."""
    found = [(int(year), int(month), int(day or 0)) for year, month, day in _DATE.findall(text)]
    return max(found, default=None)


def families(result: Comparison, alike: list[list[int]]) -> list[Family]:
    """The groups that pairs with much in common make, papers that are the same to the letter included.

    ``alike``: pairs that share much more than is told, because many share it.
    """
    above = {number: number for pair in [(each.a, each.b) for each in result.pairs] + alike for number in pair}
    above |= {number: number for family in result.families for number in family.papers}

    def root(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    for pair in result.pairs:
        if max(pair.copied_a, pair.copied_b) >= ALIKE:
            above[root(pair.b)] = root(pair.a)
    for one, two in alike:
        above[root(two)] = root(one)
    same = {frozenset(family.papers) for family in result.families}
    for family in result.families:
        for number in family.papers[1:]:
            above[root(number)] = root(family.papers[0])
    groups: dict[int, list[int]] = {}
    for number in sorted(above):
        groups.setdefault(root(number), []).append(number)
    rows = [tuple(group) for group in groups.values() if len(group) > 1]
    return [Family(group, frozenset(group) in same, _earliest(group, result.text)) for group in sorted(rows)]


def _earliest(group: tuple[int, ...], text: Callable[[int], str]) -> int | None:
    """The paper with the earliest date; None when one has no date or two share the earliest."""
    dates = [latest_date(text(number)) for number in group]
    dated = sorted((date, number) for date, number in zip(dates, group, strict=True) if date)
    if len(dated) < len(group) or dated[0][0] == dated[1][0]:
        return None
    return dated[0][1]
