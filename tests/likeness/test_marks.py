"""Common letters, counted bit by bit, against the plainest way to count them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan_text.likeness import passages
from bihuan_text.likeness.marks import HELD, UNSEEN, Marks, spread
from bihuan_text.likeness.prints import ALIGN, GRAM

begins = st.lists(st.integers(0, 399), max_size=60).map(sorted)


def plainly(places: list[int], size: int) -> list[int]:
    """1 for every letter in a fingerprint, and for those of a narrow gap between two."""
    flags = [0] * size
    for place in places:
        flags[place : place + HELD] = [1] * len(flags[place : place + HELD])
    held = [at for at, flag in enumerate(flags) if flag]
    for one, two in pairwise(held):
        if two - one - 1 <= 2 * UNSEEN:
            flags[one:two] = [1] * (two - one)
    return flags


@given(begins)
def test_flags_spread_over_fingerprints_and_narrow_gaps(places: list[int]) -> None:
    flags = np.zeros(416, np.uint8)
    flags[places] = 1
    assert spread(flags).tolist() == plainly(places, 416)


@given(begins)
def test_own_letters_are_counted_where_they_stand(places: list[int]) -> None:
    marks = Marks(416)
    marks.add(np.array(places, np.int64))
    asked = np.arange(40, 360)
    flags = plainly(places, 416)
    assert marks.own(asked).tolist() == [GRAM - sum(flags[at : at + GRAM]) for at in asked.tolist()]


def test_flags_spread_by_pieces_are_the_flags_spread_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "_PIECE", 4 * ALIGN)
    begins = (np.random.default_rng(7).random(40 * ALIGN) < 0.06).astype(np.uint8)
    whole = spread(np.concatenate((begins, np.zeros(ALIGN, np.uint8))))
    assert (passages.Cover(np.packbits(begins)).flags == whole).all()
