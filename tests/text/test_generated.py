"""Papers made at random read back to what their writer meant, and however they are set."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from tests.text.generated import WIDTH, Meant, indented, other_brackets, papers, papers_by_aspect, wrapped
from tests.text.holding import report_holds
from tests.text.makers import document_of, report_of

from bihuan_text import read_document, read_report
from bihuan_text.lists import traditional
from bihuan_text.report import Report


def leads(report: Report) -> dict[str, list[tuple[str, int]]]:
    lists = {"prior": report.prior, "problems": report.problems, "causes": report.causes, "measures": report.actions}
    return {name: [(i.lead, i.lead_start) for i in items] for name, items in lists.items()}


def words(report: Report) -> dict[str, list[str]]:
    return {name: ["".join(lead.split()) for lead, _ in items] for name, items in leads(report).items()}


@settings(max_examples=300, deadline=None)
@given(papers())
def test_a_paper_reads_back_to_what_was_meant(meant: Meant):
    report = report_of(meant.text)
    assert report_holds(meant.text, report)
    assert leads(report) == meant.leads
    headings = {"problems": [a.heading for a in report.aspects], "measures": [g.heading for g in report.measures]}
    assert headings == {part: meant.headings[part] for part in headings}


@settings(max_examples=150, deadline=None)
@given(papers_by_aspect())
def test_what_is_told_aspect_by_aspect_reads_back(meant: Meant):
    report = report_of(meant.text)
    assert report_holds(meant.text, report)
    assert leads(report) == meant.leads


@settings(max_examples=100, deadline=None)
@given(papers())
def test_no_item_holds_a_closing_remark_or_the_signature(meant: Meant):
    report = report_of(meant.text)
    items = [*report.prior, *report.problems, *report.causes, *report.actions]
    assert all(
        not {"总之", "以上是", "针对以上", "支部委员会"} & {w for w in _told(meant, i.start, i.end)} for i in items
    )


def _told(meant: Meant, start: int, end: int) -> list[str]:
    said = meant.text[start:end]
    return [word for word in ("总之", "以上是", "针对以上", "支部委员会") if word in said]


SETTINGS = {
    "U+3000": lambda text: indented(text, "\u3000"),
    "NBSP": lambda text: indented(text, "\u00a0"),
    "brackets": other_brackets,
    "zero width": lambda text: text.replace("、", "、\u200c"),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "traditional": lambda text: text.translate(str.maketrans(traditional()[1], traditional()[0])),
}


@pytest.mark.parametrize("how", SETTINGS)
@settings(max_examples=60, deadline=None)
@given(papers())
def test_how_a_paper_is_set_changes_nothing(how: str, meant: Meant):
    text = SETTINGS[how](meant.text)
    found, was = words(report_of(text)), words(report_of(meant.text))
    if how == "traditional":
        assert {name: len(items) for name, items in found.items()} == {name: len(items) for name, items in was.items()}
    else:
        assert {n: [w.replace("\u200c", "") for w in items] for n, items in found.items()} == was


@settings(max_examples=100, deadline=None)
@given(papers())
def test_lines_of_one_width_change_nothing(meant: Meant):
    lines = wrapped(meant.text).split("\n")
    assume(len(lines) > 10)
    assume(sum(len(line) for line in lines if len(line) == WIDTH) * 2 > len(meant.text))
    assert words(report_of(wrapped(meant.text))) == words(report_of(meant.text))


@settings(max_examples=60, deadline=None)
@given(papers())
def test_line_ends_of_windows_change_nothing(meant: Meant):
    document = read_document(meant.text.replace("\n", "\r\n").encode(), "试.txt")
    assert leads(read_report(document)) == leads(read_report(document_of(meant.text)))
