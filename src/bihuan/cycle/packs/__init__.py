"""Lists of 对照方面 kept as data. Only one sample ships, always marked 示例: no other year is given as if it were sure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Pack:
    """A list that somebody may start from. `mark` goes with every aspect taken from it, until it was compared."""

    code: str
    version: int
    year: int
    note: str
    aspects: Mapping[str, tuple[str, ...]]  # 班子 / 党员 → lines

    @property
    def mark(self) -> str:
        """As `Aspect.pack` keeps it: 示例2021@1."""
        return f"{self.code}@{self.version}"


def sample() -> Pack:
    """The one sample: the aspects of FY2021 as public papers of that year quote them."""
    found = tomllib.loads((files(__name__) / "sample.toml").read_text("utf-8"))
    return Pack(
        code=found["code"],
        version=found["version"],
        year=found["year"],
        note=found["note"],
        aspects={subject: tuple(lines) for subject, lines in found["aspects"].items()},
    )
