"""The keys of many neighbouring segments in one sorted file, so that whoever asks looks into a few files, not into hundreds.

A table repeats what the segments hold and may be thrown away at any time; one whose segments are no longer those that it
was made of is. Tables are of eight segments, of sixty-four, of five hundred and twelve: eight of a kind become one of the
next, so a key is written three times at most however long an index grows.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bihuan_text.cores import cores

from .prints import LOCAL_BITS
from .sealed import Blocks, Home, Sealed, Torn, Unsealed, removed
from .segments import named_folder, numbers
from .spans import FENCE, PARTS, WIDE, Sorted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from .arrays import Keys
    from .segments import Segment

TOGETHER, KINDS = 8, 3


class Table(Sealed):
    """The keys of some segments; places count from the first letter of the first of them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.numbers = numbers(folder)

    @cached_property
    def sorted(self) -> Sorted:
        """The keys, to be looked up."""
        return Sorted.of(Blocks(self, "keys", np.uint64), self.whole("parts"), WIDE)

    def is_of(self, segments: Sequence[Segment]) -> bool:
        """Whether it was made of these as they are now."""
        return self.seal.get("of") == _told(segments)

    def torn(self, file: str) -> Torn:
        """See ``Sealed``."""
        place = self.folder.name
        return Torn(f"索引文件 {place}/{file} 已损坏，请删掉文件夹 {place} 后再运行一次，它会重新整理出来。")


def _told(segments: Sequence[Segment]) -> list[list[object]]:
    """What tells segments from others that have their names: the sum of the sums of their blocks."""
    return [[each.folder.name, each.size, each.seal["files"]["sums"][1]] for each in segments]


class Unit(NamedTuple):
    """The segments [low, high) of a store, looked up together: in a table, or in the keys of the one segment that it is."""

    low: int
    high: int
    table: Table | None = None


def units(root: Path, segments: Sequence[Segment]) -> list[Unit]:
    """The tables of a folder, and between them the segments that are in none; tables that are of no use are removed."""
    starts = {each.numbers[0]: at for at, each in enumerate(segments)}
    found: list[Unit] = []
    folders = sorted(root.glob("table-*"), key=lambda each: (numbers(each)[0], -numbers(each)[1]))
    for folder in folders:
        low = starts.get(numbers(folder)[0], -1)
        high = next((at + 1 for at, each in enumerate(segments) if each.numbers[1] == numbers(folder)[1]), 0)
        table = Table(folder) if 0 <= low < high and (not found or low >= found[-1].high) else None
        if table and table.is_of(segments[low:high]):
            found += [Unit(at, at + 1) for at in range(found[-1].high if found else 0, low)]
            found.append(Unit(low, high, table))
        else:
            removed(folder)
    return found + [Unit(at, at + 1) for at in range(found[-1].high if found else 0, len(segments))]


# --- making them ------------------------------------------------------------------------------------------------------


def make_tables(root: Path, segments: Sequence[Segment], settled: int, told: Callable[[int, int], None]) -> None:
    """Put the keys of the first ``settled`` segments together as far as they are enough; the tables before go.

    ``told``: how many of how many segments are done.
    """
    now = units(root, segments[:settled])
    plans = [[each for each in now if low <= each.low < high] for low, high in planned(now)]
    plans = [inside for inside in plans if len(inside) > 1]
    whole, done = sum(inside[-1].high - inside[0].low for inside in plans), 0
    for inside in plans:
        _make(root, segments, inside)
        for each in inside:
            if each.table:
                removed(each.table.folder)
        done += inside[-1].high - inside[0].low
        told(done, whole)


def planned(now: Sequence[Unit]) -> list[tuple[int, int]]:
    """The segments [low, high) of each unit when as many as possible are put together."""
    stack: list[tuple[int, int, int]] = []
    for unit in now:
        stack.append((unit.low, unit.high, kind(unit.high - unit.low)))
        while stack[-1][2] < KINDS and [each[2] for each in stack[-TOGETHER:]] == [stack[-1][2]] * TOGETHER:
            last = stack[-TOGETHER:]
            stack[-TOGETHER:] = [(last[0][0], last[-1][1], last[-1][2] + 1)]
    return [(low, high) for low, high, _ in stack]


def kind(many: int) -> int:
    """0 for one segment, 1 for up to eight, and so on."""
    found = 0
    while TOGETHER**found < many:
        found += 1
    return found


def _make(root: Path, segments: Sequence[Segment], inside: Sequence[Unit]) -> None:
    low, high = inside[0].low, inside[-1].high
    new = Unsealed(Home(root), named_folder("table", segments[low].numbers[0], segments[high - 1].numbers[1]))
    bases = list(accumulate((each.size for each in segments[low:high]), initial=0))
    sources = [_Source(_sorted(segments, each), bases[each.low - low]) for each in inside]
    fences: list[Keys] = []
    sizes: list[int] = []
    new.blocks("keys", _noted(_parts(sources), fences, sizes))
    parts = np.array([0, *accumulate(sizes)], np.int64)
    new.whole("parts", parts.tobytes() + b"".join(each.tobytes() for each in fences))
    new.publish({"of": _told(segments[low:high])})


def _sorted(segments: Sequence[Segment], unit: Unit) -> Sorted:
    return unit.table.sorted if unit.table else segments[unit.low].sorted


class _Source(NamedTuple):
    keys: Sorted
    base: int


def _parts(sources: Sequence[_Source]) -> Iterator[Keys]:
    """The sorted keys of one part after another, as many at once as there are processors."""
    with ThreadPoolExecutor(cores()) as pool:
        for low in range(0, PARTS, cores()):
            yield from pool.map(partial(_part, sources), range(low, min(low + cores(), PARTS)))


def _part(sources: Sequence[_Source], number: int) -> Keys:
    pieces = [widened(*each, number) for each in sources]
    keys = np.concatenate(pieces)
    keys.sort()
    return keys


def widened(held: Sorted, base: int, number: int) -> Keys:
    """The keys of one part with places of ``WIDE`` bits, counted from ``base`` letters before."""
    keys: Keys = held.keys.between(int(held.parts[number]), int(held.parts[number + 1]))
    if held.bits == WIDE:
        return keys + np.uint64(base)
    place = np.uint64((1 << LOCAL_BITS) - 1)
    return keys >> np.uint64(LOCAL_BITS) << np.uint64(WIDE) | (keys & place) + np.uint64(base)


def _noted(parts: Iterator[Keys], fences: list[Keys], sizes: list[int]) -> Iterator[Keys]:
    """The same parts; the fences in them and their sizes are kept."""
    for number, keys in enumerate(parts):
        first = -sum(sizes) % FENCE
        fences.append(keys[first::FENCE] >> np.uint64(WIDE) << np.uint64(LOCAL_BITS) | np.uint64(number << 56))
        sizes.append(len(keys))
        yield keys
