"""What the standard wishes of a paragraph: each wish judges one paragraph in words, and can make it right."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from bihuan_text.readers.xml import W

from . import editing
from .faces import face_named, part_of, usual
from .roles import LONGEST_LEAD, bare, lead_length
from .units import figure, points, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bihuan_text.readers.xml import Node

    from .paragraphs import Para, Stretch
    from .sheet import Sheet

_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN: Final = re.compile(r"[A-Za-z0-9]")
_HEX: Final = re.compile(r"[0-9A-Fa-f]{6}")
_FEW: Final = 2
_SINGLE: Final = 240.0
_NATURAL: Final = 1.15
_SOME_ROOM: Final = 1.0
_PICTURES: Final = tuple(W + name for name in ("drawing", "pict", "object"))

Judge = Callable[["Para", "Sheet"], str]
Mending = Callable[["Para", "Sheet"], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """``judge`` gives "" or what the paragraph is; ``wish`` what it should be; ``mend`` None where a person must decide."""

    rule: str
    clause: str
    noun: str
    roles: frozenset[str]
    wish: str
    judge: Judge
    mend: Mending | None = None
    grave: bool = True


# --- typefaces, sizes, colours --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Bad:
    """A stretch that is not as it should be, with how many of its characters count."""

    stretch: Stretch
    weight: int


def _within(para: Para, letters: re.Pattern[str], first: int = 0, last: int | None = None) -> Iterator[_Bad]:
    """The stretches of a paragraph between two of its characters, with how many letters of the kind each has there."""
    begin = para.span.start if para.span else 0
    low, high = begin + first, begin + (len(para.text) if last is None else last)
    for stretch in para.stretches:
        start = max(0, low - stretch.start)
        text = stretch.text[start : max(start, high - stretch.start)]
        if weight := len(letters.findall(text)):
            yield _Bad(stretch, weight)


def _most(found: list[_Bad], wrong: Callable[[Stretch], bool]) -> Stretch | None:
    """The first wrong stretch when wrong ones are the greater part."""
    bad = [each for each in found if wrong(each.stretch)]
    return bad[0].stretch if bad and 2 * sum(b.weight for b in bad) > sum(f.weight for f in found) else None


def face_judge(part: str, *, lead: bool | None = None) -> Judge:
    """Judges the Chinese typeface of a paragraph, or of the lead of a heading (``lead``), or of what follows it."""

    def judge(para: Para, sheet: Sheet) -> str:
        found = list(_within(para, _HAN, *_range(para, lead)))
        bad = _most(found, lambda s: part_of(s.said.get("east", "")) != part)
        return "" if bad is None else f"用的是{face_named(bad.said.get('east'))}"

    return judge


def _range(para: Para, lead: bool | None) -> tuple[int, int]:
    length = lead_length(para.text)
    return (0, len(para.text)) if lead is None else (0, length) if lead else (length, len(para.text))


def face_mending(part: str, *, lead: bool | None = None) -> Mending:
    """Sets the Chinese typeface where it differs; a run that goes on behind the lead is cut there."""

    def mend(para: Para, sheet: Sheet) -> None:
        first, last = _range(para, lead)
        begin = para.span.start if para.span else 0
        for each in list(_within(para, _HAN, first, last)):
            run: Node | None = each.stretch.node
            if part_of(each.stretch.said.get("east", "")) == part:
                continue
            if lead is False and begin + first > each.stretch.start:
                run = editing.split_run(run, begin + first - each.stretch.start)
            elif lead and begin + last < each.stretch.start + len(each.stretch.text):
                editing.split_run(run, begin + last - each.stretch.start)
            if run is not None:
                editing.set_face(run, eastAsia=usual(part))

    return mend


def mixed_faces(para: Para, sheet: Sheet) -> str:
    """Another typeface within a paragraph of 仿宋; its lead may have one of its own."""
    length = lead_length(para.text)
    first = length if length <= LONGEST_LEAD and length < len(para.text) else 0
    found = list(_within(para, _HAN, first))
    if _most(found, _not_fangsong) is not None:
        return ""
    bad = next((f.stretch for f in found if f.weight >= _FEW and _not_fangsong(f.stretch)), None)
    return "" if bad is None else f"夹着{face_named(bad.said.get('east'))}"


def _not_fangsong(stretch: Stretch) -> bool:
    return part_of(stretch.said.get("east", "")) != "仿宋"


def size_judge(name: str) -> Judge:
    """Judges the size of a paragraph's Chinese characters against data/layout.toml."""
    wanted, near = figure("sizes", name), figure("sizes", "tolerance_pt")

    def judge(para: Para, sheet: Sheet) -> str:
        bad = _most(list(_within(para, _HAN)), lambda s: abs(size_of(s) - wanted) > near)
        return "" if bad is None else f"是{said(size_of(bad))}磅"

    return judge


