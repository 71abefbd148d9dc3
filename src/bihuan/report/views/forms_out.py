"""The forms of the meeting: filled from the records, blank, and all together in archive order."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.cycle.models import Cycle
from bihuan.ledger.views.years import own_year
from bihuan.report import access_forms as access
from bihuan.report.forms_out.excel import excel_of
from bihuan.report.forms_out.folder import by_stage, folder_of, standings
from bihuan.report.forms_out.mending import own_promises
from bihuan.report.forms_out.shape import Form
from bihuan.report.forms_out.shelf import BY_NUMBER
from bihuan.report.forms_out.source import Source
from bihuan.report.forms_out.word import paper_of_form, word_of
from bihuan.report.paper import file_name
from bihuan_text.gbt9704 import to_docx

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@seated
@require_safe
def forms(request: SeatRequest) -> HttpResponse:
    """Every form in archive order, what fills it, and which are still empty."""
    cycle, seat = own_year(request), request.seat
    held = standings(Source(cycle, seat, clock.today()) if cycle else None)
    stages = [
        (stage, [(each, access.may_take_form(seat, cycle, each.form)) for each in group])
        for stage, group in by_stage(held)
    ]
    context = {
        "cycle": cycle,
        "stages": stages,
        "filled": sum(each.filled for each in held),
        "empty": sum(not each.filled for each in held),
        "may": access.may_take_forms(seat, cycle),
        "own": bool(access.may_take_own(seat, cycle)),
    }
    return render(request, "report/forms.html", context)


@seated
@require_safe
def form_word(request: SeatRequest, number: int) -> HttpResponse:
    """One form as Word; `?blank=1`: without a word of the branch in it."""
    form, source = _asked(request, number)
    name = form.fill(source).title if source else f"{form.name}（空白）"
    return _file(word_of(form, source), name, "docx", WORD)


@seated
@require_safe
def form_own(request: SeatRequest) -> HttpResponse:
    """表23 for whoever asks: from his own measures, his own problems among them."""
    cycle, person = _there(own_year(request)), request.seat.person
    access.may_take_own(request.seat, cycle).enforce()
    if person is None:
        raise Http404
    filled = own_promises(Source(cycle, request.seat, clock.today()), person)
    return _file(to_docx(paper_of_form(filled)), filled.title, "docx", WORD)


@seated
@require_safe
def form_excel(request: SeatRequest, number: int) -> HttpResponse:
    """One form that is a table, as a workbook; `?blank=1` as above."""
    form, source = _asked(request, number)
    if not form.sheet:
        raise Http404
    filled = form.fill(source)
    name = filled.title if source else f"{form.name}（空白）"
    return _file(excel_of(filled, landscape=form.landscape), name, "xlsx", EXCEL)


@seated
@require_safe
def form_folder(request: SeatRequest) -> HttpResponse:
    """Everything that is filled, in one zip."""
    cycle = _there(own_year(request))
    access.may_take_forms(request.seat, cycle).enforce()
    source = Source(cycle, request.seat, clock.today())
    return _file(folder_of(source), f"{source.head}组织生活会材料", "zip", "application/zip")


def _asked(request: SeatRequest, number: int) -> tuple[Form, Source | None]:
    """The form, and the records that fill it; none for a blank one."""
    form = BY_NUMBER.get(number)
    if form is None:
        raise Http404
    if request.GET.get("blank"):
        return form, None
    cycle = _there(own_year(request))
    access.may_take_form(request.seat, cycle, form).enforce()
    return form, Source(cycle, request.seat, clock.today())


def _there(cycle: Cycle | None) -> Cycle:
    if cycle is None:
        raise Http404
    return cycle


def _file(data: bytes, name: str, ending: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name(name, ending))}"
    return response
