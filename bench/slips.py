"""Natural slips of the pen, put anywhere into free prose: what rule D28 finds of them, class by class.

Unlike bench.planting, which plants what our lists know, these come from the language: any word of the text may be hit.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from bihuan_text import read_document
from bihuan_text.checks.characters import characters
from bihuan_text.checks.names import names
from bihuan_text.checks.registry import paper_of
from bihuan_text.checks.wording.lexicon import alike, costs, shapes_of
from bihuan_text.checks.wording.parting import parted
from bihuan_text.lists import words

Slip = tuple[str, int, int]  # the text with the slip, [start, end) of it
_COMMON = 14.0  # cost of a word that is common enough to be hit
_LEAST, _MOST = 60, 700  # characters of a paragraph


def paragraphs(texts: Iterable[str]) -> list[str]:
    """Paragraphs of prose, long enough to hold a slip."""
    lines = (line.strip() for text in texts for line in text.split("\n"))
    return [line for line in lines if len(re.findall("[\u4e00-\u9fff]", line)) >= _LEAST and len(line) <= _MOST]


def _words_of(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for run in re.finditer("[\u4e00-\u9fff]+", text):
        at = run.start()
        for word in parted(run.group()):
            if len(word) > 1 and costs().get(word, 99.0) < _COMMON:
                found.append((at, word))
            at += len(word)
    return found


def _typed() -> list[str]:
    """Characters that are typed every day: the words of two that are commonest give them."""
    seen = Counter(c for word, cost in costs().items() if len(word) == 2 and cost < _COMMON for c in word)
    old = set("".join(words("traditional.txt")))
    return [c for c, _ in seen.most_common(2500) if c not in old]


def _of_sound(word: str, rng: random.Random) -> str | None:
    at = rng.randrange(len(word))
    row = [c for c in _TYPED if c != word[at] and alike(c, word[at]) and c not in shapes_of(word[at])]
    return word[:at] + rng.choice(row) + word[at + 1 :] if row else None


def _of_shape(word: str, rng: random.Random) -> str | None:
    row = [(at, c) for at, letter in enumerate(word) for c in sorted(shapes_of(letter)) if c != letter]
    if not row:
        return None
    at, letter = rng.choice(row)
    return word[:at] + letter + word[at + 1 :]


def _lost(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[: at + 1] + word[at:]


def _turned(word: str, rng: random.Random) -> str | None:
    at = rng.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if word[at] != word[at + 1] else None


_TYPED = _typed()
CLASSES: dict[str, Callable[[str, random.Random], str | None]] = {
    "同音": _of_sound, "形近": _of_shape, "颠倒": _turned, "字重": _doubled, "词重": lambda word, _: word * 2, "漏字": _lost,
}  # fmt: skip


def slips(texts: list[str], kind: str, count: int, seed: int) -> Iterator[Slip]:
    """``count`` slips of a class; one that makes another word of the lexicon is not counted, nobody could be sure of it."""
    rng = random.Random(f"{kind}{seed}")  # noqa: S311
    while count:
        text = rng.choice(texts)
        found = _words_of(text)
        at, word = rng.choice(found) if found else (0, "")
        wrong = CLASSES[kind](word, rng) if word else None
        if wrong is None or wrong in costs():
            continue
        count -= 1
        yield text[:at] + wrong + text[at + len(word) :], at, at + len(wrong)


def places(text: str) -> list[tuple[int, int]]:
    """Where D28 and D20 remark something."""
    paper = paper_of(read_document(text.encode(), "试.txt"), None, None, None)
    return [remark.span for check in (characters, names) for remark in check(paper) if remark.span]


def found_of(texts: list[str], count: int, seed: int) -> dict[str, int]:
    """How many of ``count`` slips of each class are found."""
    return {
        kind: sum(
            any(a <= end and b >= start for a, b in places(text))
            for text, start, end in slips(texts, kind, count, seed)
        )
        for kind in CLASSES
    }
