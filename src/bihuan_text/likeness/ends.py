"""Where exactly a passage begins and ends in two texts: the letters are known, the marks around them are looked at here."""

from __future__ import annotations

from itertools import takewhile
from operator import eq
from typing import NamedTuple

SHORTEST = 20
"""Code points of the shortest passage that is told."""
_OPENING, _CLOSING = frozenset("“‘「『《〈（([【〔"), frozenset("。，、；：！？…—”’」』》〉）)]】〕,.;:!?")
_STOPS = frozenset("。！？；\n!?;")
_SNAP = 3
_CHANCE = 4
"""Letters beyond a mark that is another in either paper: so many are equal by chance, and no part of a verbatim copy."""


class Ends(NamedTuple):
    """Code points [a0, a1) of one text and [b0, b1) of another."""

    a0: int
    a1: int
    b0: int
    b1: int


def settled(text_a: str, text_b: str, ends: Ends, cut: tuple[bool, bool]) -> Ends:
    """The ends moved to where the copy begins and ends; ``cut``: where common words were trimmed (left, right)."""
    a0, a1, b0, b1 = ends
    if cut[0]:
        after = _after_stop(text_a, a0), _after_stop(text_b, b0)
        a0, b0 = after if after != (a0, b0) else _back_to_stop(text_a, a0, text_b, b0)
    if cut[1]:
        a1, b1 = _up_to_stop(text_a, a1, text_b, b1)
    a0, a1, b0, b1 = _verbatim(text_a, text_b, Ends(a0, a1, b0, b1))
    a0, b0 = _with_marks_before(text_a, a0, text_b, b0)
    a1, b1 = _with_marks_after(text_a, a1, text_b, b1)
    if a1 - a0 < SHORTEST:  # cut out of a sentence just after a letter: the mark before it belongs to the copy
        a0, b0 = _before_marks(text_a, a0, text_b, b0)
    return _given_back(text_a, text_b, Ends(a0, a1, b0, b1), cut)


def _given_back(text_a: str, text_b: str, ends: Ends, cut: tuple[bool, bool]) -> Ends:
    """A passage that fell just short because its first or last letters are everybody's too, with as many of these as it
    lacks: whoever copied twenty characters copied them as well."""
    a0, a1, b0, b1 = ends
    lacking = SHORTEST - (a1 - a0)
    if not 0 < lacking <= _SNAP:
        return ends
    if cut[1] and _alike(text_a[a1 : a1 + lacking], text_b[b1 : b1 + lacking]) == lacking:
        return Ends(a0, a1 + lacking, b0, b1 + lacking)
    before_a, before_b = text_a[max(0, a0 - lacking) : a0][::-1], text_b[max(0, b0 - lacking) : b0][::-1]
    if cut[0] and _alike(before_a, before_b) == lacking:
        return Ends(a0 - lacking, a1, b0 - lacking, b1)
    return ends


def _after_stop(text: str, at: int) -> int:
    """The trimmed start of a passage, moved past the end of the sentence before it when that is a letter or two away."""
    for stop in range(at, min(at + 2 * _SNAP, len(text))):
        if text[stop] in _STOPS:
            while stop + 1 < len(text) and (text[stop + 1].isspace() or text[stop + 1] in _CLOSING):
                stop += 1
            return stop + 1
    return at


def _back_to_stop(text_a: str, a: int, text_b: str, b: int) -> tuple[int, int]:
    """The trimmed starts of a passage, moved back to where its sentence begins when that is a letter or two away in both
    papers: many begin the sentence after a common one with the same word."""
    before_a, before_b = text_a[max(0, a - 2 * _SNAP) : a][::-1], text_b[max(0, b - 2 * _SNAP) : b][::-1]
    back = _alike(before_a, before_b)
    stops = [at for at in range(back) if before_a[at] in _STOPS]
    return (a - stops[0], b - stops[0]) if stops else (a, b)


def _up_to_stop(text_a: str, a: int, text_b: str, b: int) -> tuple[int, int]:
    """The trimmed ends of a passage, moved to the end of the sentence when both papers have it a letter or two away."""
    more = _alike(text_a[a : a + 2 * _SNAP], text_b[b : b + 2 * _SNAP])
    stops = [at + 1 for at in range(more) if text_a[a + at] in _STOPS - {"\n"}]
    return (a + stops[0], b + stops[0]) if stops else (a, b)


def _verbatim(text_a: str, text_b: str, ends: Ends) -> Ends:
    """A passage that is verbatim but for a few letters at its ends, beyond marks that differ, without these."""
    one, two = text_a[ends.a0 : ends.a1], text_b[ends.b0 : ends.b1]
    if one == two:
        return ends
    head = _alike(one, two)
    for low_a, low_b in ((0, 0), (_letter(one, head), _letter(two, head))):
        same = _alike(one[low_a:], two[low_b:])
        outside = (one[:low_a], two[:low_b], one[low_a + same :], two[low_b + same :])
        if same >= SHORTEST and all(sum(map(str.isalnum, each)) <= _CHANCE for each in outside):
            return Ends(ends.a0 + low_a, ends.a0 + low_a + same, ends.b0 + low_b, ends.b0 + low_b + same)
    return ends


def _alike(one: str, two: str) -> int:
    """Characters that two texts have in common from their beginning on."""
    return sum(1 for _ in takewhile(bool, map(eq, one, two)))


def _letter(text: str, at: int) -> int:
    """The first letter from here on."""
    while at < len(text) and not text[at].isalnum():
        at += 1
    return at


def _with_marks_before(text_a: str, a: int, text_b: str, b: int) -> tuple[int, int]:
    """The starts before opening marks, and before a mark that follows another mark: it ends no sentence before the copy."""
    while a and b and text_a[a - 1] == text_b[b - 1] and text_a[a - 1] in _OPENING:
        a, b = a - 1, b - 1
    while a > 1 and b > 1 and text_a[a - 1] == text_b[b - 1] and text_a[a - 1] in _CLOSING:
        if not (_ends_something(text_a[a - 2]) or _ends_something(text_b[b - 2])):
            break
        a, b = a - 1, b - 1
    return a, b


def _ends_something(char: str) -> bool:
    return char.isspace() or char in _STOPS


def _with_marks_after(text_a: str, a: int, text_b: str, b: int) -> tuple[int, int]:
    while a < len(text_a) and b < len(text_b) and text_a[a] == text_b[b] and text_a[a] in _CLOSING:
        a, b = a + 1, b + 1
    return a, b


def _before_marks(text_a: str, a: int, text_b: str, b: int) -> tuple[int, int]:
    """The starts of a passage moved before the equal marks that stand there in both papers."""
    while a and b and text_a[a - 1] == text_b[b - 1] and not (text_a[a - 1].isalnum() or text_a[a - 1].isspace()):
        a, b = a - 1, b - 1
    return a, b
