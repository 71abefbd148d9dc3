"""The papers that were written after real pages had shown what was missed: every lead at its place, whatever is added later."""

from __future__ import annotations

import pytest
from bench.structure import document_of, read_blocks
from tests.text.shapes import Shape, shapes

from bihuan_text import read_report

PAPERS = shapes("3")


@pytest.mark.parametrize("shape", PAPERS, ids=[shape.name for shape in PAPERS])
def test_every_lead_of_a_marked_paper_is_read_at_its_place(shape: Shape):
    report = read_report(document_of(shape))
    read = read_blocks(report)
    for name in ("prior", "problems", "causes", "measures"):
        meant = [(block.lead, block.lead_start, block.start, block.end) for block in shape.blocks[name]]
        assert read[name] == meant
    year = str(report.year) if report.year else None
    assert (report.kind, report.title, year) == (shape.said("kind"), shape.said("title"), shape.said("year"))
