"""R44, R45, R46, L1–L10: the layout of a .docx; what is not as the standard has it is found by ``bihuan_text.layout``."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan_text.layout import deviations

from .registry import Paper, Remark, Severity, rule


def _of(paper: Paper, code: str) -> Iterator[Remark]:
    """The deviations that a rule answers for; none where no .docx was measured."""
    for each in deviations(paper.layout) if paper.layout else ():
        if each.rule == code:
            severity = None if each.grave else Severity.INFO
            yield Remark(each.span, each.message, severity=severity, source=f"GB/T 9704—2012 {each.clause}")


@rule("R44")
def page_and_type(paper: Paper) -> Iterator[Remark]:
    """Paper, margins, typeface and size of title and text, pitch of the lines."""
    return _of(paper, "R44")


@rule("R45")
def page_numbers(paper: Paper) -> Iterator[Remark]:
    """Page numbers: side, dashes, size, typeface and place."""
    return _of(paper, "R45")


@rule("R46")
def first_page(paper: Paper) -> Iterator[Remark]:
    """The first page shows body text."""
    return _of(paper, "R46")


@rule("L1")
def title(paper: Paper) -> Iterator[Remark]:
    """Typeface, place and shape of the title."""
    return _of(paper, "L1")


@rule("L2")
def headings(paper: Paper) -> Iterator[Remark]:
    """Typefaces of the headings of the first two levels, and of the text run in behind them."""
    return _of(paper, "L2")


@rule("L3")
def first_lines(paper: Paper) -> Iterator[Remark]:
    """First lines two characters in."""
    return _of(paper, "L3")


@rule("L4")
def recipient(paper: Paper) -> Iterator[Remark]:
    """The recipient at the left edge."""
    return _of(paper, "L4")


@rule("L5")
def attachments(paper: Paper) -> Iterator[Remark]:
    """The list of attachments, and attachments on pages of their own that agree with it."""
    return _of(paper, "L5")


@rule("L6")
def signature(paper: Paper) -> Iterator[Remark]:
    """Signature and date at the right."""
    return _of(paper, "L6")


@rule("L7")
def imprint(paper: Paper) -> Iterator[Remark]:
    """The size of the imprint."""
    return _of(paper, "L7")


@rule("L8")
def digits(paper: Paper) -> Iterator[Remark]:
    """The typeface of digits and letters."""
    return _of(paper, "L8")


@rule("L9")
def colour(paper: Paper) -> Iterator[Remark]:
    """Text in black."""
    return _of(paper, "L9")


@rule("L10")
def red_mark(paper: Paper) -> Iterator[Remark]:
    """The mark of a red head."""
    return _of(paper, "L10")
