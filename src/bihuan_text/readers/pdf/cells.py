"""The words of a cell: its lines, rejoined where the cell was too narrow for more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .paragraphs import FINAL, MARKER, joined, needed

if TYPE_CHECKING:
    from .lines import Line

_MARGINS = 11.0  # points: what programs leave free on both sides of a cell together


def words_of(lines: Sequence[Line], width: float) -> str:
    """The text of a cell ``width`` points wide, a line a paragraph."""
    found: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is None or _ends(before, line, width):
            found.append(line.text)
        else:
            found[-1] = joined(found[-1], line.text)
        before = line
    return "\n".join(found)


def _ends(before: Line, line: Line, width: float) -> bool:
    room = width - (before.x1 - before.x0)
    return room > needed(line.text) * line.size + _MARGINS or bool(
        FINAL.search(before.text) and MARKER.match(line.text)
    )
