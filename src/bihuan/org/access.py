"""Who may look after the roster, the posts and the accounts."""

from __future__ import annotations

from datetime import date

from bihuan.core import clock
from bihuan.core.access import YES, Verdict, verdict
from bihuan.org import queries
from bihuan.org.models import COMMITTEE_TITLES, Capacity, Org, OrgKind, Seat, Title

_KEEPERS = frozenset({Capacity.SECRETARY.value, Capacity.DEPUTY.value, Capacity.ORGANISATION.value})
# who may give, change and end the seats of the organisation he sits in
SEAT_KEEPERS = _KEEPERS | {Capacity.CLERK.value}


def may_keep_roster(seat: Seat) -> Verdict:
    """名册和职务由书记、副书记或组织委员管。"""
    return verdict((seat.capacity in _KEEPERS, "名册由书记、副书记或组织委员管，请他们来改"))


def seats_of_kind(org: Org) -> tuple[str, ...]:
    """The ordinary capacities that such an organisation gives: 支委 and 党员 of a branch, 上级经办 of what stands above."""
    if org.kind != OrgKind.BRANCH:
        return (Capacity.CLERK.value,)
    return (*(title for title in Title.values if title in COMMITTEE_TITLES), Capacity.MEMBER.value)


def may_keep_seats(seat: Seat) -> Verdict:
    """席位由书记、副书记或组织委员管；上级党组织的由经办管。"""
    return verdict((seat.capacity in SEAT_KEEPERS, "席位由书记、副书记或组织委员管，请找他们"))


def may_name_clerks(seat: Seat) -> Verdict:
    """上级党组织还没有经办的，第一位由系统管理员指定，以后由经办自己给。"""
    return verdict((seat.capacity == Capacity.SYSTEM_ADMIN, "上级党组织的第一位经办由系统管理员指定，请找系统管理员"))


def may_give_seat(by: Seat, org: Org, capacity: str) -> Verdict:
    """本党组织的席位由管席位的人给；上级党组织的第一位经办由系统管理员给。"""
    if by.capacity == Capacity.SYSTEM_ADMIN:
        return verdict(
            (capacity == Capacity.CLERK and org.kind != OrgKind.BRANCH, "系统管理员只给上级党组织的经办席位"),
            (org.pk in {one.pk for one in queries.without_clerk(clock.today())}, "它已经有经办，别的经办由他来给"),
        )
    return may_keep_seats(by) & verdict(
        (by.org_id == org.pk, "这是别的党组织的席位，由它自己给"),
        (capacity in seats_of_kind(org), "这里不给这个身份；三员由系统管理员给"),
    )


def may_end_seat(by: Seat, seat: Seat, day: date) -> Verdict:
    """收回席位：只收自己党组织的，三员不在这里收，管得了席位的人至少留一位。"""
    return may_keep_seats(by) & _is_ordinary(by, seat, day) & _leaves_a_keeper(seat, day)


def may_change_seat(by: Seat, seat: Seat, capacity: str, day: date) -> Verdict:
    """改席位的身份：改成不管席位的身份时，也要留一位管席位的人。"""
    may = may_keep_seats(by) & _is_ordinary(by, seat, day)
    may &= verdict(
        (capacity in seats_of_kind(seat.org), "这里没有这个身份；三员由系统管理员给"),
        (capacity != seat.capacity, f"他现在就是{seat.capacity}，没有要改的"),
    )
    return may if capacity in SEAT_KEEPERS else may & _leaves_a_keeper(seat, day)


def _is_ordinary(by: Seat, seat: Seat, day: date) -> Verdict:
    return verdict(
        (seat.org_id == by.org_id, "这个席位不在本党组织，由它自己管"),
        (not seat.is_administrator, "三员的席位由系统管理员收回"),
        (seat.holds_on(day), "这个席位已经收回了"),
    )


def _leaves_a_keeper(seat: Seat, day: date) -> Verdict:
    others = Seat.objects.of(seat.org_id).on(day).filter(capacity__in=SEAT_KEEPERS).exclude(account=seat.account_id)
    left = seat.capacity not in SEAT_KEEPERS or others.filter(account__is_active=True).exists()
    return verdict((left, "这里只有这一位管得了席位，请先给接手的人席位"))


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
    return verdict((seat.capacity in _KEEPERS, "账号由书记、副书记或组织委员发，请找他们"))


def may_read_audit(seat: Seat) -> Verdict:
    """审计记录给书记、纪检委员和审计管理员看；安全管理员只看账号的登录记录。"""
    readers = {Capacity.SECRETARY, Capacity.DISCIPLINE, Capacity.AUDIT_ADMIN, Capacity.SECURITY_ADMIN}
    return verdict((seat.capacity in readers, "审计记录由书记、纪检委员和审计管理员查看"))
