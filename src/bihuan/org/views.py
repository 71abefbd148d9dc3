"""Pages of people: coming in, sitting down, the roster, posts, accounts."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as open_session
from django.contrib.auth import logout as close_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.core.days import say_full
from bihuan.core.doors import AccountRequest, SeatRequest, open_to_all, seated, signed_in
from bihuan.core.forms import HouseForm
from bihuan.org import access, actions, forms, queries, roster, rules, signing
from bihuan.org.models import Account, Membership, Person, Seat, Title


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


def _next(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else reverse("desk:home")


@require_POST
@open_to_all
def logout(request: HttpRequest) -> HttpResponse:
    close_session(request)
    return redirect("org:login")


@signed_in
def new_password(request: AccountRequest) -> HttpResponse:
    form = forms.NewPasswordForm(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        account = signing.set_password(request.user, form.cleaned_data["password"], at=clock.now())
        open_session(request, account, backend="django.contrib.auth.backends.ModelBackend")
        messages.success(request, "密码换好了，下次用新密码登录。")
        return redirect("desk:home")
    return render(request, "org/new_password.html", {"form": form})


@signed_in
def seats(request: AccountRequest) -> HttpResponse:
    """Choose where to sit; whoever sits nowhere yet begins the first hour."""
    mine = Seat.objects.everywhere("an account's own seats").on(clock.today()).filter(account=request.user)
    found = list(mine.select_related("org", "account__person").order_by("org__name"))
    if request.method == "POST":
        seat = next((seat for seat in found if str(seat.pk) == request.POST.get("seat")), None)
        if seat is not None:
            request.session["seat"] = str(seat.pk)
            return redirect("desk:home")
    if not found:
        return redirect("desk:first_hour") if request.user.person is None else render(request, "org/no_seat.html")
    return render(request, "org/seats.html", {"seats": found})


@seated
def members(request: SeatRequest) -> HttpResponse:
    today = clock.today()
    people = queries.roster(request.seat.org_id, today)
    full = [m for m in people if m.membership.kind == "正式"]
    committee = queries.committee_on(request.seat.org_id, today)
    remarks = [rules.committee_remark(len(full), len(committee)), rules.size_remark(len(people))]
    accounts = {account.person_id: account for account in Account.objects.filter(person__in=[m.person for m in people])}
    context = {
        "people": [(m, accounts.get(m.person.pk)) for m in people],
        "due": sum(m.due for m in people),
        "remarks": [remark for remark in remarks if remark],
        "verdict": access.may_keep_roster(request.seat),
    }
    return render(request, "org/members.html", context)


@seated
def paste(request: SeatRequest) -> HttpResponse:
    """Paste a roster, look at what was read, save all of it or nothing."""
    form = forms.PasteForm(request.POST or None)
    lines: list[roster.Line] = []
    if request.method == "POST" and form.is_valid():
        lines = roster.parse(form.cleaned_data["roster"])
        if not lines:
            form.add_error("roster", "没有读出一个人，请连同表头一起复制再贴。")
        elif "save" in request.POST and not any(line.wrong for line in lines):
            with form.refusals():
                taken = actions.take_in_roster(map(_new_member, lines), by=request.seat, at=clock.now())
                messages.success(request, f"收进了{len(taken)}名党员。")
                return redirect(_onwards(request))
    context = {
        "form": form,
        "lines": lines,
        "wrong": sum(bool(line.wrong) for line in lines),
        "verdict": access.may_keep_roster(request.seat),
        "next_page": request.GET.get("from") or request.POST.get("next_page", ""),
    }
    return render(request, "org/paste.html", context)


def _onwards(request: SeatRequest) -> str:
    """Where to after saving: back into the first hour, if that is where one came from."""
    return "desk:first_hour" if request.POST.get("next_page") == "first_hour" else "org:members"


def _new_member(line: roster.Line) -> actions.NewMember:
    return actions.NewMember(
        name=line.name,
        kind=line.kind,
        joined_party_on=line.joined,
        since=line.since,
        mark=line.mark,
        title=line.title,
    )


@seated
def add(request: SeatRequest) -> HttpResponse:
    form = forms.MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.take_in_roster([actions.NewMember(**form.cleaned_data)], by=request.seat, at=clock.now())
            messages.success(request, f"{form.cleaned_data['name']}收进了名册。")
            return redirect("org:members")
    return render(request, "org/add.html", {"form": form, "verdict": access.may_keep_roster(request.seat)})


@seated
def person(request: SeatRequest, person_id: UUID) -> HttpResponse:
    someone = get_object_or_404(Person.objects.visible_to(request.seat), pk=person_id)
    memberships = Membership.objects.visible_to(request.seat).filter(person=someone).order_by("since")
    seats_here = Seat.objects.visible_to(request.seat).on(clock.today()).filter(account__person=someone)
    context = {
        "person": someone,
        "memberships": memberships,
        "posts": someone.posts.filter(org=request.seat.org_id).order_by("since"),
        "standings": someone.standings.filter(org=request.seat.org_id).order_by("since"),
        "current": memberships.filter(until__isnull=True).last(),
        "account": Account.objects.filter(person=someone).first(),
        "seats": seats_here.select_related("org", "account__person"),
        "may_keep": access.may_keep_roster(request.seat),
        "may_give": access.may_give_account(request.seat),
    }
    return render(request, "org/person.html", context)


@seated
def end_membership(request: SeatRequest, membership_id: UUID) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.visible_to(request.seat), pk=membership_id)
    form = forms.EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.end_membership(membership, until=form.cleaned_data["until"], by=request.seat, at=clock.now())
            until = say_full(form.cleaned_data["until"])
            messages.success(request, f"{membership.person}在本支部到{until}为止。")
            return redirect("org:members")
    return _one_form(request, form, f"{membership.person}哪天离开本支部", "写下", "org:members")


@seated
def make_full(request: SeatRequest, membership_id: UUID) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.visible_to(request.seat), pk=membership_id)
    form = forms.FullForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.make_full_member(membership, on=form.cleaned_data["on"], by=request.seat, at=clock.now())
            messages.success(request, f"写下了{membership.person}转正。")
            return redirect("org:person", membership.person_id)
    return _one_form(request, form, f"{membership.person}哪天转正", "写下", "org:members")


@seated
def standing(request: SeatRequest, person_id: UUID) -> HttpResponse:
    someone = get_object_or_404(Person.objects.visible_to(request.seat), pk=person_id)
    form = forms.StandingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.state_standing(someone, **form.cleaned_data, by=request.seat, at=clock.now())
            messages.success(request, "写下了。")
            return redirect("org:person", someone.pk)
    return _one_form(request, form, f"{someone}在哪段日子里不计入应到", "写下", "org:members")


def _one_form(request: SeatRequest, form: HouseForm, title: str, press: str, back: str) -> HttpResponse:
    verdict = access.may_keep_roster(request.seat)
    context = {"form": form, "title": title, "press": press, "back": reverse(back), "verdict": verdict}
    return render(request, "org/one_form.html", context)


@seated
def posts(request: SeatRequest) -> HttpResponse:
    """Who is 书记, who 委员: one choice beside each name."""
    today = clock.today()
    people = queries.roster(request.seat.org_id, today)
    if request.method == "POST":
        chosen = {m.person: request.POST.get(f"post-{m.person.pk}", "") for m in people}
        wanted = {someone: title for someone, title in chosen.items() if title in Title.values}
        actions.set_posts(wanted, since=today, by=request.seat, at=clock.now())
        messages.success(request, "书记和委员定下了。")
        return redirect(_onwards(request))
    context = {
        "people": people,
        "titles": Title.values,
        "verdict": access.may_keep_roster(request.seat),
        "next_page": request.GET.get("from", ""),
    }
    return render(request, "org/posts.html", context)


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
