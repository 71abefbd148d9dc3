"""Every view wears a door. A house test walks the addresses and names any view without one."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from bihuan.core.access import Refused

if TYPE_CHECKING:
    from bihuan.org.models import Account, Seat


class AccountRequest(HttpRequest):
    """A request by somebody who has signed in."""

    user: Account
    seat: Seat | None  # none in the first hour, and as long as there are several and none is chosen


class SeatRequest(AccountRequest):
    """A request by somebody who sits somewhere: who, for which organisation, in what capacity."""

    seat: Seat


View = Callable[..., HttpResponseBase]


def open_to_all(view: View) -> View:
    """Anybody may open it, without an account. It is not kept by the browser either: its head says who is signed in."""
    return _with_door(never_cache(view), "open_to_all")


def for_administrators(view: View) -> View:
    """Inside a door: also 系统, 安全 and 审计管理员 may open it. All other pages are about a branch's records, or may be."""
    view.for_administrators = True  # type: ignore[attr-defined]
    return view


def _keep_out(view: View, request: HttpRequest) -> None:
    seat = getattr(request, "seat", None)
    if seat is not None and seat.is_administrator and not getattr(view, "for_administrators", False):
        raise Refused(f"{seat.capacity}只管系统，不看支部的记录；要看，请换到支部的席位")


def signed_in(view: View) -> View:
    """Needs an account; a seat is not needed (the first hour, choosing a seat, one's own settings)."""

    @never_cache
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        _keep_out(view, request)
        return view(cast(AccountRequest, request), *args, **kwargs)

    return _with_door(guarded, "signed_in")


def seated(view: View) -> View:
    """Needs a seat. Whoever has an account but no seat is led to the first hour or to choosing one."""

    @never_cache
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if getattr(request, "seat", None) is None:
            return redirect("org:seats")
        _keep_out(view, request)
        return view(cast(SeatRequest, request), *args, **kwargs)

    return _with_door(guarded, "seated")


def _with_door(view: View, door: str) -> View:
    view.door = door  # type: ignore[attr-defined]
    return view
