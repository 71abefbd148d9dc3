"""R45: what is to be said of the page numbers of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .deviation import Deviation
from .faces import face_named, part_of
from .units import figure, points, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .footers import Number
    from .measuring import Layout
    from .sheet import Sheet

_CLAUSE: Final = "第7.5条"
_OUTER: Final = ("outside", "")


def of_numbers(layout: Layout) -> Iterator[Deviation]:
    """Missing page numbers, their side, dashes, size, face and place; each told once for the whole document."""
    odd = next((n.get("default") for n in layout.numbers if n.get("default")), None)
    if odd is None:
        yield _said("没有页码，应在版心下边排“— 1 —”式的四号页码，单页居右、双页居左。")
        return
    if any(sheet.differs_first and not n.get("first") for sheet, n in _sections(layout)):
        yield _said("首页设了不同的页脚，没有页码，应同其他页一样排上页码。")
    even = next((n.get("even") for n in layout.numbers if n.get("even")), None) if layout.odd_even else odd
    if even is None:
        yield _said("双页没有页码，应在左边空一字排“— 2 —”式的页码。")
    else:
        yield from _of_side(odd, even, odd_even=layout.odd_even)
    yield from _of_look([odd] if even is None or even is odd else [odd, even])
    yield from _of_place(layout, odd)


def _sections(layout: Layout) -> Iterator[tuple[Sheet, dict[str, Number]]]:
    yield from zip(layout.sheets, layout.numbers, strict=True)


def _of_side(odd: Number, even: Number, *, odd_even: bool) -> Iterator[Deviation]:
    if odd.side in _OUTER and even.side in _OUTER:
        return
    names = {"left": "居左", "right": "居右", "center": "居中", "inside": "居内侧", "outside": "居外侧", "": "居外侧"}
    if not odd_even:
        yield _said(f"页码单双页都{names.get(odd.side, '在同一侧')}，应单页居右空一字、双页居左空一字。")
    elif (odd.side, even.side) != ("right", "left"):
        got = f"单页{names.get(odd.side, '不居右')}、双页{names.get(even.side, '不居左')}"
        yield _said(f"页码{got}，应单页居右空一字、双页居左空一字。")


def _of_look(numbers: list[Number]) -> Iterator[Deviation]:
    if any(not number.dashed for number in numbers):
        yield _said("页码两边没有一字线，应写成“— 1 —”。")
    sizes = [points(number.said.get("size"), 2.0) or 10.0 for number in numbers]
    wanted = figure("sizes", "number_pt")
    if wrong := [size for size in sizes if abs(size - wanted) > figure("sizes", "tolerance_pt")]:
        yield _said(f"页码是{said(wrong[0])}磅，应用四号（14磅）字。")
    faces = [number.said.get("latin", "") for number in numbers]
    if other := [face for face in faces if part_of(face) != "宋体"]:
        yield _said(f"页码用的是{face_named(other[0])}，应用半角宋体阿拉伯数字。")


def _of_place(layout: Layout, odd: Number) -> Iterator[Deviation]:
    below = odd.below(layout.sheets[0])
    wanted = figure("number", "below_mm")
    if below is not None and abs(below - wanted) > figure("number", "below_tolerance_mm"):
        told = f"在版心下边缘之下约{said(below)}毫米" if below > 0 else "压进了版心"
        yield Deviation("R45", _CLAUSE, f"页码一字线{told}，应在其下7毫米处。", None, grave=False)


def _said(message: str) -> Deviation:
    return Deviation("R45", _CLAUSE, message)
