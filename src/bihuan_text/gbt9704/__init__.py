"""GB/T 9704—2012：公文的组成、排成 .docx 和 PDF。Importing this loads neither Typst nor lxml nor python-docx."""

from bihuan_text.gbt9704.docx import to_docx
from bihuan_text.gbt9704.elements import (
    Attachment,
    AttachmentNote,
    Block,
    Fact,
    Heading,
    Imprint,
    Inline,
    Inlines,
    Level,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Recipient,
    Signature,
    Table,
    Text,
    Title,
    date_zh,
)
from bihuan_text.gbt9704.pdf import PdfResult, Substitute, to_pdf
from bihuan_text.gbt9704.titles import title_of

__all__ = [
    "Attachment",
    "AttachmentNote",
    "Block",
    "Fact",
    "Heading",
    "Imprint",
    "Inline",
    "Inlines",
    "Level",
    "Note",
    "PageBreak",
    "Paper",
    "Paragraph",
    "PdfResult",
    "Recipient",
    "Signature",
    "Substitute",
    "Table",
    "Text",
    "Title",
    "date_zh",
    "title_of",
    "to_docx",
    "to_pdf",
]