def size_of(stretch: Stretch) -> float:
    """The size of a stretch in points."""
    return points(stretch.said.get("size"), 2.0) or 10.0


def size_mending(name: str) -> Mending:
    """Sets the size of every run of a paragraph."""

    def mend(para: Para, sheet: Sheet) -> None:
        for stretch in para.stretches:
            editing.set_size(stretch.node, figure("sizes", name))

    return mend


def latin_face(para: Para, sheet: Sheet) -> str:
    """The typeface of digits and letters: Times New Roman by practice, 仿宋 by the letter of the standard."""
    # Where a file names none at all, Word takes Times New Roman.
    bad = _most(list(_within(para, _LATIN)), lambda s: part_of(s.said.get("latin", "Times")) not in ("西文", "仿宋"))
    return "" if bad is None else f"用的是{face_named(bad.said.get('latin'))}"


def latin_mending(para: Para, sheet: Sheet) -> None:
    """Times New Roman for digits and letters."""
    name = usual("西文")
    for each in _within(para, _LATIN):
        editing.set_face(each.stretch.node, ascii=name, hAnsi=name, cs=name)


def colour_judge(para: Para, sheet: Sheet) -> str:
    """Characters that are not black."""
    bad = [s for s in para.stretches if bare(s.text) and not _is_black(s.said.get("colour", ""))]
    return f"有彩色的字“{bare(bad[0].text)[:8]}”" if bad else ""


def _is_black(colour: str) -> bool:
    if not _HEX.fullmatch(colour):
        return True
    return all(int(colour[at : at + 2], 16) <= figure("colour", "black") for at in (0, 2, 4))


def red_judge(para: Para, sheet: Sheet) -> str:
    """A red mark that is not 小标宋, or does not stand in the middle."""
    face = face_judge("小标宋")(para, sheet)
    return face or ("没有居中" if para.said.get("jc") != "center" else "")


def black_mending(para: Para, sheet: Sheet) -> None:
    """Black for all characters."""
    for stretch in para.stretches:
        if not _is_black(stretch.said.get("colour", "")):
            editing.set_colour(stretch.node, "000000")


# --- lines and indents ----------------------------------------------------------------------------------------------


def pitch_of(para: Para, sheet: Sheet) -> float | None:
    """The pitch of the lines in points, None where it hangs on the typeface."""
    line, rule = para.said.get("line"), para.said.get("lineRule", "auto")
    if next(para.node.iter(*_PICTURES), None) is not None:
        return figure("pitch", "usual_pt")  # a line grows with its picture, and would cut it if it were exact
    if line is not None and rule in ("exact", "atLeast"):
        return abs(points(line) or 0.0) or None
    if sheet.pitch is None or para.said.get("snap") == "0":
        return None
    times = (points(line, 1.0) or _SINGLE) / _SINGLE if line is not None else 1.0
    # A line that is higher than one of the grid takes two of them.
    natural = _NATURAL * max((size_of(s) for s in para.stretches), default=0.0)
    return sheet.pitch * times * max(1, ceil(natural / max(sheet.pitch, 1.0)))


def pitch_judge(para: Para, sheet: Sheet) -> str:
    """A pitch outside 28 to 29 points; 30 is told apart, for offices use it."""
    pitch = pitch_of(para, sheet)
    return "" if _good_pitch(pitch) or _office_pitch(pitch) else _pitch_said(pitch, sheet)


def office_pitch_judge(para: Para, sheet: Sheet) -> str:
    """A pitch of up to 30 points."""
    pitch = pitch_of(para, sheet)
    return _pitch_said(pitch, sheet) if _office_pitch(pitch) else ""


def _good_pitch(pitch: float | None) -> bool:
    near = figure("pitch", "tolerance_pt")
    return pitch is not None and figure("pitch", "least_pt") - near <= pitch <= figure("pitch", "most_pt") + near


def _office_pitch(pitch: float | None) -> bool:
    near = figure("pitch", "tolerance_pt")
    return pitch is not None and figure("pitch", "most_pt") + near < pitch <= figure("pitch", "office_pt") + near


def _pitch_said(pitch: float | None, sheet: Sheet) -> str:
    if not pitch:
        return "没有定死行距，随字体变动"
    lines = int(sheet.area_pt / pitch + 0.05)
    return f"行距{said(pitch)}磅，一面约排{lines}行"


def pitch_mending(para: Para, sheet: Sheet) -> None:
    """The exact pitch of which 22 fit."""
    editing.set_pitch(para.node, figure("pitch", "usual_pt"))


