"""Pairs of places where two papers may share a passage, and where everybody's words stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .prints import GRAM

if TYPE_CHECKING:
    from .arrays import Bools, Places
    from .joining import Common
    from .marks import Marks
    from .pairs import Pairs
    from .store import View

OWN = GRAM // 2 + 1
"""Letters of a shared fingerprint that are not common: where two common phrases meet, fewer are."""


class Seeds(NamedTuple):
    """``pairs``: places of letters that begin equal strings in two papers, the smaller one first.

    ``marks``: where chains begin that many papers share; ``shared``: those chains; ``alike``: papers near the same by them.
    ``one_sided``: the marks stand in the papers that were asked about, not in all others.
    """

    pairs: Pairs
    marks: Marks
    shared: Common
    alike: list[tuple[int, int]]
    one_sided: bool = False

    def own(self, view: View, asked: Bools | None = None) -> tuple[Places, Places]:
        """The pairs that are not common in either paper; ``asked[paper]``: one of the two must be such a paper."""
        found = [self._own(view, asked, *piece) for piece in self.pairs.pieces()]
        none = np.zeros(0, np.int64)
        first, second = zip(*found, strict=True) if found else ([none], [none])
        return np.concatenate(first), np.concatenate(second)

    def _own(self, view: View, asked: Bools | None, first: Places, second: Places) -> tuple[Places, Places]:
        if asked is not None:
            one, two = (asked[view.papers_at(places)] for places in (first, second))
            first, second = first[one | two], second[one | two]
        real = self.marks.own(first) >= OWN
        first, second = first[real], second[real]
        real = self.marks.own(second) >= OWN
        return first[real], second[real]
