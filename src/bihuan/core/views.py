"""Pages that belong to no room: how pages look, words left by anybody, a form that came too late, the gallery."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.core import actions, clock, feedback
from bihuan.core.doors import SeatRequest, for_administrators, open_to_all, seated, signed_in
from bihuan.core.middleware import sentence
from bihuan.core.models import FormDraft
from bihuan.core.ui.gallery import samples
from bihuan.core.ui.toasts import done


@open_to_all
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return sentence(request, "这一页放得太久了", "刚才的内容没有存；请退回上一页，刷新以后再存一次。", status=403)


@open_to_all
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """大字、深色: kept with the account, or with the session of whoever has not signed in."""
    big, night = _wish(request, "big"), _wish(request, "night")
    if request.user.is_authenticated:
        actions.set_look(request.user, big=big, night=night, by=getattr(request, "seat", None), at=clock.now())
    else:
        kept = {"big_type": big, "night": night}
        request.session.update({name: wish for name, wish in kept.items() if wish is not None})
    return redirect(_back(request))


def _wish(request: HttpRequest, name: str) -> bool | None:
    return request.POST[name] == "1" if name in request.POST else None


def _back(request: HttpRequest) -> str:
    """Where the form says it came from, if that is here."""
    there = request.POST.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, allowed_hosts=None) else "/"


@seated
@require_POST
def drop_draft(request: SeatRequest, pk: UUID) -> HttpResponse:
    """Put a draft away; the page it was for begins anew."""
    draft = get_object_or_404(FormDraft, pk=pk, seat=request.seat.pk)
    actions.put_away(draft, dropped=True, by=request.seat, at=clock.now())
    done(request, "这份草稿放下了。", undo=reverse("core:take_draft_back", args=[pk]))
    return redirect(draft.page)


@seated
@require_POST
def take_draft_back(request: SeatRequest, pk: UUID) -> HttpResponse:
    """Take back a draft that was put away."""
    draft = get_object_or_404(FormDraft, pk=pk, seat=request.seat.pk)
    actions.put_away(draft, dropped=False, by=request.seat, at=clock.now())
    done(request, "这份草稿拿回来了。")
    return redirect(draft.page)


@open_to_all
@require_http_methods(["GET", "POST"])
def leave_feedback(request: HttpRequest) -> HttpResponse:
    seat = getattr(request, "seat", None)
    form = feedback.FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        org = seat.org_id if seat else None
        actions.leave_feedback(words=form.cleaned_data["words"], org=org, by=seat, at=clock.now())
        messages.success(request, "您写的话已经收下，没有记下是谁写的。")
        return redirect("core:feedback")
    superior = seat.org.parent_on(clock.today()) if seat else None
    may_read = feedback.may_read_feedback(seat) if seat else False
    return render(request, "core/feedback.html", {"form": form, "superior": superior, "may_read": may_read})


@seated
@for_administrators
@require_GET
def feedback_list(request: SeatRequest) -> HttpResponse:
    feedback.may_read_feedback(request.seat).enforce()
    return render(request, "core/feedback_list.html", {"letters": feedback.readable(request.seat)})


@signed_in
@for_administrators
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part in each of its states, drawn by the very tags that pages use."""
    return render(request, "core/gallery.html", samples(clock.today()))
