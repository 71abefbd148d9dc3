"""Word lists and tables that ship with the toolkit: data, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, cast


@cache
def words(name: str) -> tuple[str, ...]:
    """The lines of data/``name``; blank lines and lines that begin with # are left out."""
    text = files("bihuan_text").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def traditional() -> tuple[str, str]:
    """The traditional characters of data/traditional.txt and the simplified form of each."""
    return cast("tuple[str, str]", words("traditional.txt"))


@cache
def table(name: str) -> dict[str, Any]:
    """The content of data/``name``, a TOML file."""
    return tomllib.loads(files("bihuan_text").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The alternatives of ``name`` in data/patterns.toml as one pattern."""
    return re.compile("|".join(table("patterns.toml")[name]))


def holds_any(text: str, need: Iterable[str]) -> bool:
    """Whether a text holds one of the words that a pattern needs: to ask that is many times quicker than to look for it.

    One character is found ten times quicker than two, and most are not there.
    """
    return any(word[:1] in text and word in text for word in need)


def threshold(name: str) -> float:
    """A number of data/thresholds.toml."""
    return float(table("thresholds.toml")[name])


@cache
def regex(family: str, name: str) -> re.Pattern[str]:
    """One pattern of data/figures.toml."""
    return re.compile(table("figures.toml")[family][name])
