"""Pairs of places → maximal equal stretches of letters: seeds of one diagonal are put together, then followed both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .prints import GRAM, WINDOW

if TYPE_CHECKING:
    from .arrays import Letters, Places

_STEP, _LONGEST = 32, 4096
_AT_ONCE = 1 << 13
"""Seeds followed at once: two megabytes of places, which stay in the processor's cache."""


def stretches(letters: Letters, first: Places, second: Places) -> tuple[Places, Places, Places]:
    """Starts in both papers and lengths of all maximal equal stretches of at least ``GRAM`` letters that hold a seed.

    Zeros between papers are never equal to anything, so no stretch leaves its paper.
    """
    first, second = leaders(first, second)
    ahead = _equal(letters, first, second, 1)
    real = ahead >= GRAM  # equal hashes of different letters fall out here
    first, second, ahead = first[real], second[real], ahead[real]
    behind = _equal(letters, first - 1, second - 1, -1)
    first, second, length = first - behind, second - behind, ahead + behind
    order = np.lexsort((first, second - first))
    first, second, length = first[order], second[order], length[order]
    if not len(first):
        return first, second, length
    other = np.concatenate(([True], (first[1:] != first[:-1]) | (second[1:] != second[:-1])))
    return first[other], second[other], length[other]


def leaders(first: Places, second: Places) -> tuple[Places, Places]:
    """Of seeds that follow each other closely on one diagonal only the first: following it finds the others."""
    order = np.lexsort((first, second - first))
    first, second = first[order], second[order]
    if not len(first):
        return first, second
    apart = (np.diff(second - first) != 0) | (np.diff(first) > WINDOW)
    leads = np.concatenate(([True], apart))
    return first[leads], second[leads]


def _equal(letters: Letters, first: Places, second: Places, way: int) -> Places:
    """How many letters are equal from these places on, forwards (way 1) or backwards (way -1)."""
    lows = range(0, len(first), _AT_ONCE)
    runs = [_followed(letters, first[low : low + _AT_ONCE], second[low : low + _AT_ONCE], way) for low in lows]
    return np.concatenate(runs) if runs else np.zeros(0, np.int64)


def _followed(letters: Letters, first: Places, second: Places, way: int) -> Places:
    """The same for a few."""
    run = np.zeros(len(first), np.int64)
    open_ = np.arange(len(first))
    step = _STEP
    while len(open_):
        reach = np.arange(step) * way
        one = (first[open_] + run[open_] * way)[:, None] + reach
        two = (second[open_] + run[open_] * way)[:, None] + reach
        got, other = _at(letters, one), _at(letters, two)
        differs = (got != other) | (got == 0)
        stops = differs.any(axis=1)
        run[open_] += np.where(stops, differs.argmax(axis=1), step)
        open_ = open_[~stops]
        step = min(step * 2, _LONGEST)
    return run


def _at(letters: Letters, places: Places) -> Letters:
    """The letters of these places; 0 outside."""
    inside = (places >= 0) & (places < len(letters))
    if inside.all():
        return letters[places]
    return np.where(inside, letters[np.where(inside, places, 0)], np.uint16(0))
