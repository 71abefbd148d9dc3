"""Passing a remark, the vote, the approval, handing up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.cycle.policy import Policy
from bihuan.meeting import actions as meeting_actions
from bihuan.meeting import queries as meetings
from bihuan.meeting.models import Resolution
from bihuan.org.queries import roster
from bihuan.report import access, actions, links
from bihuan.report.forms import ApproveForm, ReasonForm, VoteForm
from bihuan.report.queries import approvals_of, resolutions_about, standing
from bihuan.report.views.loading import back, draft_or_404


@seated
def pass_remark(request: SeatRequest, pk: UUID, key: str) -> HttpResponse:
    """Not to mend, and why."""
    held = draft_or_404(request, pk)
    remark = next((each for each in standing(held, clock.today()).remarks if each.key == key and each.passable), None)
    if remark is None:
        messages.info(request, "这一处已经改好了，或者内容变了，不用再写理由。")
        return back(held)
    form = ReasonForm(request.POST or None, initial={"reason": remark.passed})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.pass_remark(held, remark, **form.cleaned_data, by=request.seat, at=clock.now())
            messages.success(request, "理由写下了，留在记录里。")
            return back(held, remark.paragraph)
    context = {"draft": held, "remark": remark, "form": form, "verdict": access.may_write(request.seat, held)}
    return render(request, "report/pass_remark.html", context)


@seated
def vote(request: SeatRequest, pk: UUID) -> HttpResponse:
    """How a registered meeting voted on this report."""
    held = draft_or_404(request, pk)
    rows = [row.meeting for row in meetings.deciding_meetings(held.cycle)]
    form = VoteForm(request.POST or None, meetings=rows)
    if request.method == "POST" and form.is_valid():
        given, item = dict(form.cleaned_data), f"《{held.title}》"
        with form.refusals():
            decided = meeting_actions.resolve_approval(
                given.pop("meeting"), about=held.pk, item=item, **given, by=request.seat, at=clock.now()
            )
            messages.success(request, f"记下了：{decided.rule}")
            return redirect("report:approve", held.pk) if decided.passed else back(held)
    context = {
        "draft": held,
        "form": form,
        "meetings": rows,
        "register": links.registration(),
        "verdict": access.may_write(request.seat, held),
    }
    return render(request, "report/vote.html", context)


@seated
def approve(request: SeatRequest, pk: UUID) -> HttpResponse:
    """Which meeting let it pass, and who signs: bound to the content as it reads on this page."""
    held, day = draft_or_404(request, pk), clock.today()
    now = standing(held, day)
    needed = Policy.read(held.cycle.policy).approval_needs_meeting
    decisions = resolutions_about(held)
    used = {each.resolution_id for each in approvals_of(held)}
    fresh = [each for each in decisions if each.pk not in used]
    form = ApproveForm(
        request.POST or None,
        decisions=[_decision(each, each.pk in used) for each in decisions],
        needed=needed,
        roster=[member.person for member in roster(held.cycle.org_id, day)],
        initial={
            "signer": held.signer_id or request.seat.person_id,
            "resolution": fresh[0].pk if len(fresh) == 1 else None,
        },
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["resolution"]
        with form.refusals():
            actions.approve(
                held,
                digest=request.POST.get("digest", ""),
                resolution=next((each for each in decisions if chosen and each.pk == chosen.pk), None),
                signer=form.cleaned_data["signer"],
                by=request.seat,
                at=clock.now(),
            )
            messages.success(request, "记下了会议的同意和签发。")
            return back(held)
    context = {
        "draft": held,
        "form": form,
        "needed": needed,
        "decisions": decisions,
        "digest": now.content.digest(),
        "verdict": access.may_approve(request.seat, held, now.remarks),
    }
    return render(request, "report/approve.html", context)


def _decision(each: Resolution, is_used: bool) -> _Decision:
    """A decision in words; one that let an earlier text pass says so, for it decides nothing about another."""
    past = "，用在通过的原来一稿" if is_used else ""
    return _Decision(each.pk, f"{each.meeting.label}，赞成{each.in_favour}票{past}")


class _Decision:
    """A decision as the form offers it."""

    def __init__(self, pk: UUID, words: str) -> None:
        self.pk, self.words = pk, words

    def __str__(self) -> str:
        return self.words


@seated
@require_POST
def submit(request: SeatRequest, pk: UUID) -> HttpResponse:
    held = draft_or_404(request, pk)
    sent = actions.submit(held, by=request.seat, at=clock.now())
    messages.success(request, f"已经报送{sent.to.name}。")
    return back(held)
