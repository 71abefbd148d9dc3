"""What a comparison found, as one web page that needs no network, and as a workbook."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from bihuan_text.workbooks import sheet

if TYPE_CHECKING:
    from pathlib import Path

    from .report import Comparison, Passage

_ASIDE_SHOWN = 500


def html(found: Comparison) -> str:
    """The page: pairs by copied characters, both papers side by side, marks that jump to each other."""
    spans: dict[tuple[int, int], list[Passage]] = {}
    for each in found.passages:
        spans.setdefault((each.a.paper, each.b.paper), []).append(each)
    shown = {number for pair in spans for number in pair}
    data = {
        "names": found.names,
        "texts": {number: found.text(number) for number in sorted(shown)},
        "pairs": [
            {
                "a": pair.a,
                "b": pair.b,
                "characters": pair.characters,
                "copied_a": pair.copied_a,
                "copied_b": pair.copied_b,
                "spans": [[e.a.start, e.a.end, e.b.start, e.b.end] for e in spans[pair.a, pair.b]],
            }
            for pair in sorted(found.pairs, key=lambda pair: (-pair.characters, pair.a, pair.b))
        ],
        "families": [
            {"papers": family.papers, "same": family.same, "earliest": family.earliest} for family in found.families
        ],
        "aside": [
            {"text": each.text, "reason": each.reason, "paper": each.place.paper}
            for each in found.set_aside[:_ASIDE_SHOWN]
        ],
        "refused": found.refused,
    }
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    page = files("bihuan_text").joinpath("data", "compare.html").read_text("utf-8")
    return page.replace("{{data}}", packed)


def workbook(found: Comparison, path: Path) -> None:
    """The same as sheets: pairs, passages, families, what is set aside, what could not be read."""
    from openpyxl import Workbook  # noqa: PLC0415  (only for those who want a workbook)

    book = Workbook(write_only=True)
    names = found.names
    sheet(
        book,
        "材料对",
        ("材料一", "材料二", "相同字数", "占材料一", "占材料二"),
        (
            (names[p.a], names[p.b], p.characters, round(p.copied_a, 4), round(p.copied_b, 4))
            for p in sorted(found.pairs, key=lambda pair: -pair.characters)
        ),
    )
    sheet(
        book,
        "相同段落",
        ("材料一", "起", "止", "材料二", "起", "止", "字数", "原文"),
        (
            (names[e.a.paper], e.a.start, e.a.end, names[e.b.paper], e.b.start, e.b.end, e.a.end - e.a.start, e.text)
            for e in found.passages
        ),
    )
    sheet(
        book,
        "可能出自一处",
        ("组", "材料", "情况", "写明日期最早的"),
        (
            (
                at,
                names[paper],
                "内容完全相同" if f.same else "大部分相同",
                "" if f.earliest is None else names[f.earliest],
            )
            for at, f in enumerate(found.families, 1)
            for paper in f.papers
        ),
    )
    sheet(
        book,
        "没有计入的话",
        ("原文", "理由", "材料篇数", "最早见于", "起", "止"),
        ((e.text, e.reason, e.papers, names[e.place.paper], e.place.start, e.place.end) for e in found.set_aside),
    )
    sheet(book, "没有读成的文件", ("文件", "原因"), found.refused)
    book.save(path)
