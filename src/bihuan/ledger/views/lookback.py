"""回头看: drawing a sample of what was closed, and looking at each again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.cycle.policy import Policy
from bihuan.cycle.queries import current_cycle
from bihuan.ledger.access import lookback as access
from bihuan.ledger.actions import lookback as actions
from bihuan.ledger.forms.lookback import LookBackForm
from bihuan.ledger.models import Lookback, LookbackResult, Problem
from bihuan.ledger.queries import lookback as found
from bihuan.ledger.queries.story import story
from bihuan.ledger.views.tried import form_page, tried
from bihuan.ledger.views.years import own_year


@seated
@require_safe
def lookback(request: SeatRequest) -> HttpResponse:
    """What is still to be looked at, how it was drawn, and what was found before."""
    cycle, day = own_year(request), clock.today()
    context = {
        "cycle": cycle,
        "policy": Policy.read(cycle.policy) if cycle else None,
        "waiting": found.waiting(cycle) if cycle else [],
        "drawings": found.drawings(cycle) if cycle else [],
        "may": access.may_draw(request.seat, cycle, day),
    }
    return render(request, "ledger/loop/lookback.html", context)


@seated
@require_POST
def draw_lookback(request: SeatRequest) -> HttpResponse:
    """Draw for the present year."""
    cycle = current_cycle(request.seat.org_id)
    access.may_draw(request.seat, cycle, clock.today()).enforce()
    assert cycle is not None  # noqa: S101 - the verdict says no without one
    draw = actions.draw_lookback(cycle, by=request.seat, at=clock.now())
    done(request, f"抽出了{draw.items.count()}条，请没有做过这些事的支委去看。")
    return redirect("ledger:lookback")


@seated
def look_back(request: SeatRequest, pk: str) -> HttpResponse:
    """One drawn problem: is it still good."""
    seen = Problem.objects.visible_to(request.seat)
    items = Lookback.objects.visible_to(request.seat).filter(problem__in=seen)
    item = get_object_or_404(items.select_related("draw", "problem__cycle__org", "problem__origin"), pk=pk)
    form = LookBackForm(request.POST or None)
    act = lambda: actions.look_back(item, **form.cleaned_data, by=request.seat, at=clock.now())  # noqa: E731
    if (looked := tried(request, form, act)) is not None:
        came_back = looked.result == LookbackResult.CAME_BACK
        done(request, "重新打开了，责任人会看到。" if came_back else "记下了，这一条还管用。")
        return redirect("ledger:lookback")
    return form_page(
        request, item.problem, form, title="现在还管用吗", button="还管用", template="ledger/loop/look_back.html",
        may=access.may_look(request.seat, item, clock.today()), story=story(item.problem, clock.today()), item=item,
    )  # fmt: skip
