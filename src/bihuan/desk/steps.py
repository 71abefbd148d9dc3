"""The steps of the year, as the home page's rail and every page's thread show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bihuan.org.models import Seat


@dataclass(frozen=True)
class StepView:
    """One step: its ring (a class) and word, a line of fact, why it is shut, and where it leads ("" if nowhere yet)."""

    code: str
    name: str
    ring: str
    word: str
    fact: str
    why: str
    url: str


def thread(seat: Seat) -> list[StepView]:
    """The steps of the seat's present year, in their order; none while there is no year."""
    return []
