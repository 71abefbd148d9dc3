"""Where things end: the body before its signature, a list before the remark that closes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from .lists import table
from .ordinals import Place
from .outline import Block
from .sentences import without_closing


@cache
def _tail() -> re.Pattern[str]:
    return re.compile("|".join(table("tails.toml")["line"]))


@cache
def _cut() -> re.Pattern[str]:
    return re.compile(r"^[ \t]*(?:" + "|".join(table("tails.toml")["cut"]) + ")", re.MULTILINE)


_LONGEST_TAIL = 120


def body_end(text: str, start: int = 0, end: int | None = None) -> int:
    """Where the body of shadow [start, end) ends: before the signature, the date, the list of attachments."""
    last = len(text) if end is None else end
    if cut := _cut().search(text, start + (last - start) // 2, last):
        last = cut.start()
    at = last
    while at > start:
        line = max(text.rfind("\n", start, at) + 1, start)
        said = text[line:at].strip()  # blanks without end would be tried in every way
        if line <= start or len(said) > _LONGEST_TAIL or not _tail().fullmatch(said):
            return at
        at = line - 1
    return last


def keeps_to_lines(text: str, roots: Iterable[Block]) -> bool:
    """Whether every item of this paper that another follows is one paragraph: then a second one is a remark."""
    followed = [block for siblings in _lists(roots) for block in siblings[:-1] if not block.children]
    lined = [block for block in followed if block.marker is not None and block.marker.place is Place.LINE]
    return len(lined) > 1 and all("\n" not in text[block.lead.end : block.end] for block in lined)


def _lists(roots: Iterable[Block]) -> Iterator[list[Block]]:
    lists = [list(roots)]
    for siblings in lists:
        lists.extend(block.children for block in siblings if block.children)
    yield from lists


def trimmed_tail(text: str, block: Block, *, lines: bool) -> None:
    """Take a closing remark, or (``lines``) a paragraph after a one-paragraph item, off the end of a list's last item."""
    for child in block.children:
        trimmed_tail(text, child, lines=lines)
    if block.children:
        last = block.children[-1]
        if not last.children:
            last.end = _own_end(text, last, lines=lines)
            last.own_end = last.end
        block.end = last.end


def _own_end(text: str, last: Block, *, lines: bool) -> int:
    end = without_closing(text, last.lead.start, last.end)
    line = text.find("\n", last.lead.end, end)
    run_on = last.marker is not None and last.marker.place is not Place.LINE
    told = text[last.lead.end : line].strip() != ""  # a heading alone on its line goes on in the next
    if line >= 0 and ((lines and told) or (run_on and line - last.lead.end > 1)):
        end = line
    while end > last.lead.end and text[end - 1].isspace():
        end -= 1
    return max(end, last.lead.end)
