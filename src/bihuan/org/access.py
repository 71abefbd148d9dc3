"""Who may look after the roster, the posts and the accounts."""

from __future__ import annotations

from bihuan.core.access import Verdict, verdict
from bihuan.org.models import Capacity, Seat


def may_keep_roster(seat: Seat) -> Verdict:
    """名册和职务由书记、副书记或组织委员管。"""
    keepers = {Capacity.SECRETARY, Capacity.DEPUTY, Capacity.ORGANISATION}
    return verdict((seat.capacity in keepers, "名册由书记、副书记或组织委员管，请他们来改"))


def may_give_account(seat: Seat) -> Verdict:
    """账号由书记、副书记或组织委员发。"""
    keepers = {Capacity.SECRETARY, Capacity.DEPUTY, Capacity.ORGANISATION}
    return verdict((seat.capacity in keepers, "账号由书记、副书记或组织委员发，请找他们"))


def may_read_audit(seat: Seat) -> Verdict:
    """审计记录给书记、纪检委员和审计管理员看。"""
    readers = {Capacity.SECRETARY, Capacity.DISCIPLINE, Capacity.AUDIT_ADMIN}
    return verdict((seat.capacity in readers, "审计记录由书记、纪检委员和审计管理员查看"))
