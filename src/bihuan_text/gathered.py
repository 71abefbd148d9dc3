"""What has been found in a file so far, and the one door through which an item gets in."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TypeVar

from .place import Span
from .report import Aspect, Group, Item, Problem, Warning
from .roles import Role

_NOTHING_SAID = "这个序号后面没有写内容，没有列为条目，请人工核对。"
_INSIDE = "这里有两条互相套在一起，只列了前一条，请人工核对。"
T = TypeVar("T", bound=Item)


class Ground:
    """The places that items took: whatever reads the paper, no character gets into two of them."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, span: Span) -> bool:
        """Whether the span is not empty and was free as a whole; from then on it is taken."""
        at = bisect_left(self._ends, span.start + 1)  # the first that ends behind where this one begins
        if span.end <= span.start or (at < len(self._starts) and self._starts[at] < span.end):
            return False
        self._starts.insert(at, span.start)
        self._ends.insert(at, span.end)
        return True


@dataclass(slots=True)
class Gathered:
    """Everything found so far, in the order of the text; ``loose`` items wait for the end of their list."""

    prior: list[Item] = field(default_factory=list[Item])
    aspects: list[Aspect] = field(default_factory=list[Aspect])
    causes: list[Item] = field(default_factory=list[Item])
    measures: list[Group] = field(default_factory=list[Group])
    warnings: list[Warning] = field(default_factory=list[Warning])
    sections: list[tuple[Role, Span]] = field(default_factory=list[tuple[Role, Span]])
    loose_problems: list[Problem] = field(default_factory=list[Problem])
    loose_measures: list[Item] = field(default_factory=list[Item])
    ground: Ground = field(default_factory=Ground)

    def let_in(self, items: list[T], *, told: bool = True) -> list[T]:
        """Those that say something at a place of their own; of the others a warning says so where they are ``told``.

        Every item passes here before it is put into a list, so that none can be empty or overlap another, however torn
        the paper is. Where two claim the same lines, as parts that open inside one another do, the first has them.
        """
        return [item for item in items if self._says_something(item) and self._has_place(item, told=told)]

    def _says_something(self, item: Item) -> bool:
        """A lead that stands behind the end belongs to what follows, a label after a stray full stop for one."""
        said = bool(item.lead) and item.lead_start + len(item.lead) <= item.end
        if not said:
            self.doubt(_NOTHING_SAID, Span(item.start, item.end))
        return said

    def _has_place(self, item: Item, *, told: bool) -> bool:
        span = Span(item.start, item.end)
        free = self.ground.take(span)
        if told and not free:
            self.doubt(_INSIDE, span)
        return free

    def flush(self) -> None:
        """Items under no heading of their own form one aspect, one group, without a heading."""
        if found := self.loose_problems:
            self.aspects.append(Aspect(None, found[0].start, found[-1].end, tuple(found)))
        if items := self.loose_measures:
            self.measures.append(Group(None, items[0].start, items[-1].end, tuple(items)))
        self.loose_problems, self.loose_measures = [], []

    def doubt(self, message: str, span: Span | None = None) -> None:
        """Say what a person should look at."""
        self.warnings.append(Warning(message, span))

    def lengths(self) -> tuple[int, ...]:
        """How long each list is: whatever is added makes one of them longer."""
        lists = (self.prior, self.aspects, self.causes, self.measures, self.loose_problems, self.loose_measures)
        return tuple(len(each) for each in lists)
