"""Pages of 系统管理员 and 安全管理员: the three offices, and the accounts of the whole installation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, for_administrators, seated
from bihuan.org import access, actions, forms, queries
from bihuan.org.models import OFFICES, Account, Seat
from bihuan.org.views.accounts import password_sheet


@seated
@for_administrators
def offices(request: SeatRequest) -> HttpResponse:
    """Who holds the three offices, and a form for whoever may give them."""
    may, form = access.may_give_office(request.seat), forms.OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            seat, password = actions.give_office(**form.cleaned_data, by=request.seat, at=clock.now())
            if password:
                return password_sheet(request, seat.account, password, back="org:offices")
            messages.success(request, f"{seat.account}现在是{seat.capacity}。")
            return redirect("org:offices")
    held = queries.offices_on(clock.today())
    rows = [(capacity, [seat for seat in held if seat.capacity == capacity]) for capacity in OFFICES]
    clerks = access.may_name_clerks(request.seat) and queries.without_clerk(clock.today())
    return render(request, "org/offices.html", {"form": form, "rows": rows, "verdict": may, "clerks": clerks})


@require_POST
@seated
@for_administrators
def end_office(request: SeatRequest, seat_id: UUID) -> HttpResponse:
    held = queries.offices_on(clock.today()) if access.may_give_office(request.seat) else []
    seat = get_object_or_404(Seat.objects.everywhere("an office").filter(pk__in=[s.pk for s in held]), pk=seat_id)
    actions.end_office(seat, by=request.seat, at=clock.now())
    messages.success(request, f"收回了{seat.account}的{seat.capacity}席位。")
    return redirect("org:offices")


@require_GET
@seated
@for_administrators
def accounts(request: SeatRequest) -> HttpResponse:
    access.may_tend_accounts(request.seat).enforce()
    page = Paginator(queries.all_accounts(clock.today()), 50).get_page(request.GET.get("page"))
    return render(request, "org/accounts.html", {"page_of": page, "now": clock.now()})


@require_POST
@seated
@for_administrators
def tend_account(request: SeatRequest, account_id: UUID) -> HttpResponse:
    known = Account.objects.all() if access.may_tend_accounts(request.seat) else Account.objects.none()
    account = get_object_or_404(known, pk=account_id)
    if request.POST.get("do") == "reset":
        password = actions.reset_password(account, by=request.seat, at=clock.now())
        return password_sheet(request, account, password, back="org:accounts")
    barred = request.POST.get("do") == "bar"
    actions.bar_account(account, barred=barred, by=request.seat, at=clock.now())
    messages.success(request, f"{account.login}{'停用了' if barred else '可以用了，锁也打开了'}。")
    return redirect("org:accounts")
