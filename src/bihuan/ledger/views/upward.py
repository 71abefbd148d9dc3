"""Handing a problem up, and writing down what came back."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.ledger.access import upward as access
from bihuan.ledger.actions import upward as actions
from bihuan.ledger.forms.upward import HandUpForm, UpAnswerForm
from bihuan.ledger.queries.upward import hand_ups_of, superiors
from bihuan.ledger.views.story import seen_problem
from bihuan.ledger.views.tried import form_page, tried


@seated
def hand_up(request: SeatRequest, pk: str) -> HttpResponse:
    """这里解决不了，报给上级。"""
    problem, today = seen_problem(request, pk), clock.today()
    above = superiors(problem.scope_org_id, today)
    form = HandUpForm(request.POST or None, superiors=above, today=today)
    made = tried(request, form, lambda: actions.hand_up(problem, **form.cleaned_data, by=request.seat, at=clock.now()))
    if made is not None:
        done(request, f"记下了，已报给{made.to.name}；问题还开着。")
        return redirect("ledger:problem", problem.pk)
    return form_page(
        request, problem, form, title="这里解决不了，报给上级", button="记下上报",
        may=access.may_hand_up(request.seat, problem),
    )  # fmt: skip


@seated
def answer_hand_up(request: SeatRequest, pk: str) -> HttpResponse:
    """The answer to the last hand-up of a problem."""
    problem = seen_problem(request, pk)
    handed = next(reversed(hand_ups_of(problem)), None)
    if handed is None:
        raise Http404
    form = UpAnswerForm(request.POST or None, today=clock.today())
    if tried(
        request, form, lambda: actions.answer_hand_up(handed, **form.cleaned_data, by=request.seat, at=clock.now())
    ):
        done(request, "答复记下了，问题还开着。")
        return redirect("ledger:problem", problem.pk)
    return form_page(
        request, problem, form, title="上级怎么答复的", button="记下答复",
        lead=f"报给{handed.to.name}：{handed.reason}", may=access.may_answer_hand_up(request.seat, handed),
    )  # fmt: skip
