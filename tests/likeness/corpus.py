"""Invented papers with copies planted at known places: letters drawn by chance, so that nothing else is alike."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from bihuan_text.likeness.index import Work, compared
from bihuan_text.likeness.report import Comparison, Passage
from bihuan_text.likeness.taking import sources

ALPHABET = [
    chr(0x4E00 + number) for number in range(3000) if chr(0x4E00 + number) not in "一二三四五六七八九两万与丑专业丛东丝"
]


def quiet(step: str, done: int, of: int) -> None:
    """Progress that nobody watches."""


@dataclass
class Corpus:
    """Papers by name; ``say`` gives fresh words."""

    seed: int
    papers: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311

    def say(self, length: int) -> str:
        """Letters that stand nowhere else."""
        return "".join(self.random.choices(ALPHABET, k=length))

    def prose(self, length: int) -> str:
        """Sentences of fresh words."""
        return "".join(
            self.say(self.random.randrange(8, 40)) + self.random.choice("，。；") for _ in range(length // 24)
        )

    def paper(self, name: str, *parts: str) -> str:
        """A paper: fresh prose before, between and after the parts."""
        text = self.prose(300) + "\n" + "".join(f"{part}\n{self.prose(200)}\n" for part in parts)
        self.papers[name] = text
        return text

    def found(self, folder: Path, *, templates: tuple[str, ...] = (), many: int = 20) -> Comparison:
        """Compare the papers, written as files of a folder."""
        folder.mkdir(exist_ok=True)
        for name, text in self.papers.items():
            (folder / f"{name}.txt").write_text(text, "utf-8")
        given = [str(folder / f"{name}.txt") for name in self.papers]
        about = Work(sources(given), sources(list(templates)), many)
        with compared(about, None, quiet) as result:
            return result


def sides(result: Comparison) -> list[tuple[str, str]]:
    """The words of each passage in both papers' names."""
    return [(Path(result.names[each.a.paper]).stem, Path(result.names[each.b.paper]).stem) for each in result.passages]


def words(corpus: Corpus, result: Comparison, passage: Passage) -> tuple[str, str]:
    """What a passage covers in either paper."""
    one, two = (corpus.papers[Path(result.names[side.paper]).stem] for side in (passage.a, passage.b))
    return one[passage.a.start : passage.a.end], two[passage.b.start : passage.b.end]
