"""The page of a file that came back: every change with its words side by side, figures as they read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bihuan.report.body import Body
from bihuan.report.differences import Part, parts_of
from bihuan.report.facts import FactValue
from bihuan.report.models import Readback
from bihuan.report.readback.items import Change, Figure, change_from
from bihuan.report.rules import pieces


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


def returned(back: Readback, body: Body, facts: Mapping[str, FactValue]) -> Returned:
    """The page of that file. facts: by name, for showing what stands in the place of {{…}}."""
    headings = {section.key: section.heading or "开头" for section in body.sections}
    offers = []
    for number, kept in enumerate(back.changes):
        change = change_from(kept["change"])
        where = headings.get(change.section, "")
        parts = parts_of(_read(change.old, facts), _read(change.new, facts))
        offers.append(Offer(number, change, where, parts, kept["decision"]))
    figures = tuple(Figure(*each) for each in back.figures)
    return Returned(back.name, tuple(offers), figures, tuple(back.notes))


def _read(text: str, facts: Mapping[str, FactValue]) -> str:
    """The text as a reader of the paper would see it; a figure without a record keeps its name."""
    said = (
        part if isinstance(part, str) else facts[part.code].value if part.code in facts else "" for part in pieces(text)
    )
    return "".join(each or "（还没有记录）" for each in said)
