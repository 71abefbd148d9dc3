"""Which paragraph of a .docx carries a number that Word makes by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .counters import Level, Lists
from .xml import W

if TYPE_CHECKING:
    from .xml import Node


def _value(node: Node | None, name: str) -> str | None:
    child = None if node is None else node.find(W + name)
    return None if child is None else child.get(W + "val")


def _number(text: str | None, default: int) -> int:
    try:
        return max(0, min(int(text or ""), 100_000))
    except ValueError:
        return default


def _level(node: Node) -> Level:
    pattern = _value(node, "lvlText") or ""
    legal = node.find(W + "isLgl") is not None
    restart = _value(node, "lvlRestart")
    return Level(
        _number(_value(node, "start"), 1),
        _value(node, "numFmt") or "decimal",
        pattern,
        legal,
        _value(node, "pStyle"),
        None if restart is None else _number(restart, 0),
    )


@dataclass(slots=True)
class Numbering(Lists):
    """The lists of a .docx and the styles that number; ``label`` moves the lists on."""

    styles: dict[str, tuple[str | None, str | None, int | None]] = field(
        default_factory=dict[str, tuple[str | None, str | None, int | None]]
    )
    normal: str | None = None

    def label(self, paragraph: Node) -> str:
        """The number Word would print before this paragraph, or nothing; bullets are no numbers."""
        number, depth = self._belongs(paragraph)
        return "" if number is None or number == "0" else self.said(number, depth)

    def _belongs(self, paragraph: Node) -> tuple[str | None, int]:
        """The list and depth of a paragraph: said by itself, or by its style or a style that one is based on."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number, depth = _value(own, "numId"), _value(own, "ilvl")
        style = _value(paragraph.find(W + "pPr"), "pStyle") or self.normal
        named: list[str] = []
        for _ in range(20):
            if number is not None or style is None or style not in self.styles:
                break
            named.append(style)
            style, number, styled = self.styles[style]
            depth = depth if depth is not None else None if styled is None else str(styled)
        if depth is None and number is not None:
            return number, self._depth_of(number, named)
        return number, min(_number(depth, 0), 8)

    def _depth_of(self, number: str, styles: list[str]) -> int:
        """The depth of a list that says of itself which style it serves."""
        abstract, own, _ = self.lists.get(number, ("", {}, {}))
        levels = self.abstracts.get(abstract, {}) | own
        return next((depth for depth, level in sorted(levels.items()) if level.style in styles), 0)


def numbering_of(numbering: Node | None, styles: Node | None) -> Numbering:
    """What numbering.xml and styles.xml say; either may be absent."""
    found = Numbering()
    if numbering is not None:
        for node in numbering.findall(W + "abstractNum"):
            levels = {_number(n.get(W + "ilvl"), 0): _level(n) for n in node.findall(W + "lvl")}
            found.abstracts[node.get(W + "abstractNumId") or ""] = levels
        for node in numbering.findall(W + "num"):
            found.lists[node.get(W + "numId") or ""] = _list_of(node)
    if styles is not None:
        for node in styles.findall(W + "style"):
            _add_style(found, node)
    if numbering is not None:
        _follow_styles(found, numbering)
    return found


def _follow_styles(found: Numbering, numbering: Node) -> None:
    """A list that only names a list style takes the levels of the list that style names."""
    for node in numbering.findall(W + "abstractNum"):
        style = _value(node, "numStyleLink")
        _, number, _ = found.styles.get(style or "", (None, None, None))
        if number in found.lists and (levels := found.abstracts.get(found.lists[number][0])):
            found.abstracts[node.get(W + "abstractNumId") or ""] = levels


def _list_of(node: Node) -> tuple[str, dict[int, Level], dict[int, int]]:
    own: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in node.findall(W + "lvlOverride"):
        depth = _number(override.get(W + "ilvl"), 0)
        if (level := override.find(W + "lvl")) is not None:
            own[depth] = _level(level)
        if (start := _value(override, "startOverride")) is not None:
            starts[depth] = _number(start, 1)
    return _value(node, "abstractNumId") or "", own, starts


def _add_style(found: Numbering, node: Node) -> None:
    name = node.get(W + "styleId") or ""
    if node.get(W + "type") == "paragraph" and node.get(W + "default") in ("1", "true"):
        found.normal = name
    numbered = node.find(f"{W}pPr/{W}numPr")
    depth = _value(numbered, "ilvl")
    found.styles[name] = (
        _value(node, "basedOn"),
        _value(numbered, "numId"),
        None if depth is None else _number(depth, 0),
    )
