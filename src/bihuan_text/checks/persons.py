"""R18: whose fault it is: 有的同志 instead of 我 or 支部."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bihuan_text.kinds import Kind
from bihuan_text.lists import table
from bihuan_text.outline import Role

from .measures import speaks_for_one
from .registry import Paper, Remark, Severity, rule


@cache
def _subject() -> re.Pattern[str]:
    rows = table("patterns.toml")
    return re.compile(
        f"(?:{'|'.join(rows['subject_start'])})(?P<who>{'|'.join(rows['third_person'])})|{rows['third_person'][1]}"
    )


@rule("R18")
def third_person(paper: Paper) -> Iterator[Remark]:
    """Subjects in the parts on problems and causes: warned of in a personal paper, pointed out in a committee's."""
    alone = paper.kind is not Kind.REPORT and speaks_for_one(paper)
    ask = "请写“我”怎么做的。" if alone else "请写明是班子、哪个小组还是哪个岗位，能写人的写人。"
    for part in [*paper.parts(Role.PROBLEMS), *paper.parts(Role.CAUSES)]:
        start, end = paper.shadow.at(part.start), paper.shadow.at(part.end)
        for match in _subject().finditer(paper.shadow.text, start, end):
            span = paper.shadow.back(*(match.span("who") if match["who"] else match.span()))
            why = f"检查的是自己，主语却是“{span.of(paper.text)}”，问题成了别人的。"
            yield Remark(span, why, ask, severity=None if alone else Severity.INFO)
