"""Who may take in last year's paper, confirm what was read from it, and answer it."""

from __future__ import annotations

from bihuan.core.access import Verdict, verdict
from bihuan.cycle.models import Cycle
from bihuan.ledger.models import Carry, Paper, Proposal
from bihuan.org.models import Capacity, Seat

_KEEPERS = frozenset({Capacity.SECRETARY, Capacity.DEPUTY, Capacity.ORGANISATION})
_OTHERS = "这是别的支部的材料，由它自己办"


def may_take_paper(seat: Seat, cycle: Cycle) -> Verdict:
    """上年度材料由书记、副书记或组织委员交进来。"""
    return verdict(
        (seat.capacity in _KEEPERS, "上年度材料由书记、副书记或组织委员交进来并确认，请他们来办"),
        (seat.org_id == cycle.org_id, _OTHERS),
    )


def may_carry_over(seat: Seat, cycle: Cycle, waiting: int) -> Verdict:
    """台账里上年度的问题由书记、副书记或组织委员带到今年。`waiting`: how many there are to carry."""
    return verdict(
        (seat.capacity in _KEEPERS, "上年度的问题由书记、副书记或组织委员带到今年，请他们来办"),
        (seat.org_id == cycle.org_id, _OTHERS),
        (waiting, "台账里没有上年度还没带到今年的问题"),
    )


def may_confirm(seat: Seat, paper: Paper) -> Verdict:
    """读得对不对，由交材料的人确认；先要知道材料写的是哪个年度。"""
    return may_take_paper(seat, paper.cycle) & verdict(
        (paper.structure.get("year_said"), "还不知道这份材料写的是哪个年度，请先写上")
    )


def may_decide(seat: Seat, proposal: Proposal) -> Verdict:
    """一条只确认一次；要改，先撤销。"""
    return may_confirm(seat, proposal.paper) & verdict(
        (proposal.accepted is None, "这一条已经确认过了，要改请先撤销")
    )  # fmt: skip


def may_undo(seat: Seat, proposal: Proposal) -> Verdict:
    """撤销一条的确认。"""
    return may_take_paper(seat, proposal.paper.cycle) & verdict(
        (proposal.accepted is not None, "这一条还没有确认，不用撤销")
    )  # fmt: skip


def may_withdraw(seat: Seat, paper: Paper, confirmed: int) -> Verdict:
    """交错的材料可以取回，只要还没有确认过其中的话。`confirmed`: how many were accepted."""
    return may_take_paper(seat, paper.cycle) & verdict(
        (not confirmed, f"其中{confirmed}条已经确认，请先撤销那几条，再取回材料")
    )  # fmt: skip


def may_answer(seat: Seat, carry: Carry) -> Verdict:
    """上年度问题今年的答复由支委会成员写。"""
    return verdict(
        (seat.on_committee, "上年度问题的答复由支委会成员写，请找书记或委员"),
        (seat.org_id == carry.into.org_id, _OTHERS),
    )
