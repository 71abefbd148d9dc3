"""The paragraphs of a document with what holds for each of them, its place in the plain text, and whether it turns the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bihuan_text.document import Origin
from bihuan_text.place import Span
from bihuan_text.readers.xml import W

from .properties import Said
from .sheet import Sheet, sheet_of

if TYPE_CHECKING:
    from bihuan_text.document import Document, Piece
    from bihuan_text.readers.xml import Node

    from .styles import Styles

_THROUGH: Final = frozenset(W + n for n in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_PRINTED: Final = (Origin.LITERAL, Origin.CELL)
# No paper has more; the rest of such a file is not measured.
MOST_PARAGRAPHS: Final = 20_000
_DEEPEST: Final = 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one run: where they begin in the plain text, and what holds for them."""

    start: int
    text: str
    said: Said
    node: Node


@dataclass(slots=True)
class Para:
    """One paragraph outside boxes and notes; ``span`` is None and ``text`` "" where nothing is printed.

    ``turned``: it begins a page; ``role`` is what part it plays, given later.
    """

    node: Node
    said: Said
    span: Span | None
    text: str
    stretches: tuple[Stretch, ...]
    sheet: int
    turned: bool
    in_table: bool
    role: str = ""
    size_said: Said = field(default_factory=Said)


def sheets_of(body: Node) -> tuple[Sheet, ...]:
    """The sections in their order; a body without any has one of Word's own making."""
    found = [node for node in body.iter(W + "sectPr") if not _is_old(node)]
    return tuple(map(sheet_of, found)) if found else (sheet_of(body.makeelement(W + "sectPr")),)


def _is_old(node: Node) -> bool:
    above = node.getparent()
    return above is not None and above.tag == W + "sectPrChange"


def paragraphs_of(root: Node, body: Node, document: Document, styles: Styles, sheets: tuple[Sheet, ...]) -> list[Para]:
    """The paragraphs in their order, at most ``MOST_PARAGRAPHS``."""
    return _Gathering(root, document, styles, sheets).of(body)


class _Gathering:
    def __init__(self, root: Node, document: Document, styles: Styles, sheets: tuple[Sheet, ...]) -> None:
        self._document, self._styles, self._sheets = document, styles, sheets
        self._numbers = {run: number for number, run in enumerate(root.iter(W + "r"))}
        self._pieces = _pieces_by_run(document)
        self._seen: set[int] = set()
        self._sheet = 0
        self._turn = False
        self._found: list[Para] = []

    def of(self, body: Node) -> list[Para]:
        for node, in_table in _blocks(body, 0):
            if len(self._found) >= MOST_PARAGRAPHS:
                break
            self._add(node, in_table)
        return self._found

    def _add(self, node: Node, in_table: bool) -> None:
        said = self._styles.paragraph(node)
        stretches = tuple(self._stretches(node))
        before, after = _breaks(node)
        span = self._span(stretches)
        text = span.of(self._document.text) if span else ""
        turned = self._turn or before or said.get("turn") == "1"
        look = self._styles.run(None, node)
        sheet = min(self._sheet, len(self._sheets) - 1)
        self._found.append(Para(node, said, span, text, stretches, sheet, turned, in_table, size_said=look))
        # A break without words before or behind it turns what comes next.
        self._turn = after or (self._turn and not text and in_table)
        if node.find(f"{W}pPr/{W}sectPr") is not None:
            self._sheet += 1
            self._turn = self._sheet < len(self._sheets) and not self._sheets[self._sheet].continuous

    def _stretches(self, node: Node) -> Iterator[Stretch]:
        for run in node.iter(W + "r"):
            pieces = self._pieces.get(self._numbers.get(run, -1), ())
            said = self._styles.run(run, node) if pieces else {}
            for piece in pieces:
                yield Stretch(piece.start, self._document.text[piece.start : piece.end], said, run)

    def _span(self, stretches: tuple[Stretch, ...]) -> Span | None:
        """The paragraph of the plain text that these words stand in, told once."""
        if not stretches:
            return None
        number = self._paragraph_at(stretches[0].start)
        if number in self._seen:
            return None
        self._seen.add(number)
        return self._document.paragraphs[number]

    def _paragraph_at(self, start: int) -> int:
        return self._places[start]

    @property
    def _places(self) -> dict[int, int]:
        return self._pieces.places


class _Pieces(dict[int, "list[Piece]"]):
    """Run → its pieces, and the beginning of each piece → the number of its paragraph."""

    places: dict[int, int]


def _pieces_by_run(document: Document) -> _Pieces:
    found = _Pieces()
    found.places = {}
    part = next((p.part for p in document.pieces if p.run is not None and p.origin in _PRINTED), "")
    for piece in document.pieces:
        if piece.run is not None and piece.origin in _PRINTED and piece.part == part:
            found.setdefault(piece.run, []).append(piece)
            found.places[piece.start] = piece.paragraph
    return found


def _blocks(parent: Node, depth: int) -> Iterator[tuple[Node, bool]]:
    """The paragraphs below ``parent``, each with whether it stands in a table; boxes are not looked into."""
    for child in parent:
        if child.tag == W + "p":
            yield child, False
        elif child.tag == W + "tbl":
            yield from ((node, True) for node in child.iter(W + "p"))
        elif child.tag in _THROUGH and depth < _DEEPEST:
            yield from _blocks(child, depth + 1)


def _breaks(node: Node) -> tuple[bool, bool]:
    """Whether a page break stands before the words of a paragraph, and whether one stands after them (or alone)."""
    before = after = worded = False
    for child in node.iter(W + "t", W + "br"):
        if child.tag == W + "t":
            worded = worded or bool((child.text or "").strip())
            after = after and not (child.text or "").strip()
        elif child.get(W + "type") == "page":
            before, after = before or not worded, True
    return before and worded, after