def room_judge(para: Para, sheet: Sheet) -> str:
    """Room before or after a paragraph of the text: 22 lines no longer fit."""
    for side, name in (("before", "段前"), ("after", "段后")):
        lines, room = points(para.said.get(f"{side}Lines"), 100.0), points(para.said.get(side)) or 0.0
        if lines or (lines is None and room > _SOME_ROOM):
            return f"{name}空了{said(lines)}行" if lines else f"{name}空了{said(room)}磅"
    return ""


def room_mending(para: Para, sheet: Sheet) -> None:
    """No room before and after."""
    editing.no_room(para.node)


def indent_of(para: Para, key: str) -> float:
    """An indent in characters; a figure in characters goes before one in points."""
    size = max(1.0, max((size_of(s) for s in para.stretches), default=0.0) or 16.0)
    chars = points(para.said.get(f"{key}Chars"), 100.0)
    return chars if chars else (points(para.said.get(key)) or 0.0) / size


def first_indent(para: Para) -> float:
    """How far in the first line begins, in characters, blanks typed before it and a first tab counted."""
    typed = 0.0
    for mark in para.text[: len(para.text) - len(para.text.lstrip())]:
        typed += {"\u3000": 1.0, "\t": _tab(para)}.get(mark, 0.5)
    return indent_of(para, "first") + indent_of(para, "left") + typed


def _tab(para: Para) -> float:
    """What a tab at the start is worth: up to the paragraph's own first stop, else Word's usual 21 points."""
    size = max((size_of(s) for s in para.stretches), default=16.0) or 16.0
    return (points(para.said.get("tab")) or 21.0) / size


def first_line_judge(para: Para, sheet: Sheet) -> str:
    """A first line that does not begin two characters in."""
    got = first_indent(para)
    return "" if abs(got - figure("indent", "first")) <= figure("indent", "tolerance") else _indent_said(got)


def _indent_said(got: float) -> str:
    return "首行没有缩进" if abs(got) < 0.05 else f"首行缩进了{said(got)}字" if got > 0 else f"首行突出了{said(-got)}字"


def first_line_mending(para: Para, sheet: Sheet) -> None:
    """Two characters in, blanks typed before the line counted; a tab gets a stop there."""
    typed = first_indent(para) - indent_of(para, "first") - indent_of(para, "left")
    if "\t" in para.text[: len(para.text) - len(para.text.lstrip())]:
        tabs = editing.paragraph_part(para.node, "tabs")
        tabs[:] = []
        stop = tabs.makeelement(tabs.tag[:-1])
        editing.said(stop, val="left", pos=str(round(figure("indent", "first") * figure("sizes", "body_pt") * 20)))
        tabs.append(stop)
        typed = figure("indent", "first")
    editing.set_indent(para.node, max(0.0, figure("indent", "first") - typed))


def flush_judge(para: Para, sheet: Sheet) -> str:
    """A line that does not begin at the left edge."""
    if para.said.get("jc") in ("center", "right"):
        return "没有顶格"
    return _indent_said(first_indent(para)) if abs(first_indent(para)) > figure("indent", "tolerance") else ""


def flush_mending(para: Para, sheet: Sheet) -> None:
    """At the left edge."""
    editing.set_indent(para.node)
    editing.set_side(para.node, "left")


def centred_judge(para: Para, sheet: Sheet) -> str:
    """A line that is not in the middle, or pushed out of it by an indent."""
    if para.said.get("jc") != "center":
        return "没有居中"
    off = indent_of(para, "first") + indent_of(para, "left") - indent_of(para, "right")
    return "" if abs(off) <= 0.5 else "居中时还带着缩进，偏了位置"


def centred_mending(para: Para, sheet: Sheet) -> None:
    """In the middle."""
    editing.set_indent(para.node)
    editing.set_side(para.node, "center")


def right_judge(para: Para, sheet: Sheet) -> str:
    """A signature or date at the left."""
    side = para.said.get("jc", "left")
    pushed = first_indent(para) * 16.0 + max(0.0, indent_of(para, "left")) >= sheet.line_pt / 4
    return "" if side in ("right", "center") or pushed else "排在左边"


def right_mending(para: Para, sheet: Sheet) -> None:
    """At the right, four characters in for a date that a seal may cover, two for a name."""
    editing.set_indent(para.node, right=4.0 if para.role == "date" else 2.0)
    editing.set_side(para.node, "right")


def turn_judge(para: Para, sheet: Sheet) -> str:
    """An attachment that begins in the middle of a page."""
    return "" if para.turned else "接在上文后面"


def turn_mending(para: Para, sheet: Sheet) -> None:
    """A new page."""
    editing.set_turn(para.node, turns=True)


def note_indent_judge(para: Para, sheet: Sheet) -> str:
    """附件说明 begins two characters in; the names below its first stand deeper."""
    got = first_indent(para)
    return "" if got >= figure("indent", "first") - figure("indent", "tolerance") else _indent_said(got)
