"""Every figure of the report equals what the records say, counted here once more by hand."""

from __future__ import annotations

import pytest

from bihuan.ledger.actions import closing, measures, problems
from bihuan.ledger.models import Carry, Problem
from bihuan.meeting.figures import BY_CODE
from bihuan.meeting.models import Attendance, Meeting
from bihuan.meeting.queries import attendance_counts
from bihuan.report.facts import FACTS, collect
from bihuan.report.facts.figures import FIGURE_OF
from tests.cast import DAY, Cast, at, person_named
from tests.report.year import FIGURES, begin, full


def value(year: object, code: str) -> str:
    return collect(year.cycle, DAY)[code].value  # type: ignore[attr-defined]


def test_without_records_nothing_is_zero(cast: Cast) -> None:
    facts = collect(begin(cast).cycle, DAY)
    said = {code for code, fact in facts.items() if not fact.missing}
    # what the notice says, and that nobody entered a personal problem: the ledger itself says so
    assert said == {"年度", "通知名称", "通知文号", "会议主题", "个人问题数"}
    assert all(fact.question for fact in facts.values() if fact.missing)


def test_the_meeting_is_told_as_it_was_registered(cast: Cast) -> None:
    year = full(cast)
    facts = collect(year.cycle, DAY)
    told = {code: facts[code].value for code in ("会议日期", "会议地点", "会议形式", "主持人")}
    assert told == {"会议日期": "2026年3月6日", "会议地点": "样例会议室", "会议形式": "党员大会", "主持人": "支部书记"}


def test_attendance_is_counted_from_its_lines(cast: Cast) -> None:
    year = full(cast)
    lines = list(Attendance.objects.of(cast.branch.pk))
    facts = collect(year.cycle, DAY)
    due = [line for line in lines if line.counted]
    assert {code: facts[code].value for code in ("应到", "实到", "缺席", "预备", "列席")} == {
        "应到": str(len(due)),
        "实到": str(sum(line.present for line in due)),
        "缺席": "1",
        "预备": "1",
        "列席": "1",
    }
    assert [row.text for row in facts["缺席"].rows] == ["高七：请病假"]
    counts = attendance_counts(Meeting.objects.of(cast.branch.pk).get(is_life_meeting=True))
    assert (facts["应到"].value, facts["实到"].value) == (str(counts.due), str(counts.present))


def test_every_entered_figure_is_a_fact_with_its_paper(cast: Cast) -> None:
    year = full(cast)
    facts = collect(year.cycle, DAY)
    assert set(FIGURE_OF.values()) == set(BY_CODE)
    assert {code: facts[code].value for code in FIGURE_OF} == {
        code: str(FIGURES[figure]) for code, figure in FIGURE_OF.items()
    }
    assert facts["意见条数"].rows[0].text == "出自样例记录表"
    assert facts["谈心谈话"].value == str(3 + 12 + 4)
    assert facts["集中学习次数"].value == "1"


def test_a_sum_of_talks_waits_for_all_kinds(cast: Cast) -> None:
    year = begin(cast)
    from bihuan.meeting import actions as meetings

    meetings.register_figures(
        year.cycle, values={"talks_committee": meetings.Count(3, "样例")}, by=cast.secretary, at=at()
    )
    talks = collect(year.cycle, DAY)["谈心谈话"]
    assert (talks.value, talks.question) == ("", "“支委和党员谈话”还没有登记")


def test_the_ledger_of_the_year_is_counted(cast: Cast) -> None:
    year = full(cast)
    third = year.problem(1, "便民服务室周末没有人值班")
    measure = measures.add_measure(
        third, action="排出值班表", standard="有值班表", owner=None, by=cast.secretary, at=at()
    )
    facts = collect(year.cycle, DAY)
    assert {code: facts[code].value for code in ("本年问题数", "原因数", "措施数", "有责任人和时限的措施数")} == {
        "本年问题数": "3",
        "原因数": "2",
        "措施数": "3",
        "有责任人和时限的措施数": "2",
    }
    assert measure.action not in " ".join(row.text for row in facts["有责任人和时限的措施数"].rows)
    assert {code: facts[code].value for code in ("待研究数", "整改中", "待核验", "已销号数", "佐证数")} == {
        "待研究数": "3", "整改中": "0", "待核验": "0", "已销号数": "0", "佐证数": "0",
    }  # fmt: skip


