"""The report as a file."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.report.content import content_of
from bihuan.report.paper import docx_of, file_name, paper_of, paper_of_snapshot, pdf_of
from bihuan.report.queries import approvals_of
from bihuan.report.views.loading import draft_or_404
from bihuan_text.gbt9704 import Paper

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@seated
@require_GET
def docx(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The report as a Word file; `?approved`: the very one that was approved last."""
    return _file(request, pk, "docx", WORD, docx_of)


@seated
@require_GET
def pdf(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The report as PDF. Which typefaces had to stand in is printed on its pages."""
    return _file(request, pk, "pdf", "application/pdf", lambda paper: pdf_of(paper).data)


def _file(request: SeatRequest, pk: UUID, ending: str, kind: str, make: Callable[[Paper], bytes]) -> HttpResponse:
    held = draft_or_404(request, pk)
    approvals = approvals_of(held) if "approved" in request.GET else []
    paper = paper_of_snapshot(approvals[-1].content) if approvals else paper_of(content_of(held, clock.today()))
    title = approvals[-1].content["title"] if approvals else held.title
    return download(make(paper), title, ending, kind)


def download(data: bytes, title: str, ending: str, kind: str) -> HttpResponse:
    """A file to keep, under its title."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name(title, ending))}"
    return response
