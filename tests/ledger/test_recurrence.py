"""A problem that comes back: recognised by wording, confirmed by a person, counted in years, with what did not help."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.cycle.actions import open_cycle
from bihuan.ledger.actions import problems
from bihuan.ledger.likeness import ALIKE, alike, likeness
from bihuan.ledger.models import Paper, Problem, Recurs
from bihuan.ledger.queries.recurring import before, like_before, still_there, still_words, tried_before
from tests.cast import Cast, at
from tests.ledger import making
from tests.ledger.make import a_measure, a_problem

Pair = tuple[str, str, str]


def pairs(name: str) -> list[Pair]:
    """Invented statements: 同 or 异, one, other."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [(kind, one, other) for kind, one, other in (line.split("\t") for line in lines)]


@pytest.fixture(autouse=True)
def on_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(18))


# --- the score -------------------------------------------------------------------------------------------------------
def test_the_threshold_parts_the_pairs_it_was_made_from_with_room() -> None:
    known = pairs("likeness.tsv")
    same = [likeness(one, other) for kind, one, other in known if kind == "同"]
    apart = [likeness(one, other) for kind, one, other in known if kind == "异"]
    assert len(same) >= 18
    assert len(apart) >= 22
    assert max(apart) < ALIKE - 0.03
    assert min(same) > ALIKE + 0.03


def test_pairs_it_never_saw() -> None:
    """Written before the score was tried on them. A person confirms, so a wrong offer costs a glance, a missed one more."""
    unseen = pairs("likeness_unseen.tsv")
    found = [kind for kind, one, other in unseen if likeness(one, other) >= ALIKE]
    assert found.count("同") == 10
    assert found.count("异") <= 3


def test_it_does_not_matter_which_comes_first() -> None:
    for _, one, other in pairs("likeness.tsv"):
        assert likeness(one, other) == likeness(other, one)
        assert 0 <= likeness(one, other) <= 1
    assert likeness("农机点中午空岗", "农机点中午空岗") == 1.0


def test_the_likest_comes_first_and_at_most_three() -> None:
    words = "农机服务点中午没有人值班"
    others = [(n, f"{words}{'，也没有留下电话' * n}") for n in range(5)]
    assert alike(words, others) == [0, 1, 2]
    assert alike("完全两样的事情", others) == []
    assert alike("", others) == []


# --- in the ledger ---------------------------------------------------------------------------------------------------
def three_years(cast: Cast) -> tuple[Problem, Problem, Problem]:
    """The same matter in three years, worded anew each time."""
    told = {
        2023: "农机服务点中午没有人值班",
        2024: "农机点中午值班空岗，群众白跑",
        2025: "农机服务点中午值班还是空岗",
    }
    made = []
    for year, words in told.items():
        cycle = open_cycle(year=year, by=cast.secretary, at=at(8))
        made.append(a_problem(cast, cycle=cycle, statement=words))
    return made[0], made[1], made[2]


def get(seat: Any, name: str, *args: object, **asked: str) -> str:
    client = Client()
    client.force_login(seat.account)
    return str(client.get(reverse(f"ledger:{name}", args=args), asked).content.decode())


def post(seat: Any, address: str, **given: str) -> Any:
    client = Client()
    client.force_login(seat.account)
    return client.post(address, given, follow=True)


def test_an_earlier_problem_is_offered_and_a_person_confirms(cast: Cast) -> None:
    first, second, third = three_years(cast)
    a_problem(cast, cycle=first.cycle, statement="党费收缴拖延")
    assert set(like_before(third, cast.secretary)) == {first, second}
    assert like_before(first, cast.secretary) == []
    page = get(cast.secretary, "problem", third.pk)
    assert "像同一件事" in page
    assert "像同一件事" not in get(cast.member, "problem", third.pk)
    assert not Recurs.objects.of(cast.branch.pk).exists()  # nothing is linked before somebody says so
    same = reverse("ledger:same_matter", args=[third.pk])
    said = post(cast.secretary, same, earlier=str(second.pk)).content.decode()
    assert "是24-01又出现" in said
    assert Recurs.objects.of(cast.branch.pk).get().earlier == second
    assert like_before(third, cast.secretary) == [first]
    post(cast.secretary, f"{same}?earlier={second.pk}&undo=1")
    assert not Recurs.objects.of(cast.branch.pk).exists()


