"""Plain text → letters: what stays when marks, spaces, widths, scripts of digits and traditional forms are made one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .arrays import Bools, Letters, Places

_DIGITS = dict(zip("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖两", "001234567891234567892", strict=True))
_PLAIN = (0x3400, 0xD7A4)  # CJK, Yi, Hangul: letters as they are, but for the traditional forms and digits
_PRIVATE, _PRIVATES = 0xE000, 6400


@cache
def table() -> Letters:
    """uint16[65536]: the letter that each code point is read as; 0 for what is dropped."""
    letters = np.zeros(65536, np.uint16)
    letters[slice(*_PLAIN)] = np.arange(*_PLAIN, dtype=np.uint16)
    for code in (*range(0x30, _PLAIN[0]), *range(0xF900, 0x10000)):
        letters[code] = _letter(chr(code))
    old, new = _traditional()
    letters[_codes(old)] = _codes(new)
    letters[_codes("".join(_DIGITS))] = _codes("".join(_DIGITS.values()))
    return letters


def _letter(char: str) -> int:
    if not char.isalnum():
        return 0
    plain = unicodedata.normalize("NFKC", char).lower()
    if len(plain) != 1 or not plain.isalnum():
        return ord(char)
    plain = _DIGITS.get(plain, plain)
    return ord(plain) if ord(plain) < 0x10000 else ord(char)


def _traditional() -> tuple[str, str]:
    lines = files("bihuan_text").joinpath("data", "traditional.txt").read_text("utf-8").splitlines()
    old, new = (line for line in lines if not line.startswith("#"))
    return old, new


def _codes(text: str) -> Letters:
    return np.array([ord(char) for char in text], np.uint16)


@dataclass(frozen=True, slots=True)
class Folded:
    """Several texts as letters, one after another.

    ``letters``: uint16. ``bounds``: int64[n + 1], text ``i`` holds the letters [bounds[i], bounds[i + 1]).
    ``kept``: bool for every code point of the joined texts; ``lengths``: code points of each text.
    """

    letters: Letters
    bounds: Places
    kept: Bools
    lengths: Places


def fold(texts: Sequence[str]) -> Folded:
    """The letters of several texts; lone surrogates are letters of their own."""
    joined = "".join(texts)
    wide = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(joined) and int(wide.max()) > 0xFFFF:
        wide = np.where(wide > 0xFFFF, _PRIVATE + wide % _PRIVATES, wide)
    letters = table()[wide]
    kept = letters != 0
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    ends = np.concatenate(([0], np.cumsum(lengths)))
    places = np.flatnonzero(kept)
    return Folded(letters[places], np.searchsorted(places, ends).astype(np.int64), kept, lengths)
