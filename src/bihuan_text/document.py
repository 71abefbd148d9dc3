"""A paper as plain text that still knows where each character came from.

``Document.text`` is the text of the contract: offsets everywhere are code points into it. A ``Piece`` keeps, for each
stretch of it, the run of the source it came from, so that a Word comment or a tracked change can later be put exactly
there. Numbers that Word makes by itself are in the text (a reader on paper sees them, and the outline needs them) but
belong to no run: their pieces have origin ``automatic number`` and ``run`` None.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from .place import Span


class Origin(StrEnum):
    LITERAL = "literal"
    NUMBER = "automatic number"
    NOTE = "note"
    BOX = "box"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text [start, end) = characters [offset, offset + end - start) of run ``run`` in ``part``.

    ``paragraph`` indexes ``Document.paragraphs``. ``run`` is the place of the run among all ``w:r`` of its part in
    document order; None where the text has no run of its own (plain files, automatic numbers).
    """

    start: int
    end: int
    origin: Origin
    paragraph: int
    run: int | None = None
    offset: int = 0
    part: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its first grid column, and whether it continues the cell above (vertical merge)."""

    span: Span
    column: int
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Control:
    """A content control of Word with a tag: what it covers now. A control that lost its words is not there."""

    tag: str
    span: Span


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where a bookmark begins: its name and the paragraph (an index into ``Document.paragraphs``)."""

    name: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Document:
    """``name`` as given; ``form`` is txt, md, docx, doc, rtf or pdf; ``remarks`` are sentences about doubtful reading."""

    name: str
    form: str
    text: str
    paragraphs: tuple[Span, ...]
    pieces: tuple[Piece, ...]
    tables: tuple[Table, ...] = ()
    remarks: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()


@dataclass(slots=True)
class Builder:
    """Gathers text piece by piece; readers write into it and never count offsets themselves."""

    chunks: list[str] = field(default_factory=list[str])
    at: int = 0
    pieces: list[Piece] = field(default_factory=list[Piece])
    paragraphs: list[Span] = field(default_factory=list[Span])
    tables: list[Table] = field(default_factory=list[Table])
    controls: list[Control] = field(default_factory=list[Control])
    bookmarks: list[Bookmark] = field(default_factory=list[Bookmark])
    opened: int = 0

    def literal(self, text: str, origin: Origin, run: int | None = None, offset: int = 0, part: str = "") -> None:
        """Add text that came from ``run`` at ``offset``."""
        if not text:
            return
        start, self.at = self.at, self.at + len(text)
        self.chunks.append(text)
        self.pieces.append(Piece(start, self.at, origin, len(self.paragraphs), run, offset, part))

    def control(self, tag: str, start: int) -> None:
        """Everything since ``start`` stands in the content control of that tag."""
        if tag and self.at > start:
            self.controls.append(Control(tag, Span(start, self.at)))

    def bookmark(self, name: str) -> None:
        """A bookmark begins here, in the paragraph that is being gathered."""
        if name:
            self.bookmarks.append(Bookmark(name, len(self.paragraphs)))

    def separator(self, mark: str) -> None:
        """Add a mark that belongs to no paragraph: the line end between paragraphs, the tab between cells."""
        if self.at > self.opened:
            self.close_paragraph()
        self.chunks.append(mark)
        self.at += len(mark)
        self.opened = self.at

    def close_paragraph(self) -> None:
        """Everything since the last separator is one paragraph."""
        self.paragraphs.append(Span(self.opened, self.at))
        self.opened = self.at

    def pour(self, other: Document, origin: Origin) -> None:
        """All of another document, whose plain text becomes ``origin``; what it holds has no run here."""
        shift, at = self.at, 0
        pieces: dict[int, list[Piece]] = {}
        for piece in other.pieces:
            pieces.setdefault(piece.paragraph, []).append(piece)
        for number, span in enumerate(other.paragraphs):
            if at < span.start:
                self.separator(other.text[at : span.start])
            for piece in pieces.get(number, ()):
                self.literal(other.text[piece.start : piece.end], _inside(piece.origin, origin))
            self.close_paragraph()
            at = span.end
        if at < len(other.text):
            self.separator(other.text[at:])
        self.tables += [_moved(table, shift) for table in other.tables]

    def document(self, name: str, form: str, remarks: tuple[str, ...] = ()) -> Document:
        """The finished document."""
        if self.at > self.opened:
            self.close_paragraph()
        text = "".join(self.chunks)
        paragraphs, pieces, tables = tuple(self.paragraphs), tuple(self.pieces), tuple(self.tables)
        # a bookmark after the last paragraph marks nothing
        bookmarks = tuple(each for each in self.bookmarks if each.paragraph < len(paragraphs))
        return Document(name, form, text, paragraphs, pieces, tables, remarks, tuple(self.controls), bookmarks)


def _inside(own: Origin, around: Origin) -> Origin:
    return around if own is Origin.LITERAL else own


def _moved(table: Table, by: int) -> Table:
    return Table(
        tuple(
            tuple(replace(cell, span=Span(cell.span.start + by, cell.span.end + by)) for cell in row)
            for row in table.rows
        )
    )


def plain_document(text: str, name: str = "", form: str = "txt", remarks: tuple[str, ...] = ()) -> Document:
    """A document of lines: each line is a paragraph and a literal piece of its own."""
    builder = Builder()
    for number, line in enumerate(text.split("\n")):
        if number:
            builder.separator("\n")
        builder.literal(line, Origin.LITERAL)
        builder.close_paragraph()
    return builder.document(name, form, remarks)
