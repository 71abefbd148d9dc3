"""Who may open a year and enter its notice."""

from __future__ import annotations

from bihuan.core.access import Verdict, verdict
from bihuan.org.models import Capacity, Seat

_KEEPERS = frozenset({Capacity.SECRETARY, Capacity.DEPUTY, Capacity.ORGANISATION})


def may_keep_year(seat: Seat) -> Verdict:
    """年度和通知由书记、副书记或组织委员登记。"""
    return verdict((seat.capacity in _KEEPERS, "年度和通知由书记、副书记或组织委员登记，请他们来办"))
