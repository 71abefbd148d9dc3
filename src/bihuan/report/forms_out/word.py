"""A form as a Word file, by the elements of GB/T 9704."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.core.access import Refused
from bihuan.report.content import content_of
from bihuan.report.forms_out.shape import Filled, Form, Grid, Leaf
from bihuan.report.forms_out.shelf import REPORT
from bihuan.report.forms_out.source import Source
from bihuan.report.paper import paper_of, paper_of_snapshot
from bihuan.report.queries import approvals_of, draft_of
from bihuan_text.gbt9704 import Block, Heading, PageBreak, Paper, Paragraph, Table, Text, title_of, to_docx


def word_of(form: Form, source: Source | None) -> bytes:
    """The form filled from the records, or blank where there is no source. Raises `Refused` for a blank report."""
    if form.number == REPORT:
        return to_docx(report_paper(source))
    return to_docx(paper_of_form(form.fill(source), landscape=form.landscape))


def report_paper(source: Source | None) -> Paper:
    """The report: the one that was approved last, or as it reads now while none was."""
    draft = draft_of(source.cycle) if source else None
    if source is None or draft is None:
        raise Refused("情况报告没有空白表，请到“报告”里起草")
    approvals = approvals_of(draft)
    return paper_of_snapshot(approvals[-1].content) if approvals else paper_of(content_of(draft, source.day))


def paper_of_form(filled: Filled, *, landscape: bool = False) -> Paper:
    """A form as a paper: each leaf on a page of its own."""
    return Paper(title_of(filled.title), tuple(_blocks(filled)), landscape=landscape)


def _blocks(filled: Filled) -> Iterator[Block]:
    for place, leaf in enumerate(filled.leaves):
        if place:
            yield PageBreak()
            yield Heading(1, (Text(filled.title),))
        yield from _leaf(leaf)


def _leaf(leaf: Leaf) -> Iterator[Block]:
    yield from (Paragraph((Text(line),)) for line in leaf.above)
    for grid in leaf.grids:
        if grid.name:
            yield Paragraph((Text(grid.name),))
        yield _table(grid)
    yield from (Paragraph((Text(line),)) for line in leaf.below)


def _table(grid: Grid) -> Table:
    return Table(grid.header, grid.rows, grid.widths, grid.all_heights())