def test_the_third_year_with_the_measures_that_did_not_help(cast: Cast) -> None:
    first, second, third = three_years(cast)
    a_measure(cast, first, action="贴一张值班表")
    a_measure(cast, second, action="中午轮流留一个人")
    problems.note_recurrence(third, second, by=cast.secretary, at=at(10))
    org = cast.branch.pk
    assert still_there(org, [(third.pk, 2025)], 2025) == {third.pk: "第二年仍在"}
    problems.note_recurrence(second, first, by=cast.secretary, at=at(10))
    assert still_there(org, [(third.pk, 2025), (second.pk, 2024), (first.pk, 2023)], 2025) == {
        third.pk: "第三年仍在", second.pk: "第二年仍在"
    }  # fmt: skip
    assert [(t.problem, t.measures) for t in tried_before(third, cast.secretary)] == [
        (first, ("贴一张值班表",)), (second, ("中午轮流留一个人",))
    ]  # fmt: skip
    page = get(cast.secretary, "problem", third.pk)
    assert "第三年仍在" in page
    assert page.index("贴一张值班表") < page.index("中午轮流留一个人")
    assert "第三年仍在" in get(cast.secretary, "table", cycle=str(third.cycle_id))
    assert "仍在" not in get(cast.secretary, "table", cycle=str(first.cycle_id))


def test_a_ring_of_returns_ends(cast: Cast) -> None:
    first, second, third = three_years(cast)
    for later, earlier in ((second, first), (third, second), (first, third)):
        problems.note_recurrence(later, earlier, by=cast.secretary, at=at(10))
    assert still_there(cast.branch.pk, [(third.pk, 2025)], 2025) == {third.pk: "第三年仍在"}


def test_a_personal_problem_is_never_offered_to_another_person(cast: Cast) -> None:
    three_years(cast)
    old = Problem.objects.of(cast.branch.pk).get(cycle__year=2023)
    personal = a_problem(
        cast, cycle=old.cycle, subject="个人", person=cast.person(cast.member), statement="学习笔记三个月没有补"
    )
    now = open_cycle(year=2025, by=cast.secretary, at=at(8))
    other = a_problem(
        cast, cycle=now, subject="个人", person=cast.person(cast.inspector), statement="学习笔记三个月没有补"
    )
    same = a_problem(cast, cycle=now, subject="个人", person=cast.person(cast.member), statement="学习笔记三个月没有补")
    assert like_before(other, cast.secretary) == []
    assert like_before(same, cast.secretary) == [personal]


def test_another_branchs_problem_is_not_there_to_be_linked(cast: Cast) -> None:
    _, _, third = three_years(cast)
    cycle = open_cycle(year=2024, by=cast.outsider, at=at(8))
    strange = problems.raise_problem(
        cycle=cycle, statement="农机服务点中午没有人值班", origin_kind="自查", by=cast.outsider, at=at(9)
    )
    answer = post(cast.secretary, reverse("ledger:same_matter", args=[third.pk]), earlier=str(strange.pk))
    assert answer.status_code == 404
    assert not Recurs.objects.of(cast.branch.pk).exists()


def test_years_in_words() -> None:
    assert (still_words(3), still_words(11)) == ("第三年仍在", "第11年仍在")


# --- offered before it is written down -------------------------------------------------------------------------------
WORDS = "农机服务点中午值班又空岗"


def two_years_before(cast: Cast) -> tuple[Problem, Problem]:
    """2023 and 2024, each with its measure, the later known as the return of the earlier; and the year 2025 begun."""
    first, second, third = three_years(cast)
    a_measure(cast, first, action="贴一张值班表")
    a_measure(cast, second, action="中午轮流留一个人")
    problems.note_recurrence(second, first, by=cast.secretary, at=at(10))
    Problem.objects.of(cast.branch.pk).filter(pk=third.pk).update(statement="别的事", state="待支委会研究")
    return first, second


