"""An index that was added to is put in order: small segments that came one after another become one, keys go into tables.

Nothing is lost when it is stopped: what is new has its name before what it replaces goes, and the next command goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .sealed import removed
from .segments import merged
from .tables import TOGETHER, kind, make_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .segments import Segment
    from .store import Store

GREAT = 1 << 20
"""Letters from which on a segment stays as it is; two hundred papers."""


def tidied(store: Store, tell: Callable[[str, int, int], None]) -> None:
    """Put the folder of a store in order; the store is of no use afterwards."""
    segments = store.segments
    settled = next((at for at in range(len(segments), 0, -1) if segments[at - 1].size >= GREAT), 0)
    small = segments[settled:]
    while _alike(small[-TOGETHER:]):
        new = merged(store.root, small[-TOGETHER:])
        for each in small[-TOGETHER:]:
            removed(each.folder)
        small[-TOGETHER:] = [new]
    make_tables(store.root, segments[:settled], settled, lambda done, of: tell("整理索引", done, of))


def _alike(last: Sequence[Segment]) -> bool:
    """Whether these are as many as become one, made of like numbers of batches."""
    return len(last) == TOGETHER and len({kind(each.numbers[1] - each.numbers[0] + 1) for each in last}) == 1
