"""Remarks, approval by a meeting, staleness, handing up."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.core.access import Refused
from bihuan.cycle.models import Cycle
from bihuan.meeting.actions import resolve_approval
from bihuan.meeting.models import Meeting, Resolution
from bihuan.report import actions
from bihuan.report.content import content_of
from bihuan.report.models import Approval, Draft, FactUse
from bihuan.report.queries import Standing, standing
from tests.cast import DAY, Cast, at
from tests.report.test_facts import carried
from tests.report.test_writing import draft_again, first_of, write
from tests.report.year import Year, begin, full


def ready(cast: Cast) -> tuple[Year, Draft]:
    """A report that nothing stops: last year answered, questions answered, dated."""
    year = full(cast)
    carried(year, cast, "完成", "持续推进")
    draft = year.answer_questions(year.draft())
    return year, draft_again(draft)


def now(draft: Draft) -> Standing:
    return standing(draft_again(draft), DAY)


def decision(year: Year, draft: Draft, in_favour: int = 3) -> Resolution:
    return resolve_approval(
        year.committee_meeting(), about=draft.pk, item="情况报告", in_favour=in_favour, by=year.by, at=at()
    )


def approve(year: Year, draft: Draft, resolution: Resolution | None) -> Approval:
    return actions.approve(
        draft,
        digest=content_of(draft_again(draft), DAY).digest(),
        resolution=resolution,
        signer=year.cast.person(year.by),
        by=year.by,
        at=at(),
    )


def test_a_report_from_complete_records_is_stopped_by_nothing(cast: Cast) -> None:
    _, draft = ready(cast)
    assert [r.title for r in now(draft).stops] == []


def test_open_questions_and_missing_records_stop_it(cast: Cast) -> None:
    draft = begin(cast).draft()
    titles = {r.title for r in now(draft).stops}
    assert "这一段还没有写" in titles
    assert "组织生活会还没有登记" in " ".join(titles)
    assert "还没有成文日期" in titles


def test_each_last_year_item_needs_its_answer(cast: Cast) -> None:
    year, draft = ready(cast)
    carried_again = [r for r in now(draft).stops if r.rule == "R20"]
    assert carried_again == []
    from bihuan.ledger.models import Carry

    carry = Carry.objects.of(cast.branch.pk).first()
    assert carry is not None
    carry.answer = ""
    carry.save()
    assert "R20" in {r.rule for r in now(draft).stops}
    assert year.by


def test_orphans_and_measures_without_owner_stop_it(cast: Cast) -> None:
    year, draft = ready(cast)
    alone = year.problem(0, "没有措施的样例问题")
    half = year.problem(1, "没有责任人的样例问题")
    year.measure(half, "没有人管的措施", owner=None, due=None)
    stops = now(draft).stops
    assert [r.title for r in stops if r.rule == f"R21{alone.no}"] == [f"{alone.no}还没有整改措施"]
    assert {r.rule: r.title for r in stops if r.rule.startswith("R22")} == {
        "R22": "还没有责任人", "R22时限": "还没有时限",
    }  # fmt: skip


def test_an_aspect_without_a_problem_is_passed_with_a_reason_that_stays(cast: Cast) -> None:
    year, draft = ready(cast)
    cycle = Cycle.objects.of(cast.branch.pk).get(pk=year.cycle.pk)
    from bihuan.cycle.models import Aspect

    notice = cycle.notice
    assert notice is not None
    held = Aspect.objects.of(cast.branch.pk).filter(notice=notice, subject="班子").first()
    assert held is not None
    held.pk, held.code, held.text, held.order = None, "样例", "新加的样例方面", 9
    held._state.adding = True
    held.save()
    stop = now(draft).stops
    assert [r.title for r in stop] == ["这个对照方面没有查摆问题"]
    actions.pass_remark(draft, stop[0], reason="查过，没有发现", by=year.by, at=at())
    after = now(draft)
    assert after.stops == []
    assert [r.passed for r in after.remarks if r.passed] == ["查过，没有发现"]


def test_a_placeholder_is_not_passed_by_any_reason(cast: Cast) -> None:
    year, draft = ready(cast)
    paragraph = first_of(draft, "study")
    write(draft, paragraph, "学习了XX文件。", year)
    stop = [r for r in now(draft).stops if r.rule == "R38"]
    assert [r.paragraph for r in stop] == [paragraph.id]
    with pytest.raises(Refused, match="不能用理由通过"):
        actions.pass_remark(draft, stop[0], reason="样例", by=year.by, at=at())


@pytest.mark.parametrize(
    ("text", "rule"),
    [("召开了民主生活会。", "R40"), ("学习《中国共产党党支部工作条例（试行）》。", "R39"), ("妥否，请批复。", "R33")],
)
def test_wrong_names_and_hidden_requests_stop_it(cast: Cast, text: str, rule: str) -> None:
    year, draft = ready(cast)
    write(draft, first_of(draft, "study"), text, year)
    assert rule in {r.rule for r in now(draft).stops}


def test_a_report_dated_before_the_meeting_stops(cast: Cast) -> None:
    year, draft = ready(cast)
    actions.set_head(
        draft, title=draft.title, recipient=draft.recipient, signature=draft.signature, dated=date(2026, 3, 1),
        attachments=[], seen_version=None, by=year.by, at=at(),
    )  # fmt: skip
    assert [r.rule for r in now(draft).stops] == ["R13"]


def test_absence_without_reason_and_study_after_the_meeting_stop_it(cast: Cast) -> None:
    year, draft = ready(cast)
    year.correct(Meeting.objects.of(cast.branch.pk).get(is_life_meeting=True), {"高七": ""})
    year.study(on=date(2026, 3, 8))
    assert {r.rule: r.section for r in now(draft).stops} == {"R58": "meeting", "R13学习": "study"}


def test_a_problem_without_an_example_warns(cast: Cast) -> None:
    year, draft = ready(cast)
    problem = year.problem(0, "没有事例的样例问题")
    year.measure(problem, "样例措施")
    assert [(r.rule, r.severity) for r in now(draft).remarks if r.rule.startswith("R16")] == [
        (f"R16{problem.no}", "warn")
    ]


def test_a_measure_without_a_problem_stops_it(cast: Cast) -> None:
    from bihuan.core.models import stamp
    from bihuan.ledger.models import Measure

    year, draft = ready(cast)
    Measure.objects.create(cycle=year.cycle, action="没有问题的样例措施", **stamp(by=cast.secretary, at=at()))
    assert [r.title for r in now(draft).stops] == ["这条措施没有对应的问题"]


def test_a_name_in_the_paper_is_remarked_on(cast: Cast) -> None:
    year, draft = ready(cast)
    write(draft, first_of(draft, "study"), "由孙四领学。", year)
    assert [r.severity for r in now(draft).remarks if r.rule == "姓名"] == ["warn"]


def test_a_long_report_warns(cast: Cast) -> None:
    year, draft = ready(cast)
    write(draft, first_of(draft, "study"), "学习的内容写得很长。" * 550, year)
    assert [r.severity for r in now(draft).remarks if r.rule == "R52"] == ["warn"]


def test_an_approval_names_the_meeting(cast: Cast) -> None:
    year, draft = ready(cast)
    with pytest.raises(Refused, match="要写明哪次会议通过了这份报告"):
        approve(year, draft, None)


def test_what_the_meeting_voted_down_is_not_approved(cast: Cast) -> None:
    year, draft = ready(cast)
    with pytest.raises(Refused, match="会上没有通过"):
        approve(year, draft, decision(year, draft, in_favour=1))


def test_a_decision_about_something_else_does_not_count(cast: Cast) -> None:
    year, draft = ready(cast)
    other = resolve_approval(
        year.committee_meeting(), about=year.cycle.pk, item="别的事", in_favour=3, by=year.by, at=at()
    )
    with pytest.raises(Refused, match="不是关于这份报告的"):
        approve(year, draft, other)


def test_where_the_branch_asks_for_no_meeting_none_is_named(cast: Cast) -> None:
    year, draft = ready(cast)
    cycle = Cycle.objects.of(cast.branch.pk).get(pk=year.cycle.pk)
    cycle.policy = {**cycle.policy, "approval_needs_meeting": False}
    cycle.save()
    assert approve(year, draft, None).resolution is None


def test_an_approval_keeps_content_and_every_figure(cast: Cast) -> None:
    year, draft = ready(cast)
    approval = approve(year, draft, decision(year, draft))
    content = content_of(draft_again(draft), DAY)
    uses = {use.code: (use.value, use.digest) for use in FactUse.objects.of(cast.branch.pk)}
    assert uses == {code: (fact.value, fact.digest) for code, fact in content.used().items()}
    assert uses["应到"][0] == "7"
    assert (approval.digest, approval.content) == (content.digest(), content.snapshot())
    assert now(draft).is_fresh


def test_only_the_secretary_signs(cast: Cast) -> None:
    year, draft = ready(cast)
    resolution = decision(year, draft)
    digest = content_of(draft, DAY).digest()
    with pytest.raises(Refused, match="由书记或副书记记下签发"):
        actions.approve(draft, digest=digest, resolution=resolution, signer=None, by=cast.organiser, at=at())


def test_what_changed_while_one_looked_is_not_approved(cast: Cast) -> None:
    year, draft = ready(cast)
    seen = content_of(draft, DAY).digest()
    write(draft, first_of(draft, "study"), "又改了一句。", year)
    with pytest.raises(Refused, match="您看过以后，报告的内容又变了"):
        actions.approve(draft, digest=seen, resolution=decision(year, draft), signer=None, by=year.by, at=at())


def test_a_stale_approval_names_the_figure_from_old_to_new(cast: Cast) -> None:
    year, draft = ready(cast)
    approve(year, draft, decision(year, draft))
    meeting = Meeting.objects.of(cast.branch.pk).get(is_life_meeting=True)
    year.correct(meeting, {"高七": "请病假", "何六": "出差"})
    stale = now(draft).stale
    assert stale is not None
    assert not stale.is_fresh
    assert {c.code: (c.old, c.new) for c in stale.facts} == {"实到": ("6", "5"), "缺席": ("1", "2")}
    assert {c.words for c in stale.facts} == {"“实到党员”通过时是6，现在是5", "“缺席党员”通过时是1，现在是2"}
    assert "何六：出差" in [row.text for c in stale.facts for row in c.rows]
    assert [c.name for c in stale.texts] == ["会议情况"]


def test_a_changed_sentence_makes_it_stale(cast: Cast) -> None:
    year, draft = ready(cast)
    approve(year, draft, decision(year, draft))
    paragraph = first_of(draft, "study")
    write(draft, paragraph, "换了一句话。", year)
    stale = now(draft).stale
    assert stale is not None
    assert [(c.paragraph, c.old, c.new) for c in stale.texts] == [(paragraph.id, "会前集中学习1次。", "换了一句话。")]


def test_one_decision_stands_for_one_content(cast: Cast) -> None:
    year, draft = ready(cast)
    resolution = decision(year, draft)
    approve(year, draft, resolution)
    write(draft, first_of(draft, "study"), "换了一句话。", year)
    with pytest.raises(Refused, match="通过的是原来的一稿"):
        approve(year, draft, resolution)


def test_it_goes_one_level_up_and_only_while_fresh(cast: Cast) -> None:
    year, draft = ready(cast)
    with pytest.raises(Refused, match="会议还没有通过这份报告"):
        actions.submit(draft, by=year.by, at=at())
    approve(year, draft, decision(year, draft))
    write(draft, first_of(draft, "study"), "换了一句话。", year)
    with pytest.raises(Refused, match="会议通过以后内容又变了"):
        actions.submit(draft, by=year.by, at=at())
    write(draft, first_of(draft, "study"), "会前集中学习{{集中学习次数}}次。", year)
    sent = actions.submit(draft, by=cast.organiser, at=at())
    assert (sent.to, sent.state) == (cast.committee, "已报送")
    with pytest.raises(Refused, match="已经报送过了"):
        actions.submit(draft, by=cast.organiser, at=at())
