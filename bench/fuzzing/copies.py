"""Two papers from any bytes, of which one copies from the other, and what must hold of their comparison."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from bihuan_text.likeness.comparing import Setting, compare_all
from bihuan_text.likeness.engines import Local
from bihuan_text.likeness.folding import fold
from bihuan_text.likeness.prints import GRAM
from bihuan_text.likeness.report import Comparison, Passage, Side
from bihuan_text.likeness.sealed import Home
from bihuan_text.likeness.segments import Paper, write_segment
from bihuan_text.likeness.store import View

_MARKS = "，。；、\n　（”\u200b\t"
_ODD = "組織0３Ａa\ud800\U00020000́①X"
_FIRST = 0x4E00


def two_papers(data: bytes) -> tuple[str, str]:
    """A byte says what comes next: fresh letters, a mark, an odd character, or (with the byte after it) a stretch of what
    was said already; a byte 255 begins the second paper."""
    one, _, two = data.partition(b"\xff")
    first = _said(one, "", 0)
    return first, _said(two, first, 7000)


def _said(data: bytes, before: str, fresh: int) -> str:
    out = ""
    at = 0
    while at < len(data):
        byte = data[at]
        if byte < 0x80:  # letters that stand nowhere else
            out += "".join(chr(_FIRST + (fresh + n) % 14000) for n in range(byte % 24 + 1))
            fresh += byte % 24 + 1
        elif byte < 0xA8:
            out += _MARKS[byte % len(_MARKS)]
        elif byte < 0xB0:
            out += _ODD[byte % len(_ODD)]
        else:
            source, start = before or out, data[at + 1] * 3 if at + 1 < len(data) else 0
            out += source[start : start + byte - 0xB0]
            at += 1
        at += 1
    return out


def compared(texts: tuple[str, ...]) -> Comparison:
    """The comparison of some texts, as the command makes it of files."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        segment = write_segment(Home(root), 1, [Paper(f"{number}.txt", text) for number, text in enumerate(texts)])
        result = compare_all(View([segment]), Setting(root, lambda step, done, of: None, Local()))
        said = [result.text(number) for number in range(len(result.names))]
    result.text = said.__getitem__
    return result


def comparison_holds(texts: tuple[str, ...], found: Comparison) -> bool:
    """Every place lies in its paper; a passage quotes it, stands in a pair, has a run of letters in both and mostly
    the same letters."""
    known = {found.names[number]: found.text(number) for number in range(len(found.names))}
    same = all(known[name] == texts[int(name.partition(".")[0])] for name in known)
    pairs = {(pair.a, pair.b) for pair in found.pairs}
    shares = all(0 < pair.copied_a <= 1 and 0 < pair.copied_b <= 1 and pair.characters > 0 for pair in found.pairs)
    aside = all(_words(found, each.place) == each.text != "" for each in found.set_aside)
    return same and shares and aside and all(_passage_holds(found, each, pairs) for each in found.passages)


def _words(found: Comparison, side: Side) -> str:
    text = found.text(side.paper)
    return text[side.start : side.end] if 0 <= side.start < side.end <= len(text) else ""


def _passage_holds(found: Comparison, passage: Passage, pairs: set[tuple[int, int]]) -> bool:
    one, two = _words(found, passage.a), _words(found, passage.b)
    quoted = one == passage.text != "" and two != "" and (passage.a.paper, passage.b.paper) in pairs
    first, second = (fold([words]).letters.tolist() for words in (one, two))
    if first == second:
        return quoted and len(first) > 0
    shared = (Counter(first) & Counter(second)).total()  # of letters, in any order: sentences may have changed places
    return quoted and not _runs(first).isdisjoint(_runs(second)) and 2 * shared >= max(len(first), len(second))


def _runs(letters: list[int]) -> set[tuple[int, ...]]:
    return {tuple(letters[at : at + GRAM]) for at in range(len(letters) - GRAM + 1)}
