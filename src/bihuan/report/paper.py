"""The report as an official paper: from its lines to the elements of GB/T 9704."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from bihuan.report.content import Content
from bihuan.report.marks import marks_of
from bihuan_text.gbt9704 import (
    Attachment,
    AttachmentNote,
    Block,
    Fact,
    Head,
    Heading,
    Imprint,
    Inlines,
    Level,
    Paper,
    Paragraph,
    PdfResult,
    Recipient,
    Signature,
    Table,
    Text,
    title_of,
    to_docx,
    to_pdf,
)


def paper_of(content: Content) -> Paper:
    """The report with its figures as facts: they become content controls in Word and keep pointing at their records."""
    return paper_of_snapshot(content.snapshot(), list(marks_of(content.body, content.lines)))


def paper_of_snapshot(kept: dict[str, Any], marks: Sequence[str] = ()) -> Paper:
    """The very paper that was approved, from what the approval keeps, whatever the records say now.

    marks: a bookmark a line, for a file that may be edited elsewhere and come back.
    """
    marks = marks or [""] * len(kept["lines"])
    return Paper(
        title=title_of(kept["title"]),
        recipient=Recipient(kept["recipient"]) if kept["recipient"].strip() else None,
        body=tuple(_block(level, pieces, mark) for (level, pieces), mark in zip(kept["lines"], marks, strict=True)),
        attachment_note=AttachmentNote(tuple(kept["attachments"])) if kept["attachments"] else None,
        signature=_signature(kept),
        attachments=tuple(_attachments(kept)),
        imprint=_imprint(kept),
        head=Head(**kept["head"]) if kept.get("head") else None,
    )


def _imprint(kept: dict[str, Any]) -> Imprint | None:
    """版记: under a red head always, else where copies go out."""
    if not kept.get("head") and not kept.get("copies"):
        return None
    dated = date.fromisoformat(kept["dated"]) if kept["dated"] else None
    return Imprint(tuple(kept.get("copies", ())), kept["signature"], dated)


def _attachments(kept: dict[str, Any]) -> Iterator[Attachment]:
    """The attachments made from records, numbered as the 附件说明 numbers them."""
    alone = len(kept["attachments"]) == 1
    for number, each in enumerate(kept.get("annexes", ()), start=1):
        rows = tuple(tuple(_inlines(cell) for cell in row) for row in each["rows"])
        table = Table(tuple(each["header"]), rows, tuple(each["widths"]))
        yield Attachment(None if alone else number, title_of(each["title"]), (table,))


def _signature(kept: dict[str, Any]) -> Signature | None:
    dated = date.fromisoformat(kept["dated"]) if kept["dated"] else None
    return Signature(kept["signature"], dated) if kept["signature"].strip() else None


def _block(level: int, pieces: list[list[str]], mark: str) -> Block:
    inlines = _inlines(pieces)
    return Heading(cast(Level, level), inlines, mark=mark) if level else Paragraph(inlines, mark)


def _inlines(pieces: list[list[str]]) -> Inlines:
    return tuple(Text(text) if not fact else Fact(fact[0], text, fact[1]) for text, *fact in pieces)


def docx_of(paper: Paper) -> bytes:
    """The paper as a Word file."""
    return to_docx(paper)


def pdf_of(paper: Paper) -> PdfResult:
    """The paper as PDF, with the typefaces that had to stand in."""
    return to_pdf(paper)


def file_name(title: str, ending: str) -> str:
    """A name for the downloaded file: its title, without what file systems refuse."""
    bare = "".join(character for character in title if character not in '\\/:*?"<>|\r\n\t').strip()
    return f"{bare or '情况报告'}.{ending}"
