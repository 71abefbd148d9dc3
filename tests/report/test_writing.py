"""Writing the report: names instead of figures, two tabs, nothing lost."""

from __future__ import annotations

import re

import pytest

from bihuan.core.access import Refused, Stale
from bihuan.report import actions
from bihuan.report.body import Body, Paragraph, read_body
from bihuan.report.content import content_of
from bihuan.report.facts import FACTS
from bihuan.report.lists import LISTS
from bihuan.report.models import Draft, Shape
from bihuan.report.queries import standing
from bihuan.report.rules import names_in, numeral, sentence, typed_counts
from bihuan.report.shapes import opening_body
from tests.cast import DAY, Cast, at, person_named
from tests.report.year import Year, begin, full


def body_of(draft: Draft) -> Body:
    return read_body(Draft.objects.of(draft.cycle.org_id).get(pk=draft.pk).body)


def first_of(draft: Draft, section: str) -> Paragraph:
    found = body_of(draft).section(section)
    assert found is not None
    return found.paragraphs[0]


def write(draft: Draft, paragraph: Paragraph, text: str, year: Year, seen: int | None = None) -> Paragraph:
    return actions.save_paragraph(draft, paragraph.id, text=text, seen_version=seen, by=year.by, at=at())


def reads(draft: Draft) -> str:
    held = Draft.objects.of(draft.cycle.org_id).select_related("cycle__org", "cycle__notice").get(pk=draft.pk)
    return content_of(held, DAY).text()


@pytest.mark.parametrize("shape", Shape.values)
def test_every_name_a_new_draft_uses_is_a_fact_or_a_list(cast: Cast, shape: str) -> None:
    from bihuan.report.facts import collect

    body = opening_body(shape, collect(full(cast).cycle, DAY))
    names = {name for _, paragraph in body.paragraphs() for name in names_in(paragraph.text)}
    assert names <= {*FACTS, *LISTS}
    assert {"应到", "本年问题数", "问题清单", "措施清单", "上年度问题清单"} <= names


@pytest.mark.parametrize("shape", Shape.values)
def test_a_new_draft_types_no_figure_of_its_own(cast: Cast, shape: str) -> None:
    from bihuan.report.facts import collect

    body = opening_body(shape, collect(full(cast).cycle, DAY))
    assert [p.text for _, p in body.paragraphs() if re.search(r"\d", p.text)] == []


def test_a_new_draft_says_what_the_records_say(cast: Cast) -> None:
    year = full(cast)
    text = reads(year.draft())
    assert "支部于2026年3月6日在样例会议室召开2025年度组织生活会" in text
    assert "应到党员7名，实到6名，缺席1名，另有预备党员1名参加，列席1人" in text
    assert "一是支委会议事前没有调研。2025年9月的议题没有征求意见就上会。" in text
    assert "一是针对第1个方面定出办法。由孙四负责，2026年6月30日前完成，以每季度有一份走访记录为准。" in text


def test_headings_are_numbered_as_an_official_paper_is(cast: Cast) -> None:
    year = full(cast)
    headings = [line.text for line in content_of(year.draft(), DAY).lines if line.level]
    assert headings == [
        "一、前期准备", "（一）学习", "（二）谈心谈话", "（三）征求意见", "二、会议情况", "三、上年度问题整改落实情况",
        "四、查摆的问题", "（一）履行支部职责方面", "（二）联系服务群众方面", "五、问题产生的原因",
        "六、整改措施和下步打算", "（一）履行支部职责方面", "（二）联系服务群众方面",
    ]  # fmt: skip


def test_an_owner_with_a_post_is_named_by_the_post(cast: Cast) -> None:
    year = full(cast)
    problem = year.problem(0, "样例问题")
    year.measure(problem, "样例措施", owner="周三")
    assert "样例措施。由纪检委员负责" in reads(year.draft())


def test_personal_problems_are_left_out_of_the_paper(cast: Cast) -> None:
    year = full(cast)
    year.problem(0, "本人学习不够", subject="个人", person=person_named(cast.branch, "孙四"))
    text = reads(year.draft())
    assert "党员个人查摆的1个问题列入个人整改清单" in text
    assert "本人学习不够" not in text


def test_changing_one_attendance_changes_every_place(cast: Cast) -> None:
    year = full(cast)
    draft = year.draft()
    write(draft, first_of(draft, "study"), "会上实到{{实到}}名，学习也是{{实到}}名。", year)
    before = reads(draft)
    from bihuan.meeting.models import Meeting

    year.correct(Meeting.objects.of(cast.branch.pk).get(is_life_meeting=True), {"高七": "请病假", "何六": "出差"})
    after = reads(draft)
    assert (before.count("实到6名"), after.count("实到6名")) == (2, 0)
    assert after.count("实到5名") == 2
    assert "学习也是5名" in after
    assert "缺席2名" in after


def test_an_unknown_name_is_refused_with_a_sentence(cast: Cast) -> None:
    year = begin(cast)
    draft = year.draft()
    with pytest.raises(Refused, match="没有叫“应到人数”的数，请从“报告里的数字”里选"):
        write(draft, first_of(draft, "study"), "应到{{应到人数}}名。", year)


@pytest.mark.parametrize("text", ["应到{{应到名。", "应到应到}}名。", "{{应 到}}"])
def test_a_damaged_name_is_refused(cast: Cast, text: str) -> None:
    year = begin(cast)
    draft = year.draft()
    with pytest.raises(Refused, match="没有配成对"):
        write(draft, first_of(draft, "study"), text, year)


def test_a_list_stands_alone(cast: Cast) -> None:
    year = begin(cast)
    draft = year.draft()
    with pytest.raises(Refused, match="清单要单独占一段"):
        write(draft, first_of(draft, "study"), "问题如下：{{问题清单}}", year)


