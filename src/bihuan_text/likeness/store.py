"""Segments of a folder seen as one row of letters and one row of papers.

A segment that was being written when the machine stopped is a folder whose name begins with ``new-``; it is dropped at
the next opening, and what stood complete stays usable.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from .prints import ALIGN, GRAM, LOCAL_BITS, PLACE
from .sealed import Home, removed
from .segments import Segment, numbers
from .spans import WIDE, Keyed
from .tables import Unit, units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from .arrays import Flags, Letters, Places
    from .marks import Marks
    from .offsets import Offsets
    from .spans import Sorted


FEW = 50
"""Finding the papers of one letter in so many blocks costs less than a number for each block does."""


class Store:
    """All segments of a folder, seen as one row of letters and one row of papers."""

    def __init__(self, root: Path, *, lasting: bool = True) -> None:
        """``lasting``: what is added outlives the command."""
        self.root = root
        self.home = Home(root, lasting)
        for left in root.glob("new-*"):
            removed(left)
        self.segments = [Segment(folder) for folder in _finished(root)]
        self._units = units(root, self.segments)

    def add(self, segment: Segment) -> None:
        """A segment that was just published."""
        self.segments.append(segment)

    def next_number(self) -> int:
        """The number of the next segment."""
        return self.segments[-1].numbers[1] + 1 if self.segments else 0

    @property
    def count(self) -> int:
        """How many papers."""
        return sum(segment.count for segment in self.segments)

    @property
    def size(self) -> int:
        """How many letters, zeros between papers included."""
        return sum(segment.size for segment in self.segments)

    def view(self, others: Sequence[Segment] = ()) -> View:
        """The store as it is now, with segments of other papers after its own."""
        return View([*self.segments, *others], units=self._units)


def _finished(root: Path) -> list[Path]:
    """The folders of the segments in order; those that became one with others are removed, if they are still there."""
    found: list[Path] = []
    for folder in sorted(root.glob("seg-*"), key=lambda each: (numbers(each)[0], -numbers(each)[1])):
        if found and numbers(folder)[1] <= numbers(found[-1])[1]:
            removed(folder)
        else:
            found.append(folder)
    return found


class View:
    """The papers of several segments under running numbers; places are letters counted over all segments."""

    def __init__(
        self, segments: Sequence[Segment], keyed: Sequence[Keyed] | None = None, units: Sequence[Unit] = ()
    ) -> None:
        """``keyed``: other keys than the fingerprints of the segments; ``units``: the tables of the first segments."""
        self.segments = list(segments)
        self.given = keyed
        self._units = [*units, *(Unit(at, at + 1) for at in range(units[-1].high if units else 0, len(segments)))]
        self.bases = np.cumsum([0, *(segment.size for segment in segments)]).astype(np.int64)
        self.firsts = [0, *accumulate(segment.count for segment in segments)]
        self.size, self.count = int(self.bases[-1]), self.firsts[-1]
        self.place_bits = LOCAL_BITS if self.size <= int(PLACE) else WIDE

    @cached_property
    def starts(self) -> Places:
        """int64[papers]: where each paper's letters begin."""
        rows = [segment.table[:, 0] + base for segment, base in zip(self.segments, self.bases.tolist(), strict=False)]
        return np.concatenate(rows) if rows else np.zeros(0, np.int64)

    @cached_property
    def sizes(self) -> Places:
        """int64[papers]: how many letters each has."""
        return self._column(1)

    @cached_property
    def lengths(self) -> Places:
        """int64[papers]: how many code points each has."""
        return self._column(2)

    @cached_property
    def digests(self) -> Places:
        """int64[papers]: equal where all letters are."""
        return self._column(5)

    @cached_property
    def names(self) -> Places:
        """int64[papers]: ``named`` of each paper's name."""
        return self._column(6)

    @cached_property
    def stamps(self) -> Places:
        """int64[papers]: ``named`` of what each file looked like when it was taken in."""
        return self._column(7)

    def _column(self, number: int) -> Places:
        rows = [segment.table[:, number] for segment in self.segments]
        return np.concatenate(rows) if rows else np.zeros(0, np.int64)

    @cached_property
    def paper_of_block(self) -> NDArray[np.uint32]:
        """uint32: the paper that each block of ``ALIGN`` letters belongs to."""
        blocks = np.diff(np.append(self.starts, self.size)) // ALIGN
        return np.repeat(np.arange(self.count, dtype=np.uint32), blocks)

    def papers_at(self, places: Places) -> NDArray[np.uint32]:
        """The papers that letters belong to; for few letters of a great store without a number for each of its blocks."""
        if "paper_of_block" in self.__dict__ or FEW * len(places) > self.size // ALIGN:
            return self.paper_of_block[places // ALIGN]
        return (np.searchsorted(self.starts, places, "right") - 1).astype(np.uint32)

    @cached_property
    def keyed(self) -> Sequence[Keyed]:
        """The keys of each segment: its fingerprints, or what was given instead of them."""
        if self.given is not None:
            return self.given
        return [Keyed(segment.folder / "keys", segment.sorted.parts, segment.keys) for segment in self.segments]

    @cached_property
    def sorted(self) -> list[tuple[Sorted, int]]:
        """Where fingerprints are looked up, and the letters of the store before each."""
        rows = [(each.table or self.segments[each.low], each.low) for each in self._units]
        return [(each.sorted, int(self.bases[low])) for each, low in rows]

    def touch(self) -> None:
        """Make the tables that threads share, before there are threads."""
        _ = self.paper_of_block, self.starts, self.keyed

    def home(self, paper: int) -> tuple[Segment, int]:
        """The segment of a paper and its number there."""
        at = bisect_right(self.firsts, paper) - 1
        return self.segments[at], paper - self.firsts[at]


class Excerpt:
    """Some papers of a view under numbers from 0 on, with the letters of those that share something.

    What follows the join looks only at these; so it needs the memory of these.
    """

    def __init__(self, view: View, papers: Places, sharing: Places) -> None:
        self.view, self.papers = view, papers
        self.sizes, self.lengths = view.sizes[papers], view.lengths[papers]
        rooms = (self.sizes + GRAM + ALIGN - 1) // ALIGN * ALIGN * np.isin(papers, sharing)
        self.starts: Places = np.cumsum(rooms) - rooms
        self.paper_of_block = np.repeat(np.arange(len(papers), dtype=np.uint32), rooms // ALIGN)
        self.rooms = rooms
        self.letters: Letters = np.zeros(int(rooms.sum()), np.uint16)
        self._fill(np.flatnonzero(rooms).tolist())

    def _fill(self, shown: list[int]) -> None:
        """Take the letters of these papers out of their segments, one segment after another."""
        held: Segment | None = None
        letters = self.letters[:0]
        for at in shown:
            segment, inside = self.view.home(int(self.papers[at]))
            if segment is not held:
                held, letters = segment, segment.letters.all()
            begin, size, start = int(segment.table[inside, 0]), int(self.sizes[at]), int(self.starts[at])
            self.letters[start : start + size] = letters[begin : begin + size]

    def places(self, places: Places) -> Places:
        """Places of the view as places here; they must lie in papers whose letters are here."""
        old = self.view.papers_at(places).astype(np.int64)
        moved: Places = places - self.view.starts[old] + self.starts[self.numbers(old)]
        return moved

    def numbers(self, papers: Places) -> Places:
        """Numbers of papers of the view as numbers here."""
        return np.searchsorted(self.papers, papers)

    def marked(self, marks: Marks) -> Flags:
        """One bit for each letter here: set where the mark of the view's letter is."""
        bits = np.zeros(len(self.letters) // 8, np.uint8)
        for at in np.flatnonzero(self.rooms).tolist():
            start, room, there = int(self.starts[at]), int(self.rooms[at]), int(self.view.starts[self.papers[at]])
            bits[start >> 3 : (start + room) >> 3] = marks.bits[there >> 3 : (there + room) >> 3]
        return bits

    def names(self) -> list[str]:
        """The names of the papers."""
        homes = (self.view.home(paper) for paper in self.papers.tolist())
        return [segment.names[inside] for segment, inside in homes]

    def text(self, paper: int) -> str:
        """The plain text of a paper."""
        segment, inside = self.view.home(int(self.papers[paper]))
        return segment.text(inside)

    def offsets(self, paper: int) -> Offsets:
        """For each letter of a paper its code point in the plain text."""
        segment, inside = self.view.home(int(self.papers[paper]))
        return segment.offsets(inside)
