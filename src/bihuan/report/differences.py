"""Two texts side by side: what stayed, what went, what came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
_TOKEN = re.compile(r"\{\{[^{}]*\}\}|[0-9０-９.．]+|[A-Za-z]+|.", re.DOTALL)
_SHORT = 2  # fewer characters that stayed between two changes only make them harder to read


@dataclass(frozen=True)
class Part:
    """A stretch of text that stayed, went or came."""

    kind: str
    text: str


def parts_of(old: str, new: str) -> tuple[Part, ...]:
    """The two texts woven together; figures and Latin words change as a whole."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    woven: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            _add(woven, SAME, "".join(before[a:b]))
        else:
            _add(woven, GONE, "".join(before[a:b]))
            _add(woven, NEW, "".join(after[c:d]))
    return tuple(_joined(woven))


def _add(woven: list[Part], kind: str, text: str) -> None:
    if text:
        woven.append(Part(kind, text))


def _joined(woven: list[Part]) -> list[Part]:
    """Changes with next to nothing between them become one change."""
    done: list[Part] = []
    gone = new = ""
    for place, part in enumerate(woven):
        last = place == len(woven) - 1
        if part.kind == SAME and (len(part.text) >= _SHORT or not (gone or new) or last):
            _add(done, GONE, gone)
            _add(done, NEW, new)
            gone = new = ""
            done.append(part)
        else:
            gone += part.text if part.kind != NEW else ""
            new += part.text if part.kind != GONE else ""
    _add(done, GONE, gone)
    _add(done, NEW, new)
    return done
