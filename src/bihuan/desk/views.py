"""Home and the first hour."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as open_session
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bihuan.core import clock
from bihuan.core.doors import AccountRequest, SeatRequest, for_administrators, open_to_all, seated, signed_in
from bihuan.core.ui import drafts
from bihuan.cycle.queries import current_cycle, plan_of
from bihuan.cycle.rules import usual_year
from bihuan.desk import actions, demo, first_hour, roles, steps, today
from bihuan.desk.context import OFFICE_ROOMS
from bihuan.desk.forms import FirstBranchForm, WhoAmIForm
from bihuan.org import actions as org_actions
from bihuan.org.forms import BranchForm
from bihuan.org.models import Account, Org, Person


@seated
@for_administrators
def home(request: SeatRequest) -> HttpResponse:
    if request.seat.is_administrator:
        return redirect(OFFICE_ROOMS[request.seat.capacity][0][1])
    cycle, day = current_cycle(request.seat.org_id), clock.today()
    rail = steps.with_plan(steps.steps(cycle), plan_of(cycle)) if cycle else []
    context = {
        "today": today.today(request.seat, cycle, day),
        "cycle": cycle,
        "rail": rail,
        "here": steps.here(rail),
        "unfinished": request.seat.is_secretary
        and not all(q.answered for q in first_hour.questions(request.seat, day)[:4]),
        "now": day,
        "drafts": drafts.waiting(request.seat),
    }
    return render(request, "desk/home.html", context)


@signed_in
def hour(request: AccountRequest) -> HttpResponse:
    questions = first_hour.questions(request.seat, clock.today())
    following = next((q for q in questions if not q.answered and not q.why), None)
    return render(request, "desk/first_hour.html", {"questions": questions, "following": following})


@signed_in
def first_branch(request: AccountRequest) -> HttpResponse:
    """The first question. Before there is a seat it founds the branch; afterwards it corrects the names."""
    seat, day = request.seat, clock.today()
    if seat is None:
        form: BranchForm = FirstBranchForm(request.POST or None, initial={"year": usual_year(day)})
    else:
        parent = seat.org.parent_on(day)
        form = BranchForm(
            request.POST or None, initial={"name": seat.org.name, "superior": parent.name if parent else ""}
        )
    if request.method == "POST" and form.is_valid():
        if seat is None:
            actions.begin(request.user, **form.cleaned_data, at=clock.now())
        else:
            org_actions.rename_branch(seat.org, **form.cleaned_data, by=seat, at=clock.now())
        messages.success(request, "写下了，随时可以回来改。")
        return redirect("desk:first_hour")
    return render(request, "desk/first_branch.html", {"form": form})


@seated
def who_am_i(request: SeatRequest) -> HttpResponse:
    people = Person.objects.of(request.seat.org_id).order_by("name")
    form = WhoAmIForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        org_actions.own_account(form.cleaned_data["person"], by=request.seat, at=clock.now())
        return redirect("desk:first_hour")
    return render(request, "desk/who_am_i.html", {"form": form})


@open_to_all
def walk_in(request: HttpRequest) -> HttpResponse:
    """In a demo only: walk in as any of the cast."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        account = get_object_or_404(Account, login=request.POST.get("login", ""))
        open_session(request, account, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("desk:home")
    return render(
        request, "desk/walk_in.html", {"cast": demo.cast(clock.today()), "orgs": Org.objects.everywhere("demo").count()}
    )


@signed_in
@for_administrators
def what_each_sees(request: AccountRequest) -> HttpResponse:
    """What each role sees and may do, on one page, worked out by the same functions that hold the doors."""
    table = roles.table(request.seat, clock.today()) if request.seat else None
    return render(request, "desk/roles.html", {"table": table, "capacities": roles.CAPACITIES})
