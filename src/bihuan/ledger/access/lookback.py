"""Who draws for 回头看 and who looks."""

from __future__ import annotations

from datetime import date

from bihuan.core.access import Verdict, verdict
from bihuan.cycle.models import Cycle
from bihuan.cycle.policy import Policy
from bihuan.ledger import queries
from bihuan.ledger.models import Lookback
from bihuan.ledger.queries import lookback
from bihuan.ledger.states import ProblemState
from bihuan.org.models import Seat


def may_draw(seat: Seat, cycle: Cycle | None, day: date) -> Verdict:
    """抽取由支委来做：口径里定了满几个月、抽几条，上一次抽的都看过了，有可以抽的。"""
    if cycle is None:
        return Verdict(("还没有开始这个年度，请先开始年度",))
    policy = Policy.read(cycle.policy)
    who = verdict((seat.on_committee and seat.org_id == cycle.org_id, "回头看由书记或委员来抽，请他们来办"))
    if policy.lookback_months is None or policy.lookback_sample is None:
        return who & Verdict(("还没有定销号满几个月回头看、一次抽几条，请书记在本年度的口径里定",))
    left = len(lookback.waiting(cycle))
    return who & verdict(
        (not left, f"上一次抽的还有{left}条没有看，请先看完"),
        (left or lookback.pool(cycle, day), f"还没有销号满{policy.lookback_months}个月、没有回头看过的问题"),
    )


def may_look(seat: Seat, item: Lookback, day: date) -> Verdict:
    """回头看由没有做过这件事的支委来看；支委都做过的，由支委看。"""
    problem = item.problem
    own = seat.on_committee and seat.org_id == problem.scope_org_id
    able = queries.eligible_checkers(problem, day)
    names = "、".join(person.name for person in able)
    return verdict(
        (own, "回头看由书记或委员来看，请他们来办"),
        (not item.result, "这一条已经看过了"),
        (problem.state == ProblemState.CLOSED, f"这个问题现在是“{problem.state}”，不用回头看"),
        (not own or not able or seat.person_id in {p.pk for p in able}, f"您做过这个问题的整改，请{names}来看"),
    )
