"""Where each character of a Word paper stands in its XML: the run, and what may be put around it or in its place.

Runs are cut only where something begins or ends, and each piece keeps the properties. What stands elsewhere (a box, a note) or
nowhere in the text (a number that Word makes, a file poured in) is found by what it hangs on, or by its nearest neighbour.
"""

from __future__ import annotations

from bisect import bisect_left
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bihuan_text.document import Origin
from bihuan_text.readers.names import MARKS, sign
from bihuan_text.readers.xml import W

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bihuan_text.document import Document, Piece
    from bihuan_text.readers.xml import Node

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TRACKED = {W + name for name in ("ins", "del", "moveFrom", "moveTo", "fldSimple")}
_IN_LINE = (Origin.LITERAL, Origin.CELL)
# What says nothing and may stand in a run of its own; a run with anything else unknown is never cut.
_SILENT = {
    W + name
    for name in ("lastRenderedPageBreak", "softHyphen", "footnoteReference", "endnoteReference", "drawing", "pict")
}


@dataclass(slots=True)
class Places:
    """``at``: character → its run and its place in it. ``hangs``: character of a box or note → the run it hangs on."""

    root: Node
    part: str
    at: dict[int, tuple[Node, int]] = field(default_factory=dict[int, tuple["Node", int]])
    hangs: dict[int, Node] = field(default_factory=dict[int, "Node"])
    order: list[int] = field(default_factory=list[int])
    # Runs of a field: the first and the last run of it where it begins and ends in one paragraph.
    fields: dict[Node, tuple[Node, Node] | None] = field(default_factory=dict["Node", tuple["Node", "Node"] | None])

    def read(self, document: Document, notes: dict[str, Node]) -> None:
        """Place the characters of a document; ``notes`` are the roots of the parts that hold its notes."""
        runs = list(self.root.iter(W + "r"))
        beside = {name: list(root.iter(W + "r")) for name, root in notes.items()}
        for piece in document.pieces:
            if piece.run is None:
                continue
            if piece.part in ("", self.part):
                self._place(piece, runs[piece.run])
            elif piece.part in beside and (mark := self._mark(beside[piece.part][piece.run])) is not None:
                self.hangs |= dict.fromkeys(range(piece.start, piece.end), mark)
        self.order = sorted(self.at)

    def _place(self, piece: Piece, run: Node) -> None:
        if piece.origin in _IN_LINE:
            for step in range(piece.end - piece.start):
                self.at[piece.start + step] = (run, piece.offset + step)
        elif piece.origin is Origin.BOX and (holder := _holder(run)) is not None:
            self.hangs |= dict.fromkeys(range(piece.start, piece.end), holder)

    def _mark(self, run: Node) -> Node | None:
        """The run with the mark of the note that this run belongs to."""
        for kind in ("footnote", "endnote"):
            note = next(run.iterancestors(W + kind), None)
            if note is not None:
                marks = self.root.iter(f"{W}{kind}Reference")
                return next((_parent(m) for m in marks if m.get(W + "id") == note.get(W + "id")), None)
        return None

    # --- around -----------------------------------------------------------------------------------------------------

    def around(self, start: int, end: int) -> tuple[Node, Node, bool] | None:
        """The first and last node, directly in their paragraphs, of a stretch; whether they are its very own characters."""
        held = [at for at in range(start, end) if at in self.at]
        if held:
            return _top(self._edge(held[0], 0)), _top(self._edge(held[-1], 1)), True
        hung = next((self.hangs[at] for at in range(start, end) if at in self.hangs), None)
        if hung is not None:
            return _top(hung), _top(hung), False
        if not self.order:
            return None
        near = self.order[min(bisect_left(self.order, start), len(self.order) - 1)]
        return _top(self._edge(near, 0)), _top(self._edge(near, 1)), False

    def _edge(self, at: int, side: int) -> Node:
        """The run of a character; a remark never begins or ends inside a field, for Word writes those anew."""
        run = self.at[at][0]
        return (self.fields.get(run) or (run, run))[side]

    # --- in place of ------------------------------------------------------------------------------------------------

    def may_change(self, at: int) -> bool:
        """Whether the character stands in a plain run that is no field and no tracked change."""
        if at not in self.at:
            return False
        node: Node | None = self.at[at][0]
        if node in self.fields or not _is_plain(node):
            return False
        while node is not None and node.tag != W + "p":
            if node.tag in _TRACKED:
                return False
            node = node.getparent()
        return True

    # --- cutting ----------------------------------------------------------------------------------------------------

    def cut(self, edges: Iterable[int], touched: Iterable[int]) -> None:
        """Cut runs at these characters, and those of ``touched`` so that text stands in runs of its own."""
        cuts: dict[Node, set[int]] = {}
        for edge in edges:
            run, offset = self.at.get(edge, (None, 0))
            if run is not None and offset:
                cuts.setdefault(run, set()).add(offset)
        for at in touched:
            if at in self.at and not _is_plain(run := self.at[at][0]):
                cuts.setdefault(run, set())
        pieces = {run: made for run, offsets in cuts.items() if (made := _pieces(run, sorted(offsets)))}
        for place, (run, offset) in list(self.at.items()):
            if run in pieces:
                low, piece = max((pair for pair in pieces[run] if pair[0] <= offset), key=lambda pair: pair[0])
                self.at[place] = (piece, offset - low)
        self.fields = fields_of(self.root)


