"""The sections of a document: the size of the sheet, its margins, its grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bihuan_text.readers.xml import W

from .properties import on
from .units import PT_PER_MM, figure, millimetres, points

if TYPE_CHECKING:
    from bihuan_text.readers.xml import Node

# What Word takes where a section says nothing: Letter, an inch around.
_LETTER_MM: Final = (215.9, 279.4)
_INCH_MM: Final = 25.4
_HALF_INCH_MM: Final = 12.7
SIDES: Final = ("top", "bottom", "left", "right")
A3_MM: Final = (297.0, 420.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One section. Lengths in millimetres, ``pitch`` (of the grid, None without one) in points."""

    node: Node
    wide: float
    high: float
    margins: tuple[float, float, float, float]
    footer: float
    pitch: float | None
    continuous: bool
    differs_first: bool

    @property
    def landscape(self) -> bool:
        """Whether the sheet lies on its side."""
        return self.wide > self.high

    @property
    def area_pt(self) -> float:
        """How high the type area is, in points."""
        return max(0.0, self.high - self.margins[0] - self.margins[1]) * PT_PER_MM

    @property
    def line_pt(self) -> float:
        """How long a line is, in points."""
        return max(0.0, self.wide - self.margins[2] - self.margins[3]) * PT_PER_MM

    def is_paper(self, short: float, long: float) -> bool:
        """Whether the sheet has these edges, whichever way it lies."""
        near = figure("page", "paper_tolerance_mm")
        return abs(min(self.wide, self.high) - short) <= near and abs(max(self.wide, self.high) - long) <= near

    def has_margins(self, wanted: tuple[float, ...]) -> bool:
        """Whether the four margins are these."""
        near = figure("page", "margin_tolerance_mm")
        return all(abs(got - want) <= near for got, want in zip(self.margins, wanted, strict=True))


def sheet_of(node: Node) -> Sheet:
    """What a w:sectPr says."""
    size, margins, grid = (node.find(W + name) for name in ("pgSz", "pgMar", "docGrid"))
    wide, high = (_length(size, name, usual) for name, usual in zip("wh", _LETTER_MM, strict=True))
    top, bottom, left, right = (abs(_length(margins, side, _INCH_MM)) for side in SIDES)
    left += _length(margins, "gutter", 0.0)
    kind = node.find(W + "type")
    pitch = None
    if grid is not None and grid.get(W + "type") in ("lines", "linesAndChars", "snapToChars"):
        pitch = points(grid.get(W + "linePitch"))
    return Sheet(
        node, wide, high, (top, bottom, left, right), _length(margins, "footer", _HALF_INCH_MM), pitch or None,
        kind is not None and kind.get(W + "val") in ("continuous", "nextColumn"), on(node.find(W + "titlePg")) == "1",
    )  # fmt: skip


def _length(node: Node | None, name: str, usual: float) -> float:
    found = None if node is None else millimetres(node.get(W + name))
    return usual if found is None else found
