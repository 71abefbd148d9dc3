"""Word lists and tables that ship with the toolkit: data, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str) -> tuple[str, ...]:
    """The lines of data/``name``; blank lines and lines that begin with # are left out."""
    text = files("bihuan_text").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def table(name: str) -> dict[str, Any]:
    """The content of data/``name``, a TOML file."""
    return tomllib.loads(files("bihuan_text").joinpath("data", name).read_text(encoding="utf-8"))
