"""Lengths and figures of OOXML as points and millimetres; what is no figure is None, whoever wrote the file."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, cast

from bihuan_text.lists import table

PT_PER_MM: Final = 72 / 25.4
_WITH_UNIT: Final = re.compile(r"(-?\d{1,9}(?:\.\d{1,6})?)(mm|cm|in|pt|pc|pi)?")
_IN_PT: Final = {"mm": PT_PER_MM, "cm": 10 * PT_PER_MM, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_MOST_PT: Final = 1_600.0  # 22 inches, the longest that Word knows


def points(value: str | None, per_point: float = 20.0) -> float | None:
    """A length in points; a bare figure counts ``per_point`` to the point (twips, half-points, eighths)."""
    match = _WITH_UNIT.fullmatch((value or "").strip())
    if match is None:
        return None
    number = float(match[1]) * _IN_PT[match[2]] if match[2] else float(match[1]) / per_point
    return max(-_MOST_PT, min(_MOST_PT, number))


def millimetres(value: str | None) -> float | None:
    """A length in millimetres, a bare figure being twips."""
    length = points(value)
    return None if length is None else length / PT_PER_MM


def twips(length_pt: float) -> str:
    """Points as the whole twips that an attribute holds."""
    return str(round(length_pt * 20))


def said(number: float) -> str:
    """A figure as people write it: one decimal at most, none when it is whole."""
    return f"{number:.1f}".removesuffix(".0")


@cache
def figure(family: str, name: str) -> float:
    """A number of data/layout.toml."""
    return float(cast("dict[str, dict[str, float]]", table("layout.toml"))[family][name])
