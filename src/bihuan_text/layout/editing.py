"""Writing direct formatting into a paragraph or run, every element in the place the schema gives it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from bihuan_text.lists import table
from bihuan_text.readers.xml import W

if TYPE_CHECKING:
    from bihuan_text.readers.xml import Node

_THEMES: Final = {
    "eastAsia": ("eastAsiaTheme",),
    "ascii": ("asciiTheme",),
    "hAnsi": ("hAnsiTheme",),
    "cs": ("cstheme",),
}


def put(parent: Node, name: str, kind: str) -> Node:
    """The child of that name, made in the place that data/layout.toml has for it in such a parent when it is absent."""
    order = cast("dict[str, str]", table("layout.toml")["order"])[kind].split()
    if (found := parent.find(W + name)) is not None:
        return found
    new = etree.Element(W + name)
    later = {W + each for each in order[order.index(name) + 1 :]}
    place = next((i for i, child in enumerate(parent) if child.tag in later), len(parent))
    parent.insert(place, new)
    return new


def _first(parent: Node, name: str) -> Node:
    if (found := parent.find(W + name)) is not None:
        return found
    new = etree.Element(W + name)
    parent.insert(0, new)
    return new


def paragraph_part(paragraph: Node, name: str) -> Node:
    """A child of a paragraph's w:pPr."""
    return put(_first(paragraph, "pPr"), name, "paragraph")


def run_part(run: Node, name: str) -> Node:
    """A child of a run's w:rPr."""
    return put(_first(run, "rPr"), name, "run")


def section_part(section: Node, name: str) -> Node:
    """A child of a w:sectPr."""
    return put(section, name, "section")


def said(node: Node, **values: str) -> None:
    """Write attributes of w."""
    for name, value in values.items():
        node.set(W + name, value)


def set_face(run: Node, **faces: str) -> None:
    """Write typefaces by script (eastAsia, ascii, hAnsi, cs); what a theme said of them goes."""
    fonts = run_part(run, "rFonts")
    for script, name in faces.items():
        for theme in _THEMES[script]:
            fonts.attrib.pop(W + theme, "")
        fonts.set(W + script, name)


def set_size(run: Node, size_pt: float) -> None:
    """Write the size of a run."""
    for name in ("sz", "szCs"):
        said(run_part(run, name), val=str(round(size_pt * 2)))


def set_colour(run: Node, colour: str) -> None:
    """Write the colour of a run."""
    node = run_part(run, "color")
    node.attrib.clear()
    said(node, val=colour)


def set_side(paragraph: Node, side: str) -> None:
    """left, center, right or both."""
    said(paragraph_part(paragraph, "jc"), val=side)


def set_indent(paragraph: Node, first: float = 0.0, right: float = 0.0, character_pt: float = 16.0) -> None:
    """First line and right side in characters; the left side flush."""
    node = paragraph_part(paragraph, "ind")
    node.attrib.clear()
    said(node, leftChars="0", left="0", rightChars=str(round(right * 100)), right=str(round(right * character_pt * 20)))
    said(node, firstLineChars=str(round(first * 100)), firstLine=str(round(first * character_pt * 20)))


def set_pitch(paragraph: Node, pitch_pt: float) -> None:
    """An exact pitch; room before and after stays."""
    said(paragraph_part(paragraph, "spacing"), line=str(round(pitch_pt * 20)), lineRule="exact")


def no_room(paragraph: Node) -> None:
    """Neither room before the paragraph nor after it."""
    node = paragraph_part(paragraph, "spacing")
    for side in ("before", "after"):
        node.attrib.pop(f"{W}{side}Autospacing", "")
        said(node, **{side: "0", f"{side}Lines": "0"})


def set_turn(paragraph: Node, *, turns: bool) -> None:
    """Whether the paragraph begins a page."""
    said(paragraph_part(paragraph, "pageBreakBefore"), val="1" if turns else "0")


def split_run(run: Node, place: int) -> Node | None:
    """Cut a run of one w:t before its character ``place``; the second half, None where that cannot be done."""
    words = [child for child in run if child.tag != W + "rPr"]
    if len(words) != 1 or words[0].tag != W + "t" or not 0 < place < len(words[0].text or ""):
        return None
    text = words[0].text or ""
    second = deepcopy(run)
    second.tail = None
    run.addnext(second)
    for node, part in ((run, text[:place]), (second, text[place:])):
        held = node.find(W + "t")
        if held is not None:
            held.text = part
            held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return second
