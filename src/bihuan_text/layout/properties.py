"""What one w:rPr or w:pPr says, as a flat table of words; later tables laid over earlier ones give the effective one.

Keys of a run: east, latin (names of typefaces), size (half-points), bold, colour, hidden. Keys of a paragraph: jc, left,
right, first (hanging is negative), each also with Chars, before, after, line, lineRule, snap, turn (page break before),
outline, list, depth, tab (the first stop of its own), frame (which side a frame stands on).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bihuan_text.readers.xml import W

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bihuan_text.readers.xml import Node

Said = dict[str, str]
_OFF: Final = frozenset({"0", "false", "off", "none"})
_SIDES: Final = {"start": "left", "end": "right"}


def on(node: Node | None) -> str:
    """A switch of OOXML: "1", "0", or "" where nothing is said."""
    if node is None:
        return ""
    return "0" if (node.get(W + "val") or "1") in _OFF else "1"


def value(node: Node | None, name: str) -> str:
    """The w:val of a child, "" without one."""
    child = None if node is None else node.find(W + name)
    return "" if child is None else child.get(W + "val") or ""


def run_said(node: Node | None, themed: Callable[[str], str]) -> Said:
    """What a w:rPr says; ``themed`` gives the typeface behind a name like “minorEastAsia”."""
    if node is None:
        return {}
    found = {"size": value(node, "sz"), "colour": value(node, "color"), "bold": on(node.find(W + "b"))}
    found["hidden"] = on(node.find(W + "vanish"))
    if (fonts := node.find(W + "rFonts")) is not None:
        found["east"] = _face(fonts, "eastAsia", themed)
        found["latin"] = _face(fonts, "ascii", themed)
    return {key: each for key, each in found.items() if each}


def _face(fonts: Node, script: str, themed: Callable[[str], str]) -> str:
    """A theme's typeface goes before a name beside it."""
    theme = fonts.get(f"{W}{script}Theme")
    return (themed(theme) if theme else "") or fonts.get(W + script) or ""


def paragraph_said(node: Node | None) -> Said:
    """What a w:pPr says."""
    if node is None:
        return {}
    side = value(node, "jc")
    found = {"jc": _SIDES.get(side, side), "outline": value(node, "outlineLvl")}
    found |= {"snap": on(node.find(W + "snapToGrid")), "turn": on(node.find(W + "pageBreakBefore"))}
    found |= {"list": value(node.find(W + "numPr"), "numId"), "depth": value(node.find(W + "numPr"), "ilvl")}
    found |= indent_said(node.find(W + "ind")) | _spacing_said(node.find(W + "spacing"))
    if (tab := node.find(f"{W}tabs/{W}tab")) is not None:
        found["tab"] = tab.get(W + "pos") or ""
    if (frame := node.find(W + "framePr")) is not None:
        found["frame"] = frame.get(W + "xAlign") or "text"
    return {key: each for key, each in found.items() if each}


def indent_said(node: Node | None) -> Said:
    """What a w:ind says; a hanging indent is a negative first line."""
    if node is None:
        return {}
    named = {"left": ("left", "start"), "right": ("right", "end"), "first": ("firstLine",)}
    found: Said = {}
    for key, names in named.items():
        for name in names:
            found |= _named(node, key, name)
    for key in ("", "Chars"):
        if hanging := (node.get(f"{W}hanging{key}") or ""):
            found[f"first{key}"] = hanging if hanging.startswith("-") or hanging == "0" else f"-{hanging}"
    return found


def _named(node: Node, key: str, name: str) -> Said:
    given = {key: node.get(W + name) or "", f"{key}Chars": node.get(f"{W}{name}Chars") or ""}
    return {each: words for each, words in given.items() if words}


def _spacing_said(node: Node | None) -> Said:
    if node is None:
        return {}
    names = ("before", "after", "line", "lineRule", "beforeLines", "afterLines")
    return {name: words for name in names if (words := node.get(W + name))}


def laid(*layers: Mapping[str, str]) -> Said:
    """Later layers over earlier ones."""
    found: Said = {}
    for layer in layers:
        found.update(layer)
    return found
