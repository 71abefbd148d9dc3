"""R42: 、 between two quotations or two titles that stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.place import Span

from .registry import Mend, Paper, Remark, rule

_BETWEEN = re.compile("”、(?=“)|》、(?=《)")


@rule("R42")
def mark_between(paper: Paper) -> Iterator[Remark]:
    """Only where nothing else stands between them: ”（甲）、“ needs its mark."""
    for match in _BETWEEN.finditer(paper.text):
        span = Span(match.start() + 1, match.end())
        name = "引号" if match.group()[0] == "”" else "书名号"
        yield Remark(span, f"并列的{name}之间不用顿号。", "删去这个顿号。", (Mend(*span, ""),))
