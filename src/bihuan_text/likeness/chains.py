"""Fingerprints that many papers share → chains of two neighbours: what says whether they are everybody's or a few papers'.

Ten letters stand in many papers because words are few; that alone makes nothing common. So the places of such fingerprints
are looked at once more, each together with the next one: the two are a string of eleven letters or more. A chain that only
a few papers share is a seed like any other; one that many share is what everybody writes. In letters shared by two papers
the same fingerprints follow each other (``prints`` keeps them going forward), so fifteen letters always hold a chain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .prints import LOCAL_BITS, PLACE, WINDOW
from .spans import PARTS, Keyed

if TYPE_CHECKING:
    from pathlib import Path

    from .arrays import Flags, Keys, Places
    from .marks import Marks
    from .segments import Segment
    from .store import View

_HASH_BITS = np.uint64(64 - LOCAL_BITS)
_ODD, _OTHER = np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x9E3779B97F4A7C15)


def write_chains(segment: Segment, begins: Flags, path: Path) -> None:
    """Keep the sorted keys of a segment's chains at ``path``; ``begins``: bit of each letter where a common print begins."""
    keys: Keys = segment.keys.all()
    places = (keys & PLACE).astype(np.int64)
    common = (begins[places >> 3] >> (7 - (places & 7)).astype(np.uint8)) & 1
    chained(*in_order(keys[common.astype(np.bool_)])).tofile(path)


def in_order(keys: Keys) -> tuple[Places, Keys]:
    """Places, rising, and the hash at each."""
    turned = keys << _HASH_BITS | keys >> np.uint64(LOCAL_BITS)
    turned.sort()
    return (turned >> _HASH_BITS).astype(np.int64), turned & np.uint64((1 << int(_HASH_BITS)) - 1)


def chained(places: Places, hashes: Keys) -> Keys:
    """The sorted keys of every two neighbours; the place of a chain is its first one's."""
    gaps = np.diff(places)
    near = gaps <= WINDOW
    both = hashes[:-1][near] * _ODD
    both ^= (hashes[1:][near] + gaps[near].astype(np.uint64)) * _OTHER
    both *= _ODD
    keys: Keys = both & ~PLACE | places[:-1][near].astype(np.uint64)
    keys.sort()
    return keys


def chains_of(view: View, marks: Marks, folder: Path, number: int) -> Keyed:
    """The chains of one segment of a view, kept in a folder."""
    start, segment = int(view.bases[number]), view.segments[number]
    path = folder / f"{number:06d}.chains"
    write_chains(segment, marks.bits[start >> 3 : (start + segment.size) >> 3], path)
    return keyed(path)


def keyed(path: Path) -> Keyed:
    """A file of sorted keys."""
    keys = np.memmap(path, np.uint64, "r") if path.stat().st_size else np.zeros(0, np.uint64)
    edges = np.arange(PARTS, dtype=np.uint64) << np.uint64(64 - 8)
    return Keyed(path, np.append(np.searchsorted(keys, edges), len(keys)).astype(np.int64))
