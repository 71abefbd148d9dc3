"""Reading side by side: one proposal asked at a time, the coloured paper beside it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.access import Refused, verdict
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.ledger.access import reading as access
from bihuan.ledger.actions import intake
from bihuan.ledger.forms.reading import DecideForm, MissedForm
from bihuan.ledger.models import Paper, Proposal, ProposalKind
from bihuan.ledger.queries import reading as papers
from bihuan.ledger.queries.reading import Asked
from bihuan.ledger.queries.recurring import Before, before


@seated
def reading(request: SeatRequest, pk: str) -> HttpResponse:
    """The page. `?at=7` asks about the seventh; else about the first that waits."""
    paper = get_object_or_404(Paper.objects.visible_to(request.seat).select_related("cycle"), pk=pk)
    if not paper.structure.get("year_said"):
        return redirect("ledger:state_year", paper.pk)
    asked = request.GET.get("at", "")
    return _page(request, paper, at=int(asked) if asked.isdecimal() else None)


def _page(
    request: SeatRequest, paper: Paper, *, at: int | None, form: DecideForm | None = None, missed: MissedForm | None = None
) -> HttpResponse:  # fmt: skip
    page = papers.reading(paper, at)
    like = _before(request, page.asked) if page.asked else []
    confirmed = sum(looked.proposal.accepted is True for looked in page.looked)
    context = {
        "page": page,
        "paper": paper,
        "form": form or (_form(page.asked, like) if page.asked else None),
        "before": like,
        "missed": missed or MissedForm(),
        "may": access.may_confirm(request.seat, paper),
        "may_answer": verdict((not page.waiting, f"还有{page.waiting}条没有确认")),
        "may_withdraw": access.may_withdraw(request.seat, paper, confirmed),
    }
    return render(request, "ledger/reading/reading.html", context)


def _before(request: SeatRequest, asked: Asked) -> list[Before]:
    """The problems of still earlier years that this one, as it was read or written better, reads like."""
    proposal = asked.proposal
    if proposal.kind != ProposalKind.PROBLEM:
        return []
    words = request.POST.get("lead", "") or proposal.lead
    return before(words, proposal.scope_org_id, proposal.paper.year, request.seat)


def _form(asked: Asked, like: list[Before], data: object = None) -> DecideForm:
    proposal = asked.proposal
    initial = {"lead": proposal.lead, "example": proposal.example, "problems": [p.pk for p in asked.joined]}
    return DecideForm(data, initial=initial, proposal=proposal, problems=asked.problems, before=like)


@seated
@require_POST
def decide(request: SeatRequest, pk: str) -> HttpResponse:
    """对，or 这不是: the button tells which."""
    proposal = _proposal(request, pk)
    asked = papers.reading(proposal.paper, proposal.order).asked
    accepted = request.POST.get("decision") == "yes"
    if asked is None or asked.proposal.pk != proposal.pk:
        done(request, "这一条刚才已经确认过了，请看下一条。")
        return _next(proposal)
    form = _form(asked, _before(request, asked), request.POST)
    if accepted and not form.is_valid():
        return _page(request, proposal.paper, at=proposal.order, form=form)
    words = {name: form.cleaned_data[name] for name in form.fields} if accepted else {}
    intake.decide_proposal(
        proposal, accepted=accepted, **words, seen_version=form.seen_version, by=request.seat, at=clock.now()
    )
    said = f"记下了：{_short(words['lead'])}" if accepted else f"记下了：这不是{proposal.kind}"
    done(request, said, undo=reverse("ledger:undo_proposal", args=[proposal.pk]))
    return _next(proposal)


@seated
@require_POST
def accept_group(request: SeatRequest, pk: str) -> HttpResponse:
    """这一段都对."""
    proposal = _proposal(request, pk)
    group = intake.accept_group(proposal, by=request.seat, at=clock.now())
    done(request, f"“{_short(proposal.under)}”下面的{len(group)}条措施都记下了。")
    return _next(proposal)


@seated
@require_POST
def undo_proposal(request: SeatRequest, pk: str) -> HttpResponse:
    """撤销: it is asked again at once."""
    proposal = _proposal(request, pk)
    intake.undo_proposal(proposal, by=request.seat, at=clock.now())
    done(request, "撤销了，请再看一看这一条。")
    return redirect(f"{reverse('ledger:reading', args=[proposal.paper_id])}?at={proposal.order}#here")


@seated
@require_POST
def add_missed(request: SeatRequest, pk: str) -> HttpResponse:
    """One that was not read out, copied from the paper by hand."""
    paper = get_object_or_404(Paper.objects.visible_to(request.seat).select_related("cycle"), pk=pk)
    form = MissedForm(request.POST)
    if form.is_valid():
        try:
            added = intake.add_missed(paper, **form.cleaned_data, by=request.seat, at=clock.now())
        except Refused as refusal:
            form.add_error("words", "；".join(refusal.reasons))
        else:
            return redirect(f"{reverse('ledger:reading', args=[paper.pk])}?at={added.order}#here")
    return _page(request, paper, at=None, missed=form)


def _proposal(request: SeatRequest, pk: str) -> Proposal:
    found: Proposal = get_object_or_404(
        Proposal.objects.visible_to(request.seat).select_related("paper__cycle"), pk=pk
    )  # fmt: skip
    return found


def _next(proposal: Proposal) -> HttpResponse:
    return redirect(reverse("ledger:reading", args=[proposal.paper_id]) + "#here")


def _short(words: str) -> str:
    return words if len(words) <= 24 else f"{words[:24]}……"
