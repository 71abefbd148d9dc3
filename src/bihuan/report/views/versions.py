"""Versions of the report side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.core import clock
from bihuan.core.days import say_full
from bihuan.core.doors import SeatRequest, seated
from bihuan.report.content import content_of
from bihuan.report.forms import VersionsForm
from bihuan.report.models import Draft
from bihuan.report.queries import approvals_of, submissions_of
from bihuan.report.versions import differences, figures
from bihuan.report.views.loading import draft_or_404

NOW = "now"


@seated
@require_GET
def versions(request: SeatRequest, pk: UUID) -> HttpResponse:
    """Any two: what was approved or handed up, and the report as it reads today."""
    held = draft_or_404(request, pk)
    kept = _kept(held)
    keys = list(kept)
    given = {"old": keys[max(0, len(keys) - 2)], "new": keys[-1]}
    form = VersionsForm(request.GET or None, offered=[(key, label) for key, (label, _) in kept.items()], initial=given)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else given
    (old_name, old), (new_name, new) = kept[chosen["old"]], kept[chosen["new"]]
    context = {
        "draft": held,
        "form": form,
        "count": len(keys),
        "old_name": old_name,
        "new_name": new_name,
        "changes": differences(old, new),
        "figures": figures(old, new),
    }
    return render(request, "report/versions.html", context)


def _kept(held: Draft) -> dict[str, tuple[str, dict[str, Any]]]:
    """Key → name and content of every version, the report as it reads today last."""
    sent = {each.approval_id: each.state for each in submissions_of(held)}
    kept: dict[str, tuple[str, dict[str, Any]]] = {}
    for number, each in enumerate(approvals_of(held), start=1):
        state = f"，{sent[each.pk]}" if each.pk in sent else ""
        kept[str(each.pk)] = (f"第{number}稿，{say_full(each.occurred_on)}通过{state}", each.content)
    kept[NOW] = ("现在这一稿", content_of(held, clock.today()).snapshot())
    return kept
