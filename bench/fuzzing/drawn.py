"""Pages of a PDF from any bytes: words at places, lines drawn, as the program that looks into it would tell of them."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan_text.readers.pdf.asking import Page, Rule, Run

_WORDS = (
    "一、",
    "存在的问题",
    "一是",
    "学习不深。",
    "- 3 -",
    "第1页",
    "a",
    "word-",
    "",
    " ",
    "\ufffd",
    "⼀",
    "（一）",
    "，",
)
_SIZES = (16.0, 22.0, 10.5, 0.6, 1999.0)  # the program tells of no others
_FAR = 1e6


def pages_of(data: bytes) -> Iterator[Page]:
    """Six bytes a word or a line drawn; a byte 255 begins the next page."""
    for part in data.removeprefix(b"%PDF-1.7 ").split(b"\xff")[:20]:
        runs: list[Run] = []
        rules: list[Rule] = []
        for at in range(0, len(part) - 5, 6):
            what, x, y, width, size, more = part[at : at + 6]
            left, low = x * 2.5, y * 3.5 if more < 250 else _FAR
            if what < 0xC0:
                runs.append((_WORDS[what % len(_WORDS)], left, low, left + width, _SIZES[size % len(_SIZES)]))
            else:
                across = what % 2 == 0
                rules.append((left, low, left + width * 2.5 if across else left, low if across else low + size * 3.5))
        flags = part[0] if part else 0
        yield Page((0.0, 0.0, 595.0, 842.0), runs, rules, bool(flags & 1), bool(flags & 2), bool(flags & 4))
