"""Pairs that wait on disk come back as they were, in their order, whatever room a place takes there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bihuan_text.likeness import pairs
from bihuan_text.likeness.pairs import Pairs


@pytest.mark.parametrize(("size", "room"), [(1 << 32, 8), ((1 << 32) + 1, 16)])
def test_pairs_come_back_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, room: int) -> None:
    monkeypatch.setattr(pairs, "HELD", 10)
    draw = np.random.default_rng(1)
    given = [draw.integers(0, size, (2, many)) for many in (6, 0, 7, 100, 3)]
    given[3][0, 0] = size - 1
    held = Pairs(tmp_path / "pairs", size)
    for first, second in given:
        held.add(first, second)
    assert (tmp_path / "pairs").stat().st_size == room * 110
    for _ in range(2):
        back = list(held.pieces())
        assert np.concatenate([first for first, _ in back]).tolist() == [*np.concatenate(given, axis=1)[0]]
        assert np.concatenate([second for _, second in back]).tolist() == [*np.concatenate(given, axis=1)[1]]
