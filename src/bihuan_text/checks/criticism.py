"""R59, D16, D17: criticism that only hopes, that few got, or that everybody got in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bihuan_text.lists import pattern, regex, table, threshold
from bihuan_text.ordinals import value_of
from bihuan_text.place import Span, trimmed

from .registry import Paper, Remark, Severity, rule
from .topics import likeness

_HEAD = regex("criticism", "head")
_NEXT_HEAD = regex("criticism", "next_head")
_LINE = regex("criticism", "line")
_TOLD = regex("criticism", "told")
_PIECE = regex("criticism", "piece")
_ORDINAL = regex("criticism", "ordinal")
_LEAST_OF_EACH = regex("criticism", "least_of_each")
_EMPTY = regex("criticism", "empty")
_PRESENT = regex("criticism", "present")
_MANY = 3  # members who got criticism


@dataclass(frozen=True, slots=True)
class Criticism:
    """One criticism at shadow [start, end), and whom it is for, as far as the line says."""

    to: str
    place: Span
    said: str


def criticisms(paper: Paper) -> list[Criticism]:
    """All of a paper: lines 甲对乙：… below a heading on criticism, and lines 批评意见：… anywhere."""
    text = paper.shadow.text
    found: dict[int, Criticism] = {}
    for head in _HEAD.finditer(text):
        stop = _NEXT_HEAD.search(text, head.end())
        for line in _LINE.finditer(text, head.end(), stop.start() if stop else len(text)):
            found.setdefault(line.start("said"), _of(text, line, line["to"]))
    for line in _TOLD.finditer(text):
        found.setdefault(line.start("said"), _of(text, line, ""))
    return [found[at] for at in sorted(found)]


def _of(text: str, line: re.Match[str], to: str) -> Criticism:
    place = trimmed(text, *line.span("said"))
    return Criticism(to, place, place.of(text))


@cache
def _hope() -> re.Pattern[str]:
    return re.compile("(?:我)?(?:" + "|".join(table("patterns.toml")["hope"]) + ")")


@rule("R59")
def criticism_names_a_fault(paper: Paper) -> Iterator[Remark]:
    """A line that hopes or suggests and names nothing that is wrong, or that praises under the name of criticism."""
    for each in criticisms(paper):
        span = paper.shadow.back(*each.place)
        if praised := pattern("praise_as_criticism").search(each.said):
            why = f"“{praised.group()}”是把优点当缺点说，不是批评。"
            yield Remark(span, why, "请说一件做得不对的事。")
        elif _hope().match(each.said, _ORDINAL.match(each.said).end()) and not pattern("criticises").search(each.said):  # type: ignore[union-attr]
            yield Remark(span, "用希望、建议代替了批评，没有说出问题。", "请说出哪件事做得不对、错在哪里。")


@rule("D17")
def criticism_is_ones_own(paper: Paper) -> Iterator[Remark]:
    """Two criticisms in nearly the same words; the later is remarked."""
    found = criticisms(paper)
    for n, each in enumerate(found):
        if len(each.said) > 7 and any(likeness(each.said, b.said) >= threshold("same_criticism") for b in found[:n]):
            yield Remark(
                paper.shadow.back(*each.place),
                "这条批评意见与前面的几乎相同，没有针对人和事。",
                "请换成这名同志自己的事。",
            )


@rule("D16")
def enough_criticism(paper: Paper) -> Iterator[Remark]:
    """Only where others got enough: a record that tells a little of each is a summary."""
    got: dict[str, list[Criticism]] = {}
    for each in criticisms(paper):
        got.setdefault(each.to, []).append(each)
    got.pop("", None)
    yield from _empty_lines(paper)
    yield from _left_out(paper, got)
    asked = _LEAST_OF_EACH.search(paper.shadow.text)
    counts = {to: sum(len(_PIECE.findall(c.said)) for c in all_of) for to, all_of in got.items()}
    least = value_of(asked["n"]) if asked else int(threshold("least_criticisms"))
    if not asked and (len(counts) < 3 or max(counts.values()) <= least):
        return
    for to, count in counts.items():
        if count < least:
            why = f"对{to}的批评意见只有{count}条，少于{least}条。"
            grave = Severity.WARN if asked else None  # the paper itself says how many
            yield Remark(paper.shadow.back(*got[to][0].place), why, "请补记会上提出的意见。", severity=grave)


def _empty_lines(paper: Paper) -> Iterator[Remark]:
    """对陈刚的批评意见： and nothing behind it."""
    for match in _EMPTY.finditer(paper.shadow.text):
        why = "这里没有写批评意见。"
        yield Remark(paper.shadow.back(*match.span("of")), why, "请补记会上提出的意见；确实没有的，删去这一行。")


def _left_out(paper: Paper, got: dict[str, list[Criticism]]) -> Iterator[Remark]:
    """Members that the record names as present, and whom nobody criticised while others were."""
    listed = _PRESENT.search(paper.shadow.text)
    names = re.findall("[\u4e00-\u9fff]{2,4}", re.sub("（[^）]*）", "", listed["names"])) if listed else []
    missing = [name for name in names if not any(to in name or name in to for to in got)]
    if listed and len(got) >= _MANY and 0 < len(missing) <= len(names) // 2 and set(got) <= set(names):
        why = f"到会的{'、'.join(missing)}没有收到批评意见。"
        yield Remark(paper.shadow.back(*listed.span("names")), why, "请核对是否漏记。")
