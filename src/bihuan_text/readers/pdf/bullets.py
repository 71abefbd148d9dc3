"""Bullets of sign typefaces: a PDF keeps their private codes and not what they show, but they only stand before lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bihuan_text.readers.signs import PRIVATE, sign_of

from .characters import BROKEN, is_wide
from .lines import Line

_OFTEN = 3  # times at least for a sign that is not known; and times as often before lines as inside them
_BULLET = "•"


def with_bullets(lines: list[Line]) -> list[Line]:
    """The lines with bullets that can be read; the codes of formulas stand inside lines too and stay as they are."""
    before = Counter(line.text[0] for line in lines if _is_led(line.text))
    if not before:
        return lines
    inside = Counter(sign for line in lines for sign in PRIVATE.findall(line.text, 1))
    signs = {code: sign for code, count in before.items() if (sign := _sign(code, count, inside[code]))}
    return [
        replace(line, text=signs[line.text[0]] + line.text[1:])
        if _is_led(line.text) and line.text[0] in signs
        else line
        for line in lines
    ]


def _is_led(text: str) -> bool:
    """Whether a private code stands before words."""
    rest = text[1:].lstrip()
    return bool(PRIVATE.match(text)) and (is_wide(rest[:1]) or rest[:1].isalnum())


def _sign(code: str, before: int, inside: int) -> str:
    if before < _OFTEN * inside:
        return ""
    known = sign_of(f"{ord(code):X}")
    return (_BULLET if before >= _OFTEN else "") if BROKEN.match(known) else known
