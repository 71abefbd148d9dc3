"""Who may look after the roster, the posts and the accounts."""

from __future__ import annotations

from bihuan.core import clock
from bihuan.core.access import YES, Verdict, verdict
from bihuan.org import queries
from bihuan.org.models import Capacity, Seat


def may_keep_roster(seat: Seat) -> Verdict:
    """名册和职务由书记、副书记或组织委员管。"""
    keepers = {Capacity.SECRETARY, Capacity.DEPUTY, Capacity.ORGANISATION}
    return verdict((seat.capacity in keepers, "名册由书记、副书记或组织委员管，请他们来改"))


def may_give_office(seat: Seat, capacity: str = "") -> Verdict:
    """安全管理员、审计管理员由系统管理员给；还没有系统管理员的，由最早建立的支部的书记指定一位。"""
    if seat.capacity == Capacity.SYSTEM_ADMIN:
        return YES
    first = Seat.objects.everywhere("which branch founded this system").order_by("recorded_at", "pk").first()
    there_is_one = queries.offices_on(clock.today(), Capacity.SYSTEM_ADMIN)
    return verdict(
        (not there_is_one, "管理员的席位由系统管理员给，请找系统管理员"),
        (seat.is_secretary and first and seat.org_id == first.org_id, "还没有系统管理员，由最早建立的支部的书记指定"),
        (capacity in {"", Capacity.SYSTEM_ADMIN}, "请先指定系统管理员，别的两员由系统管理员给"),
    )


def may_tend_accounts(seat: Seat) -> Verdict:
    """全系统的账号由安全管理员锁、开锁、重发密码。"""
    return verdict((seat.capacity == Capacity.SECURITY_ADMIN, "全系统的账号由安全管理员照看，请找安全管理员"))


def may_give_account(seat: Seat) -> Verdict:
    """账号由书记、副书记或组织委员发。"""
    keepers = {Capacity.SECRETARY, Capacity.DEPUTY, Capacity.ORGANISATION}
    return verdict((seat.capacity in keepers, "账号由书记、副书记或组织委员发，请找他们"))


def may_read_audit(seat: Seat) -> Verdict:
    """审计记录给书记、纪检委员和审计管理员看；安全管理员只看账号的登录记录。"""
    readers = {Capacity.SECRETARY, Capacity.DISCIPLINE, Capacity.AUDIT_ADMIN, Capacity.SECURITY_ADMIN}
    return verdict((seat.capacity in readers, "审计记录由书记、纪检委员和审计管理员查看"))
