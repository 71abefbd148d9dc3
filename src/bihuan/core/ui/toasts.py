"""What was just done, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest


def done(request: HttpRequest, words: str, *, undo: str = "") -> None:
    """Say on the next page what was done; `undo`: the address that a 撤销 button there posts to."""
    messages.success(request, words, extra_tags=undo)
