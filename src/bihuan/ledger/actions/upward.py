"""The verbs of what cannot be solved here: hand it up, write down the answer. The problem stays open all the while."""

from __future__ import annotations

from datetime import date, datetime

from bihuan.core import audit
from bihuan.core.access import verdict
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.ledger.access import upward as access
from bihuan.ledger.actions.locking import lock_problem, need_past, need_words, refuse_secrets
from bihuan.ledger.models import HandUp, Problem
from bihuan.ledger.queries.upward import superiors
from bihuan.org.models import Org, Seat


@action("ledger.problem.handed_up", "把问题报给了上级")
def hand_up(problem: Problem, *, to: Org, reason: str, paper_no: str = "", on: date, by: Seat, at: datetime) -> HandUp:
    """支部自己解决不了：报给上级，写明为什么。问题不销号，状态不变。"""
    problem = lock_problem(problem, by)
    access.may_hand_up(by, problem).enforce()
    need_past(on, at.date(), "上报")
    refuse_secrets(reason, paper_no)
    waiting = problem.hand_ups.filter(to=to, answer="").exists()
    verdict(
        (to in superiors(problem.scope_org_id, on), "只能报给本支部的上级党组织，请从列出的里面选"),
        (not waiting, f"已经报给{to.name}，还在等答复"),
    ).enforce()
    handed = HandUp.objects.create(
        problem=problem,
        to=to,
        reason=need_words(reason, "为什么自己解决不了"),
        paper_no=paper_no.strip(),
        **stamp(by=by, at=at, occurred_on=on),
    )
    audit.record(handed, by=by, at=at)
    return handed


@action("ledger.hand_up.answered", "记下了上级的答复")
def answer_hand_up(handed: HandUp, *, answer: str, on: date, by: Seat, at: datetime) -> HandUp:
    """记下上级怎么答复的、哪一天。答复了不等于解决了，问题还开着。"""
    lock_problem(handed.problem, by)
    handed = HandUp.objects.visible_to(by).select_for_update(of=("self",)).get(pk=handed.pk)
    access.may_answer_hand_up(by, handed).enforce()
    need_past(on, at.date(), "答复")
    refuse_secrets(answer)
    verdict((on >= handed.occurred_on, "答复的日子在上报以前，请改一改")).enforce()
    before = handed.facts()
    handed.answer, handed.answered_on, handed.answered_by = need_words(answer, "答复"), on, by
    handed.keep("answer", "answered_on", "answered_by")
    audit.record(handed, by=by, at=at, before=before)
    return handed
