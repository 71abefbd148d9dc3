"""The verbs of 回头看: drawing a sample, and saying what was found."""

from __future__ import annotations

from datetime import datetime

from bihuan.core import audit
from bihuan.core.access import verdict
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.cycle.models import Cycle
from bihuan.cycle.policy import Policy
from bihuan.ledger.access import lookback as access
from bihuan.ledger.actions.closing import reopen
from bihuan.ledger.actions.locking import lock_problem, need_words, refuse_secrets
from bihuan.ledger.lookback import order, seed_of
from bihuan.ledger.models import Lookback, LookbackDraw, LookbackResult
from bihuan.ledger.queries.lookback import pool
from bihuan.org.models import Seat


@action("ledger.lookback.drawn", "抽了要回头看的问题")
def draw_lookback(cycle: Cycle, *, by: Seat, at: datetime) -> LookbackDraw:
    """从销号满了月数的问题里抽出要回头看的：年度和日期定了顺序，谁来抽都一样。"""
    cycle = Cycle.objects.of(by.org_id).select_for_update().get(pk=cycle.pk)
    day = at.date()
    access.may_draw(by, cycle, day).enforce()
    drawn_today = LookbackDraw.objects.of(by.org_id).filter(cycle=cycle, occurred_on=day).exists()
    verdict((not drawn_today, "今天已经抽过一次，请改天再抽")).enforce()
    policy, problems = Policy.read(cycle.policy), pool(cycle, day)
    seed = seed_of(cycle.label, day)
    # two years' problems may bear one number where an old paper gave it: the key tells them apart in the order
    by_number = {problem.no: problem for problem in problems}
    if len(by_number) < len(problems):
        by_number = {f"{problem.no}（{problem.pk.hex[-4:]}）": problem for problem in problems}
    ordered = order(seed, by_number)
    draw = LookbackDraw.objects.create(
        cycle=cycle,
        months=policy.lookback_months or 0,
        size=policy.lookback_sample or 0,
        seed=seed,
        pool=[list(pair) for pair in ordered],
        **stamp(by=by, at=at),
    )
    audit.record(draw, by=by, at=at)
    for number, _ in ordered[: draw.size]:
        item = Lookback.objects.create(draw=draw, problem=by_number[number], **stamp(by=by, at=at))
        audit.record(item, by=by, at=at)
    return draw


@action("ledger.lookback.looked", "回头看了一个问题")
def look_back(item: Lookback, *, result: str, words: str, by: Seat, at: datetime) -> Lookback:
    """写下回头看到的：还管用，或者又出现了。又出现的，同时重新打开。"""
    problem = lock_problem(item.problem, by)
    item = Lookback.objects.of(by.org_id).select_for_update(of=("self",)).get(pk=item.pk)
    item.problem = problem
    access.may_look(by, item, at.date()).enforce()
    refuse_secrets(words)
    verdict((result in LookbackResult.values, "请选还管用，还是又出现了")).enforce()
    before = item.facts()
    item.result, item.words = result, need_words(words, "看到了什么")
    item.looked_on, item.looker = at.date(), by
    item.keep("result", "words", "looked_on", "looker")
    audit.record(item, by=by, at=at, before=before)
    if result == LookbackResult.CAME_BACK:
        reopen(problem, reason=f"回头看：{item.words}", by=by, at=at)
    return item
