"""Invented papers: words by a Zipf law, slogans, a notice and a template that most share, and copies at known places.

The truth says for every copy its kind and both spans, and for every paper which stretches everybody writes.
"""

from __future__ import annotations

import json
import random
from bisect import bisect
from dataclasses import asdict, dataclass, field
from functools import cached_property
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

LETTERS = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)]
WORDS, ZIPF_OFFSET = 20_000, 5
LINKS = ["的", "和", "与", "在", "对", "把", "为", "是", "了", "并", "要", "以", "从", "将", "也"]
KINDS = (
    "verbatim",
    "short",
    "dense",
    "marks",
    "traditional",
    "digits",
    "changed",
    "dropped",
    "added",
    "swapped",
    "family",
)
VERBATIM = ("verbatim", "short", "dense", "family")
EVERY = 40
FAMILY = 25
Piece: TypeAlias = tuple[str, str]  # text, tag: "" own, "shared", "a3" and "b3": both sides of plant 3


@dataclass
class Plant:
    """One copy: characters [a0, a1) of paper ``a`` stand, altered as ``kind`` says, at [b0, b1) of ``b``."""

    kind: str
    a: str
    b: str
    a0: int = 0
    a1: int = 0
    b0: int = 0
    b1: int = 0


@dataclass
class Truth:
    """What was planted, and for each paper the stretches that everybody writes: start, end, start, end, …"""

    plants: list[Plant] = field(default_factory=list[Plant])
    shared: dict[str, list[int]] = field(default_factory=dict[str, list[int]])

    def write(self, path: Path) -> None:
        """Keep it beside the papers."""
        path.write_text(json.dumps(asdict(self)), "utf-8")

    @staticmethod
    def read(path: Path) -> Truth:
        """What ``write`` wrote."""
        told = json.loads(path.read_text("utf-8"))
        return Truth([Plant(**each) for each in told["plants"]], told["shared"])


