"""R38: a mask such as XX or 某某 where a name, a date or a figure is still to be written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from bihuan_text.kinds import Kind
from bihuan_text.lists import holds_any, table
from bihuan_text.shadow import shadow_of

from .registry import Paper, Remark, Severity, rule

_ADDRESS = re.compile(r"https?[:：]//[^\s)）>\"\u4e00-\u9fff]+|www\.[^\s)）\u4e00-\u9fff]+")
_OWN_PAPER = re.compile("记录|纪要|方案|总结|报告|计划|台账|清单|主持词|提纲|材料|通知|支部")
_BEFORE = 80  # characters before a mask in which a case is announced
_CASE = re.compile("案例|案情|通报|典型|警示|反面")  # cases are told without names
_MESSAGE = "“{mask}”是占位符，提交前要换成实际的名称、日期或数字。"


@cache
def _masks() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Each pattern behind the words of which one is needed for it."""
    return tuple((tuple(row["need"]), row["mask"]) for row in table("placeholders.toml")["patterns"])


@lru_cache(maxsize=256)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _masks_in(text: str) -> Iterator[re.Match[str]]:
    """All masks; most papers hold nothing that any of them needs, and are not looked through at all."""
    possible = tuple(mask for need, mask in _masks() if holds_any(text, need))
    return _any_of(possible).finditer(text) if possible else iter(())


@cache
def _others() -> re.Pattern[str]:
    return re.compile("|".join(table("placeholders.toml")["except"]))


@rule("R38")
def placeholders(paper: Paper) -> Iterator[Remark]:
    """Each mask, once."""
    # not the Markdown reading, which has dropped ** already
    shadow = shadow_of(paper.text) if paper.document.form == "md" else paper.shadow
    found = list(_masks_in(shadow.text))
    spared = sorted(m.span() for each in (_others(), _ADDRESS) for m in each.finditer(shadow.text) if found)
    starts = [start for start, _ in spared]
    for match in found:
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and match.start() < spared[index][1]:
            continue
        span = shadow.back(*match.span())
        mask = span.of(paper.text)
        # an essay or a news item may well speak of 某市; a report of one's own may not
        grave = Severity.INFO if _told_without_names(paper, shadow.text, match) else _in_speech(shadow.text, match)
        ask = "请补上实际内容；暂时不能确定的，请先核实再提交。"
        yield Remark(span, _MESSAGE.format(mask=mask), ask, severity=grave)


def _told_without_names(paper: Paper, text: str, match: re.Match[str]) -> bool:
    """An essay, a news item, a judgment may well speak of 某市 and 张某, and so may a case within a paper."""
    if "某" not in match.group():
        return False
    single = match.group() == "某"
    essay = paper.kind is Kind.OTHER and (single or not _OWN_PAPER.search(paper.report.title or ""))
    return essay or (single and bool(_CASE.search(text, max(0, match.start() - _BEFORE), match.start())))


def _in_speech(text: str, match: re.Match[str]) -> Severity | None:
    """某某 in what somebody said may well be what he said."""
    opened = text.rfind("“", max(0, match.start() - 20), match.start())
    quoted = opened > 0 and text[opened - 1] in "说问答讲" and "”" not in text[opened : match.start()]
    return Severity.INFO if quoted and match.group().startswith("某") else None
