"""Hidden text (字体 → 隐藏文字): it is not on paper, so it is not read, whether a run or its style hides it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .names import is_on
from .xml import W

if TYPE_CHECKING:
    from .xml import Node


@dataclass(frozen=True, slots=True)
class Hidden:
    """The styles of characters and of paragraphs that hide their text."""

    characters: frozenset[str] = frozenset()
    paragraphs: frozenset[str] = frozenset()

    def paragraph(self, node: Node) -> bool:
        """Whether the paragraph's style hides it."""
        style = node.find(f"{W}pPr/{W}pStyle") if self.paragraphs else None
        return style is not None and style.get(W + "val") in self.paragraphs

    def run(self, properties: Node | None, *, styled: bool) -> bool:
        """Whether a run is hidden: by itself, by its own style, else by its paragraph's style (``styled``)."""
        own = None if properties is None else properties.find(W + "vanish")
        if own is not None:
            return is_on(own)
        style = None if properties is None else properties.find(W + "rStyle")
        return styled or (style is not None and style.get(W + "val") in self.characters)


def hidden_styles(styles: Node | None) -> Hidden:
    """The hiding styles of styles.xml, those based on them included."""
    if styles is None or next(styles.iter(W + "vanish"), None) is None:
        return Hidden()
    own: dict[str, bool] = {}
    above: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for node in styles.findall(W + "style"):
        name = node.get(W + "styleId") or ""
        kinds[name] = node.get(W + "type") or ""
        if (vanish := node.find(f"{W}rPr/{W}vanish")) is not None:
            own[name] = is_on(vanish)
        if (based := node.find(W + "basedOn")) is not None:
            above[name] = based.get(W + "val") or ""
    hiding = [name for name in kinds if _hides(name, own, above)]
    return Hidden(
        frozenset(n for n in hiding if kinds[n] == "character"), frozenset(n for n in hiding if kinds[n] == "paragraph")
    )


def _hides(name: str, own: dict[str, bool], above: dict[str, str]) -> bool:
    for _ in range(20):
        if name in own:
            return own[name]
        if name not in above:
            return False
        name = above[name]
    return False
