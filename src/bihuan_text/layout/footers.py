"""The page number as a footer draws it: on which side, in which size and face, between which dashes, how far down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bihuan_text.readers.xml import W

from .properties import Said
from .units import PT_PER_MM, points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bihuan_text.readers.xml import Node

    from .sheet import Sheet
    from .styles import Styles

_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_FIELD: Final = re.compile(r"(?<![A-Z])PAGE(?![A-Z])", re.IGNORECASE)
_DASHED: Final = re.compile(r"[—–―─－] *# *[—–―─－]")
_MARK: Final = "#"
# How high a line of 14 pt is where nothing is said of it.
_NATURAL: Final = 1.3


@dataclass(frozen=True, slots=True)
class Number:
    """The paragraph of a footer that holds the page number; ``side`` is left, right, center, outside or inside.

    ``below`` is how far the middle of its line stands below the type area in millimetres, None where a frame or other
    lines of the footer decide that.
    """

    side: str
    said: Said
    dashed: bool
    line_pt: float
    alone: bool

    def below(self, sheet: Sheet) -> float | None:
        """How far below the type area of a sheet the dash stands, in millimetres."""
        return sheet.margins[1] - sheet.footer - self.line_pt / 2 / PT_PER_MM if self.alone else None


def number_in(root: Node | None, styles: Styles) -> Number | None:
    """The page number of a footer, None without one."""
    if root is None:
        return None
    for paragraph in root.iter(W + "p"):
        inner = any(_has_field(each) for each in paragraph.iter(W + "p") if each is not paragraph)
        if _has_field(paragraph) and not inner:
            return _number(paragraph, root, styles)
    return None


def _has_field(paragraph: Node) -> bool:
    codes = "".join(node.text or "" for node in paragraph.iter(W + "instrText"))
    simple = (node.get(W + "instr") or "" for node in paragraph.iter(W + "fldSimple"))
    return any(_FIELD.search(code) for code in (codes, *simple))


def _number(paragraph: Node, root: Node, styles: Styles) -> Number:
    said = styles.paragraph(paragraph)
    text, run = _drawn(paragraph)
    look = styles.run(run, paragraph)
    size = points(look.get("size"), 2.0) or 10.0
    rule = said.get("lineRule", "auto")
    given = points(said.get("line")) if rule in ("exact", "atLeast") else None
    line = given or size * _NATURAL
    framed = "frame" in said or _anchor(paragraph) is not None
    others = any(p is not paragraph and _words(p) for p in root.iter(W + "p"))
    room = any(points(said.get(each)) for each in ("before", "after"))
    return Number(_side(paragraph, said, text), look, bool(_DASHED.search(text)), line, not (framed or others or room))


def _words(paragraph: Node) -> str:
    return "".join(node.text or "" for node in paragraph.iter(W + "t")).strip()


def _drawn(paragraph: Node) -> tuple[str, Node | None]:
    """The words of the paragraph with # for the number, and the run that draws the number."""
    said, number, inside = "", None, 0
    for kind, run in _events(paragraph):
        if kind == "begin":
            inside, said = inside + 1, said + _MARK
        elif kind == "end":
            inside -= 1
        elif inside <= 0:
            said += kind
        elif kind.strip():
            number = run
    for simple in paragraph.iter(W + "fldSimple"):
        number = next(simple.iter(W + "r"), number)
    if number is None:
        number = next((run for kind, run in _events(paragraph) if kind == "begin"), None)
    return said, number


def _events(paragraph: Node) -> Iterator[tuple[str, Node]]:
    """Begin and end of fields, and words, with their runs."""
    for run in paragraph.iter(W + "r"):
        above = run.getparent()
        simple = above is not None and above.tag == W + "fldSimple"
        if simple:
            yield "begin", run
        for child in run:
            if child.tag == W + "fldChar" and child.get(W + "fldCharType") in ("begin", "end"):
                yield child.get(W + "fldCharType") or "", run
            elif child.tag == W + "t":
                yield child.text or "", run
            elif child.tag in (W + "tab", W + "ptab"):
                yield "\t", run
        if simple:
            yield "end", run


def _side(paragraph: Node, said: Said, text: str) -> str:
    if (anchor := _anchor(paragraph)) is not None:
        return anchor
    if said.get("frame", "text") not in ("text", ""):
        return said["frame"]
    for tab in paragraph.iter(W + "ptab"):
        return tab.get(W + "alignment") or "left"
    # The usual footer has a stop in the middle and one at the right.
    if tabs := text.split(_MARK)[0].count("\t"):
        return "center" if tabs == 1 else "right"
    side = said.get("jc", "left")
    return {"both": "left", "distribute": "center"}.get(side, side)


def _anchor(paragraph: Node) -> str | None:
    """The side of the drawing that a paragraph stands in, "" where it is said in lengths."""
    for above in paragraph.iterancestors(_WP + "anchor"):
        align = above.find(f"{_WP}positionH/{_WP}align")
        return (align.text or "").strip() if align is not None else ""
    return None