def fields_of(root: Node) -> dict[Node, tuple[Node, Node] | None]:
    """The runs of fields, their marks among them: the first and last run of a field that ends in its paragraph, or None."""
    found: dict[Node, tuple[Node, Node] | None] = {}
    begun: list[int] = []
    whole: list[tuple[int, int]] = []
    runs = list(root.iter(W + "r"))
    for number, run in enumerate(runs):
        marks = run.findall(W + "fldChar")
        if marks or begun:
            found[run] = None
        for mark in marks:
            if mark.get(W + "fldCharType") == "begin":
                begun.append(number)
            elif mark.get(W + "fldCharType") == "end" and begun:
                start = begun.pop()
                if _paragraph(runs[start]) is _paragraph(run):
                    while whole and whole[-1][0] >= start:  # those inside it
                        whole.pop()
                    whole.append((start, number))
    for start, end in whole:
        found |= dict.fromkeys(runs[start : end + 1], (runs[start], runs[end]))
    return found


def run_like(run: Node, said: str) -> Node:
    """A run with the same properties and other words."""
    return with_words(_empty_like(run), said)


def _empty_like(run: Node) -> Node:
    new = run.makeelement(W + "r", {})
    properties = run.find(W + "rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    return new


def with_words(run: Node, said: str) -> Node:
    """The run with these words at its end."""
    text = run.makeelement(W + "t", {_SPACE: "preserve"})
    text.text = said
    run.append(text)
    return run


def _pieces(run: Node, offsets: list[int]) -> list[tuple[int, Node]]:
    """The run cut at these offsets and between its marks: first character and run of each piece that says something.

    Nothing is cut, and nothing given, where the run holds what must not be moved. The first piece is the run itself.
    """
    inside = [child for child in run if child.tag != W + "rPr"]
    if any(child.tag not in (W + "t", W + "br", W + "sym", *MARKS, *_SILENT) for child in inside):
        return []
    made: list[tuple[int, Node]] = []
    at, last = 0, run
    for number, child in enumerate(inside):
        if number:
            last = _behind(last, child)
        for words in _cut_text(child, [offset - at for offset in offsets]):
            if words is not child:
                last = _behind(last, words)
            if said := length_of(words):
                made.append((at, last))
                at += said
    return made


def _cut_text(child: Node, offsets: list[int]) -> list[Node]:
    """The text cut at the offsets inside it; another mark as it is."""
    said = child.text or ""
    inside = [offset for offset in offsets if 0 < offset < len(said)] if child.tag == W + "t" else []
    if not inside:
        return [child]
    child.text = said[: inside[0]]
    child.set(_SPACE, "preserve")
    parts = [child]
    for low, high in zip(inside, [*inside[1:], len(said)], strict=True):
        parts.append(deepcopy(child))
        parts[-1].text, parts[-1].tail = said[low:high], None
    return parts


def _behind(run: Node, child: Node) -> Node:
    """A run behind this one with the same properties, which takes the child."""
    new = _empty_like(run)
    new.append(child)
    run.addnext(new)
    return new


def length_of(child: Node) -> int:
    """How many characters the child of a run puts on paper, as the reader counts them."""
    if child.tag == W + "t":
        return len(child.text or "")
    if child.tag == W + "br":
        return int(child.get(W + "type") not in ("page", "column"))
    return len(sign(child)) if child.tag == W + "sym" else len(MARKS.get(str(child.tag), ""))


def _is_plain(run: Node) -> bool:
    """A run of properties and one stretch of text: the only kind that is struck out."""
    return [child.tag for child in run if child.tag != W + "rPr"] == [W + "t"]


def _holder(run: Node) -> Node | None:
    """The run outside all boxes that holds the box of this run."""
    holders = list(run.iterancestors(W + "r"))
    return holders[-1] if holders else None


def _paragraph(run: Node) -> Node | None:
    return next(run.iterancestors(W + "p"), None)


def _parent(node: Node) -> Node:
    parent = node.getparent()
    return node if parent is None else parent


def _top(run: Node) -> Node:
    """The run, or what holds it, directly in its paragraph."""
    node = run
    while (parent := node.getparent()) is not None and parent.tag != W + "p":
        node = parent
    return node