class Scribe:
    """Draws words, sentences, paragraphs; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.words = [
            "".join(self.random.choices(LETTERS, k=self.random.choice((2, 2, 2, 3, 4)))) for _ in range(WORDS)
        ]
        self.weights = list(accumulate(1 / (rank + ZIPF_OFFSET) for rank in range(WORDS)))

    def word(self) -> str:
        """A word; every eighth is a connecting one."""
        if self.random.random() < 0.125:
            return self.random.choice(LINKS)
        return self.words[bisect(self.weights, self.random.random() * self.weights[-1])]

    def clause(self) -> str:
        """Four to nine words."""
        return "".join(self.word() for _ in range(self.random.randrange(4, 10)))

    def sentence(self) -> str:
        """One to four clauses; now and then a number."""
        clauses = [self.clause() for _ in range(self.random.randrange(1, 5))]
        if self.random.random() < 0.1:
            clauses.append(f"共{self.random.randrange(10, 1000)}人次")
        return "，".join(clauses) + self.random.choice("。。。；")

    def sentences(self, length: int) -> str:
        """Sentences of about so many characters."""
        said = ""
        while len(said) < length:
            said += self.sentence()
        return said


# --- what a copier changes --------------------------------------------------------------------------------------------


class Copier:
    """Makes a passage and its altered copy."""

    def __init__(self, scribe: Scribe) -> None:
        self.scribe, self.random = scribe, scribe.random

    def pair(self, kind: str) -> tuple[str, str]:
        """A passage of that kind and how it stands in the other paper."""
        if kind == "short":
            return (cut := self._cut(self.random.randrange(20, 31))), cut
        if kind == "dense":
            names = "、".join(self._letters(2) for _ in range(7)) + "、"
            return names[:20], names[:20]
        passage = self.scribe.sentences(self.random.randrange(60, 400))
        if kind == "digits":
            passage = "，".join(f"{self.scribe.clause()}{self.random.randrange(11, 99)}次" for _ in range(6)) + "。"
        return passage, self._altered(kind, passage)

    def _cut(self, length: int) -> str:
        whole = self.scribe.sentences(length + 30)
        at = self.random.randrange(0, 15)
        return whole[at : at + length]

    def _letters(self, number: int) -> str:
        return "".join(self.random.choices(LETTERS, k=number))

    def _altered(self, kind: str, passage: str) -> str:
        if kind == "marks":
            return passage.replace("，", self.random.choice((",", " ", "、", "　"))).replace(
                "。", self.random.choice(".；")
            )
        if kind == "traditional":
            return passage.translate(self._traditional)
        if kind == "digits":
            return passage.translate(
                str.maketrans("0123456789", self.random.choice(("０１２３４５６７８９", "〇一二三四五六七八九")))
            )
        if kind == "swapped":
            return self._swapped(passage)
        return passage if kind in VERBATIM else self._every(kind, passage)

    def _every(self, kind: str, passage: str) -> str:
        """One letter in forty changed, dropped or added; never at the very ends."""
        said = list(passage)
        for at in range(EVERY // 2, len(said) - 12, EVERY):
            fresh = self.random.choice(LETTERS)
            said[at] = {"changed": fresh, "dropped": "", "added": said[at] + fresh}[kind]
        return "".join(said)

    def _swapped(self, passage: str) -> str:
        rows = passage.replace("；", "。").split("。")[:-1]
        if len(rows) < 2:
            return passage
        at = len(rows) // 2
        rows[at - 1], rows[at] = rows[at], rows[at - 1]
        return "。".join(rows) + "。"

    @cached_property
    def _traditional(self) -> dict[int, int]:
        lines = files("bihuan_text").joinpath("data", "traditional.txt").read_text("utf-8").splitlines()
        old, new = (line for line in lines if not line.startswith("#"))
        return dict(zip(map(ord, new), map(ord, old), strict=True))


# --- the papers -------------------------------------------------------------------------------------------------------


class Maker:
    """Lays out the papers of a corpus one after another."""

    def __init__(self, number: int, seed: int) -> None:
        self.number, self.scribe = number, Scribe(seed)
        self.random, self.copier = self.scribe.random, Copier(self.scribe)
        self.slogans = [self.scribe.clause() + "，" + self.scribe.clause() + "。" for _ in range(40)]
        self.notice = self.scribe.sentences(260)
        self.template = [self.scribe.sentences(90) for _ in range(5)]
        self.truth = Truth()
        self.placed: dict[int, list[Piece]] = {}
        self._plan()

    def _plan(self) -> None:
        """Which passage goes into which two papers; families stand at the front."""
        self.families = max(1, self.number // 2000)
        self.bases = [[self.scribe.sentences(150) for _ in range(14)] for _ in range(self.families)]
        for at in range(max(2 * len(KINDS), self.number * 3 // 10)):
            kind = KINDS[at % len(KINDS)]
            if kind == "family":
                home = self.random.randrange(self.families) * FAMILY
                one, two = (home + each for each in self.random.sample(range(FAMILY), 2))
            else:
                one, two = self.random.sample(range(self.families * FAMILY, self.number), 2)
            passage, copy = self.copier.pair(kind)
            self.truth.plants.append(Plant(kind, name(one), name(two)))
            self.placed.setdefault(one, []).append((passage, f"a{at}"))
            self.placed.setdefault(two, []).append((copy, f"b{at}"))

    def write(self, folder: Path) -> Truth:
        """All papers as files; ``truth.json`` and the two template files stand beside the folder."""
        folder.mkdir(parents=True)
        for number in range(self.number):
            (folder / name(number)).write_text(self._laid(number), "utf-8", newline="\n")
        beside = folder.parent
        (beside / "notice.txt").write_text(self.notice, "utf-8")
        (beside / "template.txt").write_text("\n".join([*self.template, *self.slogans]), "utf-8")
        self.truth.write(beside / "truth.json")
        return self.truth

    def _laid(self, number: int) -> str:
        """One paper; its plants and shared stretches are written into the truth."""
        text = ""
        shared: list[int] = []
        for said, tag in self._pieces(number):
            start, text = len(text), text + said
            if tag == "shared":
                shared += (start, len(text))
            elif tag:
                plant, side = self.truth.plants[int(tag[1:])], tag[0]
                setattr(plant, f"{side}0", start)
                setattr(plant, f"{side}1", len(text))
        self.truth.shared[name(number)] = shared
        return text

    def _pieces(self, number: int) -> list[Piece]:
        pieces = self._body(number)
        for planted in self.placed.get(number, []):
            pieces.insert(self.random.randrange(1, len(pieces)), planted)
        return [(self.scribe.clause() + "\n", ""), *pieces, ("\n", "")]

    def _body(self, number: int) -> list[Piece]:
        """Paragraphs under headings with a slogan each, the template, mostly the notice."""
        paragraphs = self._paragraphs(number)
        pieces: list[Piece] = []
        given = self.template if self.random.random() < 0.9 else []
        slogans = self.random.sample(self.slogans, len(paragraphs))
        for at, said in enumerate(paragraphs):
            if at < len(given):
                pieces.append((given[at], "shared"))
            pieces += [
                (f"\n{self.scribe.word()}{self.scribe.word()}\n", ""),
                (said, ""),
                (slogans[at], "shared"),
                (self.scribe.sentence() + "\n", ""),
            ]
        if self.random.random() < 0.8:
            pieces.insert(self.random.randrange(len(pieces)), (self.notice, "shared"))
        return pieces

    def _paragraphs(self, number: int) -> list[str]:
        if number < self.families * FAMILY:
            base = self.bases[number // FAMILY]
            return [self.scribe.sentences(150) if self.random.random() < 0.05 else said for said in base]
        return [self.scribe.sentences(self.random.randrange(140, 280)) for _ in range(14)]


def name(number: int) -> str:
    """The file of a paper."""
    return f"{number:06d}.txt"
