"""``python -m bench.likeness.crowd FOLDER N SEED``: a million papers and more, drawn a thousand at a time, straight to disk.

The same kind of papers as ``corpus`` makes (words by a Zipf law, a notice and a template that most share, slogans), drawn
by arrays instead of word by word. In every ``EVERY``-th paper stands a passage of the paper ``BACK`` before it: the truth
needs no file, since ``planted`` says which two papers share something.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .corpus import WORDS, ZIPF_OFFSET, Scribe, name

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY, BACK, LENGTH = 100, 37, 120
_WORDS_A_PAPER, _MARKS = 1760, {"，": 0.13, "。": 0.055}
_IN_A_FOLDER = 10_000


def planted(number: int) -> int | None:
    """The paper that a paper has a passage of ``LENGTH`` characters from."""
    return number - BACK if number % EVERY == BACK else None


class Crowd:
    """The same seed and number draw the same papers."""

    def __init__(self, seed: int) -> None:
        scribe = Scribe(seed)
        self.draw = np.random.default_rng(seed)
        self.notice = scribe.sentences(260)
        self.template = [scribe.sentences(90) for _ in range(5)]
        self.slogans = [scribe.clause() + "，" + scribe.clause() + "。" for _ in range(40)]
        self.vocabulary = np.array([*scribe.words, *_MARKS], object)
        weights = 1 / (np.arange(WORDS) + ZIPF_OFFSET)
        weights *= (1 - sum(_MARKS.values())) / weights.sum()
        self.sums = np.cumsum([*weights, *_MARKS.values()])

    def papers(self, number: int) -> Iterator[tuple[int, str]]:
        """Number and text, one after another."""
        source = ""
        for at in range(number):
            text = self._paper()
            if planted(at) is not None:
                text = text + "\n" + source + "\n"
            if planted(at + BACK) is not None:
                source = text[2000 : 2000 + LENGTH]
            yield at, text

    def _paper(self) -> str:
        words = self.vocabulary[np.searchsorted(self.sums, self.draw.random(_WORDS_A_PAPER) * self.sums[-1])].tolist()
        parts = np.array_split(np.arange(len(words)), 14)
        said = ["".join(words[part[0] : part[-1] + 1]) + "。" for part in parts]
        for at in self.draw.permutation(40)[:14].tolist():
            said[at % 14] += self.slogans[at]
        said[1:1] = self.template
        if self.draw.random() < 0.8:
            said.insert(int(self.draw.integers(len(said))), self.notice)
        return "\n".join(said) + "\n"


def main(folder: str, number: str, seed: str) -> None:
    """Write the papers, ten thousand to a folder."""
    for at, text in Crowd(int(seed)).papers(int(number)):
        home = Path(folder, f"{at // _IN_A_FOLDER:04d}")
        if at % _IN_A_FOLDER == 0:
            home.mkdir(parents=True)
        (home / name(at)).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
