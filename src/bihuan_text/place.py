"""Where something stands in a document's plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of plain text in code points; ``end`` is exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters this span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a document and their place: ``span.of(document.text) == text``."""

    text: str
    span: Span


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without blanks and line ends at either side (empty at ``start`` when nothing is left)."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
