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
_TRIAL = re.compile("（(?:试.?|.行|行试|暂.?)）$|（试行$")
# Names differ by whole words, so two letters' difference in a long name is a slip, one in a short name; shorter ones are
# left alone.
_SHORTEST, _SHORT, _FURTHEST = 6, 8, 2


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
    near = [(distance(core, _TRIAL.sub("", plain)), plain, name) for plain, name in right.items()]
    least = min(far for far, _, _ in near)
    ties = [(plain, name) for far, plain, name in near if far == least]
    if least > (_FURTHEST if len(said) >= _SHORT else 1):
        return None
    whole = [name for plain, name in ties if _inside(core, plain)] or [name for _, name in ties]
    return whole[0] if len(whole) == 1 else None


def _inside(part: str, whole: str) -> bool:
    """Whether letters were only left out."""
    rest = iter(whole)
    return all(letter in rest for letter in part)


def distance(a: str, b: str) -> int:
    """Letters to add, drop, change or turn round (two at a time) to make ``b`` of ``a``; 99 when that is out of the question."""
    if abs(len(a) - len(b)) > _FURTHEST:
        return 99
    row = list(range(len(b) + 1))
    older = row
    for i, x in enumerate(a, 1):
        oldest, older, row = older, row, [i]
        for j, y in enumerate(b, 1):
            least = min(older[j] + 1, row[j - 1] + 1, older[j - 1] + (x != y))
            turned = i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]
            row.append(min(least, oldest[j - 2] + 1) if turned else least)
    return row[-1]
