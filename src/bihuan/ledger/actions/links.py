"""The verbs of the lines between problems, causes and measures: taking one away, and saying which cause a measure meets."""

from __future__ import annotations

from datetime import datetime

from bihuan.core import audit
from bihuan.core.access import verdict
from bihuan.core.acting import action
from bihuan.core.models import Record, stamp
from bihuan.ledger import access
from bihuan.ledger.access.links import may_unlink_measure
from bihuan.ledger.actions.locking import lock_problem
from bihuan.ledger.models import Cause, Measure, MeasureCause, Problem
from bihuan.org.models import Seat


@action("ledger.measure.unlinked", "断开了措施和问题")
def unlink_measure(problem: Problem, measure: Measure, *, by: Seat, at: datetime) -> None:
    """这条措施不管这个问题：断开，措施还在。开始整改以后不再断开，做过事的人要留得住（R23）。"""
    problem = lock_problem(problem, by)
    may_unlink_measure(by, problem).enforce()
    _take_away(problem.measure_links.select_for_update().filter(measure=measure).first(), by=by, at=at)


@action("ledger.cause.unlinked", "断开了原因和问题")
def unlink_cause(problem: Problem, cause: Cause, *, by: Seat, at: datetime) -> None:
    """这条原因不是这个问题的：断开，原因还在。"""
    problem = lock_problem(problem, by)
    access.may_set_measures(by, problem).enforce()
    _take_away(problem.cause_links.select_for_update().filter(cause=cause).first(), by=by, at=at)


@action("ledger.measure.aimed", "写明了措施针对哪条原因")
def aim_measure(problem: Problem, measure: Measure, cause: Cause, *, by: Seat, at: datetime) -> MeasureCause:
    """写明一条措施针对哪条原因；两样都要连在这个问题上。"""
    problem = lock_problem(problem, by)
    access.may_set_measures(by, problem).enforce()
    verdict(
        (problem.measure_links.filter(measure=measure).exists(), "这条措施还没有连在这个问题上，请先连上"),
        (problem.cause_links.filter(cause=cause).exists(), "这条原因还没有连在这个问题上，请先连上"),
        (not measure.cause_links.filter(cause=cause).exists(), "已经写明针对这条原因，不用再写"),
    ).enforce()
    aim = MeasureCause.objects.create(measure=measure, cause=cause, **stamp(by=by, at=at))
    audit.record(aim, by=by, at=at)
    return aim


@action("ledger.measure.not_aimed", "去掉了措施针对的一条原因")
def unaim_measure(problem: Problem, measure: Measure, cause: Cause, *, by: Seat, at: datetime) -> None:
    """这条措施不是针对这条原因的：去掉这根线。"""
    problem = lock_problem(problem, by)
    access.may_set_measures(by, problem).enforce()
    verdict((problem.measure_links.filter(measure=measure).exists(), "这条措施没有连在这个问题上")).enforce()
    _take_away(measure.cause_links.select_for_update().filter(cause=cause).first(), by=by, at=at)


@action("ledger.recurrence.withdrawn", "收回了“是以前的问题又出现”")
def withdraw_recurrence(problem: Problem, earlier: Problem, *, by: Seat, at: datetime) -> None:
    """不是同一件事：把两个问题之间的线去掉。"""
    problem = lock_problem(problem, by)
    access.may_set_measures(by, problem).enforce()
    _take_away(problem.recurrences.select_for_update().filter(earlier=earlier).first(), by=by, at=at)


def _take_away(link: Record | None, *, by: Seat, at: datetime) -> None:
    """Delete a link; what it said stays in the chain as a digest, and its two ends stay records."""
    verdict((link is not None, "这根线已经断开了，请刷新以后再看")).enforce()
    assert link is not None  # noqa: S101 - the verdict says no without one
    audit.record(link, by=by, at=at, before=link.facts(), after={})
    link.delete()
