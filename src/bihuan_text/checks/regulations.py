"""R39: the name of a regulation or central document that is nearly, but not quite, right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

from bihuan_text.lists import table
from bihuan_text.shadow import folded

from .registry import Mend, Paper, Remark, Severity, rule

_TITLE = re.compile("《([^《》\n]{2,60})》")
_TRIAL = re.compile("（(?:试行|暂行)）$")
# Names differ by whole words, so two letters' difference in a long name is a slip; short names are left alone.
_SHORTEST, _FURTHEST = 8, 2


def _plain(name: str) -> str:
    return re.sub(r"\s", "", folded(name))


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Right names and former names, each by its plain form."""
    data = table("regulations.toml")
    right = cast("list[dict[str, str]]", data["name"])
    former = cast("list[dict[str, str]]", data["former"])
    return {_plain(n["text"]): n["text"] for n in right}, {_plain(n["text"]): n["now"] for n in former}


@rule("R39")
def regulation_names(paper: Paper) -> Iterator[Remark]:
    """Names in 《》 that are no right name but close to one."""
    right, former = _names()
    for match in _TITLE.finditer(paper.shadow.text):
        said = _plain(match[1])
        if said in right:
            continue
        span = paper.shadow.back(match.start(1), match.end(1))
        if said in former:
            message = f"《{span.of(paper.text)}》已由《{former[said]}》代替，请核对引用的是不是现行文本。"
            yield Remark(span, message, f"《{former[said]}》", severity=Severity.WARN)
        elif (name := nearest_name(said)) is not None:
            yield _remark(paper, span.start, span.end, said, name)


def _remark(paper: Paper, start: int, end: int, said: str, name: str) -> Remark:
    span = paper.shadow.back(paper.shadow.at(start), paper.shadow.at(end))
    mend = (Mend(start, end, name),)
    if _TRIAL.sub("", _plain(name)) == _TRIAL.sub("", said):
        message = f"这份文件的全称是《{name}》，名称后的“试行”要与正式文本一致。"
        return Remark(span, message, f"《{name}》", mend, Severity.WARN)
    return Remark(span, f"没有《{paper.text[start:end]}》这份文件，名称应为《{name}》。", f"《{name}》", mend)


def nearest_name(said: str) -> str | None:
    """The one right name within two letters of ``said`` (besides 试行), None when there is none or more than one."""
    if len(said) < _SHORTEST:
        return None
    right, _ = _names()
    core = _TRIAL.sub("", said)
    near = [(distance(core, _TRIAL.sub("", plain)), name) for plain, name in right.items()]
    best = min(near)
    ties = [name for far, name in near if far == best[0]]
    return best[1] if best[0] <= _FURTHEST and len(ties) == 1 else None


def distance(a: str, b: str) -> int:
    """Letters to add, drop or change to make ``b`` of ``a``; 99 when the lengths are too far apart to matter."""
    if abs(len(a) - len(b)) > _FURTHEST:
        return 99
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]
