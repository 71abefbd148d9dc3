"""R53: a paper that carries a mark of secrecy has no place in this system."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .registry import Paper, Remark, rule

_STARRED = re.compile("(?:绝密|机密|秘密) ?[★☆]")
_ALONE = re.compile(r"^[ \t]*(?:密级[：] ?)?(?:绝密|机密|秘密)[ \t]*(?:[（]?\d{1,2}年[）]?)?[ \t]*$", re.MULTILINE)
_HEAD = 400


@rule("R53")
def secrecy_marks(paper: Paper) -> Iterator[Remark]:
    """The mark with its star anywhere, or alone on a line near the beginning: the words themselves are no mark."""
    text = paper.shadow.text
    found = {*(m.span() for m in _STARRED.finditer(text)), *(m.span() for m in _ALONE.finditer(text, 0, _HEAD))}
    for place in sorted(found):
        yield Remark(paper.shadow.back(*place), "带密级标志的材料不能在本系统处理。", "请停止上传，按保密规定处理。")
