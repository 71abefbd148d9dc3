"""The verb of this year's first step: answering what last year left (R20)."""

from __future__ import annotations

from datetime import datetime

from bihuan.core import audit
from bihuan.core.access import verdict
from bihuan.core.acting import action, check_version
from bihuan.ledger import access_reading as access
from bihuan.ledger.models import Answer, Carry
from bihuan.org.models import Seat


@action("ledger.carry.answered", "答复了上年度的一条问题")
def answer_carry(
    carry: Carry, *, answer: str, ground: str, seen_version: int | None = None, by: Seat, at: datetime
) -> Carry:
    """写下上年度一条问题今年的答复：四种之一，连同佐证或理由；谁写的就是谁确认的。写过的可以改。"""
    access.may_answer(by, carry).enforce()
    carry = Carry.objects.of(by.org_id).select_for_update().get(pk=carry.pk)
    check_version(carry, seen_version)
    ground = ground.strip()
    verdict(
        (answer in Answer.values, "请在四种答复里选一种"),
        (ground, "请写明佐证或理由：做了什么、凭什么这样说"),
    ).enforce()
    before = carry.facts()
    carry.answer, carry.ground, carry.confirmed_by = answer, ground, by
    carry.keep("answer", "ground", "confirmed_by")
    audit.record(carry, by=by, at=at, before=before)
    return carry
