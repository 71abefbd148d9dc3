"""The roster and everybody on it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.days import say_full
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.forms import HouseForm
from bihuan.core.ui.toasts import done
from bihuan.org import access, actions, forms, queries, rules
from bihuan.org.models import Account, Membership, Person, Seat, Standing
from bihuan.org.views.onwards import onwards


@seated
def members(request: SeatRequest) -> HttpResponse:
    """The roster of today, or of the day that was asked for: who belonged, who was due then."""
    today = clock.today()
    form = forms.OnForm(request.GET or None)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or today
    people = queries.roster(request.seat.org_id, on)
    accounts = {account.person_id: account for account in Account.objects.filter(person__in=[m.person for m in people])}
    context = {
        "people": [(m, accounts.get(m.person.pk)) for m in people],
        "due": sum(m.due for m in people),
        "remarks": _remarks(request, people, on) if on == today else [],
        "verdict": access.may_keep_roster(request.seat),
        "form": form,
        "on": on,
        "past": on != today,
    }
    return render(request, "org/members.html", context)


def _remarks(request: SeatRequest, people: list[queries.Member], day: date) -> list[str]:
    full = sum(m.membership.kind == "正式" for m in people)
    committee = queries.committee_on(request.seat.org_id, day)
    remarks = [rules.committee_remark(full, len(committee)), rules.size_remark(len(people))]
    return [remark for remark in remarks if remark]


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
        "left": None if (last := memberships.last()) is None or last.until is None else last,
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
            actions.end_membership(membership, **form.cleaned_data, by=request.seat, at=clock.now())
            until = say_full(form.cleaned_data["until"])
            undo = reverse("org:undo_leaving", args=[membership.pk])
            done(request, f"{membership.person}在本支部到{until}为止。", undo=undo)
            return redirect("org:members")
    return _one_form(request, form, f"{membership.person}哪天离开本支部", "写下", "org:members")


@require_POST
@seated
def undo_leaving(request: SeatRequest, membership_id: UUID) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.visible_to(request.seat), pk=membership_id)
    actions.undo_leaving(membership, by=request.seat, at=clock.now())
    done(request, f"撤回了，{membership.person}还在名册上；他的席位要用，请另给。")
    return redirect("org:person", membership.person_id)


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


@seated
def end_standing(request: SeatRequest, standing_id: UUID) -> HttpResponse:
    held = get_object_or_404(Standing.objects.visible_to(request.seat).select_related("person"), pk=standing_id)
    form = forms.UntilForm(request.POST or None, initial={"until": held.until})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.end_standing(held, **form.cleaned_data, by=request.seat, at=clock.now())
            until = say_full(form.cleaned_data["until"])
            done(request, f"{held.person}不计入应到，到{until}为止。")
            return redirect("org:person", held.person_id)
    return _one_form(request, form, f"{held.person}不计入应到，到哪天为止", "写下", "org:members")


def _one_form(request: SeatRequest, form: HouseForm, title: str, press: str, back: str) -> HttpResponse:
    verdict = access.may_keep_roster(request.seat)
    context = {"form": form, "title": title, "press": press, "back": reverse(back), "verdict": verdict}
    return render(request, "org/one_form.html", context)


@seated
def posts(request: SeatRequest) -> HttpResponse:
    """Who is 书记, who 委员: one choice beside each name."""
    today = clock.today()
    form = forms.PostsForm(request.POST or None, people=queries.roster(request.seat.org_id, today))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.set_posts(form.wanted, since=today, by=request.seat, at=clock.now())
            messages.success(request, "书记和委员定下了。")
            return redirect(onwards(request))
    context = {
        "form": form,
        "verdict": access.may_keep_roster(request.seat),
        "next_page": request.GET.get("from") or request.POST.get("next_page", ""),
    }
    return render(request, "org/posts.html", context)
