"""How the pages of the loop call an action: what is refused stands on the form, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponse
from django.shortcuts import render

from bihuan.core.access import YES, Refused, Stale, Verdict
from bihuan.core.doors import SeatRequest
from bihuan.core.forms import HouseForm
from bihuan.core.models import Record
from bihuan.ledger.models import Problem

R = TypeVar("R")


def tried(request: SeatRequest, form: HouseForm, act: Callable[[], R]) -> R | None:
    """The action's result, if a valid form was sent; None when there was none, or the action said no and the form says why."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act()
    except Stale as stale:
        form.show_stale(stale)
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason if reason.endswith("。") else f"{reason}。")
    return None


def form_page(
    request: SeatRequest,
    problem: Problem,
    form: HouseForm,
    *,
    title: str,
    button: str,
    lead: str = "",
    may: Verdict = YES,
    record: Record | None = None,
    template: str = "ledger/loop/form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form about one problem. `record`: the record it edits, whose version the page carries."""
    if record is not None and form.stale_rows:
        record.refresh_from_db()
    context = {"problem": problem, "form": form, "title": title, "button": button, "lead": lead, "may": may}
    return render(request, template, {**context, "record": record, **more})
