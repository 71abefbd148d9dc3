"""Pages of keeping: a backup with one button, and the audit chain to read."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bihuan.archive import access, actions, forms, queries
from bihuan.archive.backing import Backup
from bihuan.core import clock
from bihuan.core.doors import SeatRequest, for_administrators, seated

PIECE = 1 << 20  # bytes read at a time


@require_GET
@seated
@for_administrators
def keep(request: SeatRequest) -> HttpResponse:
    return _keep(request, forms.PlaceForm())


def _keep(request: SeatRequest, form: forms.PlaceForm) -> HttpResponse:
    may = access.may_back_up(request.seat)
    places = queries.removable_places() if may else []
    return render(
        request,
        "archive/keep.html",
        {"form": form, "verdict": may, "places": places, "last": queries.last_backup(), "data": settings.DATA},
    )


@require_POST
@seated
@for_administrators
def download(request: SeatRequest) -> StreamingHttpResponse:
    """A backup made beside and handed out; what was made for it is removed when it has gone."""
    folder = Path(tempfile.mkdtemp(prefix="download-", dir=settings.DATA))
    try:
        made = actions.back_up(folder, by=request.seat, at=clock.now())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return StreamingHttpResponse(
        _hand_out(made, folder),
        content_type="application/zip",
        headers={"Content-Length": str(made.size), "Content-Disposition": f'attachment; filename="{made.path.name}"'},
    )


async def _hand_out(made: Backup, folder: Path) -> AsyncIterator[bytes]:
    try:
        with made.path.open("rb") as file:
            while piece := await asyncio.to_thread(file.read, PIECE):
                yield piece
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@require_POST
@seated
@for_administrators
def to_place(request: SeatRequest) -> HttpResponse:
    form = forms.PlaceForm(request.POST)
    if not form.is_valid():
        return _keep(request, form)
    made = actions.back_up(form.cleaned_data["place"], by=request.seat, at=clock.now())
    messages.success(request, f"备份好了，读了一遍都对得上：{made.path}")
    return redirect("archive:keep")


@require_GET
@seated
@for_administrators
def audit_lines(request: SeatRequest) -> HttpResponse:
    may = access.may_read_audit(request.seat)
    form = forms.DayForm(request.GET or None)
    day = form.cleaned_data["day"] if form.is_valid() else None
    context: dict[str, object] = {"form": form, "verdict": may, "day": day}
    if may:
        page = Paginator(queries.lines(request.seat, day), 50).get_page(request.GET.get("page"))
        read, breaks = queries.verified(request.seat)
        context |= {"page_of": page, "lines": queries.sentences(list(page)), "read": read, "breaks": breaks}
    return render(request, "archive/audit.html", context, status=200 if may else 403)
