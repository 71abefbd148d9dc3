"""Drafts that keep themselves: what `bihuan.js` sends for a form with data-autosave, and what it is answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def is_autosave(request: HttpRequest) -> bool:
    """Whether the page sent this by itself, a moment after the last key."""
    return request.method == "POST" and request.headers.get("X-Autosave") == "1"


def kept(version: int | None = None) -> HttpResponse:
    """The draft is kept; `version`: the record's version now, for the page's next sending."""
    answer = HttpResponse(status=204)
    if version is not None:
        answer["X-Version"] = str(version)
    return answer
