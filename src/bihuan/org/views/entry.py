"""Coming in, going out, sitting down."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as open_session
from django.contrib.auth import logout as close_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import is_valid_path, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.core.doors import AccountRequest, for_administrators, open_to_all, signed_in
from bihuan.org import forms, signing
from bihuan.org.models import Seat


@open_to_all
def login(request: HttpRequest) -> HttpResponse:
    form = forms.SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = signing.sign_in(**form.cleaned_data, at=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            open_session(request, account, backend="django.contrib.auth.backends.ModelBackend")
            return redirect(_next(request))
    return render(request, "org/login.html", {"form": form, "idle": "idle" in request.GET, "demo": settings.DEMO})


def _next(request: HttpRequest, otherwise: str = "/") -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise


@require_POST
@open_to_all
def logout(request: HttpRequest) -> HttpResponse:
    close_session(request)
    return redirect("org:login")


@signed_in
@for_administrators
def new_password(request: AccountRequest) -> HttpResponse:
    form = forms.NewPasswordForm(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        account = signing.set_password(request.user, form.cleaned_data["password"], at=clock.now())
        open_session(request, account, backend="django.contrib.auth.backends.ModelBackend")
        messages.success(request, "密码换好了，下次用新密码登录。")
        return redirect("desk:home")
    return render(request, "org/new_password.html", {"form": form})


@signed_in
@for_administrators
def seats(request: AccountRequest) -> HttpResponse:
    """Choose where to sit; whoever sits nowhere yet begins the first hour."""
    mine = Seat.objects.everywhere("an account's own seats").on(clock.today()).filter(account=request.user)
    found = list(mine.select_related("org", "account__person").order_by("org__name"))
    if request.method == "POST":
        seat = next((seat for seat in found if str(seat.pk) == request.POST.get("seat")), None)
        if seat is not None:
            request.session["seat"] = str(seat.pk)
            return redirect(_still_there(request, seat))
    if not found:
        return redirect("desk:first_hour") if request.user.person is None else render(request, "org/no_seat.html")
    return render(request, "org/seats.html", {"seats": found, "next": _next(request, "")})


def _still_there(request: HttpRequest, seat: Seat) -> str:
    """The page one came from if it exists in the new seat too: one that names no record, or the list above it."""
    parts = [part for part in urlsplit(_next(request)).path.split("/") if part]
    while parts and not seat.is_administrator:
        path = f"/{'/'.join(parts)}/"
        if is_valid_path(path) and not resolve(path).kwargs:
            return path
        parts.pop()
    return reverse("desk:home")
