"""The marks that stand between the words of an RTF once its control words are read, and the words themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

PARAGRAPH, INNER_PARAGRAPH = "\r", "\x06"
CELL, INNER_CELL = "\x07", "\x05"
ROW, INNER_ROW = "\x1e", "\x1f"
PAGE = "\x0c"
NUMBER, NUMBER_END = "\x01", "\x02"
ENDS = {
    b"par": PARAGRAPH, b"sect": PARAGRAPH, b"\n": PARAGRAPH, b"\r": PARAGRAPH, b"page": PAGE, b"column": PAGE, b"cell": CELL,
    b"nestcell": INNER_CELL, b"row": ROW, b"nestrow": INNER_ROW,
}  # fmt: skip

Edges: TypeAlias = tuple[tuple[int, ...], frozenset[int]]
"""Where the cells of a row begin, in twips, and which of them go on from above."""


@dataclass(slots=True)
class Marked:
    """Words with marks between them, and the edges of each row in the order of the marks."""

    said: list[str] = field(default_factory=list[str])
    rows: list[Edges] = field(default_factory=list[Edges])

    def end_paragraph(self) -> None:
        """A new text begins on a line of its own."""
        if self.said and self.said[-1] != PARAGRAPH:
            self.said.append(PARAGRAPH)


@dataclass(slots=True)
class Stories:
    """The texts of a file: the body, its boxes, its notes."""

    body: Marked = field(default_factory=Marked)
    boxes: Marked = field(default_factory=Marked)
    notes: Marked = field(default_factory=Marked)
