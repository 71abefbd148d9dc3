"""Effective properties: direct over character style over paragraph style, along basedOn, down to the defaults and theme."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bihuan_text.readers.xml import W

from .properties import Said, indent_said, laid, on, paragraph_said, run_said, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bihuan_text.readers.xml import Node

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEEPEST: Final = 20
# What Word takes when a file says nothing of the size of its text.
_BARE: Final = {"size": "20"}


@dataclass(frozen=True, slots=True)
class _Style:
    based: str
    paragraph: Said
    run: Said
    name: str


@dataclass(slots=True)
class Styles:
    """The styles of one document. ``paragraph`` and ``run`` give what holds for a w:p and for a w:r in it."""

    fonts: dict[str, str] = field(default_factory=dict[str, str])
    lists: dict[tuple[str, str], Said] = field(default_factory=dict[tuple[str, str], Said])
    known: dict[str, _Style] = field(default_factory=dict[str, _Style])
    normal: str = ""
    paragraph_base: Said = field(default_factory=Said)
    run_base: Said = field(default_factory=Said)
    _chains: dict[str, tuple[Said, Said]] = field(default_factory=dict[str, tuple[Said, Said]])

    def paragraph(self, node: Node) -> Said:
        """What holds for a paragraph, the indents of its list included."""
        own = paragraph_said(node.find(W + "pPr"))
        styled = self._chain(self.style_of(node))[0]
        return laid(self.paragraph_base, self._list(styled), styled, self._list(own), own)

    def run(self, node: Node | None, paragraph: Node) -> Said:
        """What holds for a run; None is a run that says nothing itself."""
        properties = None if node is None else node.find(W + "rPr")
        character = self._chain(value(properties, "rStyle"))[1] if properties is not None else {}
        own = run_said(properties, self.themed)
        return laid(self.run_base, self._chain(self.style_of(paragraph))[1], character, own)

    def style_of(self, paragraph: Node) -> str:
        """The id of a paragraph's style."""
        named = value(paragraph.find(W + "pPr"), "pStyle")
        return named if named in self.known else self.normal

    def themed(self, name: str) -> str:
        """The typeface behind “majorEastAsia” and the like."""
        return self.fonts.get(name, "")

    def _list(self, said: Said) -> Said:
        return self.lists.get((said["list"], said.get("depth", "0")), {}) if "list" in said else {}

    def _chain(self, identity: str) -> tuple[Said, Said]:
        if identity not in self._chains:
            line = list(self._line(identity))[::-1]
            self._chains[identity] = laid(*(s.paragraph for s in line)), laid(*(s.run for s in line))
        return self._chains[identity]

    def _line(self, identity: str) -> Iterator[_Style]:
        for _ in range(_DEEPEST):
            if (style := self.known.get(identity)) is None:
                return
            yield style
            identity = style.based


def styles_of(styles: Node | None, theme: Node | None, numbering: Node | None) -> Styles:
    """The styles of a document from its parts, any of which may be absent."""
    found = Styles(_fonts(theme), dict(_lists(numbering)), run_base=dict(_BARE))
    for node in () if styles is None else styles:
        if node.tag == W + "docDefaults":
            found.run_base |= run_said(node.find(f"{W}rPrDefault/{W}rPr"), found.themed)
            found.paragraph_base = paragraph_said(node.find(f"{W}pPrDefault/{W}pPr"))
        elif node.tag == W + "style":
            _add(found, node)
    return found


def _add(found: Styles, node: Node) -> None:
    identity = node.get(W + "styleId") or ""
    run = run_said(node.find(W + "rPr"), found.themed)
    paragraph = paragraph_said(node.find(W + "pPr"))
    found.known[identity] = _Style(value(node, "basedOn"), paragraph, run, value(node, "name"))
    default = node.get(W + "default")
    if node.get(W + "type") == "paragraph" and default and default not in ("0", "false"):
        found.normal = identity


def _fonts(theme: Node | None) -> dict[str, str]:
    """Names like “minorEastAsia” → the typeface; an empty one falls to the theme's typeface for Chinese."""
    found: dict[str, str] = {}
    for size in ("major", "minor"):
        fonts = None if theme is None else next(theme.iter(f"{_A}{size}Font"), None)
        if fonts is None:
            continue
        latin, east = (_typeface(fonts.find(_A + script)) for script in ("latin", "ea"))
        hans = next((f for f in fonts.findall(_A + "font") if f.get("script") == "Hans"), None)
        found |= {f"{size}EastAsia": east or _typeface(hans), f"{size}Ascii": latin, f"{size}HAnsi": latin}
    return found


def _typeface(node: Node | None) -> str:
    return "" if node is None else node.get("typeface") or ""


def _lists(numbering: Node | None) -> Iterator[tuple[tuple[str, str], Said]]:
    """The indents of the levels of each list."""
    if numbering is None:
        return
    shapes = {
        node.get(W + "abstractNumId") or "": {
            level.get(W + "ilvl") or "0": indent_said(level.find(f"{W}pPr/{W}ind")) for level in node.findall(W + "lvl")
        }
        for node in numbering.findall(W + "abstractNum")
    }
    for node in numbering.findall(W + "num"):
        for depth, said in shapes.get(value(node, "abstractNumId"), {}).items():
            yield (node.get(W + "numId") or "", depth), said


def switched_on(settings: Node | None, name: str) -> bool:
    """Whether settings.xml switches something on."""
    return settings is not None and on(settings.find(W + name)) == "1"
