"""党小组: which there are, who is of which."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.org import access, actions, forms, queries


@seated
def groups(request: SeatRequest) -> HttpResponse:
    """One page: the groups' names, and beside each person the group and who leads."""
    today = clock.today()
    people = [member.person for member in queries.roster(request.seat.org_id, today)]
    held = queries.groups_on(request.seat.org_id, today)
    form = forms.GroupsForm(request.POST or None, initial={"names": "\n".join(one.group.name for one in held)})
    if request.method == "POST" and form.is_valid():
        names = form.cleaned_data["names"]
        chosen = {p: request.POST.get(f"group-{p.pk}", "") for p in people}
        places = {p: name for p, name in chosen.items() if name in names}
        stays = [p for p in people if not chosen[p] or p in places]  # whose group is taken away leads none
        leaders = [p for p in stays if f"leads-{p.pk}" in request.POST]
        with form.refusals():
            actions.set_groups(names, places=places, leaders=leaders, since=today, by=request.seat, at=clock.now())
            messages.success(request, "党小组编好了。" if names and places else "写下了，接着可以把人编进组。")
            return redirect("org:groups")
    of = {person.pk: one.group.name for one in held for person in one.people}
    lead = {one.leader.pk for one in held if one.leader}
    if form.is_bound:  # refused: what was chosen stands there again
        of = {person.pk: request.POST.get(f"group-{person.pk}", "") for person in people}
        lead = {person.pk for person in people if f"leads-{person.pk}" in request.POST}
    context = {
        "form": form,
        "groups": held,
        "rows": [(person, of.get(person.pk, ""), person.pk in lead) for person in people],
        "verdict": access.may_keep_roster(request.seat),
    }
    return render(request, "org/groups.html", context)
