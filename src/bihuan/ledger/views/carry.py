"""This year's answers to last year's problems: the list, and one at a time."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.access import Refused, Stale
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.cycle.gates import stated
from bihuan.cycle.queries import current_cycle
from bihuan.ledger.access import reading as access
from bihuan.ledger.actions import carry as actions
from bihuan.ledger.forms.reading import AnswerForm, MeasuresForm
from bihuan.ledger.models import Answer, Carry, Problem
from bihuan.ledger.queries import carries as answers
from bihuan.ledger.views.intake import GATE


@seated
def carries(request: SeatRequest) -> HttpResponse:
    """All of last year's problems with this year's answers."""
    cycle = current_cycle(request.seat.org_id)
    if cycle is None:
        return render(request, "ledger/reading/no_year.html")
    found, left = answers.carries(cycle, request.seat), answers.left_over(cycle)
    context = {
        "cycle": cycle,
        "carries": found,
        "open": [carry for carry in found if not carry.answer],
        "answered": sum(bool(carry.answer) for carry in found),
        "progress": answers.carry_progress(cycle),
        "papers": answers.earlier_papers(cycle.org_id, cycle),
        "none": stated(cycle, GATE),
        "may": access.may_take_paper(request.seat, cycle),
        "left_over": len(left),
        "may_carry_over": access.may_carry_over(request.seat, cycle, len(left)),
    }
    return render(request, "ledger/reading/carries.html", context)


@seated
@require_POST
def carry_over(request: SeatRequest) -> HttpResponse:
    """What the ledger has from last year, carried into this year to be answered."""
    cycle = current_cycle(request.seat.org_id)
    if cycle is None:
        return redirect("ledger:carries")
    carried = actions.carry_over(cycle, by=request.seat, at=clock.now())
    done(request, f"带过来{len(carried)}条，请一条一条答复。")
    return redirect("ledger:carries")


@seated
def carry(request: SeatRequest, pk: str) -> HttpResponse:
    """One problem and its answer. After saving, the next that waits."""
    record = _carry(request, pk)
    form = AnswerForm(request.POST or None, initial={"answer": record.answer, "ground": record.ground})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_carry(
                record, **form.cleaned_data, seen_version=form.seen_version, by=request.seat, at=clock.now()
            )
        except Stale as stale:
            form.show_stale(stale)
            record.refresh_from_db()
        except Refused as refusal:
            form.add_error(None, "；".join(refusal.reasons))
        else:
            record.refresh_from_db(fields=["answer"])
            return _onwards(request, record)
    return _page(request, record, form)


def _page(request: SeatRequest, record: Carry, form: AnswerForm) -> HttpResponse:
    last = answers.last_years(record.problem)
    picked = [proposal.measure_id for proposal in last.measures]
    context = {
        "carry": record,
        "form": form,
        "last": last,
        "picking": MeasuresForm(initial={"measures": picked}, offered=last.offered) if last.offered else None,
        "may": access.may_answer(request.seat, record),
        "progress": answers.carry_progress(record.into),
    }
    return render(request, "ledger/reading/carry.html", context)


@seated
@require_POST
def name_measures(request: SeatRequest, pk: str) -> HttpResponse:
    """Which of last year's measures were meant for this problem."""
    record = _carry(request, pk)
    form = MeasuresForm(request.POST, offered=answers.last_years(record.problem).offered)
    if form.is_valid():
        measures = form.cleaned_data["measures"]
        actions.name_measures(record, measures, seen_version=form.seen_version, by=request.seat, at=clock.now())
        done(request, "记下了回应它的措施，可以重新挑。")
    return redirect("ledger:carry", record.pk)


def _carry(request: SeatRequest, pk: str) -> Carry:
    """An answer whose problem this seat may see, or 404."""
    seen = Problem.objects.visible_to(request.seat).values("pk")
    found: Carry = get_object_or_404(
        Carry.objects.visible_to(request.seat)
        .filter(problem__in=seen)
        .select_related("into", "problem__origin__paper", "problem__cycle", "confirmed_by__account__person"),
        pk=pk,
    )
    return found


def _onwards(request: SeatRequest, record: Carry) -> HttpResponse:
    done_now = record.answer == Answer.DONE and not record.problem.is_finished
    told = "台账上还没有销号，佐证和核验在这一条的页面上办。" if done_now else "随时可以改。"
    done(request, f"{record.problem.no}的答复存好了，{told}")
    following = answers.next_unanswered(record.into, request.seat)
    return redirect("ledger:carry", following.pk) if following else redirect("ledger:carries")
