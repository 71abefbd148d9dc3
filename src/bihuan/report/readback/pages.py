"""The page of a file that came back: every change with its words side by side."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.report.body import Body
from bihuan.report.differences import Part, parts_of
from bihuan.report.models import Readback
from bihuan.report.readback.items import Change, Figure, change_from


@dataclass(frozen=True)
class Offer:
    """One change on the page: its number, where it stands, its words woven together, what was decided."""

    number: int
    change: Change
    where: str
    parts: tuple[Part, ...]
    decision: str


@dataclass(frozen=True)
class Returned:
    """A file that came back."""

    name: str
    offers: tuple[Offer, ...]
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]

    @property
    def waiting(self) -> int:
        """How many changes nobody has decided yet."""
        return sum(1 for each in self.offers if not each.decision)


def returned(back: Readback, body: Body) -> Returned:
    """The page of that file."""
    headings = {section.key: section.heading or "开头" for section in body.sections}
    offers = []
    for number, kept in enumerate(back.changes):
        change = change_from(kept["change"])
        where = headings.get(change.section, "")
        offers.append(Offer(number, change, where, parts_of(change.old, change.new), kept["decision"]))
    figures = tuple(Figure(*each) for each in back.figures)
    return Returned(back.name, tuple(offers), figures, tuple(back.notes))
