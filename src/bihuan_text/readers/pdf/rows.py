"""The rows of a page and the stretches of words on them: what tables without rules and columns are told by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from .lines import between, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .asking import Run

_GAP = 0.5  # of the size: runs so far apart are two stretches; between Chinese and Latin there is half of it
Extent: TypeAlias = tuple[float, float]
"""From where to where across the page, points."""


@dataclass(slots=True)
class Stretch:
    """Words on one row without a gap in them."""

    runs: list[Run]
    x0: float
    x1: float

    @property
    def text(self) -> str:
        """Its words."""
        said = self.runs[0][0]
        for before, run in zip(self.runs, self.runs[1:], strict=False):
            said += between(said, run[0], (run[1] - before[3]) / max(run[4], before[4])) + run[0]
        return said.strip()


@dataclass(slots=True)
class Row:
    """One row: the line it stands on, the size of its largest words, its stretches from left to right."""

    y: float
    size: float
    stretches: list[Stretch]

    @property
    def runs(self) -> list[Run]:
        """All its words."""
        return [run for stretch in self.stretches for run in stretch.runs]


def rows(runs: Iterable[Run]) -> list[Row]:
    """The rows of these runs, from top to bottom."""
    return [_row(main, sorted(of, key=lambda run: run[1])) for main, of in rows_of(runs)]


def _row(main: Run, runs: list[Run]) -> Row:
    stretches: list[Stretch] = []
    for run in runs:
        if stretches and run[1] - stretches[-1].x1 < _GAP * main[4]:
            stretches[-1].runs.append(run)
            stretches[-1].x1 = max(stretches[-1].x1, run[3])
        else:
            stretches.append(Stretch([run], run[1], run[3]))
    return Row(main[2], main[4], stretches)
