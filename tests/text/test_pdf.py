"""PDF papers: what stands on the pages is read as the paragraphs it was laid out from, or one sentence says why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.text.holding import paragraphs_hold
from tests.text.makers import reason_of
from tests.text.pdf_maker import laid_out, pages_of, shown
from tests.text.shapes import shapes

from bihuan_text import ledger_rows, read_document, read_report
from bihuan_text.report import Report

CLEAN = sorted((Path(__file__).parent / "clean").glob("*.txt"))
PAPERS = {**{path.stem: path.read_text("utf-8") for path in CLEAN}, **{each.name: each.text for each in shapes()}}
# Laid out by lines: marks of Markdown say nothing on paper, and an empty line is none.
AS_MARKDOWN = ("28-markdown-template", "30-ledger-pipes")
# The title takes two lines of the size of all lines that are no table, the lines were cut by hand at the length of a line,
# the attachments are set in a block of their own (87), or no paragraph takes a second line, so that the longest looks full.
# Cut by hand, and laid out at another width.
CUT_TWICE = ("89-power-plant-pdf-wrap", "125-wrapped-at-no-width", "204-bank-zai-fangmian-wrapped")
ONE_LINE = ("14-all-in-one-line", "44-workshop-one-paragraph", "78-one-line-report", "95-scraped-one-paragraph-speech")
NO_SECOND_LINE = ("123-goals-beside-measures", "144-bare-aspect-lines")
OTHER_LINES = (
    "181-media-report",  # 2. of a list in a line stands at the beginning of one by chance
    *NO_SECOND_LINE,
    "07-ledger", *ONE_LINE, "16-hard-wrap", "38-forum-noise", "53-debris-report", "87-notice-with-appendix", *CUT_TWICE,
    *AS_MARKDOWN,
)  # fmt: skip


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200c]", "", text)


def leads(report: Report) -> list[list[str]]:
    blocks = (report.prior, report.problems, report.causes, report.actions)
    return [[squeezed(item.lead) for item in block] for block in blocks]


@pytest.mark.parametrize("name", [name for name in PAPERS if name not in (*AS_MARKDOWN, *CUT_TWICE)])
def test_a_paper_laid_out_and_read_back_has_the_same_structure(name: str):
    text = PAPERS[name]
    document = read_document(laid_out(text), "材料.pdf")
    assert document.form == "pdf"
    assert leads(read_report(document)) == leads(read_report(read_document(text.encode(), "材料.txt")))


@pytest.mark.parametrize("name", [name for name in PAPERS if name not in OTHER_LINES])
def test_a_paper_laid_out_and_read_back_has_the_same_paragraphs(name: str):
    text = PAPERS[name]
    document = read_document(laid_out(text), "材料.pdf")
    wanted = [squeezed(line) for line in text.split("\n") if line.strip()]
    found = [squeezed(line) for line in document.text.split("\n")]  # what the layout adds at its end stands behind
    assert found[: len(wanted)] == wanted
    assert not document.remarks


def test_latin_words_keep_their_blanks_and_a_divided_word_is_one():
    page = shown(
        (72, 700, "The branch met on the second of April in the reading room and read aloud the no-"),
        (72, 684, "tice about the yearly meeting. All of the twenty-two members sat around one table and"),
        (72, 668, "each of them named two faults of his own."),
    )
    assert read_document(pages_of([page]), "a.pdf").text == (
        "The branch met on the second of April in the reading room and read aloud the notice about the yearly meeting. "
        "All of the twenty-two members sat around one table and each of them named two faults of his own."
    )


def test_page_numbers_and_running_heads_are_dropped():
    def page(number: int) -> bytes:
        lines = [
            (72, 700 - 16 * n, f"line {chr(97 + n)} of page {chr(96 + number)} goes on to the edge.") for n in range(9)
        ]
        return shown((250, 800, f"Handbook {number}"), *lines, (290, 40, str(number)))

    text = read_document(pages_of([page(n) for n in (1, 2, 3)]), "a.pdf").text
    assert "Handbook" not in text
    assert not re.search(r"\d", text)


def test_the_head_of_one_chapter_is_dropped_though_most_pages_have_another_or_none():
    def page(number: int) -> bytes:
        letters = [chr(97 + (number * 7 + n) % 26) * 6 for n in range(9)]
        body = [
            (72, 700 - 16 * n, f"line {word} goes on until the edge of its page.") for n, word in enumerate(letters)
        ]
        head = (250, 800, "Rules of the branch" if 10 <= number < 16 else f"Of {letters[0]}")
        return shown(head, *body)

    text = read_document(pages_of([page(n) for n in range(26)]), "a.pdf").text
    assert "Rules" not in text
    assert text.count("Of ") == 20


def test_words_at_a_slant_are_a_watermark():
    content = shown((72, 700, "Body of the paper")) + b" BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 200 Tm (COPY) Tj ET"
    assert read_document(pages_of([content]), "a.pdf").text == "Body of the paper"


def test_words_drawn_twice_are_said_once():
    content = shown((72, 700, "Bold title"), (72.3, 700, "Bold title"), (72, 680, "Body"))
    assert read_document(pages_of([content]), "a.pdf").text == "Bold title\nBody"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n" + bytes(60), "损坏"),
        (pages_of([b""]), "没有文字"),
        (pages_of([b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"]), "扫描件"),
        (pages_of([b" "] * 1001), "1000 页"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes, words: str):
    reason = reason_of(data, "报告.pdf")
    assert words in reason
    assert reason.count("。") == 1


def test_a_ledger_keeps_its_grid_over_the_pages():
    text = PAPERS["07-ledger"]
    document = read_document(laid_out(text), "台账.pdf")
    rows = [line.split("\t") for line in text.split("\n") if "\t" in line]
    found = [[squeezed(cell.span.of(document.text)) for cell in row] for row in document.tables[0].rows]
    assert found == [[squeezed(cell) for cell in row] for row in rows]
    assert ledger_rows(document)
    assert paragraphs_hold(document)


def ruled(*lines: tuple[int, int, int, int]) -> bytes:
    return b" ".join(b"%d %d m %d %d l S" % line for line in lines)


def test_merged_cells_continue():
    across = [(50, y, 350, y) for y in (700, 640)] + [(150, 670, 350, 670)]
    down = [(x, 640, x, 700) for x in (50, 150, 350)]
    words = shown((60, 680, "both"), (160, 680, "one"), (160, 650, "two"))
    document = read_document(pages_of([words + b" " + ruled(*across, *down)]), "表.pdf")
    assert document.text == "both\tone\n\ttwo"
    assert [[cell.continues for cell in row] for row in document.tables[0].rows] == [[False, False], [True, False]]


def test_what_goes_on_beside_a_wide_cell_keeps_its_column():
    across = [(50, y, 350, y) for y in (700, 640)] + [(50, 670, 250, 670)]
    down = [(x, 640, x, 700) for x in (50, 250, 350)] + [(150, 670, 150, 700)]
    words = shown((60, 680, "one"), (160, 680, "two"), (260, 680, "both"), (60, 650, "wide"))
    document = read_document(pages_of([words + b" " + ruled(*across, *down)]), "表.pdf")
    columns = [[(cell.column, cell.continues) for cell in row] for row in document.tables[0].rows]
    assert columns == [[(0, False), (1, False), (2, False)], [(0, False), (2, True)]]


def test_a_frame_around_the_page_is_no_table():
    words = shown((60, 680, "First line"), (60, 660, "Second"))
    frame = ruled((50, 100, 350, 100), (50, 700, 350, 700), (50, 100, 50, 700), (350, 100, 350, 700))
    document = read_document(pages_of([words + b" " + frame]), "a.pdf")
    assert not document.tables
    assert document.text == "First line\nSecond"
