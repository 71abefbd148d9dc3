"""Bringing proof, and handing it out so that it can do no harm."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from bihuan.core import clock, vault
from bihuan.core.access import Refused
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.forms import handed_in
from bihuan.core.kinds import PICTURES
from bihuan.core.ui.toasts import done
from bihuan.ledger import access, pdf_pages, previews, queries
from bihuan.ledger.actions.measures import add_evidence as add
from bihuan.ledger.forms.measures import EvidenceForm
from bihuan.ledger.models import Evidence, Problem
from bihuan.ledger.rules import shortened
from bihuan.ledger.views.measure import seen_measure
from bihuan.ledger.views.tried import form_page, tried


@seated
def add_evidence(request: SeatRequest, pk: str) -> HttpResponse:
    """添一份佐证。"""
    measure, problem = seen_measure(request, pk)
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        standards=measure.standards,
        pieces=list(measure.evidence.filter(replaced_by__isnull=True)),
        today=clock.today(),
        initial={"standard": request.GET.get("standard", "")},
    )
    if tried(request, form, lambda: add(measure, **_given(form), by=request.seat, at=clock.now())):
        done(request, "佐证添上了。")
        return redirect("ledger:problem", problem.pk)
    return form_page(
        request, problem, form, title="什么能说明改好了", button="添上佐证", files=True,
        lead=f"措施：{shortened(measure.action, 60)}", may=access.may_work(request.seat, measure),
    )  # fmt: skip


def _given(form: EvidenceForm) -> dict[str, Any]:
    return {**form.cleaned_data, "file": handed_in(form.cleaned_data["file"])}


def _piece(request: SeatRequest, pk: str) -> Evidence:
    seen = queries.evidence_seen_by(request.seat).filter(blob__isnull=False)
    return get_object_or_404(seen.select_related("blob", "by__account__person"), pk=pk)


@seated
@require_safe
def evidence(request: SeatRequest, pk: str) -> HttpResponse:
    """What a file of proof says, looked at in the page."""
    piece = _piece(request, pk)
    blob = piece.blob
    assert blob is not None  # noqa: S101 - filtered above
    problems = Problem.objects.visible_to(request.seat).filter(measure_links__measure=piece.measure_id)
    context = {
        "piece": piece,
        "problem": problems.first(),
        "newer": Evidence.objects.visible_to(request.seat).filter(replaces=piece, blob__isnull=False).first(),
        "look": previews.preview(vault.path_of(blob.sha256), blob.media_type, blob.size),
    }
    return render(request, "ledger/loop/evidence.html", context)


@seated
@require_safe
def evidence_file(request: SeatRequest, pk: str) -> FileResponse:
    """The file itself: pictures are shown, everything else is handed out as a download; nothing in it may run."""
    piece = _piece(request, pk)
    blob = piece.blob
    assert blob is not None  # noqa: S101 - filtered above
    path = vault.path_of(blob.sha256)
    if not path.is_file():
        raise Refused("这份佐证的文件不在了，请用最近的备份恢复")
    shown = blob.media_type in PICTURES
    response = FileResponse(
        path.open("rb"), as_attachment=not shown, filename=piece.file_name, content_type=blob.media_type
    )
    return _harmless(response)


@seated
@require_safe
def evidence_page(request: SeatRequest, pk: str) -> HttpResponse:
    """One page of a PDF as a picture (`?n=2`), drawn here: the PDF itself never reaches the page."""
    piece = _piece(request, pk)
    blob = piece.blob
    assert blob is not None  # noqa: S101 - filtered above
    path, asked = vault.path_of(blob.sha256), request.GET.get("n", "1")
    if blob.media_type != pdf_pages.PDF or not path.is_file() or not asked.isdecimal():
        return redirect("ledger:evidence", piece.pk)
    return _harmless(HttpResponse(pdf_pages.draw(path, int(asked)), content_type="image/png"))


T = TypeVar("T", bound=HttpResponseBase)


def _harmless(response: T) -> T:
    """Nothing in it may run, be taken for something else, or be shown by another site."""
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
