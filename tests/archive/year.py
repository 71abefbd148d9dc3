"""A year of the cast's branch for moving and keeping: what the rooms' own actions can do, done once."""

from __future__ import annotations

from datetime import date

from bihuan.archive import portable
from bihuan.cycle import actions as cycle_actions
from bihuan.ledger.actions import closing, lookback, measures, upward
from bihuan.org import actions as org_actions
from bihuan.org.models import Seat
from bihuan.report import actions as report_actions
from bihuan.report.content import content_of
from bihuan.report.paper import docx_of, paper_of
from tests.cast import DAY, Cast, at, person_named
from tests.ledger import make, making, test_lookback
from tests.report import superior, test_deciding

PNG = b"\x89PNG\r\n\x1a\n" + bytes(300)


def cast_in_place() -> Cast:
    """The cast of a data folder that has it already."""
    seats = {
        seat.account.login: seat
        for seat in Seat.objects.everywhere("the cast of a test").select_related("org", "account__person")
    }
    committee, branch = seats["zheng"].org, seats["zhao"].org
    return Cast(
        branch=branch, committee=committee, other_branch=seats["wu"].org, secretary=seats["zhao"],
        organiser=seats["qian"], inspector=seats["zhou"], member=seats["sun"], probationer=seats["li"],
        outsider=seats["wu"], clerk=seats["zheng"],
    )  # fmt: skip


def a_year(cast: Cast) -> list[str]:
    """Last year's paper, problems closed with proof, meetings, an approved and submitted report: a row of every kind of
    record that the rooms' own actions make. Returns the names of the kinds that no action made."""
    year, draft = test_deciding.ready(cast)
    file = docx_of(paper_of(content_of(draft, DAY)))
    report_actions.take_readback(draft, name="样例改回.docx", data=file, by=year.by, at=at())
    approval = test_deciding.approve(year, draft, test_deciding.decision(year, draft))
    sent = report_actions.submit(draft, by=year.by, at=at())
    report_actions.note_point(sent, about="", point="样例意见", due=None, by=cast.clerk, at=at(11))
    assert approval.digest
    making.a_carried_problem(cast)
    superior.a_form(cast.secretary)
    closed, _ = make.closed(cast)
    closing.reopen(closed, reason="样例：又出现了", by=cast.secretary, at=at(17))
    problem, measure = make.at_work(cast, statement="样例：签到没有留底")
    upward.hand_up(problem, to=cast.committee, reason="样例：要上级定", on=DAY, by=cast.secretary, at=at(16))
    make.proof(cast, measure, kind="文件", file=("签到.png", [PNG]), words="")
    measures.note_progress(measure, words="样例：三月学了一次", on=DAY, by=cast.member, at=at())
    test_lookback.another_closed(cast, closed.cycle, "样例：会议室没有牌子")
    counted = test_lookback.numbers(cast, closed.cycle, months=1, sample=1)
    lookback.draw_lookback(counted, by=cast.secretary, at=at(9, day=date(2026, 4, 20)))
    org_actions.state_standing(
        person_named(cast.branch, "高七"), kind="不计入应到", reason="样例：长期病假", since=DAY, until=None,
        by=cast.secretary, at=at(),
    )  # fmt: skip
    org_actions.set_groups(
        ["第一党小组"], places={person_named(cast.branch, "孙四"): "第一党小组"}, leaders=[], since=DAY,
        by=cast.secretary, at=at(),
    )  # fmt: skip
    cycle_actions.set_plan(
        closed.cycle,
        steps=[cycle_actions.Planned("report", DAY, cast.person(cast.member).pk)],
        by=cast.secretary,
        at=at(),
    )
    return [m._meta.label for m in portable.record_models() if not m.objects.of(cast.branch.pk).exists()]
