"""Accounts of the branch's people: given on a sheet of paper or by a link."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login as open_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, open_to_all, seated
from bihuan.org import access, actions, forms, signing
from bihuan.org.models import Account, Person


@seated
def give_account(request: SeatRequest, person_id: UUID) -> HttpResponse:
    someone = get_object_or_404(Person.objects.visible_to(request.seat), pk=person_id)
    titles = [post.title for post in someone.posts.filter(org=request.seat.org_id, until__isnull=True)]
    form = forms.AccountForm(request.POST or None, initial={"capacity": titles[0] if titles else "党员"})
    if request.method == "POST" and form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("login", "capacity")}
        with form.refusals():
            seat, password = actions.give_account(someone, **wanted, by=request.seat, at=clock.now())
            if form.cleaned_data["way"] == "link":
                return _link_sheet(request, seat.account)
            return password_sheet(request, seat.account, password)
    context = {
        "form": form,
        "title": f"给{someone}发账号",
        "press": "发账号",
        "back": reverse("org:person", args=[someone.pk]),
        "verdict": access.may_give_account(request.seat),
    }
    return render(request, "org/one_form.html", context)


@require_POST
@seated
def reset_password(request: SeatRequest, account_id: UUID) -> HttpResponse:
    """A new one-time password, or a link."""
    account = get_object_or_404(Account.objects.distinct(), pk=account_id, seats__org_id=request.seat.org_id)
    if "link" in request.POST:
        return _link_sheet(request, account)
    password = actions.reset_password(account, by=request.seat, at=clock.now())
    return password_sheet(request, account, password)


def password_sheet(request: SeatRequest, account: Account, password: str, *, back: str = "") -> HttpResponse:
    """Shown once, to be printed and handed over; nothing of it is kept."""
    return _sheet(request, account, {"password": password}, back)


def _link_sheet(request: SeatRequest, account: Account) -> HttpResponse:
    secret = actions.invite(account, by=request.seat, at=clock.now())
    link = request.build_absolute_uri(reverse("org:invited", args=[secret]))
    return _sheet(request, account, {"link": link}, "")


def _sheet(request: SeatRequest, account: Account, secret: dict[str, str], back: str) -> HttpResponse:
    there = reverse(back) if back else reverse("org:person", args=[account.person_id]) if account.person_id else "/"
    return render(request, "org/password_sheet.html", {"account": account, "back": there, **secret})


@open_to_all
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """Where a link leads: the person sets the password, and is in."""
    account = signing.invited(secret, at=clock.now())
    if account is None:
        messages.error(request, "这个链接用过了，或者过期了；请找支部的书记或组织委员另发一个。")
        return redirect("org:login")
    form = forms.NewPasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            account = signing.accept_invitation(secret, form.cleaned_data["password"], at=clock.now())
            open_session(request, account, backend="django.contrib.auth.backends.ModelBackend")
            return redirect("desk:home")
    return render(request, "org/invited.html", {"form": form, "account": account})
