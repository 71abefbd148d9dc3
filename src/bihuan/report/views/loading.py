"""What every page of the report begins and ends with."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from bihuan.core.doors import SeatRequest
from bihuan.report.body import Paragraph, Section, read_body
from bihuan.report.models import Draft
from bihuan.report.queries import drafts_open_to


def draft_or_404(request: SeatRequest, pk: UUID) -> Draft:
    return get_object_or_404(drafts_open_to(request.seat), pk=pk)


def found_or_404(draft: Draft, key: str) -> tuple[Section, Paragraph]:
    found = read_body(draft.body).find(key)
    if found is None:
        raise Http404
    return found


def back(held: Draft, paragraph: str = "") -> HttpResponse:
    return redirect(reverse("report:one", args=[held.pk]) + (f"#p-{paragraph}" if paragraph else ""))
