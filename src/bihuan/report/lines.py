"""A rendered line of the report: words, and facts that know their record."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bihuan.report.facts.registry import FactValue


@dataclass(frozen=True)
class Words:
    """Words as they were written."""

    text: str


@dataclass(frozen=True)
class Cited:
    """A fact in its place. `ref` points back at the record from a Word file; `url` at its page."""

    ref: str
    label: str
    text: str
    url: str = ""
    question: str = ""

    @property
    def missing(self) -> bool:
        return not self.text

    @property
    def shown(self) -> str:
        """What stands on the paper: a gap is written as a gap, never filled."""
        return self.text or f"（{self.question or '还没有记录'}）"


Piece = Words | Cited


@dataclass(frozen=True)
class Line:
    """One line of the paper: `level` 1 to 3 a heading, 0 a paragraph. `paragraph` is the draft's paragraph it comes
    from, `url` the record where a line of a list is changed."""

    level: int
    pieces: tuple[Piece, ...]
    section: str = ""
    paragraph: str = ""
    url: str = ""

    @property
    def text(self) -> str:
        return "".join(piece.text if isinstance(piece, Words) else piece.shown for piece in self.pieces)

    def of(self, section: str, paragraph: str) -> Line:
        return replace(self, section=section, paragraph=paragraph)


def cite(value: FactValue) -> Cited:
    """A named fact as a piece of a line."""
    return Cited(value.code, value.label, value.value, value.where, value.question)
