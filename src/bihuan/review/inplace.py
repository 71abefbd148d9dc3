"""The author's own Word file with the words as they are now: each change written into the run it stands in, all else as
it was. Read again before it is handed out: a file that would not say exactly the text is not made this way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bihuan.review.reading import Edit
from bihuan_text import Unreadable, read_document
from bihuan_text.blanks.archive import Archive
from bihuan_text.wordplaces import length_of

if TYPE_CHECKING:
    from bihuan_text.document import Document, Piece
    from bihuan_text.readers.xml import Node

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def rewritten(original: bytes, name: str, text: str) -> bytes | None:
    """The .docx with these words, or None where they cannot be put into its runs one by one."""
    try:
        document = read_document(original, name)
        if document.text == text:
            return original
        edits = line_edits(document.text, text)
        made = _written(original, document, edits) if edits else None
        return made if made is not None and read_document(made, name).text == text else None
    except Unreadable:
        return None


def line_edits(before: str, after: str) -> list[Edit]:
    """What differs, line by line, without what is alike at both ends; none where the lines are not the same ones."""
    old, new = before.split("\n"), after.split("\n")
    found, start = [], 0
    for was, now in zip(old, new, strict=False):
        if was != now:
            found.append(_trimmed(start, was, now))
        start += len(was) + 1
    return found if len(old) == len(new) else []


def _trimmed(start: int, was: str, now: str) -> Edit:
    most = min(len(was), len(now))
    head = next((n for n in range(most) if was[n] != now[n]), most)
    tail = next((n for n in range(most - head) if was[-1 - n] != now[-1 - n]), most - head)
    return Edit(start + head, start + len(was) - tail, now[head : len(now) - tail], was[head : len(was) - tail])


def _written(original: bytes, document: Document, edits: Sequence[Edit]) -> bytes | None:
    """From the last change to the first, so that the places before it still hold."""
    archive = Archive(original)
    parts = {name: archive.xml(name) for name in {piece.part for piece in document.pieces if piece.run is not None}}
    runs = {name: [*part.root.iter(f"{_W}r")] for name, part in parts.items()}
    for edit in reversed(edits):
        if not _one(edit, document.pieces, runs):
            return None
    return archive.written({name: part.bytes() for name, part in parts.items()})


def _one(edit: Edit, pieces: Sequence[Piece], runs: dict[str, list[Node]]) -> bool:
    held = [piece for piece in pieces if _touches(piece, edit)]
    if not held or any(piece.run is None for piece in held):
        return False
    for place, piece in reversed([*enumerate(held)]):
        first, last = max(edit.start, piece.start), min(edit.end, piece.end)
        cut = (first - piece.start + piece.offset, last - piece.start + piece.offset)
        _set(runs[piece.part][piece.run or 0], *cut, edit.new if place == 0 else "")
    return True


def _touches(piece: Piece, edit: Edit) -> bool:
    if edit.start == edit.end:  # something new between two characters: it goes with the one before it
        return piece.start < edit.start <= piece.end
    return piece.start < edit.end and edit.start < piece.end


def _set(run: Node, start: int, end: int, new: str) -> None:
    """Characters [start, end) of a run become `new`."""
    for at, node in [*_texts(run)]:
        said = node.text or ""
        first, last = max(start - at, 0), min(end - at, len(said))
        if first < last or (start == end and 0 < first <= len(said)):
            node.text = said[:first] + new + said[last:]
            node.set(_SPACE, "preserve")
            new = ""


def _texts(run: Node) -> Iterator[tuple[int, Node]]:
    at = 0
    for node in run:
        if node.tag == f"{_W}t":
            yield at, node
        at += length_of(node)
