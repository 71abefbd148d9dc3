"""The ledger out as a workbook, and back in after somebody looked at what it changes."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.cycle.models import Cycle
from bihuan.ledger import sheets
from bihuan.ledger.access.links import may_bring_sheet
from bihuan.ledger.actions.sheet import apply_sheet
from bihuan.ledger.comparing import Comparison, compare
from bihuan.ledger.forms.sheet import SheetForm
from bihuan.ledger.queries.sheet import sheet_rows
from bihuan.ledger.views.table import asked_year
from bihuan.ledger.views.years import own_year


@seated
@require_safe
def sheet(request: SeatRequest) -> HttpResponse:
    """The year's ledger as .xlsx; without a year there is nothing to give."""
    cycle = asked_year(request)
    if cycle is None:
        return redirect("ledger:table")
    rows = sheet_rows(cycle, request.seat, clock.today())
    answer = HttpResponse(sheets.write(f"{cycle.label}整改台账", rows), content_type=sheets.MEDIA_TYPE)
    name = quote(f"{cycle.org.name}{cycle.label}整改台账.xlsx")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@seated
def sheet_back(request: SeatRequest) -> HttpResponse:
    """Hand the workbook in, look at what it changes, keep all of it or nothing."""
    cycle = own_year(request)
    if cycle is None:
        return redirect("ledger:table")
    form, cells, found = SheetForm(), list[list[str]](), Comparison()
    if request.method == "POST":
        form = SheetForm(request.POST, request.FILES)
        try:
            cells, found = _compared(request, form, cycle)
            if "save" in request.POST and not found.wrong:
                count = apply_sheet(cycle, found.changes, by=request.seat, at=clock.now())
                done(request, f"照表改好了{count}处。")
                return redirect(f"{reverse('ledger:table')}?cycle={cycle.pk}")
        except Refused as refused:
            form.add_error(None, f"{'；'.join(refused.reasons).rstrip('。')}。")
    context = {
        "cycle": cycle,
        "form": form,
        "found": found,
        "cells": sheets.carried(cells) if cells else "",
        "may": may_bring_sheet(request.seat, cycle),
    }
    return render(request, "ledger/loop/sheet.html", context)


def _compared(request: SeatRequest, form: SheetForm, cycle: Cycle) -> tuple[list[list[str]], Comparison]:
    """The cells that were handed in, or carried from the page before, weighed against the ledger as it is now."""
    may_bring_sheet(request.seat, cycle).enforce()
    if "cells" in request.POST:
        del form.fields["table"]
        form.is_valid()
        cells = sheets.uncarried(request.POST["cells"])
    elif form.is_valid():
        cells = sheets.read(form.cleaned_data["table"].read())
    else:
        return [], Comparison()
    return cells, compare(sheets.rows(cells), cycle, request.seat, clock.today())
