"""The characters of a paragraph with the run each stands in, and putting an answer in the place of some of them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from bihuan_text.readers.xml import W

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bihuan_text.readers.xml import Node


XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
THROUGH = {
    W + n
    for n in ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "hyperlink", "fldSimple", "dir", "bdo")
}
_OBJECTS = {W + n for n in ("drawing", "pict", "object", "footnoteReference", "endnoteReference")}
_MARKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n"}
_STANDS_FOR_OBJECT = "\ufffc"


@dataclass(frozen=True, slots=True)
class Letter:
    """One character: in which run, in which child of it, at which place of its text."""

    char: str
    run: Node
    node: Node
    at: int


def letters_of(paragraph: Node) -> list[Letter]:
    """The characters of a paragraph as it would be printed; tracked deletions and hidden text stay out."""
    return [letter for run in runs_of(paragraph) for child in run for letter in letters_in(run, child)]


def runs_of(node: Node) -> Iterator[Node]:
    """The runs inside a paragraph, through links, insertions and content controls that already say something."""
    for child in node:
        if child.tag == W + "r" and not _is_hidden(child):
            yield child
        elif child.tag in THROUGH and not is_open_control(child):
            yield from runs_of(child)


def is_open_control(node: Node) -> bool:
    """Whether this is a content control that still shows its placeholder."""
    return node.tag == W + "sdt" and node.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def open_around(cell: Node) -> Node | None:
    """The control that still asks and whose whole content is this cell."""
    content = cell.getparent()
    control = None if content is None else content.getparent()
    return control if control is not None and is_open_control(control) else None


def _is_hidden(run: Node) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(W + "val") not in ("0", "false", "off")


def letters_in(run: Node, child: Node) -> Iterator[Letter]:
    """What one child of a run says."""
    if child.tag == W + "t":
        yield from (Letter(char, run, child, at) for at, char in enumerate(child.text or ""))
    elif child.tag in _MARKS:
        yield Letter(_MARKS[child.tag], run, child, 0)
    elif child.tag in _OBJECTS or str(child.tag).endswith("}AlternateContent"):
        yield Letter(_STANDS_FOR_OBJECT, run, child, 0)


def underlined(letters: Sequence[Letter]) -> set[int]:
    """The places of the characters with a line under them."""
    return {at for at, letter in enumerate(letters) if _has_line(letter.run)}


def _has_line(run: Node) -> bool:
    line = run.find(f"{W}rPr/{W}u")
    return line is not None and line.get(W + "val", "single") != "none"


def look_of(run: Node | None) -> Node | None:
    """A copy of a run's formatting, without the track of changes in it."""
    found = None if run is None else run.find(W + "rPr")
    return without_tracks(found)


def without_tracks(look: Node | None) -> Node | None:
    """A copy of formatting without tracked changes and without the grey of a placeholder."""
    if look is None:
        return None
    copied = deepcopy(look)
    copied.tail = None
    for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"):
        for each in copied.findall(W + name):
            copied.remove(each)
    return copied


def run_saying(text: str, look: Node | None) -> Node:
    """A new run; \\n becomes a line break."""
    run = etree.Element(W + "r")
    if look is not None:
        run.append(look)
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, W + "br")
        run.append(_text(line))
    return run


def _text(text: str) -> Node:
    node = etree.Element(W + "t")
    node.text = "".join(char for char in text if char >= " " or char == "\t")
    node.set(XML_SPACE, "preserve")
    return node


def put(letters: Sequence[Letter], start: int, end: int, look: int, node_of: Callable[[Node | None], Node]) -> None:
    """Put a new node in the place of the letters ``start`` to ``end`` (exclusive; when equal, before ``start``).

    ``node_of`` makes it, given the formatting of the letter ``look``. Earlier letters stay valid, later ones do not.
    """
    new = node_of(look_of(letters[look].run))
    first = letters[start] if start < len(letters) else letters[-1]
    cut = first.at if start < len(letters) else first.at + 1
    covered = letters[start:end]
    _delete(covered)
    split_after(first.run, first.node, new, cut)
    for run in dict.fromkeys([first.run, *(letter.run for letter in covered)]):
        _drop_if_empty(run)


def split_after(run: Node, node: Node, new: Node, cut: int = 0) -> None:
    """Put ``new`` behind a child of a run, or behind the first ``cut`` letters of a text; what follows goes behind it."""
    parent = run.getparent()
    if parent is None:
        return
    tail = _split(run, node, cut)
    place = parent.index(run) + 1
    parent.insert(place, new)
    if _says(tail):
        parent.insert(place + 1, tail)


def _delete(covered: Sequence[Letter]) -> None:
    for letter in reversed(covered):
        text = letter.node.text or ""
        letter.node.text = text[: letter.at] + text[letter.at + 1 :]


def _split(run: Node, node: Node, cut: int) -> Node:
    """Move what follows the place into a new run with the same formatting and traces, and return that."""
    tail = etree.Element(W + "r")
    tail.attrib.update(run.attrib)
    if (look := run.find(W + "rPr")) is not None:
        tail.append(deepcopy(look))
    following = list(node.itersiblings())
    if node.tag == W + "t":
        text = node.text or ""
        node.text = text[:cut]
        node.set(XML_SPACE, "preserve")
        if text[cut:]:
            tail.append(_text(text[cut:]))
    for each in following:
        tail.append(each)
    return tail


def _says(run: Node) -> bool:
    return any(child.tag != W + "rPr" for child in run)


def _drop_if_empty(run: Node) -> None:
    for node in run.findall(W + "t"):
        if not node.text:
            run.remove(node)
    parent = run.getparent()
    if parent is not None and not _says(run):
        parent.remove(run)
