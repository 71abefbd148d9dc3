"""Which seat a request acts from, and when a screen left alone signs out."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bihuan.core import clock
from bihuan.org import rules
from bihuan.org.models import Account, Seat

TOUCH_SECONDS = 300  # a session's row is written at most this often
_FREE = {"org:new_password", "org:logout"}


class SeatMiddleware:
    """Sets `request.seat`: the one chosen, or the only one there is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.seat = None  # type: ignore[attr-defined]
        if request.path.startswith(settings.STATIC_URL) or not request.user.is_authenticated:
            return self.get_response(request)
        if _left_alone(request):
            logout(request)
            return redirect(f"{reverse('org:login')}?idle=1")
        if _must_change(request.user) and request.path not in {reverse(name) for name in _FREE}:
            return redirect("org:new_password")
        request.seat = _seat(request.user, request.session.get("seat"))  # type: ignore[attr-defined]
        return self.get_response(request)


def _must_change(account: Account) -> bool:
    return account.must_change_password or rules.password_too_old(
        account.password_set_at, clock.now(), settings.PASSWORD_DAYS
    )


def _left_alone(request: HttpRequest) -> bool:
    """Whether the idle time ran out; otherwise notes the time, at most every few minutes."""
    now = int(clock.now().timestamp())
    seen = request.session.get("seen", now)
    if now - seen > settings.IDLE_MINUTES * 60:
        return True
    if now - seen > TOUCH_SECONDS or "seen" not in request.session:
        request.session["seen"] = now
    return False


def _seat(account: Account, chosen: str | None) -> Seat | None:
    seats = Seat.objects.everywhere("an account's own seats").on(clock.today()).filter(account=account)
    present = list(seats.select_related("org", "account__person").order_by("since", "pk"))
    if chosen:
        return next((seat for seat in present if str(seat.pk) == chosen), None)
    return present[0] if len(present) == 1 else None
