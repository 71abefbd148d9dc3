"""Who sits here in what capacity: given, changed, taken back. And the first 上级经办 of a committee."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.access import Stale
from bihuan.core.doors import SeatRequest, for_administrators, seated
from bihuan.core.ui.toasts import done
from bihuan.org import access, actions, forms, queries
from bihuan.org.models import ADMIN_SEATS, Capacity, Seat
from bihuan.org.views.accounts import password_sheet


@seated
def sitting(request: SeatRequest) -> HttpResponse:
    """Everybody who sits in this organisation, and a form for giving one more seat."""
    today, org = clock.today(), request.seat.org
    form = forms.SeatForm(request.POST or None, capacities=access.seats_of_kind(org))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            return _given(request, form)
    held = queries.titles_on(org.pk, today)
    context = {
        "form": form,
        "rows": [(seat, held.get(seat.person_id, ())) for seat in queries.seats_of(org.pk, today)],
        "former": queries.former_seats(org.pk, today),
        "verdict": access.may_keep_seats(request.seat),
        "branch": Capacity.CLERK not in access.seats_of_kind(org),
    }
    return render(request, "org/sitting.html", context)


def _given(request: SeatRequest, form: forms.SeatForm) -> HttpResponse:
    seat, password = actions.give_seat(**form.given, org=request.seat.org, by=request.seat, at=clock.now())
    if password:
        return password_sheet(request, seat.account, password, back="org:sitting")
    done(
        request,
        f"{seat.account}在这里是{seat.capacity}了，页面上方可以换席位。",
        undo=reverse("org:end_seat", args=[seat.pk]),
    )
    return redirect("org:sitting")


@seated
def change_seat(request: SeatRequest, seat_id: UUID) -> HttpResponse:
    seat = _here(request, seat_id)
    form = forms.CapacityForm(
        request.POST or None, capacities=access.seats_of_kind(seat.org), initial={"capacity": seat.capacity}
    )
    if request.method == "POST" and form.is_valid():
        try:
            with form.refusals():
                changed = actions.change_seat(
                    seat, **form.cleaned_data, seen_version=form.seen_version, by=request.seat, at=clock.now()
                )
                done(request, f"{changed.account}从今天起是{changed.capacity}，以前办的还记在{seat.capacity}名下。")
                return redirect("org:sitting")
        except Stale as stale:
            form.show_stale(stale)
    context = {"form": form, "it": seat, "verdict": access.may_keep_seats(request.seat)}
    return render(request, "org/change_seat.html", context)


@seated
def end_seat(request: SeatRequest, seat_id: UUID) -> HttpResponse:
    """Ask once, then take the seat back."""
    seat = _here(request, seat_id)
    if request.method == "POST":
        ended = actions.end_seat(seat, by=request.seat, at=clock.now())
        words = "收回了" if ended else "刚给的席位撤了，当作没有给过："
        done(request, f"{words}{seat.label}{'的席位，写过的都还在' if ended else ''}。")
        return redirect("org:sitting" if seat.pk != request.seat.pk else "org:seats")
    verdict = access.may_end_seat(request.seat, seat, clock.today())
    return render(request, "org/end_seat.html", {"it": seat, "verdict": verdict, "own": seat.pk == request.seat.pk})


def _here(request: SeatRequest, seat_id: UUID) -> Seat:
    """A seat of this very organisation, to be changed by whoever sits in it."""
    seats = Seat.objects.of(request.seat.org_id).exclude(capacity__in=ADMIN_SEATS)
    return get_object_or_404(seats.select_related("account__person", "org"), pk=seat_id)


@seated
@for_administrators
def first_clerk(request: SeatRequest) -> HttpResponse:
    """系统管理员 names the first 上级经办 of a committee, who gives the further ones himself."""
    committees = queries.without_clerk(clock.today())
    form = forms.FirstClerkForm(request.POST or None, committees=committees)
    may = access.may_name_clerks(request.seat)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            seat, password = actions.give_seat(
                **form.cleaned_data, capacity=Capacity.CLERK, by=request.seat, at=clock.now()
            )
            if password:
                return password_sheet(request, seat.account, password, back="org:offices")
            done(request, f"{seat.account}现在是{seat.org}的{seat.capacity}。")
            return redirect("org:offices")
    context = {
        "form": form, "title": "指定上级党组织的经办", "press": "给经办的席位", "back": reverse("org:offices"),
        "verdict": may,
    }  # fmt: skip
    return render(request, "org/one_form.html", context)
