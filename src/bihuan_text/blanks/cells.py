"""Cells of a worksheet: their names, their words, and writing into them."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml import etree

from .letters import XML_SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bihuan_text.readers.xml import Node

    from .marks import Mark
    from .model import Said

_REF = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile("0|[1-9][0-9]{0,8}")
COLUMNS: Final = 16384


def place_of(ref: str) -> tuple[int, int]:
    """(row, column), both from 1, of a name like B7; (0, 0) when it is none."""
    match = _REF.fullmatch(ref.replace("$", ""))
    if match is None:
        return 0, 0
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)), column


def name_of(row: int, column: int) -> str:
    """The name of a cell, as B7."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def area_of(ref: str) -> tuple[int, int, int, int]:
    """(first row, first column, last row, last column) of a name like B7:D9 or B7."""
    first, _, last = ref.partition(":")
    return (*place_of(first), *place_of(last or first))


def ns(node: Node) -> str:
    """The namespace of an element, in braces: plain and strict worksheets have different ones."""
    return str(node.tag).rpartition("}")[0] + "}"


class Strings:
    """The words of a workbook's cells."""

    def __init__(self, shared: Node | None) -> None:
        self._shared: Sequence[Node] = [] if shared is None else shared.findall(ns(shared) + "si")

    def item(self, cell: Node) -> Node | None:
        """The string element behind a cell that holds words: shared or its own."""
        if cell.get("t") == "inlineStr":
            return cell.find(ns(cell) + "is")
        value = cell.findtext(ns(cell) + "v") or ""
        if cell.get("t") == "s" and value.isdecimal() and int(value) < len(self._shared):
            return self._shared[int(value)]
        return None

    def text(self, cell: Node) -> str:
        """What a cell says, without the reading aids of Asian text."""
        item = self.item(cell)
        if item is not None:
            return "".join(node.text or "" for node in texts_of(item))
        return cell.findtext(ns(cell) + "v") or ""


def texts_of(item: Node) -> list[Node]:
    """The text elements of a string, in their order."""
    space = ns(item)
    found = [*item.findall(space + "t")]
    for run in item.findall(space + "r"):
        found.extend(run.findall(space + "t"))
    return found


def underlined_in(item: Node) -> set[int]:
    """The places of the characters with a line under them."""
    found: set[int] = set()
    at = 0
    for node in texts_of(item):
        run, length = node.getparent(), len(node.text or "")
        if run is not None and run.find(f"{ns(item)}rPr/{ns(item)}u") is not None:
            found.update(range(at, at + length))
        at += length
    return found


def drop(node: Node, attribute: str) -> None:
    """Take an attribute away, if it is there."""
    if node.get(attribute) is not None:
        del node.attrib[attribute]


def is_void(cell: Node) -> bool:
    """Whether a cell holds neither a value nor a formula."""
    space = ns(cell)
    return all(cell.find(space + name) is None for name in ("v", "is", "f"))


def write(cell: Node, said: Said, *, as_words: bool) -> None:
    """Write into an empty cell; figures are numbers, so that the form's own sums count them, all else is text."""
    space = ns(cell)
    for child in list(cell):
        cell.remove(child)
    drop(cell, "t")
    if _NUMBER.fullmatch(said.text) and not as_words:
        etree.SubElement(cell, space + "v").text = said.text
        return
    cell.set("t", "inlineStr")
    text = etree.SubElement(etree.SubElement(cell, space + "is"), space + "t")
    _say(text, said.text)


def _say(node: Node, words: str) -> None:
    node.text = "".join(char for char in words if char >= " " or char in "\n\t")
    node.set(XML_SPACE, "preserve")


def write_marks(cell: Node, item: Node, answers: Mapping[Mark, Said]) -> None:
    """Put answers in the place of marks of a cell's words; the cell gets words of its own, in their old looks."""
    space = ns(cell)
    own = etree.Element(space + "is")
    for child in item:
        if str(child.tag).rpartition("}")[2] in ("t", "r"):
            own.append(deepcopy(child))
    for mark in sorted(answers, key=lambda each: each.start, reverse=True):
        _replace(texts_of(own), mark, answers[mark].text)
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    cell.append(own)


def _replace(nodes: list[Node], mark: Mark, words: str) -> None:
    at, written = 0, False
    for node in nodes:
        text = node.text or ""
        start, end = max(mark.start - at, 0), min(mark.end - at, len(text))
        looks = at <= mark.look < at + len(text)
        if start < end or looks:
            start = min(start, len(text))
            end = max(end, start)
            put = words if looks and not written else ""
            written = written or looks
            _say(node, text[:start] + put + text[end:])
        at += len(text)
