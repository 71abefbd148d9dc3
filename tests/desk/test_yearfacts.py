"""The rail's one statement, put together once, answers for each year it is asked about."""

from __future__ import annotations

from typing import Any

from bihuan.cycle.actions import open_cycle
from bihuan.desk.yearfacts import facts_of
from bihuan.ledger.models import Problem
from bihuan.meeting.models import Meeting
from tests.cast import Cast, at
from tests.ledger import make
from tests.meeting.make import a_life_meeting


def test_each_year_is_answered_for_itself(cast: Cast, django_assert_num_queries: Any) -> None:
    ours = make.a_cycle(cast)
    theirs = open_cycle(year=2025, by=cast.outsider, at=at(8))
    make.closed(cast)
    make.a_problem(cast, statement="样例：窗口排队久")
    meeting: Meeting = a_life_meeting(cast, ours)
    assert facts_of(theirs).problem_count in {0, None}
    with django_assert_num_queries(1):
        found = facts_of(ours)
    assert (found.problem_count, found.closed, found.study_count) == (2, 1, 1)
    assert (found.met_on, found.met_at) == (meeting.occurred_on, meeting.place)
    assert (found.waiting or 0, found.paper_waiting, found.polled, found.sent_on) == (0, None, False, None)
    assert (facts_of(theirs).met_on, facts_of(theirs).study_count or 0) == (None, 0)
    assert Problem.objects.of(cast.other_branch.pk).count() == 0
