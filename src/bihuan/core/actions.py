"""The verbs that belong to no room: how pages look to oneself, and words left by anybody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from bihuan.core.acting import action
from bihuan.core.models import Feedback, FormDraft

if TYPE_CHECKING:
    from bihuan.org.models import Account, Seat


DRAFT_DAYS = 60  # a draft that nobody has touched for so long is forgotten
_PRIVATE = "没有提交的话只是写的人自己的，不是记录"


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


@action("core.draft.kept", "存下了没有提交的草稿", audited=False, why_not=_PRIVATE)
def keep_draft(*, page: str, part: str, tab: str, words: str, by: Seat, at: datetime) -> FormDraft:
    """存下一张表单里写到一半的话。One row a tab; what nobody has touched for `DRAFT_DAYS` goes."""
    own = FormDraft.objects.filter(seat=by.pk)
    own.filter(written_at__lt=at - timedelta(days=DRAFT_DAYS)).delete()
    now = {"page": page, "part": part, "words": words, "written_at": at, "dropped": False}
    return FormDraft.objects.update_or_create(seat=by.pk, tab=tab, defaults=now)[0]


@action("core.draft.handed_in", "草稿交上去了，不再留着", audited=False, why_not=_PRIVATE)
def forget_drafts(*, tab: str, came_from: UUID | None, by: Seat, at: datetime) -> None:
    """交上去以后，这一页存的草稿和它接着写的那一份都不留。"""
    own = FormDraft.objects.filter(seat=by.pk)
    own.filter(tab=tab).delete()
    if came_from:
        own.filter(pk=came_from).delete()


@action("core.draft.put_away", "放下或者拿回了一份草稿", audited=False, why_not=_PRIVATE)
def put_away(draft: FormDraft, *, dropped: bool, by: Seat, at: datetime) -> FormDraft:
    """放下一份草稿，或者把放下的拿回来。"""
    FormDraft.objects.filter(pk=draft.pk, seat=by.pk).update(dropped=dropped)
    return draft
