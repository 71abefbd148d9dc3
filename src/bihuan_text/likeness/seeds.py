"""Pairs of places where two papers may share a passage, and where everybody's words stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .prints import ALIGN, GRAM

if TYPE_CHECKING:
    from .arrays import Bools, Places
    from .joining import Common
    from .marks import Marks
    from .store import View

OWN = GRAM // 2 + 1
"""Letters of a shared fingerprint that are not common: where two common phrases meet, fewer are."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """``first`` < ``second``: int64, places of letters that begin equal strings in two papers.

    ``marks``: where chains begin that many papers share; ``shared``: those chains; ``alike``: papers near the same by them.
    ``one_sided``: the marks stand in the papers that were asked about, not in all others.
    """

    first: Places
    second: Places
    marks: Marks
    shared: Common
    alike: list[tuple[int, int]]
    one_sided: bool = False

    def own(self) -> tuple[Places, Places]:
        """The pairs that are not common in either paper."""
        real = self.marks.own(self.first) >= OWN
        first, second = self.first[real], self.second[real]
        real = self.marks.own(second) >= OWN
        return first[real], second[real]

    def of(self, view: View, papers: Bools) -> Seeds:
        """The pairs in which at least one of the papers stands."""
        one, two = (papers[view.paper_of_block[places // ALIGN]] for places in (self.first, self.second))
        return Seeds(self.first[one | two], self.second[one | two], self.marks, self.shared, self.alike)
