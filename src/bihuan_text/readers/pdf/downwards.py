"""Pages written downwards, columns from right to left: turned so that each column is a line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .characters import is_wide

if TYPE_CHECKING:
    from .asking import Page, Run

_MOST = 0.6  # of the characters of a page stand under one another
_LEAST = 4  # characters make a column
_BESIDE = 0.1  # of the size: as near as this is in one column
_STEP = (0.6, 1.6)  # of the size: from a character to the one under it


def read_downwards(page: Page) -> Page:
    """The page itself, or one that is written downwards as it reads when turned."""
    columns: list[list[Run]] = []
    for run in page.runs:
        if columns and _is_under(columns[-1][-1], run):
            columns[-1].append(run)
        else:
            columns.append([run])
    long = sum(len(column) for column in columns if len(column) >= _LEAST)
    if not long or long < _MOST * sum(len(run[0]) for run in page.runs):
        return page
    x0, y0, x1, y1 = page.box
    rules = [(-top, left, -bottom, right) for left, bottom, right, top in page.rules]
    return replace(page, box=(-y1, x0, -y0, x1), runs=[_turned(column) for column in columns], rules=rules)


def _is_under(before: Run, run: Run) -> bool:
    size = before[4]
    single = len(before[0]) == len(run[0]) == 1 and is_wide(run[0])
    return single and abs(run[1] - before[1]) < _BESIDE * size and _STEP[0] < (before[2] - run[2]) / size < _STEP[1]


def _turned(column: list[Run]) -> Run:
    first, last = column[0], column[-1]
    return "".join(run[0] for run in column), -first[2] - first[4], first[1], -last[2], first[4]
