"""R41: numbers in a column of a table, 第一项 to 第五项 of an agenda, and an ordinal of another form among its siblings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.ordinals import RANK, Marker, Place, value_of
from bihuan_text.readers.counters import counting

from .registry import Paper, Remark

_SERIAL = re.compile(r"^[ \u3000]*(?:\|[ \u3000]*)?(?P<n>\d{1,3})[ ]*[\t|]", re.MULTILINE)
_AGENDA = re.compile(
    r"(?:^|(?<=[。；：\n]))[ \t\u3000]*第(?P<n>[一二三四五六七八九十]{1,3})(?P<of>[项个]|步|阶段)(?:议程|内容)?[，、：]",
    re.MULTILINE,
)
_NEAR = 3  # lines between two rows of one table at most
_FAR = 40  # ordinals until the next of the same form at most


def serials(paper: Paper, markers: list[Marker]) -> Iterator[Remark]:
    """Each number that does not follow the one before it."""
    yield from _rows(paper)
    yield from _agenda(paper)
    yield from _odd_ones(paper, markers)


def _rows(paper: Paper) -> Iterator[Remark]:
    text = paper.shadow.text
    before: tuple[int, int] | None = None
    for match in _SERIAL.finditer(text):
        number = int(match["n"])
        if (
            before
            and text.count("\n", before[1], match.start()) <= _NEAR
            and number not in (1, before[0], before[0] + 1)
        ):
            span = paper.shadow.back(*match.span("n"))
            yield Remark(
                span, f"表里的序号前一行是{before[0]}，这一行是{number}，中间不连续。", "请核对是否漏行或写错。"
            )
        before = (number, match.end())


def _agenda(paper: Paper) -> Iterator[Remark]:
    before = 0
    for match in _AGENDA.finditer(paper.shadow.text):
        number = value_of(match["n"])
        if before and number not in (1, before + 1):
            span = paper.shadow.back(match.start("n") - 1, match.end("of"))
            yield Remark(span, f"前一个是第{counting(before)}{match['of']}，这里不连续。", "请核对是否漏写或写错。")
        before = number


def _odd_ones(paper: Paper, markers: list[Marker]) -> Iterator[Remark]:
    """（一）… 2.… （三）…: the one in the middle belongs to its neighbours and is written in another way."""
    lines = [m for m in markers if m.place is Place.LINE and m.family in ("h1", "h2", "n1", "n2")]
    other: Marker | None = None  # the nearest ordinal before it that is written in another way
    for at, odd in enumerate(lines):
        begins = at > 0 and lines[at - 1].family != odd.family
        other = lines[at - 1] if begins else other
        if begins and other and other.number == odd.number - 1 and _goes_on(lines[at + 1 : at + _FAR], other, odd):
            span = paper.shadow.back(odd.start, odd.end)
            why = f"“{span.of(paper.text).strip()}”与前后的“{other.text.strip()}”是同一组，写法不一致。"
            yield Remark(span, why, "请改成同一层次的序号。")


def _goes_on(later: list[Marker], before: Marker, odd: Marker) -> bool:
    """Whether the row of ``before`` goes on with the number after the odd one's."""
    after = next((m for m in later if RANK[m.family] <= RANK[before.family]), None)
    return after is not None and after.family == before.family and after.number == odd.number + 1