def test_a_typed_count_is_remarked_on_and_a_named_one_is_not(cast: Cast) -> None:
    year = full(cast)
    draft = year.draft()
    paragraph = first_of(draft, "study")
    write(draft, paragraph, "集中学习{{集中学习次数}}次，参加12人。", year)
    found = [r for r in standing(draft_again(draft), DAY).remarks if r.rule == "数字"]
    assert [(r.paragraph, r.severity, r.title, r.stops) for r in found] == [
        (paragraph.id, "warn", "这个数字没有记录", False)
    ]
    assert "“12人”" in found[0].text


def draft_again(draft: Draft) -> Draft:
    found: Draft = Draft.objects.of(draft.cycle.org_id).select_related("cycle__org", "cycle__notice").get(pk=draft.pk)
    return found


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("走访32户", []),
        ("收到31条意见、46人次", ["31条", "46人次"]),
        ("第3次会议、2025年、3月12日", []),
        ("共１２名", ["１２名"]),
        ("开会3次，其中2项", ["3次", "2项"]),
        ("20余人", ["20余人"]),
        ("1对照检查", []),
    ],
)
def test_what_counts_as_a_typed_count(text: str, counts: list[str]) -> None:
    assert [each.words for each in typed_counts(text)] == counts


def test_numerals_and_sentences() -> None:
    assert [numeral(n) for n in (1, 10, 11, 20, 45)] == ["一", "十", "十一", "二十", "四十五"]
    assert [sentence(w) for w in ("没有调研", "没有调研。", "谁来管？", "", " 一行\n二行；")] == [
        "没有调研。", "没有调研。", "谁来管？", "", "一行二行。",
    ]  # fmt: skip


def test_of_two_tabs_on_one_paragraph_the_second_sees_what_changed(cast: Cast) -> None:
    year = begin(cast)
    draft = year.draft()
    seen = first_of(draft, "study")
    write(draft, seen, "第一个窗口写的。", year, seen.version)
    with pytest.raises(Stale) as stale:
        write(draft, seen, "第二个窗口写的。", year, seen.version)
    assert stale.value.subject.text == "第一个窗口写的。"  # type: ignore[attr-defined]
    assert first_of(draft, "study").text == "第一个窗口写的。"


def test_two_people_may_write_two_paragraphs_at_once(cast: Cast) -> None:
    year = begin(cast)
    draft = year.draft()
    study, talks = first_of(draft, "study"), first_of(draft, "talks")
    write(draft, study, "甲写的。", year, study.version)
    write(draft, talks, "乙写的。", year, talks.version)
    assert (first_of(draft, "study").text, first_of(draft, "talks").text) == ("甲写的。", "乙写的。")


def test_what_was_taken_out_comes_back_where_it_stood(cast: Cast) -> None:
    year = begin(cast)
    draft = year.draft()
    before = body_of(draft).sections
    paragraph = first_of(draft, "study")
    actions.remove_paragraph(draft, paragraph.id, by=year.by, at=at())
    assert body_of(draft).find(paragraph.id) is None
    actions.restore_paragraph(draft, paragraph.id, by=year.by, at=at())
    assert body_of(draft).sections == before


def test_paragraphs_move_and_are_added(cast: Cast) -> None:
    year = begin(cast)
    draft = year.draft()
    section = body_of(draft).section("study")
    assert section is not None
    first, second = section.paragraphs
    actions.move_paragraph(draft, second.id, up=True, by=year.by, at=at())
    added = actions.add_paragraph(draft, "study", text="加的一段。", after=second.id, by=year.by, at=at())
    moved = body_of(draft).section("study")
    assert moved is not None
    assert [p.id for p in moved.paragraphs] == [second.id, added.id, first.id]
    with pytest.raises(Refused, match="头上或者末尾"):
        actions.move_paragraph(draft, first.id, up=False, by=year.by, at=at())


def test_another_shape_loses_no_written_word(cast: Cast) -> None:
    year = full(cast)
    draft = year.draft()
    write(draft, first_of(draft, "talks"), "谈话写了一段话。", year)
    write(draft, first_of(draft, "causes"), "原因写了一段话。", year)
    actions.choose_shape(draft, shape=Shape.ASPECTS, by=year.by, at=at())
    body = body_of(draft)
    assert [s.key for s in body.sections] == ["opening", "prior", "problems", "causes", "measures"]
    assert first_of(draft, "causes").text == "原因写了一段话。"
    assert "谈话写了一段话。" in [r.paragraph.text for r in body.removed]


def test_a_list_written_out_no_longer_follows_the_ledger(cast: Cast) -> None:
    year = full(cast)
    draft = year.draft()
    listed = next(p for _, p in body_of(draft).paragraphs() if p.text == "{{原因清单}}")
    actions.write_out(draft, listed.id, by=year.by, at=at())
    section = body_of(draft).section("causes")
    assert section is not None
    assert [p.text for p in section.paragraphs] == ["一是支委的办法不健全。", "二是走访的办法不健全。"]


def test_a_member_does_not_write_the_report(cast: Cast) -> None:
    year = begin(cast)
    draft = year.draft()
    with pytest.raises(Refused, match="由书记、副书记或委员写"):
        actions.save_paragraph(
            draft, first_of(draft, "study").id, text="样例", seen_version=None, by=cast.member, at=at()
        )


def test_another_branch_finds_no_draft_to_write(cast: Cast) -> None:
    draft = begin(cast).draft()
    with pytest.raises(Refused, match="不在本支部"):
        actions.save_section(draft, "study", heading="样例", by=cast.outsider, at=at())
