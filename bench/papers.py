"""The report as a paper: our .docx beside bare python-docx that writes the same paragraphs and nothing else, in turn; and
the PDF. The year has 24 problems and the report some six thousand characters, about as long as such reports are."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from bench.branch import with_cast
from bench.figures import Figure, in_turn, main, ratio, say, seconds

if TYPE_CHECKING:
    from tests.cast import Cast

    from bihuan.report.content import Content
    from bihuan.report.models import Draft
    from bihuan_text.gbt9704 import Paper

PROBLEMS, CHARACTERS, TIMES, TIMES_PDF = 24, 6000, 25, 9
TIMES_AS_LONG, PDF_SECONDS = 2.0, 1.0
OWN_WORDS = "样例：这一段是支部自己写的话，只为占去一段应有的长短，写的是谁做了什么、做到哪一步、还差哪一步。" * 4


def run() -> list[Figure]:
    """The figures: our .docx, from the records on, and the PDF."""
    with with_cast() as (_, cast):
        draft = _a_full_report(cast)
        from tests.cast import DAY  # noqa: PLC0415

        from bihuan.report.content import content_of  # noqa: PLC0415
        from bihuan.report.paper import docx_of, paper_of, pdf_of  # noqa: PLC0415

        paper = paper_of(content_of(draft, DAY))
        words = paragraphs(paper)
        ours, bare, whole = in_turn(
            TIMES, lambda: docx_of(paper), lambda: bare_docx(words), lambda: docx_of(paper_of(content_of(draft, DAY)))
        )
        first = seconds(lambda: pdf_of(paper))  # it looks through every typeface of the machine
        [pdf] = in_turn(TIMES_PDF, lambda: pdf_of(paper))
    size = f"{len(words)} paragraphs, {sum(map(len, words))} characters"
    return [
        Figure(f"report .docx against bare python-docx ({size})", f"{ours}; python-docx {bare}",
               f"{TIMES_AS_LONG:.0f} times", ratio(ours, bare), ours.middle <= TIMES_AS_LONG * bare.middle, "papers"),
        Figure("the same from the records on: facts collected, paper laid, .docx written", str(whole),
               ratio=ratio(whole, bare), bench="papers"),
        Figure(f"report as PDF ({size})", f"{pdf}; the first of a process {say(first)}", say(PDF_SECONDS),
               f"{pdf.middle / PDF_SECONDS:.2f} of the limit",
               max(pdf.middle, first) <= PDF_SECONDS, "papers"),
    ]  # fmt: skip


def _a_full_report(cast: Cast) -> Draft:
    """The report of a full year of the tests, with more problems, and a paragraph of own words in every section until it
    is as long as they are."""
    from tests.cast import DAY, at  # noqa: PLC0415
    from tests.ledger import make  # noqa: PLC0415
    from tests.report.test_writing import draft_again  # noqa: PLC0415
    from tests.report.year import full  # noqa: PLC0415

    from bihuan.report import actions  # noqa: PLC0415  after `settle`
    from bihuan.report.body import read_body  # noqa: PLC0415
    from bihuan.report.content import content_of  # noqa: PLC0415

    year = full(cast)
    for number in range(PROBLEMS):
        make.at_work(cast, cycle=year.cycle, statement=f"样例问题{number}：公示晚了")
    draft = year.answer_questions(year.draft())
    keys = [section.key for section in read_body(draft.body).sections]
    turn = 0
    while _length(content_of(draft_again(draft), DAY)) < CHARACTERS:
        actions.add_paragraph(draft, keys[turn % len(keys)], text=OWN_WORDS, by=cast.secretary, at=at())
        turn += 1
    return draft_again(draft)


def _length(content: Content) -> int:
    from bihuan.report.paper import paper_of  # noqa: PLC0415

    return sum(map(len, paragraphs(paper_of(content))))


def paragraphs(paper: Paper) -> list[str]:
    """The words of the paper, a string a paragraph: title, whom it goes to, body, signature. No tables, no attachments:
    the comparison is the easier for python-docx."""
    found = ["".join(paper.title.lines)]
    if paper.recipient:
        found.append(f"{paper.recipient.text}：")
    for block in paper.body:
        inlines = (*getattr(block, "inlines", ()), *getattr(block, "run_in", ()))
        found.append("".join(inline.text for inline in inlines))
    if paper.signature:
        found.append(paper.signature.org)
    return [words for words in found if words]


def bare_docx(words: list[str]) -> bytes:
    """What anybody would write with python-docx."""
    import docx  # noqa: PLC0415  only here

    document = docx.Document()
    for each in words:
        document.add_paragraph(each)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(run))
