"""Whatever characters people paste, both writers give a whole file with every drawable character in it."""

from __future__ import annotations

import io

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan_text.gbt9704 import (
    Attachment,
    AttachmentNote,
    Fact,
    Heading,
    Imprint,
    Note,
    Paper,
    Paragraph,
    Recipient,
    Signature,
    Table,
    Text,
    title_of,
    to_docx,
    to_pdf,
)
from bihuan_text.gbt9704.flow import clean

WORDS = st.text(st.characters(exclude_categories=()), max_size=60)
REFS = st.text(min_size=1, max_size=59)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    inlines = tuple(draw(st.lists(st.one_of(st.builds(Text, WORDS), st.builds(Fact, REFS, WORDS, WORDS)), max_size=3)))
    body = (
        Paragraph(inlines),
        Heading(draw(st.sampled_from((1, 2, 3, 4))), (Text(draw(WORDS)),), inlines),
        Table((draw(WORDS), "乙"), ((draw(WORDS), inlines),)),
    )
    return Paper(
        title=title_of(draw(WORDS)),
        body=body[: draw(st.integers(0, 3))],
        recipient=Recipient(draw(WORDS)),
        attachment_note=AttachmentNote(tuple(draw(st.lists(WORDS, max_size=3)))),
        signature=Signature(draw(WORDS), draw(st.none() | st.dates())),
        note=Note(draw(WORDS)),
        attachments=(Attachment(1, title_of(draw(WORDS)), body),),
        imprint=Imprint((draw(WORDS),), draw(WORDS), draw(st.none() | st.dates())),
    )


@settings(deadline=None, max_examples=60)
@given(papers())
def test_any_paper_becomes_a_document_that_opens(paper: Paper) -> None:
    opened = docx.Document(io.BytesIO(to_docx(paper)))
    assert opened.paragraphs[0].text.replace("\n", "") == clean("".join(paper.title.lines))


@settings(deadline=None, max_examples=40)
@given(papers())
def test_any_paper_becomes_a_pdf(paper: Paper) -> None:
    result = to_pdf(paper, system_fonts=False)
    assert result.data.startswith(b"%PDF-")
    assert len(set(result.missing)) == len(result.missing)
