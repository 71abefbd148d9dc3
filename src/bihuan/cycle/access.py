"""Who may open a year, enter its notice and set its numbers."""

from __future__ import annotations

from bihuan.core.access import Verdict, verdict
from bihuan.cycle.models import Cycle
from bihuan.org.models import Capacity, Seat

_KEEPERS = frozenset({Capacity.SECRETARY, Capacity.DEPUTY, Capacity.ORGANISATION})


def may_keep_year(seat: Seat) -> Verdict:
    """年度和通知由书记、副书记或组织委员登记。"""
    return verdict((seat.capacity in _KEEPERS, "年度和通知由书记、副书记或组织委员登记，请他们来办"))


def is_own_year(seat: Seat, cycle: Cycle) -> Verdict:
    """一个年度由它自己的支部登记，上级只看。"""
    return verdict((seat.org_id == cycle.org_id, "这是下面支部的年度，由它自己登记"))


def may_set_policy(seat: Seat) -> Verdict:
    """一个年度的口径由书记定。"""
    return verdict((seat.is_secretary, "年度的口径由书记定，请找书记"))
