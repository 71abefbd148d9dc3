"""D02: each aspect that the notice of the year asks for stands in the part on problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

from bihuan_text.kinds import Kind
from bihuan_text.lists import table
from bihuan_text.outline import Role

from .registry import Paper, Remark, Severity, rule

_ASK = "请补上这个方面的问题；没有发现问题的，写明理由。"
_FILLING = re.compile("方面|情况|是否|有没有|问题|工作|对照|坚持|加强|进一步|等|和|与|、|的|“|”")
_LEAST = 2  # letters of a part of an aspect that tell it
_MEMBERS = frozenset((Kind.EXAMINATION, Kind.SPEECH, Kind.REPORT))


@rule("D02")
def aspects_of_the_notice(paper: Paper) -> Iterator[Remark]:
    """Against the notice where it is given, else against what the notices of that year asked (then only a question)."""
    said = _problems(paper)
    if not said or paper.kind not in _MEMBERS:
        return
    if paper.notice and paper.notice.aspects:
        yield from _of_notice([aspect.text for aspect in paper.notice.aspects], said)
    else:
        yield from _of_year(paper, said)


def _problems(paper: Paper) -> str:
    return "\n".join(paper.said(*span) for span in paper.parts(Role.PROBLEMS))


def _of_notice(asked: list[str], said: str) -> Iterator[Remark]:
    """A notice names the aspects of the branch, then those of its members, and a paper answers one of the two lists.

    So an aspect that lacks between two that are answered is left out; one before or after them belongs to the other list,
    unless nearly all of the notice is answered.
    """
    there = [_is_answered(words, said) for words in asked]
    if not any(there):
        return
    first, last = there.index(True), len(there) - there[::-1].index(True)
    whole = there.count(False) <= len(there) // 4
    for at, words in enumerate(asked):
        if not there[at] and (whole or first < at < last):
            yield Remark(None, f"通知要求对照“{words}”，问题部分没有写到。", _ASK)


def _is_answered(words: str, said: str) -> bool:
    """Whether the aspect, or most of its parts, stands there."""
    parts = [part for part in _FILLING.split(words) if len(part) >= _LEAST]
    if words in said or not parts:
        return True
    return 2 * sum(_nearly(part, said) for part in parts) > len(parts)


def _nearly(part: str, said: str) -> bool:
    """A long part may be shortened: half of its pairs of letters do."""
    pairs = [part[at : at + 2] for at in range(len(part) - 1)]
    return part in said or (len(part) > 4 and 2 * sum(pair in said for pair in pairs) > len(pairs))


@cache
def _years() -> dict[int, tuple[str, dict[str, list[str]]]]:
    rows = cast("list[dict[str, object]]", table("aspects.toml")["year"])
    return {cast("int", row["year"]): (str(row["title"]), _aspects(row)) for row in rows}


def _aspects(row: dict[str, object]) -> dict[str, list[str]]:
    return {str(a["name"]): cast("list[str]", a["one_of"]) for a in cast("list[dict[str, object]]", row["aspect"])}


def _of_year(paper: Paper, said: str) -> Iterator[Remark]:
    """Only where the paper follows that year's list: all but one or two of it are there."""
    title, aspects = _years().get(paper.report.year or 0, ("", {}))
    missing = [name for name, words in aspects.items() if not any(word in said for word in words)]
    if 0 < len(missing) <= len(aspects) // 3:
        why = f"{paper.report.year}年度多数通知要求{title}，问题部分没有写到“{'”“'.join(missing)}”。"
        yield Remark(None, why, "请对照上级当年的通知核对；通知没有要求的，可以不写。", severity=Severity.INFO)