def raised(cast: Cast) -> Any:
    return Problem.objects.of(cast.branch.pk).filter(statement=WORDS)


@pytest.mark.parametrize("who", ["secretary", "member"])
def test_the_raise_form_asks_whoever_writes_before_it_is_kept(cast: Cast, who: str) -> None:
    first, second = two_years_before(cast)
    seat, address = getattr(cast, who), reverse("ledger:raise")
    assert "像以前有过的" not in get(seat, "raise")
    given = {"statement": WORDS, "origin_kind": "自查", "subject": "支部"}
    html = post(seat, address, **given).content.decode()
    for words in ("像以前有过的", "第三年仍在", "第二年仍在", "贴一张值班表", "中午轮流留一个人", "2024年度", WORDS):
        assert words in html
    assert html.count('type="radio" name="earlier"') == 3  # 2024, 2023, none of them; and none is chosen
    assert 'name="earlier" value="new" checked' not in html
    assert "是同一件事吗" in html  # a question, no mistake
    assert "标红的地方" not in html
    both = post(seat, address, **{**given, "origin_kind": ""}).content.decode()
    assert "标红的地方" in both
    assert not raised(cast).exists()
    post(seat, address, **given, earlier=str(second.pk))
    tie = Recurs.objects.of(cast.branch.pk).get(problem=raised(cast).get())
    assert (tie.earlier, tie.by) == (second, seat)
    assert "第三年仍在" in get(seat, "problem", tie.problem_id)
    assert first.pk in {one.problem.pk for one in tried_before(tie.problem, seat)}


def test_a_person_may_say_that_it_is_new(cast: Cast) -> None:
    two_years_before(cast)
    given = {"statement": WORDS, "origin_kind": "自查", "subject": "支部", "earlier": "new"}
    post(cast.secretary, reverse("ledger:raise"), **given)
    assert not Recurs.objects.of(cast.branch.pk).filter(problem=raised(cast).get()).exists()


def test_what_was_not_offered_cannot_be_said(cast: Cast) -> None:
    two_years_before(cast)
    strange = a_problem(cast, cycle=open_cycle(year=2022, by=cast.secretary, at=at(8)), statement="党费收缴拖延")
    given = {"statement": WORDS, "origin_kind": "自查", "subject": "支部", "earlier": str(strange.pk)}
    post(cast.secretary, reverse("ledger:raise"), **given)
    assert not raised(cast).exists()
    post(cast.secretary, reverse("ledger:raise"), **{**given, "statement": "党费收缴又拖延了三个月", "earlier": ""})
    assert "党费" not in str(list(Problem.objects.of(cast.branch.pk).filter(cycle__year=2025)))


def test_nothing_like_it_and_nothing_is_asked(cast: Cast) -> None:
    two_years_before(cast)
    post(cast.secretary, reverse("ledger:raise"), statement="报账单据漏签", origin_kind="自查", subject="支部")
    assert Problem.objects.of(cast.branch.pk).filter(statement="报账单据漏签").exists()


def test_anothers_personal_problem_is_never_told_on_the_form(cast: Cast) -> None:
    old = open_cycle(year=2024, by=cast.secretary, at=at(8))
    person = cast.person(cast.inspector)
    a_problem(cast, cycle=old, subject="个人", person=person, statement="学习笔记三个月没有补")
    open_cycle(year=2025, by=cast.secretary, at=at(8))
    given = {"statement": "学习笔记三个月没有补", "origin_kind": "自查"}
    for seat, more in ((cast.secretary, {"subject": "支部"}), (cast.member, {"subject": "支部"})):
        assert "像以前有过的" not in post(seat, reverse("ledger:raise"), **given, **more).content.decode()
    own = {"subject": "个人", "person": str(person.pk)}
    assert "像以前有过的" in post(cast.secretary, reverse("ledger:raise"), **given, **own).content.decode()
    assert "像以前有过的" not in post(cast.member, reverse("ledger:raise"), **given, **own).content.decode()


