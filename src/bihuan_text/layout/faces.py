"""Names of typefaces by the part they play: 仿宋_GB2312, FangSong and 方正仿宋_GBK are one. The names are data."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, TypedDict, cast

from bihuan_text.lists import table

if TYPE_CHECKING:
    from collections.abc import Mapping

_IGNORED: Final = re.compile(r"[\s_\-@]+")

_LONGEST_NAME: Final = 32


class _Face(TypedDict):
    write: str
    names: list[str]
    parts: list[str]


def _faces() -> Mapping[str, _Face]:
    return cast("Mapping[str, _Face]", table("layout.toml")["faces"])


@cache
def part_of(name: str) -> str:
    """The part a typeface of that name plays (“仿宋”, “小标宋” …), "" for any other. Alternatives after ; do not count."""
    folded = _IGNORED.sub("", re.split("[;,]", name, maxsplit=1)[0]).casefold()
    for part, face in _faces().items():
        if folded in face["names"] or any(each in folded for each in face["parts"]):
            return part
    return ""


def face_named(name: str | None) -> str:
    """A typeface's name for a sentence: never longer than a name is."""
    return (name or "没有指明的字体")[:_LONGEST_NAME]


def usual(part: str) -> str:
    """The name to write for a part."""
    return _faces()[part]["write"]
