"""The year's verbs through the actions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bihuan.core import audit
from bihuan.core.access import Refused, Stale
from bihuan.core.models import Entry
from bihuan.cycle import actions, queries
from bihuan.cycle.models import Aspect, Cycle, Notice
from bihuan.cycle.policy import Policy
from bihuan.ledger.actions.problems import raise_problem
from tests.cast import Cast, at

ASPECTS = {"班子": ["理论学习", "组织生活"], "党员": ["学习", "纪律"]}


def a_year(cast: Cast, year: int = 2025) -> Cycle:
    return actions.open_cycle(year=year, by=cast.secretary, at=at())


def a_notice(cast: Cast, cycle: Cycle, **changes: object) -> Notice:
    given = {"issuer": "样例镇党委", "number": "样委发〔2026〕3号", "theme": "样例主题", "aspects": ASPECTS} | changes
    return actions.receive_notice(cycle, by=cast.organiser, at=at(), **given)  # type: ignore[arg-type]


def test_a_year_works_without_a_notice_and_takes_it_when_it_comes(cast: Cast) -> None:
    cycle = a_year(cast)
    assert queries.notice_page(cycle).committee == ()
    a_notice(cast, cycle)
    now = queries.current_cycle(cast.branch.pk)
    assert now is not None
    page = queries.notice_page(now)
    assert (page.committee, page.members, page.pack) == (("理论学习", "组织生活"), ("学习", "纪律"), "")
    assert [a.text for a in now.aspects("党员")] == ["学习", "纪律"]


def test_another_year_has_its_own_aspects_without_code(cast: Cast) -> None:
    a_notice(cast, a_year(cast, 2024), aspects={"班子": ["旧的一条"], "党员": []})
    a_notice(cast, a_year(cast))
    years = {c.year: [a.text for a in c.aspects()] for c in Cycle.objects.visible_to(cast.member)}
    assert years == {2024: ["旧的一条"], 2025: ["理论学习", "组织生活"]}


def test_a_corrected_notice_keeps_the_rows_of_its_aspects(cast: Cast) -> None:
    cycle = a_year(cast)
    notice = a_notice(cast, cycle)
    before = {a.text: a.pk for a in Aspect.objects.of(cast.branch.pk).filter(subject="班子")}
    cycle.refresh_from_db()
    a_notice(cast, cycle, aspects={"班子": ["作风", "组织生活情况", "理论学习"]}, seen_version=notice.version)
    after = {a.text: a.pk for a in Aspect.objects.of(cast.branch.pk).filter(subject="班子")}
    assert list(after) == ["作风", "组织生活情况", "理论学习"]
    assert after["理论学习"] == before["理论学习"]
    assert before["组织生活"] in after.values()
    assert not Aspect.objects.of(cast.branch.pk).filter(subject="党员").exists()


def test_an_aspect_with_a_problem_under_it_is_reworded_but_not_dropped(cast: Cast) -> None:
    cycle = a_year(cast)
    a_notice(cast, cycle)
    aspect = Aspect.objects.of(cast.branch.pk).get(text="组织生活")
    raise_problem(cycle=cycle, aspect=aspect, statement="一个问题", origin_kind="自查", by=cast.secretary, at=at())
    a_notice(cast, cycle, aspects={**ASPECTS, "班子": ["理论学习", "严格组织生活"]})
    aspect.refresh_from_db()
    assert aspect.text == "严格组织生活"
    with pytest.raises(Refused, match="下面已经有问题，不能去掉"):
        a_notice(cast, cycle, aspects={**ASPECTS, "班子": ["理论学习"]})
    assert [a.text for a in Aspect.objects.of(cast.branch.pk).filter(subject="班子")] == ["理论学习", "严格组织生活"]


def test_the_second_of_two_tabs_sees_that_the_notice_changed(cast: Cast) -> None:
    cycle = a_year(cast)
    seen = a_notice(cast, cycle).version
    cycle.refresh_from_db()
    a_notice(cast, cycle, theme="改过的主题", seen_version=seen)
    with pytest.raises(Stale):
        a_notice(cast, cycle, theme="另一页上的主题", seen_version=seen)
    assert Notice.objects.of(cast.branch.pk).get().theme == "改过的主题"


def test_a_sample_stays_marked_until_it_was_compared(cast: Cast) -> None:
    cycle = a_year(cast)
    notice = a_notice(cast, cycle, pack="示例2021@1")
    cycle.refresh_from_db()
    assert queries.notice_page(cycle).pack == "示例2021@1"
    a_notice(cast, cycle, seen_version=notice.version)
    cycle = Cycle.objects.of(cast.branch.pk).select_related("notice").get()
    assert queries.notice_page(cycle).pack == ""


def test_the_paper_itself_is_kept_and_a_disguised_one_is_not(cast: Cast) -> None:
    cycle = a_year(cast)
    notice = a_notice(cast, cycle, file=("通知.txt", [("关于开好会的通知" * 3).encode()]))
    assert notice.file is not None
    assert notice.file.media_type == "text/plain"
    cycle.refresh_from_db()
    with pytest.raises(Refused, match="对不上"):
        a_notice(cast, cycle, file=("通知.pdf", [b"just words"]), theme="别的")
    assert Notice.objects.of(cast.branch.pk).get().theme == "样例主题"


def test_only_keepers_enter_a_notice_and_only_the_secretary_sets_the_numbers(cast: Cast) -> None:
    cycle = a_year(cast)
    with pytest.raises(Refused, match="书记、副书记或组织委员"):
        actions.receive_notice(cycle, issuer="样例镇党委", by=cast.member, at=at())
    own = Policy(excellent_ratio=Fraction(3, 20))
    with pytest.raises(Refused, match="由书记定"):
        actions.set_policy(cycle, policy=own, seen_version=cycle.version, by=cast.organiser, at=at())
    actions.set_policy(cycle, policy=own, seen_version=cycle.version, by=cast.secretary, at=at())
    cycle.refresh_from_db()
    assert Policy.read(cycle.policy) == own
    with pytest.raises(Stale):
        actions.set_policy(cycle, policy=Policy(), seen_version=1, by=cast.secretary, at=at())


def test_a_step_has_its_day_and_is_changed_in_place(cast: Cast) -> None:
    cycle = a_year(cast)
    sun = cast.person(cast.member).pk
    first = [actions.Planned("study", date(2026, 3, 1)), actions.Planned("report"), actions.Planned("talks", owner=sun)]
    made = actions.set_plan(cycle, steps=first, by=cast.secretary, at=at())
    assert [str(step) for step in made] == ["集中学习", "谈心谈话"]
    again = [actions.Planned("study", date(2026, 3, 5), sun, seen=1), actions.Planned("talks", owner=sun, seen=0)]
    changed = actions.set_plan(cycle, steps=again, by=cast.secretary, at=at())
    assert [(s.code, s.words, s.version) for s in changed] == [("study", "3月5日以前，孙四照看", 2)]
    with pytest.raises(Refused, match="和原来一样"):
        actions.set_plan(cycle, steps=again, by=cast.secretary, at=at())
    with pytest.raises(Stale):
        actions.set_plan(
            cycle, steps=[actions.Planned("study", date(2026, 3, 6), seen=1)], by=cast.secretary, at=at()
        )  # fmt: skip
    assert queries.plan_of(cycle)["study"].due == date(2026, 3, 5)


def test_a_plan_is_made_by_the_branch_for_its_own_people(cast: Cast) -> None:
    cycle = a_year(cast)
    wu = cast.person(cast.outsider).pk
    for by, steps, words in (
        (cast.member, [actions.Planned("study", date(2026, 3, 1))], "由书记、副书记或组织委员登记"),
        (cast.outsider, [actions.Planned("study", date(2026, 3, 1))], "下面支部的年度"),
        (cast.secretary, [actions.Planned("study", owner=wu)], "从今天的名册上选"),
        (cast.secretary, [actions.Planned("xuexi", date(2026, 3, 1))], "没有这样的步骤"),
    ):
        with pytest.raises(Refused, match=words):
            actions.set_plan(cycle, steps=steps, by=by, at=at())
    assert queries.plan_of(cycle) == {}


def test_every_act_left_its_line_and_the_chain_holds(cast: Cast) -> None:
    cycle = a_year(cast)
    a_notice(cast, cycle)
    verbs = [line for line in Entry.objects.values_list("line", flat=True) if '"cycle.notice.received"' in line]
    assert len(verbs) == 2  # the year that took it, and the notice
    assert audit.verify()[1] == []
    assert not any("样例主题" in line for line in verbs)
