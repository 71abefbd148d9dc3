"""Confirming what was read: yes, no, better words, taken back; and the page that asks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.core import audit
from bihuan.core.access import Refused, Stale
from bihuan.core.models import Entry
from bihuan.cycle.models import Cycle
from bihuan.cycle.queries import current_cycle
from bihuan.ledger.actions import intake
from bihuan.ledger.actions.carry import answer_carry
from bihuan.ledger.coloured import Mark, coloured
from bihuan.ledger.models import Carry, Cause, Measure, MeasureLink, Origin, Paper, Problem, Proposal
from bihuan.ledger.queries import reading as reading_of
from bihuan.org.models import Seat
from tests.cast import PASSWORD, Cast, at
from tests.ledger import making


def test_a_confirmed_problem_stands_in_its_own_year_and_is_carried_into_this_one(cast: Cast) -> None:
    paper = making.taken(cast)
    first = making.confirm(making.proposals(paper, "问题")[0], cast)
    problem = first.problem
    assert problem is not None
    assert (problem.no, problem.state, problem.aspect_words) == ("24-01", "整改中", "对照履行职责方面")
    assert (problem.cycle.year, problem.cycle.source) == (2024, "导入")
    origin = problem.origin
    assert (origin.kind, origin.paper_id) == ("上年度", paper.pk)
    assert origin.words == paper.text[origin.start : origin.end]
    carry = Carry.objects.of(cast.branch.pk).get(problem=problem)
    assert (carry.into.year, carry.answer, carry.ground) == (2025, "", "")
    assert current_cycle(cast.branch.pk) == paper.cycle, "the year brought in is history, not the year at hand"


def test_numbers_follow_the_paper_whatever_the_order_of_confirming(cast: Cast) -> None:
    problems = making.proposals(making.taken(cast), "问题")
    for proposal in reversed(problems):
        making.confirm(proposal, cast)
    assert [(p.no, p.statement) for p in making.problems_of(cast, 2024)] == [
        ("24-01", problems[0].lead), ("24-02", problems[1].lead), ("24-03", problems[2].lead)
    ]  # fmt: skip


def test_a_second_paper_of_that_year_takes_the_next_numbers(cast: Cast) -> None:
    paper = making.taken(cast)
    making.confirm(making.proposals(paper, "问题")[0], cast)
    second = making.taken(cast, paper.cycle, data=making.workbook(), name="台账.xlsx")
    making.confirm(making.proposals(second, "问题")[0], cast)
    assert [p.no for p in making.problems_of(cast, 2024)] == ["24-01", "24-02"]


def test_better_words_are_kept_and_the_original_stays_with_the_origin(cast: Cast) -> None:
    proposal = making.confirm(
        making.proposals(making.taken(cast))[0], cast, lead="汛前检查没有试启闭", example="3座小闸"
    )  # fmt: skip
    assert proposal.problem is not None
    assert (proposal.problem.statement, proposal.problem.example) == ("汛前检查没有试启闭", "3座小闸")
    assert proposal.problem.origin.words.startswith("一是汛前检查走过场")


def test_a_measure_has_no_owner_or_day_of_its_own_and_answers_what_a_person_ticked(cast: Cast) -> None:
    paper = making.taken(cast)
    problem = making.confirm(making.proposals(paper, "问题")[0], cast).problem
    assert problem is not None
    free, tied, _ = making.proposals(paper, "措施")
    loose = making.confirm(free, cast).measure
    linked = making.confirm(tied, cast, problems=[problem]).measure
    assert loose is not None
    assert linked is not None
    assert (loose.cycle.year, loose.assignments.count(), loose.terms.count(), loose.standard) == (2024, 0, 0, "")
    assert list(MeasureLink.objects.of(cast.branch.pk).values_list("measure", "problem")) == [(linked.pk, problem.pk)]


def test_a_measure_cannot_answer_a_problem_of_this_year(cast: Cast) -> None:
    paper = making.taken(cast)
    problem = making.confirm(making.proposals(paper, "问题")[0], cast).problem
    assert problem is not None
    Problem.objects.of(cast.branch.pk).filter(pk=problem.pk).update(cycle=paper.cycle)
    problem.refresh_from_db()
    with pytest.raises(Refused, match="同一年度"):
        making.confirm(making.proposals(paper, "措施")[0], cast, problems=[problem])


def test_a_table_row_joins_its_measure_to_its_problem_and_a_report_joins_nothing(cast: Cast) -> None:
    paper = making.taken(cast, data=making.workbook(), name="台账.xlsx")
    for proposal in making.proposals(paper, "问题"):
        making.confirm(proposal, cast)
    for order, no in ((3, "24-01"), (5, "24-01"), (7, "24-02")):
        asked = reading_of.reading(paper, order).asked
        assert asked is not None
        assert [p.no for p in asked.joined] == [no]
    report = making.taken(cast, paper.cycle)
    making.confirm(making.proposals(report, "问题")[0], cast)
    asked = reading_of.reading(report, 6).asked
    assert asked is not None
    assert (len(asked.problems), asked.joined) == (1, [])


def test_no_makes_nothing_and_can_be_undone(cast: Cast) -> None:
    proposal = making.proposals(making.taken(cast))[0]
    intake.decide_proposal(proposal, accepted=False, by=cast.secretary, at=at())
    assert not Problem.objects.of(cast.branch.pk).exists()
    with pytest.raises(Refused, match="已经确认过"):
        making.confirm(proposal, cast)
    assert intake.undo_proposal(proposal, by=cast.secretary, at=at()).accepted is None
    assert making.confirm(proposal, cast).problem is not None


def test_undo_takes_away_all_that_the_confirmation_made(cast: Cast) -> None:
    paper = making.taken(cast)
    problem = making.confirm(making.proposals(paper, "问题")[0], cast).problem
    measure = making.confirm(making.proposals(paper, "措施")[0], cast, problems=[problem])
    cause = making.confirm(making.proposals(paper, "原因")[0], cast, problems=[problem])
    with pytest.raises(Refused, match="挂了措施"):
        intake.undo_proposal(making.proposals(paper, "问题")[0], by=cast.secretary, at=at())
    for proposal in (measure, cause, making.proposals(paper, "问题")[0]):
        intake.undo_proposal(proposal, by=cast.secretary, at=at())
    left = [m.objects.of(cast.branch.pk).count() for m in (Problem, Measure, Cause, MeasureLink, Carry, Origin)]
    assert left == [0, 0, 0, 0, 0, 0]
    assert audit.verify()[1] == []


def test_an_answered_problem_is_not_undone(cast: Cast) -> None:
    carry = making.a_carried_problem(cast)
    answer_carry(carry, answer="完成", ground="见记录簿第3页", by=cast.secretary, at=at(11))
    with pytest.raises(Refused, match="已经有了答复"):
        intake.undo_proposal(carry.problem.proposals.get(), by=cast.secretary, at=at(12))
    assert Problem.objects.of(cast.branch.pk).count() == 1


def test_a_group_of_measures_is_confirmed_at_once_as_it_stands(cast: Cast) -> None:
    paper = making.taken(cast)
    first, second, alone = making.proposals(paper, "措施")
    group = intake.accept_group(first, by=cast.secretary, at=at())
    assert [g.pk for g in group] == [first.pk, second.pk]
    assert [p.accepted for p in making.proposals(paper, "措施")] == [True, True, None]
    for proposal, reason in ((first, "已经确认过"), (alone, "逐条确认"), (making.proposals(paper)[0], "逐条确认")):
        with pytest.raises(Refused, match=reason):
            intake.accept_group(proposal, by=cast.secretary, at=at())


def test_a_group_of_a_table_keeps_what_its_rows_join(cast: Cast) -> None:
    paper = making.taken(cast, data=making.workbook(), name="台账.xlsx")
    problem = making.confirm(making.proposals(paper, "问题")[0], cast).problem
    group = intake.accept_group(making.proposals(paper, "措施")[0], by=cast.secretary, at=at())
    links = MeasureLink.objects.of(cast.branch.pk)
    assert {(link.measure_id, link.problem) for link in links} == {(g.measure_id, problem) for g in group}
    assert len(group) == 3


def test_what_was_not_read_is_added_from_the_papers_own_words_only(cast: Cast) -> None:
    paper = making.taken(cast)
    words = "领用人逐次签字"
    added = intake.add_missed(paper, kind="措施", words=words, by=cast.secretary, at=at())
    assert (added.order, paper.text[added.start : added.end]) == (9, words)
    with pytest.raises(Refused, match="没有找到"):
        intake.add_missed(paper, kind="措施", words="领用人每次签字", by=cast.secretary, at=at())
    with pytest.raises(Refused, match="已经读出来"):
        intake.add_missed(paper, kind="措施", words=words, by=cast.secretary, at=at())


@pytest.mark.parametrize("who", ["member", "inspector", "outsider", "clerk"])
def test_only_who_keeps_the_paper_confirms_it(cast: Cast, who: str) -> None:
    proposal = making.proposals(making.taken(cast))[0]
    seat: Seat = getattr(cast, who)
    lines = Entry.objects.count()
    for act in (intake.decide_proposal, intake.undo_proposal, intake.accept_group):
        with pytest.raises(Refused):
            act(proposal, by=seat, at=at(), **({"accepted": True} if act is intake.decide_proposal else {}))  # type: ignore[operator]
    assert Entry.objects.count() == lines + 3, "each refused attempt is recorded"
    assert not Problem.objects.of(cast.branch.pk).exists()


def test_two_tabs_the_second_sees_that_it_was_decided(cast: Cast) -> None:
    proposal = making.proposals(making.taken(cast))[0]
    seen = proposal.version
    making.confirm(proposal, cast, seen_version=seen)
    with pytest.raises(Stale):
        making.confirm(proposal, cast, seen_version=seen)
    assert Problem.objects.of(cast.branch.pk).count() == 1


# --- the coloured text ------------------------------------------------------------------------------------------------


def test_colours_cut_the_text_without_losing_or_doubling_a_character() -> None:
    text = "一、标题\n\n甲乙丙丁\n<b>戊</b>己"
    marks = [Mark(8, 12, "y", "t", "a"), Mark(6, 9, "x"), Mark(15, 16, "z")]
    lines = coloured(text, marks)
    assert [line.kind for line in lines] == ["heading", "text", "text"]
    assert "".join(p.text for line in lines for p in line.pieces) == text.replace("\n", "")
    assert [(p.text, p.look, p.tag) for line in lines[1:] for p in line.pieces if p.look] == [
        ("甲乙丙", "x", ""), ("丁", "y", "t"), ("<", "y", ""), (text[15], "z", "")
    ]  # fmt: skip


def test_a_row_of_a_table_leaves_its_empty_cells_out() -> None:
    lines = coloured("甲\t\t乙\t\n\t\t丙", [Mark(3, 4, "x")])
    assert [(line.kind, [p.text for p in line.pieces]) for line in lines] == [
        ("row", ["甲　｜　", "乙"]), ("text", ["丙"])
    ]  # fmt: skip


def test_every_mark_of_a_read_paper_lies_on_its_own_words(cast: Cast) -> None:
    paper = making.taken(cast)
    page = reading_of.reading(paper)
    marked = [(p.look, p.tag, p.text) for line in page.lines for p in line.pieces if p.look]
    assert ("mark-problem", "问题2", "二是值班交接不写明。") in marked
    assert ("mark-example", "", "比如，5月7日东渠闸检查用了10分钟，丝杆缺油没有发现。") in marked
    assert [tag for _, tag, _ in marked if tag] == [
        f"{p.kind}{n}" for p, n in reading_of.numbered(making.proposals(paper))
    ]
    assert sum(look == "mark-prior" for look, _, _ in marked) == len(page.history) == 2
    assert page.lines[0].kind == "title"


# --- the page ---------------------------------------------------------------------------------------------------------


def signed_in(seat: Seat) -> Client:
    client = Client()
    assert client.login(username=seat.account.login, password=PASSWORD)
    return client


def page_of(paper: Paper) -> str:
    return reverse("ledger:reading", args=[paper.pk])


def post_key(number: int) -> str:
    return f"{number:032x}"


def test_the_page_asks_one_thing_and_a_yes_leads_to_the_next(cast: Cast) -> None:
    paper = making.taken(cast)
    client = signed_in(cast.secretary)
    first = making.proposals(paper)[0]
    page = client.get(page_of(paper)).content.decode()
    assert "请确认上年度的3条问题" in page
    assert page.count('name="decision" value="yes"') == 2  # 对, and 改好了 for the same one
    yes = {"decision": "yes", "lead": first.lead, "example": "", "version": first.version, "form_key": post_key(1)}
    answer = client.post(reverse("ledger:decide_proposal", args=[first.pk]), yes)
    assert answer["Location"] == page_of(paper) + "#here"
    again = client.post(reverse("ledger:decide_proposal", args=[first.pk]), yes)  # a double tap
    assert again["Location"] == page_of(paper) + "#here"
    assert Problem.objects.of(cast.branch.pk).count() == 1
    assert "第2条，共8条" in client.get(page_of(paper)).content.decode()


def test_emptied_words_come_back_with_a_sentence_and_nothing_is_decided(cast: Cast) -> None:
    paper = making.taken(cast)
    first = making.proposals(paper)[0]
    answer = signed_in(cast.secretary).post(
        reverse("ledger:decide_proposal", args=[first.pk]), {"decision": "yes", "lead": " ", "example": ""}
    )
    assert "请写明问题，不能空着" in answer.content.decode()
    assert making.proposals(paper)[0].accepted is None


def test_the_page_escapes_what_a_paper_says(cast: Cast) -> None:
    paper = making.taken(cast, data=making.REPORT.replace("夜班只签名".encode(), "夜班<script>只签名".encode()))
    page = signed_in(cast.secretary).get(page_of(paper)).content.decode()
    assert "夜班&lt;script&gt;只签名" in page
    assert "夜班<script>" not in page


def test_another_branchs_paper_is_not_there(cast: Cast) -> None:
    paper = making.taken(cast)
    first = making.proposals(paper)[0]
    stranger, own = signed_in(cast.outsider), signed_in(cast.secretary)
    assert own.get(page_of(paper)).status_code == 200
    for name, key in (("reading", paper.pk), ("state_year", paper.pk), ("withdraw_paper", paper.pk)):
        assert stranger.get(reverse(f"ledger:{name}", args=[key])).status_code == 404
    for name, key in (
        ("decide_proposal", first.pk),
        ("accept_group", first.pk),
        ("undo_proposal", first.pk),
        ("add_missed", paper.pk),
    ):
        assert stranger.post(reverse(f"ledger:{name}", args=[key])).status_code == 404


def test_a_member_sees_the_paper_and_why_not(cast: Cast) -> None:
    paper = making.taken(cast)
    page = signed_in(cast.member).get(page_of(paper)).content.decode()
    assert 'aria-disabled="true"' in page
    assert "由书记、副书记或组织委员" in page
    first = making.proposals(paper)[0]
    yes = {"decision": "yes", "lead": first.lead}
    assert signed_in(cast.member).post(reverse("ledger:decide_proposal", args=[first.pk]), yes).status_code == 403


def a_paper_of(cast: Cast, cycle: Cycle, number: int) -> Paper:
    items = "".join(f"{n}. 第{n}件事没有做好。只做了一半。\n" for n in range(1, number + 1))
    text = f"样例支部2023年度组织生活会情况报告\n一、查摆的问题\n{items}"
    paper = making.taken(cast, cycle, data=text.encode())
    first, *others = making.proposals(paper)
    assert len(others) == number - 1
    making.confirm(first, cast)
    return paper


def test_the_page_takes_the_same_few_queries_for_three_as_for_twelve(cast: Cast) -> None:
    cycle, client = making.year(cast), signed_in(cast.secretary)
    papers = [a_paper_of(cast, cycle, number) for number in (3, 12)]
    client.get(page_of(papers[0]))  # the first page of a session also writes the session
    pages = []
    for paper in papers:
        with CaptureQueriesContext(connection) as whole:
            assert client.get(page_of(paper)).status_code == 200
        with CaptureQueriesContext(connection) as own:
            reading_of.reading(paper)
        assert len(own) == 1
        pages.append(len(whole))
    assert pages[0] == pages[1]


def test_taking_in_by_the_page_in_three_ways(cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    making.year(cast)
    client, url = signed_in(cast.secretary), reverse("ledger:take_paper")
    assert "严禁录入涉密信息" in client.get(url).content.decode()
    nothing = client.post(url, {"way": "file"})
    assert "请传上" in nothing.content.decode()
    wrong = client.post(url, {"way": "file", "file": SimpleUploadedFile("坏.docx", b"MZ\x90\x00" + b"\x00" * 99)})
    assert "程序文件" in wrong.content.decode()
    by_file = client.post(url, {"way": "file", "file": SimpleUploadedFile("报告.txt", making.REPORT)})
    by_paste = client.post(url, {"way": "pasted", "pasted": making.PASTED})
    assert Paper.objects.of(cast.branch.pk).count() == 2
    assert {by_file["Location"], by_paste["Location"]} == {page_of(p) for p in Paper.objects.of(cast.branch.pk)}
    assert client.post(url, {"way": "none", "reason": "今年新成立"})["Location"] == reverse("ledger:carries")
    assert Proposal.objects.of(cast.branch.pk).count() == 8 + len(making.ROWS) + 4
