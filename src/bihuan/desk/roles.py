"""What each role sees and may do: asked of the very functions that the pages and the actions ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bihuan.archive import access as archive
from bihuan.core.access import Verdict, verdict
from bihuan.core.feedback import may_read_feedback
from bihuan.cycle import access as cycle
from bihuan.cycle.models import Cycle
from bihuan.ledger import access as ledger
from bihuan.ledger.models import Problem
from bihuan.ledger.states import ProblemState
from bihuan.meeting import access as meeting
from bihuan.org import access as org
from bihuan.org.models import Capacity, Person, Seat
from bihuan.report import access as report

CAPACITIES = tuple(Capacity.values)
Ask = Callable[[Seat], Verdict]


def _of_own_problem(ask: Callable[[Seat, Problem], Verdict]) -> Ask:
    """Asked about a problem of the seat's own branch that is waiting to be set to work."""
    return lambda seat: ask(seat, Problem(cycle=Cycle(org_id=seat.org_id), state=ProblemState.RAISED))


def _reads(seat: Seat) -> Verdict:
    return verdict((not seat.is_administrator, "三员只管系统，不看支部的记录"))


ASKED: tuple[tuple[str, Ask], ...] = (
    ("看支部的台账、会议、报告和名册", _reads),
    ("登记问题", ledger.may_raise),
    ("登记别人的个人问题", lambda seat: ledger.may_raise_about(seat, Person())),
    ("定原因、措施、责任人和时限", _of_own_problem(ledger.may_set_measures)),
    ("登记会议、学习和数字", meeting.may_register),
    ("起草情况报告", lambda seat: report.may_start(seat, Cycle(org_id=seat.org_id))),
    ("登记年度和通知", cycle.may_keep_year),
    ("定年度的口径", cycle.may_set_policy),
    ("管名册和职务", org.may_keep_roster),
    ("给党员发账号", org.may_give_account),
    ("给席位、改身份、收回席位", org.may_keep_seats),
    ("指定上级的第一位经办", org.may_name_clerks),
    ("看投诉建议", may_read_feedback),
    ("做备份", archive.may_back_up),
    ("查审计记录", archive.may_read_audit),
    ("给三员席位", org.may_give_office),
    ("照看全系统的账号", org.may_tend_accounts),
)


@dataclass(frozen=True)
class Right:
    """One thing that is seen or done, and for each capacity whether it may."""

    what: str
    cells: tuple[tuple[str, bool], ...]

    @property
    def who(self) -> str:
        """The capacities that may, in words."""
        return "、".join(capacity for capacity, may in self.cells if may)


def table(seat: Seat, day: date) -> list[Right]:
    """Every right as it stands for the branch of this seat. The seats that are asked about are made up and never saved."""
    above = seat.org.parent_on(day) or seat.org
    made_up = [
        Seat(account=seat.account, org=above if capacity == Capacity.CLERK else seat.org, capacity=capacity)
        for capacity in CAPACITIES
    ]
    return [Right(what, tuple((one.capacity, bool(ask(one))) for one in made_up)) for what, ask in ASKED]
