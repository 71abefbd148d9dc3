"""The steps of 销号: asking, checking, deciding, and opening again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.ledger import access
from bihuan.ledger.actions import closing as actions
from bihuan.ledger.forms.closing import ClaimForm, DecideForm, ReopenForm, VerifyForm
from bihuan.ledger.models import VerificationResult
from bihuan.ledger.queries.story import story
from bihuan.ledger.views.story import seen_problem
from bihuan.ledger.views.tried import form_page, tried


@seated
def claim(request: SeatRequest, pk: str) -> HttpResponse:
    """申请销号：每条标准旁边是它的佐证。"""
    problem = seen_problem(request, pk)
    told = story(problem, clock.today())
    form = ClaimForm(request.POST or None, open_standards=told.uncovered)
    if tried(
        request, form, lambda: actions.claim_closing(problem, **form.cleaned_data, by=request.seat, at=clock.now())
    ):
        done(request, "申请销号了，等没有参与整改的支委核验。")
        return redirect("ledger:problem", problem.pk)
    return form_page(
        request, problem, form, title="标准都做到了吗", button="申请销号", template="ledger/loop/claim.html",
        may=access.may_claim(request.seat, problem), story=told,
    )  # fmt: skip


@seated
def verify(request: SeatRequest, pk: str) -> HttpResponse:
    """核验：一条一条对。"""
    problem = seen_problem(request, pk)
    told = story(problem, clock.today())
    form = VerifyForm(request.POST or None, standards=[s.text for m in told.measures for s in m.standards])
    made = tried(request, form, lambda: actions.verify(problem, **form.cleaned_data, by=request.seat, at=clock.now()))
    if made is not None:
        passed = made.result == VerificationResult.PASSED
        done(request, "核验通过，等会议决定。" if passed else "退回了，责任人会看到要补什么。")
        return redirect("ledger:problem", problem.pk)
    return form_page(
        request, problem, form, title="改好了吗，请一条一条对", button="核验通过", template="ledger/loop/verify.html",
        may=access.may_verify(request.seat, problem), story=told,
    )  # fmt: skip


@seated
def decide(request: SeatRequest, pk: str) -> HttpResponse:
    """决定销号；只有本年度定下不用上会的支部用得到这一页。"""
    problem = seen_problem(request, pk)
    form = DecideForm(request.POST or None)
    decision = tried(
        request,
        form,
        lambda: actions.decide_closing(
            problem,
            meeting=None,
            label=form.cleaned_data["label"],
            passed=form.cleaned_data["passed"] == "1",
            by=request.seat,
            at=clock.now(),
        ),
    )
    if decision is not None:
        done(request, "销号了。" if decision.passed else "退回了，责任人接着改。")
        return redirect("ledger:problem", problem.pk)
    return form_page(
        request, problem, form, title="同意销号吗", button="同意销号", template="ledger/loop/decide.html",
        may=access.may_decide_without_meeting(request.seat, problem), story=story(problem, clock.today()),
    )  # fmt: skip


@seated
def reopen(request: SeatRequest, pk: str) -> HttpResponse:
    """重新打开。"""
    problem = seen_problem(request, pk)
    form = ReopenForm(request.POST or None)
    if tried(request, form, lambda: actions.reopen(problem, **form.cleaned_data, by=request.seat, at=clock.now())):
        done(request, "重新打开了，责任人接着改。")
        return redirect("ledger:problem", problem.pk)
    return form_page(
        request,
        problem,
        form,
        title="这个问题又出现了",
        button="重新打开",
        may=access.may_reopen(request.seat, problem),
    )
