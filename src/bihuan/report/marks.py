"""The bookmarks that paragraphs carry into Word, and what they say when the file comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.report.body import Body
from bihuan.report.lines import Line

_PARAGRAPH = re.compile(r"p_([0-9a-f]{1,16})_(\d{1,6})_(\d{1,4})")
_SECTION = re.compile(r"s_([a-z0-9_]{1,30})")


@dataclass(frozen=True)
class Mark:
    """A line of the draft: its section's heading, or line `line` of a paragraph as it was at `version`."""

    section: str = ""
    paragraph: str = ""
    version: int = 0
    line: int = 0


def marks_of(body: Body, lines: tuple[Line, ...]) -> Iterator[str]:
    """A bookmark's name for every line of the paper, in its order."""
    versions = {each.id: each.version for _, each in body.paragraphs()}
    seen: dict[str, int] = {}
    for line in lines:
        if not line.paragraph:
            yield f"s_{line.section}" if _SECTION.fullmatch(f"s_{line.section}") else ""
            continue
        number = seen[line.paragraph] = seen.get(line.paragraph, -1) + 1
        yield f"p_{line.paragraph}_{versions.get(line.paragraph, 0)}_{number}"


def read_mark(name: str) -> Mark | None:
    """What a bookmark's name says; None for a name that is none of ours."""
    if found := _PARAGRAPH.fullmatch(name):
        return Mark(paragraph=found.group(1), version=int(found.group(2)), line=int(found.group(3)))
    found = _SECTION.fullmatch(name)
    return Mark(section=found.group(1)) if found else None
