"""What the branches below handed up, as the organisation above reads it; and the branch's answers."""

from __future__ import annotations

from datetime import date
from itertools import takewhile
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bihuan.core import clock
from bihuan.core.access import Stale
from bihuan.core.doors import SeatRequest, seated
from bihuan.report import access, actions
from bihuan.report.actions.superior import places_in
from bihuan.report.forms import AnswerForm, PointForm
from bihuan.report.models import Submission, SuperiorRemark
from bihuan.report.paper import docx_of, paper_of_snapshot, pdf_of
from bihuan.report.queries import points_of, received_by, returned_points, submissions_of
from bihuan.report.views.files import WORD, download
from bihuan.report.views.loading import draft_or_404


@seated
@require_GET
def received(request: SeatRequest) -> HttpResponse:
    """The reports that the branches below handed up; only what was handed up, as it was approved."""
    sent = list(received_by(request.seat))
    waiting = sum(1 for each in sent if each.state == "已报送")
    return render(request, "report/received.html", {"sent": sent, "waiting": waiting})


def _one(request: SeatRequest, pk: UUID) -> Submission:
    return get_object_or_404(received_by(request.seat), pk=pk)


@seated
def received_one(request: SeatRequest, pk: UUID) -> HttpResponse:
    """One report as it was handed up, and the points about it."""
    sent = _one(request, pk)
    content = sent.approval.content
    form = PointForm(request.POST or None, places=places_in(content))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.note_point(sent, **form.cleaned_data, by=request.seat, at=clock.now())
            messages.success(request, "写下了。退回以前，支部看不到。")
            return redirect("report:received_one", sent.pk)
    points = points_of(sent)
    before = takewhile(lambda each: each.pk != sent.pk, submissions_of(sent.draft))
    earlier = [(each, returned_points(each)) for each in before]
    context = {
        "sent": sent,
        "content": content,
        "dated": date.fromisoformat(content["dated"]) if content["dated"] else None,
        "annexes": content.get("annexes", []),
        "points": points,
        "earlier": earlier,
        "form": form,
        "may_review": access.may_review(request.seat, sent),
        "may_return": access.may_return(request.seat, sent, len(points)),
        "may_accept": access.may_accept(request.seat, sent, len(points)),
    }
    return render(request, "report/received_one.html", context)


@seated
@require_POST
def received_decide(request: SeatRequest, pk: UUID) -> HttpResponse:
    """Return it, take it, or take a point back."""
    sent, decision = _one(request, pk), request.POST.get("decision", "")
    if decision == "return":
        actions.return_report(sent, by=request.seat, at=clock.now())
        messages.success(request, f"退回了，{sent.draft.cycle.org.name}会看到这些意见。")
    elif decision == "accept":
        actions.accept_report(sent, by=request.seat, at=clock.now())
        messages.success(request, "收下了。")
    else:
        point = next((each for each in points_of(sent) if decision == f"withdraw:{each.pk}"), None)
        if point is None:
            raise Http404
        actions.withdraw_point(point, by=request.seat, at=clock.now())
        messages.success(request, "撤掉了一条意见。")
    return redirect("report:received_one", sent.pk)


@seated
@require_GET
def received_docx(request: SeatRequest, pk: UUID) -> HttpResponse:
    kept = _one(request, pk).approval.content
    return download(docx_of(paper_of_snapshot(kept)), kept["title"], "docx", WORD)


@seated
@require_GET
def received_pdf(request: SeatRequest, pk: UUID) -> HttpResponse:
    kept = _one(request, pk).approval.content
    return download(pdf_of(paper_of_snapshot(kept)).data, kept["title"], "pdf", "application/pdf")


@seated
def answers(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The superior's points about the report that was returned last, each with its answer."""
    held = draft_or_404(request, pk)
    returned = [each for each in submissions_of(held) if each.state == "已退回"]
    points = returned_points(returned[-1]) if returned else []
    wanted = request.POST.get("point", "")
    forms = {str(each.pk): _answer_form(request, each, wanted) for each in points}
    if request.method == "POST":
        point = next((each for each in points if str(each.pk) == wanted), None)
        if point is None:
            raise Http404
        if _answered(request, point, forms[wanted]):
            messages.success(request, "答复写下了。")
            return redirect(reverse("report:answers", args=[held.pk]) + f"#a-{point.pk}")
    context = {
        "draft": held,
        "returned": returned[-1] if returned else None,
        "points": [(each, forms[str(each.pk)]) for each in points],
        "open": sum(1 for each in points if not each.answer),
        "verdict": access.may_answer(request.seat, returned[-1]) if returned else None,
    }
    return render(request, "report/answers.html", context)


def _answer_form(request: SeatRequest, point: SuperiorRemark, wanted: str) -> AnswerForm:
    data = request.POST if str(point.pk) == wanted else None
    return AnswerForm(data, initial={"answer": point.answer}, auto_id=f"id_{point.pk}_%s", part=str(point.pk))


def _answered(request: SeatRequest, point: SuperiorRemark, form: AnswerForm) -> bool:
    if not form.is_valid():
        return False
    try:
        with form.refusals():
            actions.answer_point(
                point, **form.cleaned_data, seen_version=form.seen_version, by=request.seat, at=clock.now()
            )
            return True
    except Stale as stale:
        form.show_stale(stale)
    return False