def test_a_committees_problem_is_like_the_branchs(cast: Cast) -> None:
    first, second, third = three_years(cast)
    Problem.objects.of(cast.branch.pk).filter(pk=third.pk).update(subject="支委会")
    assert set(like_before(third, cast.secretary)) == {first, second}


def test_the_advice_asks_the_same_number_of_questions(cast: Cast, django_assert_num_queries: Any) -> None:
    two_years_before(cast)
    with django_assert_num_queries(5):
        assert len(before(WORDS, cast.branch.pk, 2025, cast.secretary)) == 2
    for year in range(2010, 2022):
        a_problem(cast, cycle=open_cycle(year=year, by=cast.secretary, at=at(8)), statement=WORDS)
    with django_assert_num_queries(5):
        assert len(before(WORDS, cast.branch.pk, 2025, cast.secretary)) == 3
    with django_assert_num_queries(1):
        assert before("报账单据漏签", cast.branch.pk, 2025, cast.secretary) == []


# --- while last year's paper is confirmed ----------------------------------------------------------------------------
def a_paper_like_before(cast: Cast) -> tuple[Any, Problem]:
    """Last year's paper whose first problem reads like one of the year before it, which had a measure."""
    cycle = open_cycle(year=2020, by=cast.secretary, at=at(8))
    paper = making.taken(cast, making.year(cast))
    proposal = making.proposals(paper, "问题")[0]
    old = a_problem(cast, cycle=cycle, statement=f"{proposal.lead}，去年就这样")
    a_measure(cast, old, action="开会强调过一次")
    return proposal, old


def test_confirming_offers_the_still_earlier_problem_as_advice(cast: Cast) -> None:
    proposal, old = a_paper_like_before(cast)
    page = get(cast.secretary, "reading", proposal.paper_id, at=str(proposal.order))
    for words in ("像以前有过的", "第二年仍在", "开会强调过一次", old.no):
        assert words in page
    assert 'name="earlier" value="new"' in page
    decide = reverse("ledger:decide_proposal", args=[proposal.pk])
    post(cast.secretary, decide, decision="yes", lead=proposal.lead, earlier=str(old.pk))
    tie = Recurs.objects.of(cast.branch.pk).get()
    assert (tie.earlier, tie.problem.statement) == (old, proposal.lead)
    undo = reverse("ledger:undo_proposal", args=[proposal.pk])
    post(cast.secretary, undo)
    assert not Recurs.objects.of(cast.branch.pk).exists()
    assert Problem.objects.of(cast.branch.pk).get().pk == old.pk


def test_confirming_without_a_word_links_nothing(cast: Cast) -> None:
    proposal, _ = a_paper_like_before(cast)
    decide = reverse("ledger:decide_proposal", args=[proposal.pk])
    post(cast.secretary, decide, decision="yes", lead=proposal.lead, earlier="new")
    assert Problem.objects.of(cast.branch.pk).filter(statement=proposal.lead).exists()
    assert not Recurs.objects.of(cast.branch.pk).exists()


def test_what_the_paper_itself_says_of_the_year_before_is_shown_beside_it(cast: Cast) -> None:
    paper = making.taken(cast, making.year(cast))
    proposal = making.proposals(paper, "问题")[0]
    page = get(cast.secretary, "reading", paper.pk, at=str(proposal.order))
    assert "更早一年的整改也写着" not in page
    Paper.objects.of(cast.branch.pk).filter(pk=paper.pk).update(
        structure={**paper.structure, "prior": [{"lead": f"关于{proposal.lead}，已整改", "start": 0, "end": 4}]}
    )
    page = get(cast.secretary, "reading", paper.pk, at=str(proposal.order))
    assert f"更早一年的整改也写着：关于{proposal.lead}，已整改" in page
