"""The rules the house holds to, as data: what a page's “为什么” quotes and what docs/rules is written from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

STRENGTHS = {
    "全党": "全党统一的规定",
    "国家": "国家的规定",
    "标准": "国家标准",
    "当年": "当年通知的要求",
    "本地": "通行的做法，各地可以不同",
    "本系统": "本系统自己的规矩",
}


@dataclass(frozen=True)
class Article:
    """One rule as people are told it: `quote` to the letter or `sense` in our words; where it stands and who holds it."""

    id: str
    title: str
    source: str
    strength: str
    does: str
    code: tuple[str, ...]
    tests: tuple[str, ...] = ()
    quote: str = ""
    sense: str = ""
    unsure: bool = False

    @property
    def where(self) -> str:
        """The regulation with its article; where the number was not seen in an official text, it says so."""
        return f"{self.source}（条号待核）" if self.unsure else self.source

    @property
    def whose(self) -> str:
        """Whose rule it is, in words."""
        return STRENGTHS[self.strength]


@cache
def articles() -> dict[str, Article]:
    """Every rule of the rooms by its id."""
    return {name: _article(name, given) for name, given in _data("rules.toml").items()}


def _article(name: str, given: dict[str, Any]) -> Article:
    lists = {key: tuple(value) for key, value in given.items() if isinstance(value, list)}
    found = Article(id=name, **{**given, **lists})
    if bool(found.quote) == bool(found.sense) or found.strength not in STRENGTHS:
        raise ValueError(f"rules.toml {name}: either quote or sense, and a known strength")
    return found


@cache
def pages() -> dict[str, tuple[str, ...]]:
    """The ids of the rules that a page quotes, by the page's address name."""
    return {name: tuple(ids) for name, ids in _data("pages.toml")["pages"].items()}


@cache
def silent_pages() -> dict[str, str]:
    """Pages that quote nothing, each with the reason."""
    return dict(_data("pages.toml")["none"])


def why(page: str) -> list[Article]:
    """What stands behind a page, in the order of pages.toml; nothing for a page that has nothing to quote."""
    return [articles()[name] for name in pages().get(page, ())]


def _data(name: str) -> dict[str, dict[str, Any]]:
    text = resources.files("bihuan.desk").joinpath("data", name).read_text("utf-8")
    return tomllib.loads(text)
