"""What a form is made of. Plain values: words, tables, lines to sign on. An empty cell is one that a hand fills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bihuan.report.forms_out.source import Source

AT, AFTER = "会中", "会后"
STAGES = ("会前", AT, AFTER)
GAP = "　" * 6  # room for a signature
DAY_TO_FILL = "　　年　　月　　日"


@dataclass(frozen=True)
class Grid:
    """A table. `widths`: proportions of its columns; `heights`: least millimetres of each row, or one for all, or none;
    `name`: a line above it, where several stand below one another."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...] = ()
    name: str = ""

    def all_heights(self) -> tuple[float, ...]:
        """One height a row."""
        return self.heights * len(self.rows) if len(self.heights) == 1 else self.heights


@dataclass(frozen=True)
class Leaf:
    """What stands together: lines above, tables, lines below to sign on. Each leaf begins a page. `name`: its own heading."""

    grids: tuple[Grid, ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Filled:
    """A form as the records fill it, or blank. `by_records`: some record stands in it."""

    title: str
    leaves: tuple[Leaf, ...]
    by_records: bool = False


@dataclass(frozen=True)
class Form:
    """One kind of form: its number and name, its stage, what fills it, and how.

    fill: None for the source gives the blank form. landscape: it lies on its side. sheet: it is a table that also makes
    sense as a workbook. question: what is missing while no record fills it. where: name of the page where that is entered.
    """

    number: int
    name: str
    stage: str
    filled_from: str
    question: str
    where: str
    fill: Callable[[Source | None], Filled]
    landscape: bool = False
    sheet: bool = False
    open_to_members: bool = field(default=False)


def signing(*who: str) -> str:
    """One line with a place to sign for each."""
    return "".join(f"{each}（签字）：{GAP}" for each in who).rstrip("　") + GAP


def pairs(*rows: tuple[str, str], heights: tuple[float, ...] = ()) -> Grid:
    """A table of items and what is said of each."""
    return Grid(("项目", "内容"), rows, (1, 4), heights)


def empty_rows(columns: int, count: int) -> tuple[tuple[str, ...], ...]:
    """Rows for a hand to fill."""
    return (("",) * columns,) * count
