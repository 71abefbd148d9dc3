"""The verbs of this year's first step: answering what last year left (R20), and saying which measure was meant for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bihuan.core import audit
from bihuan.core.access import verdict
from bihuan.core.acting import action, check_version
from bihuan.core.models import stamp
from bihuan.cycle.models import Cycle
from bihuan.ledger.access import reading as access
from bihuan.ledger.models import Answer, Carry, Measure, MeasureLink
from bihuan.ledger.queries.carries import left_over
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


@action("ledger.carry.carried_over", "把台账里上年度的问题带到了今年")
def carry_over(cycle: Cycle, *, by: Seat, at: datetime) -> list[Carry]:
    """台账里上年度的每一个问题，和更早没有办完的，带到今年等着答复（R20）；问题还是那个问题，编号、状态、措施都不变。"""
    cycle = Cycle.objects.of(by.org_id).select_for_update().filter(pk=cycle.pk).first() or cycle
    found = left_over(cycle)
    access.may_carry_over(by, cycle, len(found)).enforce()
    carried = [Carry.objects.create(problem=problem, into=cycle, **stamp(by=by, at=at)) for problem in found]
    for carry in carried:
        audit.record(carry, by=by, at=at)
    return carried


@action("ledger.carry.measures_named", "说明了上年度哪几条措施回应这条问题")
def name_measures(
    carry: Carry, measures: Iterable[Measure], *, seen_version: int | None = None, by: Seat, at: datetime
) -> Carry:
    """材料里没有写明哪条措施回应哪条问题的，由人挑；挑过的可以重挑。只动同一份材料里的措施。"""
    access.may_answer(by, carry).enforce()
    carry = Carry.objects.of(by.org_id).select_for_update().get(pk=carry.pk)
    check_version(carry, seen_version)
    problem, chosen = carry.problem, {measure.pk: measure for measure in measures}
    verdict(
        (all(m.cycle_id == problem.cycle_id for m in chosen.values()), "只能挑同一年度的措施，请从列出的里面挑"),
    ).enforce()
    linked = problem.measure_links.filter(measure__proposals__paper=problem.origin.paper_id)
    present = {link.measure_id: link for link in linked}
    for link in (link for key, link in present.items() if key not in chosen):
        audit.record(link, by=by, at=at, before=link.facts(), after={})
        link.delete()
    for measure in (measure for key, measure in chosen.items() if key not in present):
        link = MeasureLink.objects.create(measure=measure, problem=problem, **stamp(by=by, at=at))
        audit.record(link, by=by, at=at)
    audit.record(carry, by=by, at=at, before=carry.facts())
    return carry
