"""Text in UTF-16 units: a character outside the first plane is two of them, as Word counts."""

from __future__ import annotations

import re

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_HALF = re.compile("[\ud800-\udfff]")


def halves(raw: bytes) -> str:
    """The units of bytes (UTF-16, least byte first), one character each."""
    text = raw.decode("utf-16-le", "surrogatepass")
    return text if len(text) * 2 == len(raw) else _ASTRAL.sub(_split, text)


def _split(found: re.Match[str]) -> str:
    high, low = divmod(ord(found[0]) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)


def whole(text: str) -> str:
    """Text whose halves of characters are joined again; a half alone is a broken character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if _HALF.search(text) else text
