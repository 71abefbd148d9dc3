"""D20: the number of one's own branch, written otherwise than in the title; D23: the name of another kind of unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.lists import regex, table

from .registry import Paper

_NUMBERED = regex("own_name", "numbered")
_OF_OTHERS = regex("own_name", "of_others")
_OWN_ACT = regex("own_name", "own_act")
_OWN_MEETING = re.compile("(?:委员会)?(?:于|在)?[^，。；\n]{0,40}(?:召开|举行)[^，。；\n]{0,14}(?:组织生活会|党员大会)")
_LEAST = 2  # times the own number must stand in the paper
_LINE = 24  # characters of a line that is only a name

Place = tuple[int, int]


def other_numbers(paper: Paper) -> Iterator[tuple[Place, str, str]]:
    """Place, number there and own number: a branch that does what the paper's own does, under another number."""
    text, own = paper.shadow.text, _own_number(paper)
    found = list(_NUMBERED.finditer(text)) if own else []
    others = [match for match in found if match["n"] != own]
    if not own or not 0 < len(others) < _LEAST:
        return
    act = _OWN_ACT if len(found) - len(others) >= _LEAST else _OWN_MEETING
    for match in others:
        before = text[max(text.rfind(mark, 0, match.start()) for mark in "。；！？，\n") + 1 : match.start()]
        if act.match(text, match.end()) and not _OF_OTHERS.search(before):
            yield match.span("of"), match["n"], own


def _own_number(paper: Paper) -> str | None:
    """The number in the title, else in the line above the date that signs the paper."""
    if match := _NUMBERED.search(paper.report.title or ""):
        return str(match["n"])
    lines = [line.strip() for line in paper.shadow.text.rstrip().split("\n")[-3:]]
    signed = [m for line in lines if len(line) <= _LINE and (m := _NUMBERED.search(line))]
    return str(signed[-1]["n"]) if signed else None


def strange_units(paper: Paper) -> Iterator[tuple[Place, str]]:
    """Place and name of 我校, 我院, 我村… in the paper of a branch whose title names quite another kind of unit."""
    title = paper.report.title or ""
    rows = table("figures.toml")["own_name"]["unit"]
    if not any(re.search(row["titled"], title) for row in rows):
        return
    for row in rows:
        if not re.search(row["titled"], title) and not re.search(row["also"], title):
            for match in re.finditer(row["said"], paper.shadow.text):
                yield match.span(), match.group()
