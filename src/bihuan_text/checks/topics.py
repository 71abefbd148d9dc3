"""What a sentence is about, by the field's own words: enough to see that nothing answers a problem, no more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from bihuan_text.lists import table


@dataclass(frozen=True, slots=True)
class Topic:
    """``words`` name the topic; ``answers`` are words of measures that deal with it under another name.

    A narrow topic is so definite that a problem naming it needs a measure naming it too.
    """

    name: str
    words: re.Pattern[str]
    answers: re.Pattern[str]
    narrow: bool


@cache
def topics() -> tuple[Topic, ...]:
    """All topics of data/topics.toml."""
    return tuple(_topic(row) for row in cast("list[dict[str, object]]", table("topics.toml")["topic"]))


def _topic(row: dict[str, object]) -> Topic:
    words = cast("list[str]", row["words"])
    answers = words + cast("list[str]", row.get("answers", []))
    return Topic(str(row["name"]), re.compile("|".join(words)), re.compile("|".join(answers)), bool(row.get("narrow")))


@cache
def _filler() -> re.Pattern[str]:
    return re.compile("|".join(cast("list[str]", table("topics.toml")["filler"]["words"])))


def pairs(said: str) -> frozenset[str]:
    """Pairs of neighbouring characters, without the words that every such paper is full of."""
    parts = re.findall("[\u4e00-\u9fff]{2,}", _filler().sub(" ", said))
    return frozenset(part[i : i + 2] for part in parts for i in range(len(part) - 1))


def unanswered(said: str, others: str) -> bool:
    """Whether ``said`` names topics of the field and ``others`` neither name nor answer any of them.

    A sentence in words of its own, whose topic is not known here, is never called unanswered.
    """
    named = [t for t in topics() if t.words.search(said)]
    if not named or any(t.answers.search(others) for t in named):
        return False
    own = pairs(said)
    return sum(p in others for p in own) * 3 < len(own)


def likeness(a: str, b: str) -> float:
    """How alike two short texts are: their shared pairs of neighbouring characters over all of them (Jaccard)."""
    mine = {a[i : i + 2] for i in range(len(a) - 1)}
    other = {b[i : i + 2] for i in range(len(b) - 1)}
    return len(mine & other) / max(1, len(mine | other))
