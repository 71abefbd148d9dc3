"""Drawn once for all tests that look at pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bihuan_text.gbt9704 import to_docx, to_pdf
from tests.gbt9704.rendered import Page, docx_to_pdf, pages_of
from tests.gbt9704.sample import plain_paper, report

if TYPE_CHECKING:
    from bihuan_text.gbt9704 import Paper


@pytest.fixture(scope="session")
def pdf_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """The samples drawn with nothing but the typeface that ships: what a bare machine gives."""

    def drawn(name: str, paper: Paper) -> list[Page]:
        target = tmp_path_factory.mktemp("pdf") / f"{name}.pdf"
        target.write_bytes(to_pdf(paper, system_fonts=False).data)
        return pages_of(target)

    return {"plain": drawn("plain", plain_paper()), "report": drawn("report", report())}


@pytest.fixture(scope="session")
def docx_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """The same as .docx, drawn by LibreOffice."""
    papers = {"plain": plain_paper(), "report": report()}
    return {n: pages_of(docx_to_pdf(to_docx(p), tmp_path_factory.mktemp("docx"))) for n, p in papers.items()}