def test_the_state_of_a_problem_moves_the_figures(cast: Cast) -> None:
    year = full(cast)
    problem = Problem.objects.of(cast.branch.pk).order_by("no").first()
    assert problem is not None
    problems.start_work(problem, by=cast.secretary, at=at())
    assert (value(year, "待研究数"), value(year, "整改中")) == ("1", "1")
    measure = problem.measure_links.get().measure
    measures.add_evidence(measure, kind="口述", words="样例佐证", shows="办法已经公布", on=DAY, by=cast.member, at=at())
    for line in measure.standards:
        measures.add_evidence(
            measure, kind="口述", words="样例", shows="做到了", standard=line, on=DAY, by=cast.member, at=at()
        )
    measures.note_progress(measure, words="做完了", on=DAY, by=cast.member, at=at())
    assert value(year, "佐证数") == "2"
    closing.claim_closing(problem, words="已经做到", by=cast.member, at=at())
    assert (value(year, "整改中"), value(year, "待核验")) == ("0", "1")


def test_a_personal_problem_is_a_number_without_words(cast: Cast) -> None:
    year = full(cast)
    year.problem(0, "本人学习不够", subject="个人", person=person_named(cast.branch, "孙四"))
    facts = collect(year.cycle, DAY)
    assert (facts["本年问题数"].value, facts["个人问题数"].value) == ("2", "1")
    assert "本人学习不够" not in " ".join(row.text for fact in facts.values() for row in fact.rows)


def carried(year: object, cast: Cast, *answers: str) -> list[Carry]:
    """Last year's problems in this year's first step; an empty word leaves one unanswered."""
    from bihuan.core.models import stamp
    from bihuan.cycle.actions import open_cycle
    from bihuan.ledger.actions.carry import answer_carry

    last = open_cycle(year=2024, source="导入", by=cast.secretary, at=at())
    made = []
    for number, answer in enumerate(answers):
        problem = problems.raise_problem(
            cycle=last, statement=f"上年度的样例问题{number}", origin_kind="上年度", by=cast.secretary, at=at()
        )
        carry = Carry.objects.create(problem=problem, into=year.cycle, **stamp(by=cast.secretary, at=at()))  # type: ignore[attr-defined]
        if answer:
            carry = answer_carry(carry, answer=answer, ground="样例佐证", by=cast.secretary, at=at())
        made.append(carry)
    return made


def test_last_year_is_counted_by_answer_once_all_are_answered(cast: Cast) -> None:
    year = full(cast)
    carried(year, cast, "完成", "完成", "持续推进")
    facts = collect(year.cycle, DAY)
    codes = (
        "上年度问题数",
        "上年度完成",
        "上年度基本完成",
        "上年度持续推进",
        "上年度未完成",
        "上年度已销号",
        "上年度延期",
    )
    assert [facts[code].value for code in codes] == ["3", "2", "0", "1", "0", "0", "0"]


def test_an_unanswered_item_leaves_the_answers_uncounted(cast: Cast) -> None:
    year = full(cast)
    carried(year, cast, "完成", "")
    facts = collect(year.cycle, DAY)
    assert (facts["上年度问题数"].value, facts["上年度完成"].value) == ("2", "")
    assert facts["上年度未完成"].question == "上年度还有1个问题没有答复"


def test_a_branch_that_states_it_has_no_last_year_has_zero(cast: Cast) -> None:
    from bihuan.cycle.gates import state_gate
    from bihuan.report.content import content_of

    year = full(cast)
    state_gate(year.cycle, code="last_year_paper", ok=True, shown_by="支部今年新建", by=cast.secretary, at=at())
    facts = collect(year.cycle, DAY)
    assert (facts["上年度问题数"].value, facts["上年度未完成"].value) == ("0", "0")
    assert facts["上年度问题数"].rows[0].text == "支部今年新建"
    prior = [line.text for line in content_of(year.draft(), DAY).lines if line.section == "prior"]
    assert prior[-1] == "支部今年新建。"


def test_a_digest_changes_with_the_rows_though_the_figure_stays(cast: Cast) -> None:
    year = full(cast)
    before = collect(year.cycle, DAY)["缺席"]
    year.correct(Meeting.objects.of(cast.branch.pk).get(is_life_meeting=True), {"何六": "出差"})
    after = collect(year.cycle, DAY)["缺席"]
    assert (before.value, after.value) == ("1", "1")
    assert before.digest != after.digest


@pytest.mark.parametrize("rounds", [1, 3])
def test_facts_ask_a_fixed_number_of_questions(cast: Cast, django_assert_num_queries: object, rounds: int) -> None:
    year = full(cast)
    for number in range(rounds):
        year.measure(year.problem(0, f"样例问题{number}"), "样例措施")
    with django_assert_num_queries(15):  # type: ignore[operator]
        assert len(collect(year.cycle, DAY)) == len(FACTS)
