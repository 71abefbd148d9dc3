"""Who takes the filled forms. Blank ones are anybody's: nothing is in them."""

from __future__ import annotations

from bihuan.core.access import Verdict, verdict
from bihuan.cycle.models import Cycle
from bihuan.org.models import Capacity, Seat
from bihuan.report.forms_out.shape import Form


def may_take_forms(seat: Seat, cycle: Cycle | None) -> Verdict:
    """填好的表有全支部的名字，由书记、副书记或委员打印、归档。"""
    return verdict(
        (cycle is not None and cycle.org_id == seat.org_id, "还没有开始这个年度，可以先打印空白表"),
        (seat.on_committee, "填好的表由书记、副书记或委员打印、归档，请找他们"),
    )


def may_take_own(seat: Seat, cycle: Cycle | None) -> Verdict:
    """自己的承诺书，谁承诺谁打印，别人的看不到。"""
    return verdict(
        (seat.person_id is not None, "这个席位上没有人，承诺书由承诺的人自己打印"),
        (cycle is not None and cycle.org_id == seat.org_id, "还没有开始这个年度，可以先打印空白表"),
    )


def may_take_form(seat: Seat, cycle: Cycle | None, form: Form) -> Verdict:
    """通报是给全体党员看的，党员也能打印。"""
    at_home = seat.capacity in {Capacity.MEMBER} and cycle is not None and cycle.org_id == seat.org_id
    return Verdict(()) if form.open_to_members and at_home else may_take_forms(seat, cycle)
