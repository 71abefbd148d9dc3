"""R44, R46, L1, L5: the sheet, the first page, the shape of the title, and attachments that agree with their list."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, Final, cast

from bihuan_text.lists import table

from .deviation import Deviation
from .roles import bare
from .sheet import A3_MM
from .units import points, said
from .wishes import pitch_of, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .measuring import Layout
    from .paragraphs import Para
    from .sheet import Sheet

_ORDINAL: Final = re.compile(r"^\s*附件\s*[:：]|(?<!\d)\d{1,2}[.．、](?!\d)")
_MARKS: Final = re.compile(r"[《》“”（）()\s\d.．、，。；:：]+")
_NATURAL: Final = 1.3
_ALONE: Final = 2.0


def of_sheets(layout: Layout) -> Iterator[Deviation]:
    """The size of the paper and its margins; attachments may lie on their side, a later section on A3."""
    short, long = cast("list[float]", table("layout.toml")["page"]["paper_mm"])
    for place, sheet in enumerate(layout.sheets):
        if not sheet.is_paper(short, long) and not (place and sheet.is_paper(*A3_MM)):
            got = f"{said(sheet.wide)}×{said(sheet.high)}毫米"
            yield Deviation("R44", "第5.1条", f"纸张是{got}，应为A4型纸（210×297毫米）。")
            break
    wrong = [(n, s) for n, s in enumerate(layout.sheets) if not any(map(s.has_margins, wanted_margins(s, later=n > 0)))]
    if wrong:
        number, sheet = wrong[0]
        got = "、".join(f"{side}{said(mm)}" for side, mm in zip("上下左右", sheet.margins, strict=True))
        want = "、".join(f"{s}{said(mm)}" for s, mm in zip("上下左右", wanted_margins(sheet)[0], strict=True))
        where = f"第{number + 1}节" if len(layout.sheets) > 1 else ""
        yield Deviation("R44", "第5.2.1条", f"{where}页边距{got}毫米，应为{want}毫米。")


def wanted_margins(sheet: Sheet, *, later: bool = False) -> tuple[tuple[float, ...], ...]:
    """Top, bottom, left, right as they may be; a sheet on its side is the upright one turned either way."""
    mm = cast("dict[str, float]", table("layout.toml")["page"]["margins_mm"])
    top, bottom, left, right = (mm[side] for side in ("top", "bottom", "left", "right"))
    if not sheet.landscape:
        return ((top, bottom, left, right),)
    turned = ((left, right, bottom, top), (right, left, top, bottom))
    return (*turned, (top, bottom, left, right)) if later else turned


def of_first_page(layout: Layout) -> Iterator[Deviation]:
    """R46: the first page has to show body text."""
    first = next((n for n, para in enumerate(layout.paras) if para.role in ("body", "h1", "h2", "h3", "h4")), None)
    if first is None:
        return
    above = layout.paras[:first]
    turn = next((para for para in layout.paras[1 : first + 1] if para.turned), None)
    # How high a table is nobody knows before it is drawn, and its words are text too.
    full = 0.0 if any(para.in_table for para in above) else sum(_height(layout, para) for para in above)
    if turn is not None and any(bare(para.text) for para in above):
        yield Deviation(
            "R46", "第7.3.3条", "首页只有标题，正文从下一页才开始，首页应显示正文。", layout.paras[first].span
        )
    elif full > layout.sheets[0].area_pt:
        yield Deviation("R46", "第7.3.3条", "标题和空行占满了首页，首页应显示正文。", layout.paras[first].span)


def _line(layout: Layout, para: Para) -> float:
    size = max((size_of(s) for s in para.stretches), default=points(para.size_said.get("size"), 2.0) or 10.0)
    return pitch_of(para, layout.sheet(para)) or size * _NATURAL


def _height(layout: Layout, para: Para) -> float:
    """About how high a paragraph is, in points."""
    size = max((size_of(s) for s in para.stretches), default=16.0)
    per_line = max(1.0, layout.sheet(para).line_pt / max(size, 1.0))
    lines = sum(max(1, ceil(len(line) / per_line)) for line in para.text.split("\n"))
    room = sum(max(0.0, points(para.said.get(side)) or 0.0) for side in ("before", "after"))
    return lines * _line(layout, para) + room


def of_title(layout: Layout) -> Iterator[Deviation]:
    """L1: lines of a title in a trapezium or diamond; none with one or two characters left over."""
    title = layout.played("title")
    lines = [len(bare(line)) for para in title for line in para.text.split("\n") if bare(line)]
    if not title:
        return
    span = title[0].span
    if any(b < a and b < c for a, b, c in zip(lines, lines[1:], lines[2:], strict=False)):
        yield Deviation("L1", "第7.3.1条", "标题各行两头长、中间短，应排成梯形或菱形。", span, grave=False)
    room = layout.sheet(title[0]).line_pt / max((size_of(s) for s in title[0].stretches), default=22.0)
    if len(lines) == 1 and 0 < _width(title[0].text) - room <= _ALONE:
        message = "标题一行排不下，末行只剩一两个字，应按词意分行，排成梯形或菱形。"
        yield Deviation("L1", "第7.3.1条", message, span, grave=False)


def _width(text: str) -> float:
    return sum(0.5 if each.isascii() else 1.0 for each in bare(text))


def of_attachments(layout: Layout) -> Iterator[Deviation]:
    """L5: as many attachments as the list names, each under the name it has there."""
    listed = [(note, name) for note in layout.played("annex-note") for name in _names(note)]
    marks = layout.played("annex-mark")
    if not marks or not listed:
        return
    if len(listed) != len(marks):
        message = f"附件说明列了{len(listed)}个附件，文后附了{len(marks)}个，应序号、名称一一对应。"
        yield Deviation("L5", "第7.3.4条", message, listed[0][0].span)
        return
    for (note, name), mark in zip(listed, marks, strict=True):
        heads = _heads(layout, mark)
        if heads and not any(_same(name, head) for head in heads):
            message = f"附件说明里写的是“{name[:30]}”，附件页上的标题与它不一致，应改为一致。"
            yield Deviation("L5", "第7.3.7条", message, note.span)


def _names(note: Para) -> list[str]:
    """The names that a paragraph of the list holds, which may be several in a row."""
    return [name for part in _ORDINAL.split(note.text) if (name := bare(part))]


def _heads(layout: Layout, mark: Para) -> list[str]:
    """What may be the title of an attachment: the words beside its number, or the first lines below it, joined."""
    place = layout.paras.index(mark) + 1
    below = [para for para in layout.paras[place : place + 12] if bare(para.text)][:4]
    if below and below[0].in_table:
        return []
    lines = [bare(line) for para in below if not para.in_table for line in para.text.split("\n")][:6]
    beside = re.sub(r"^附件\d{0,2}[:：]?", "", bare(mark.text))
    return [*([beside] if beside else []), *("".join(lines[:n]) for n in range(1, len(lines) + 1))]


def _same(name: str, head: str) -> bool:
    """Whether a heading says the name; a name that went on in another line may have been cut short."""
    return _MARKS.sub("", head).startswith(_MARKS.sub("", name))
