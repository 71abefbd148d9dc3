"""Pairs of places, as many as are found: beyond some millions they wait on disk until it is known what is common.

On disk they take half the room while all places of the store are numbers of 32 bits, which those of 800,000 papers are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from .arrays import Places

HELD = 4_000_000
"""Pairs that stay in memory; a hundred thousand papers make sixty million, nearly all of them of common words."""

_SHORT = 1 << 32


class Pairs:
    """``add`` some, then go through ``pieces`` in the same order; a piece is two int64 arrays of one length."""

    def __init__(self, path: Path | None = None, size: int = 1 << 62) -> None:
        """``path``: a file for what is too much for memory; without it all stay there. ``size``: places are below it."""
        self._path = path
        self._kind = np.dtype(np.uint32 if size <= _SHORT else np.int64)
        self._sizes: list[int] = []
        self._held: list[tuple[Places, Places]] = []
        self._room = HELD

    def add(self, first: Places, second: Places) -> None:
        """What was added before it became too much stays where it is."""
        if self._path is None or len(first) <= self._room:
            self._room -= len(first)
            self._held.append((first, second))
            return
        self._room = 0  # what comes later must not overtake it
        self._sizes.append(len(first))
        with self._path.open("ab") as file:
            first.astype(self._kind).tofile(file)
            second.astype(self._kind).tofile(file)

    def pieces(self) -> Iterator[tuple[Places, Places]]:
        """All pairs, some at a time."""
        yield from self._held
        if self._sizes and self._path:
            with self._path.open("rb") as file:
                for size in self._sizes:
                    yield self._read(file, size), self._read(file, size)

    def _read(self, file: BinaryIO, size: int) -> Places:
        places: Places = np.fromfile(file, self._kind, size).astype(np.int64)
        return places
