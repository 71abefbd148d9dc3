"""The text boxes that hang on a paragraph: drawn once for new programs and once more for old ones, or only once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bihuan_text.readers.xml import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bihuan_text.readers.xml import Node

BOX: Final = W + "txbxContent"
WAYS: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def boxes_in(node: Node) -> Iterator[Node]:
    """The nearest boxes below an element, in their order: a box's content, or the choice between ways to draw it."""
    for child in node:
        if child.tag in (BOX, WAYS):
            yield child
        elif child.tag != W + "p":
            yield from boxes_in(child)
