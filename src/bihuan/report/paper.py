"""The report as an official paper: from its lines to the elements of GB/T 9704."""

from __future__ import annotations

from typing import cast

from bihuan.report.content import Content
from bihuan.report.lines import Cited, Line
from bihuan_text.gbt9704 import (
    AttachmentNote,
    Block,
    Fact,
    Heading,
    Inlines,
    Level,
    Paper,
    Paragraph,
    PdfResult,
    Recipient,
    Signature,
    Text,
    title_of,
    to_docx,
    to_pdf,
)


def paper_of(content: Content) -> Paper:
    """The report with its figures as facts: they become content controls in Word and keep pointing at their records."""
    draft = content.draft
    return Paper(
        title=title_of(draft.title),
        recipient=Recipient(draft.recipient) if draft.recipient.strip() else None,
        body=tuple(_block(line) for line in content.lines),
        attachment_note=AttachmentNote(tuple(draft.attachments)) if draft.attachments else None,
        signature=Signature(draft.signature, draft.dated) if draft.signature.strip() else None,
    )


def _block(line: Line) -> Block:
    inlines: Inlines = tuple(
        Fact(piece.ref, piece.shown, piece.label) if isinstance(piece, Cited) else Text(piece.text)
        for piece in line.pieces
    )
    return Heading(cast(Level, line.level), inlines) if line.level else Paragraph(inlines)


def docx_of(content: Content) -> bytes:
    """The report as a Word file."""
    return to_docx(paper_of(content))


def pdf_of(content: Content) -> PdfResult:
    """The report as PDF, with the typefaces that had to stand in."""
    return to_pdf(paper_of(content))


def file_name(content: Content, ending: str) -> str:
    """A name for the downloaded file: its title, without what file systems refuse."""
    bare = "".join(character for character in content.draft.title if character not in '\\/:*?"<>|\r\n\t').strip()
    return f"{bare or '情况报告'}.{ending}"
