"""A roster taken in from a table."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.org import access, actions, forms, roster
from bihuan.org.views.onwards import onwards


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
                return redirect(onwards(request))
    context = {
        "form": form,
        "lines": lines,
        "wrong": sum(bool(line.wrong) for line in lines),
        "verdict": access.may_keep_roster(request.seat),
        "next_page": request.GET.get("from") or request.POST.get("next_page", ""),
    }
    return render(request, "org/paste.html", context)


def _new_member(line: roster.Line) -> actions.NewMember:
    return actions.NewMember(
        name=line.name,
        kind=line.kind,
        joined_party_on=line.joined,
        since=line.since,
        mark=line.mark,
        title=line.title,
    )
