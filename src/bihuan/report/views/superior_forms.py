"""The superior's forms: which there are, what their blanks are filled with, and the filled file."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bihuan.core import clock
from bihuan.core.access import Refused, Stale
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.cycle.models import Cycle
from bihuan.cycle.queries import current_cycle
from bihuan.report.actions.superior_forms import add_form, bring_back, change_form, point_blank, retire_form
from bihuan.report.facts import Records
from bihuan.report.templating import access
from bihuan.report.templating.choices import groups, likely, read_choice
from bihuan.report.templating.forms import BlankForm, ChangedFormForm, SuperiorFormForm
from bihuan.report.templating.models import SuperiorForm
from bihuan.report.templating.queries import FormSheet, Place, bytes_of, form_sheet, forms_open_to
from bihuan_text import Unreadable
from bihuan_text.blanks import fill

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@seated
def superior_forms(request: SeatRequest) -> HttpResponse:
    """The forms there are, and taking another in."""
    form = SuperiorFormForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with form.refusals():
            added = add_form(
                name=given["name"], issuer=given["issuer"], file=_chunks(given["file"]), by=request.seat, at=clock.now()
            )
            done(request, "收下了。现在指一指每一处填什么，只指这一次。")
            return redirect("report:superior_form", added.pk)
    every = list(forms_open_to(request.seat))
    context = {
        "forms": [each for each in every if each.away_on is None],
        "away": [each for each in every if each.away_on is not None],
        "form": form,
        "verdict": access.may_add(request.seat),
    }
    return render(request, "report/superior_forms.html", context)


def _chunks(file: UploadedFile) -> tuple[str, list[bytes]]:
    return str(file.name), list(file.chunks())


def _form_or_404(request: SeatRequest, pk: UUID) -> SuperiorForm:
    return get_object_or_404(forms_open_to(request.seat), pk=pk)


def _sheet(held: SuperiorForm, cycle: Cycle | None) -> FormSheet:
    return form_sheet(held, Records(cycle, clock.today()) if cycle else None)


@seated
@require_GET
def superior_form(request: SeatRequest, pk: UUID) -> HttpResponse:
    """One form: every blank in its surroundings, what is missing, and the filled file."""
    held, cycle = _form_or_404(request, pk), current_cycle(request.seat.org_id)
    context = {
        "sheet": _sheet(held, cycle),
        "cycle": cycle,
        "may_set": access.may_set(request.seat, held),
        "may_fill": access.may_fill(request.seat, cycle),
        "may_retire": access.may_retire(request.seat, held),
    }
    return render(request, "report/superior_form.html", context)


@seated
def superior_change(request: SeatRequest, pk: UUID) -> HttpResponse:
    """Its name, or the file in a changed form."""
    held = _form_or_404(request, pk)
    form = ChangedFormForm(
        request.POST or None, request.FILES or None, initial={"name": held.name, "issuer": held.issuer}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        file = _chunks(given.pop("file")) if given.get("file") else None
        try:
            with form.refusals():
                change_form(
                    held, name=given["name"], issuer=given["issuer"], file=file, seen_version=form.seen_version,
                    by=request.seat, at=clock.now(),
                )  # fmt: skip
                done(request, "改好了。新的地方还没有指，在下面列在前面。" if file else "改好了。")
                return redirect("report:superior_form", held.pk)
        except Stale as stale:
            form.show_stale(stale)
    context = {"held": held, "form": form, "verdict": access.may_set(request.seat, held)}
    return render(request, "report/superior_change.html", context)


@seated
@require_POST
def superior_away(request: SeatRequest, pk: UUID) -> HttpResponse:
    """A form that is no longer used goes out of the way; one tap brings it back."""
    held = _form_or_404(request, pk)
    retire_form(held, by=request.seat, at=clock.now())
    done(request, f"“{held.name}”收起来了，指过的都留着。", undo=reverse("report:superior_back", args=[held.pk]))
    return redirect("report:superior_forms")


@seated
@require_POST
def superior_back(request: SeatRequest, pk: UUID) -> HttpResponse:
    """And back."""
    held = _form_or_404(request, pk)
    bring_back(held, by=request.seat, at=clock.now())
    done(request, f"“{held.name}”放回来了。")
    return redirect("report:superior_form", held.pk)


@seated
def superior_blank(request: SeatRequest, pk: UUID, address: str) -> HttpResponse:
    """What one blank is filled with; then the next one that nobody decided about."""
    held = _form_or_404(request, pk)
    sheet = _sheet(held, current_cycle(request.seat.org_id))
    place = next((each for each in sheet.places if each.blank.address == address), None)
    if place is None:
        raise Http404
    guess = "" if place.choice else likely(place.blank, _list_beside(sheet, place))
    kept = place.choice.what if place.choice else guess
    form = BlankForm(request.POST or None, groups=groups(place.blank), initial={"what": kept})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            point_blank(held, address, what=form.cleaned_data["what"], by=request.seat, at=clock.now())
            return _next(request, held, sheet, address)
    number = sheet.places.index(place) + 1
    context = {
        "sheet": sheet,
        "place": place,
        "number": number,
        "guess": read_choice(guess),
        "form": form,
        "verdict": access.may_set(request.seat, held),
    }
    return render(request, "report/superior_blank.html", context)


def _list_beside(sheet: FormSheet, place: Place) -> str:
    """The list that another blank of the same line already shows."""
    line = [each.choice for each in sheet.places if place.blank.line and each.blank.line == place.blank.line]
    return next((choice.name for choice in line if choice and choice.kind == "row"), "")


def _next(request: SeatRequest, held: SuperiorForm, sheet: FormSheet, address: str) -> HttpResponse:
    left = [each for each in sheet.undecided if each.blank.address != address]
    if not left:
        done(request, "每一处都指好了，以后照记录填。")
        return redirect("report:superior_form", held.pk)
    done(request, f"存下了，还有{len(left)}处。")
    return redirect("report:superior_blank", held.pk, left[0].blank.address)


@seated
@require_GET
def superior_file(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The form filled from the records of the present year; `?blank`: as it was given out."""
    held = _form_or_404(request, pk)
    data, name = bytes_of(held), held.name
    if "blank" not in request.GET:
        cycle = current_cycle(request.seat.org_id)
        access.may_fill(request.seat, cycle).enforce()
        filling = _sheet(held, cycle).filling
        try:
            data = fill(data, held.file_name, filling.values, filling.rows)
        except Unreadable as refused:
            raise Refused(refused.reason_zh) from refused
    response = HttpResponse(data, content_type=TYPES[held.kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{held.kind}')}"
    return response
