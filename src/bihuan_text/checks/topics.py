"""What a sentence is about, by the field's own words: enough to see that nothing answers a problem, no more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from bihuan_text.lists import table


@dataclass(frozen=True, slots=True)
class Topic:
    """``narrow`` topics are so definite that a problem naming one needs a measure naming it too."""

    name: str
    words: re.Pattern[str]
    narrow: bool


@cache
def topics() -> tuple[Topic, ...]:
    """All topics of data/topics.toml."""
    rows = cast("list[dict[str, object]]", table("topics.toml")["topic"])
    return tuple(
        Topic(str(r["name"]), re.compile("|".join(cast("list[str]", r["words"]))), bool(r.get("narrow"))) for r in rows
    )


def topics_in(said: str) -> frozenset[str]:
    """The names of the topics that a text speaks of."""
    return frozenset(t.name for t in topics() if t.words.search(said))


@cache
def _filler() -> re.Pattern[str]:
    return re.compile("|".join(cast("list[str]", table("topics.toml")["filler"]["words"])))


def pairs(said: str) -> frozenset[str]:
    """Pairs of neighbouring characters, without the words that every such paper is full of."""
    parts = re.findall("[\u4e00-\u9fff]{2,}", _filler().sub(" ", said))
    return frozenset(part[i : i + 2] for part in parts for i in range(len(part) - 1))


def answered(said: str, others: str) -> bool:
    """Whether ``others`` speak of anything that ``said`` speaks of; a text without content words counts as answered."""
    named = topics_in(said)
    if named & topics_in(others):
        return True
    own = pairs(said)
    if not own:
        return not named
    share = sum(p in others for p in own) / len(own)
    return share >= (0.5 if named else 0.25)
