"""The verbs that belong to no room: how pages look to oneself, and words left by anybody."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from bihuan.core.acting import action
from bihuan.core.models import Feedback

if TYPE_CHECKING:
    from bihuan.org.models import Account, Seat


@action("core.look.set", "换了字号或深浅", audited=False, why_not="只改这个账号自己看见的样子，不动任何记录")
def set_look(account: Account, *, big: bool | None, night: bool | None, by: Seat | None, at: datetime) -> Account:
    """把大字、深色记在账号上；None 的一样不动。"""
    if big is not None:
        account.big_type = big
    if night is not None:
        account.night = night
    account.save(update_fields=["big_type", "night"])
    return account


@action("core.feedback.left", "留下了投诉或建议", audited=False, why_not="谁写的不留下，审计记录会留下是谁")
def leave_feedback(*, words: str, org: UUID | None, by: Seat | None, at: datetime) -> Feedback:
    """收下一条投诉建议：只留写的话、哪天、写给哪个支部，不留谁写的。"""
    return Feedback.objects.create(words=words, org=org, day=at.date())
