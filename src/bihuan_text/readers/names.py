"""The names of WordprocessingML that the walk over a paper looks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .beside import CHARTS, RELIDS
from .signs import PRIVATE, drawn_in, sign_of
from .xml import W

if TYPE_CHECKING:
    from .xml import Node

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VML = "{urn:schemas-microsoft-com:vml}"

# What stands around text without changing it; tracked deletions and the old place of a move are not among them.
THROUGH = {
    W + n
    for n in ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "hyperlink", "fldSimple", "dir", "bdo")
} | {
    # the wrappers of Word's older, single-file XML
    "{http://schemas.microsoft.com/office/word/2003/auxHint}" + n
    for n in ("sect", "sub-section", "pBdrGroup", "allowEmptyCollapse")
}
MARKS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
DRAWINGS = {W + "drawing", W + "pict", W + "object"}
_OFF = ("0", "false", "off")


def is_on(node: Node | None) -> bool:
    """Whether a switch such as ``w:vanish`` is there and not turned off."""
    return node is not None and node.get(W + "val") not in _OFF


def sign(node: Node) -> str:
    """The character of a ``w:sym``."""
    return sign_of(node.get(W + "char") or "", node.get(W + "font") or "")


def written(node: Node) -> str:
    """The characters of a ``w:t``, the signs of its run's own typeface among them."""
    text = node.text or ""
    if not PRIVATE.search(text):
        return text
    run = node.getparent()
    said = None if run is None else run.find(f"{W}rPr/{W}rFonts")
    return text if said is None else drawn_in(text, said.get(W + "ascii") or said.get(W + "hAnsi") or "")


def chosen(node: Node) -> list[Node]:
    """The first choice of an alternative, or its fallback; never both, or its text would appear twice."""
    choices = node.findall(MC + "Choice") or node.findall(MC + "Fallback")
    return choices[:1]


def spoken(node: Node) -> Node | None:
    """The first branch of an alternative inside a run that says anything: characters or a text box."""
    branches = [*node.findall(MC + "Choice"), *node.findall(MC + "Fallback")]
    says = (W + "t", W + "txbxContent", VML + "textpath", *RELIDS)
    return next((b for b in branches if next(b.iter(*says), None) is not None), None)


def boxes(node: Node) -> Iterator[Node]:
    """The outermost text boxes inside a drawing, the words that are drawn (WordArt), and what stands in parts beside."""
    if node.tag in (W + "txbxContent", VML + "textpath", *RELIDS, *CHARTS):
        yield node
    elif node.tag == MC + "AlternateContent":
        branch = spoken(node)
        for child in branch if branch is not None else ():
            yield from boxes(child)
    else:
        for child in node:
            yield from boxes(child)


def tag_of(node: Node) -> str:
    """The tag of a content control, "" for everything else."""
    said = node.find(f"{W}sdtPr/{W}tag") if node.tag == W + "sdt" else None
    return "" if said is None else said.get(W + "val") or ""


def is_gone(mark: Node | None) -> bool:
    """Whether a paragraph's end, by its run properties, was deleted or moved away with tracked changes."""
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def runs_in(node: Node) -> bool:
    """Whether a paragraph is a run-in heading: its end is hidden so that the next one goes on in its line."""
    mark = node.find(f"{W}pPr/{W}rPr")
    return mark is not None and is_on(mark.find(W + "specVanish")) and not is_gone(mark)


def is_unseen(node: Node) -> bool:
    """Whether a paragraph's end is hidden, but not deleted with tracked changes."""
    mark = node.find(f"{W}pPr/{W}rPr")
    return mark is not None and is_on(mark.find(W + "vanish")) and not is_gone(mark)


def continues(properties: Node | None) -> bool:
    """Whether a cell goes on from the one above."""
    merge = None if properties is None else properties.find(W + "vMerge")
    return merge is not None and merge.get(W + "val") != "restart"


def is_deleted_cell(node: Node) -> bool:
    """Whether tracked changes took the cell away."""
    return node.find(f"{W}tcPr/{W}cellDel") is not None


def columns(properties: Node | None, name: str, least: int) -> int:
    """How many grid columns a cell covers (``gridSpan``), or a row leaves free before it (``gridBefore``)."""
    span = None if properties is None else properties.find(W + name)
    text = "" if span is None else span.get(W + "val") or ""
    return max(least, min(int(text), 64)) if text.isdecimal() else least
