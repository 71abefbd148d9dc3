"""Accounts of the branch's people."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.core.doors import SeatRequest, seated
from bihuan.org import access, actions, forms
from bihuan.org.models import Account, Person


@seated
def give_account(request: SeatRequest, person_id: UUID) -> HttpResponse:
    someone = get_object_or_404(Person.objects.visible_to(request.seat), pk=person_id)
    titles = [post.title for post in someone.posts.filter(org=request.seat.org_id, until__isnull=True)]
    form = forms.AccountForm(request.POST or None, initial={"capacity": titles[0] if titles else "党员"})
    if request.method == "POST" and form.is_valid():
        try:
            seat, password = actions.give_account(someone, **form.cleaned_data, by=request.seat, at=clock.now())
        except Refused as refusal:
            form.add_error("login", str(refusal))
        else:
            return _password_sheet(request, seat.account, password)
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
    account = get_object_or_404(Account, pk=account_id, seats__org_id=request.seat.org_id)
    password = actions.reset_password(account, by=request.seat, at=clock.now())
    return _password_sheet(request, account, password)


def _password_sheet(request: SeatRequest, account: Account, password: str) -> HttpResponse:
    """Shown once, to be printed and handed over; nothing of it is kept."""
    return render(request, "org/password_sheet.html", {"account": account, "password": password})
