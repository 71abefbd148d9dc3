"""The organisation above reads what was handed up, returns it point by point; the branch answers point by point."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core.access import Refused, Stale
from bihuan.cycle.queries import current_cycle
from bihuan.desk import today
from bihuan.report import actions
from bihuan.report.models import Draft, Submission, SuperiorRemark
from tests.cast import DAY, Cast, at, person_named
from tests.report.test_deciding import approve, decision, now, ready
from tests.report.test_files import words_of
from tests.report.test_pages import h1, page, sit, still_clock
from tests.report.test_writing import draft_again, first_of, write
from tests.report.year import Year

__all__ = ["still_clock"]
SECRET = "样例个人问题的原话，不往上报"


def handed_up(cast: Cast) -> tuple[Year, Draft, Submission]:
    year, draft = ready(cast)
    year.problem(0, SECRET, subject="个人", person=person_named(cast.branch, "郭五"))
    approve(year, draft, decision(year, draft))
    return year, draft, actions.submit(draft, by=year.by, at=at())


def note(cast: Cast, sent: Submission, about: str = "", point: str = "样例意见：写具体些") -> SuperiorRemark:
    return actions.note_point(sent, about=about, point=point, due=date(2026, 3, 20), by=cast.clerk, at=at(11))


def returned(cast: Cast) -> tuple[Year, Draft, SuperiorRemark]:
    year, draft, sent = handed_up(cast)
    point = note(cast, sent, first_of(draft, "study").id)
    actions.return_report(sent, by=cast.clerk, at=at(12))
    return year, draft, point


def test_the_clerk_returns_point_by_point_and_the_branch_answers_and_resubmits(cast: Cast) -> None:
    year, draft, point = returned(cast)
    assert now(draft).sent is None
    assert [each.point for each in now(draft).unanswered] == ["样例意见：写具体些"]
    assert point.about_words.startswith("学习：")
    write(draft, first_of(draft, "study"), "学了三次，讨论了两次，写了体会。", year)
    approve(year, draft, decision(year, draft))
    with pytest.raises(Refused, match="上级的意见还有1条没有答复"):
        actions.submit(draft, by=year.by, at=at(15))
    actions.answer_point(point, answer="改在“学习”一段", seen_version=None, by=year.by, at=at(13))
    again = actions.submit(draft, by=year.by, at=at(15))
    states = [each.state for each in Submission.objects.of(cast.branch.pk).order_by("recorded_at", "pk")]
    assert states == ["已退回", "已报送"]
    actions.accept_report(again, by=cast.clerk, at=at(16))
    sent = now(draft).sent
    assert sent is not None
    assert sent.state == "已收下"


def test_an_answer_alone_is_enough_where_nothing_had_to_change(cast: Cast) -> None:
    year, draft, point = returned(cast)
    actions.answer_point(point, answer="已经写了，在第二段", seen_version=None, by=year.by, at=at(13))
    assert actions.submit(draft, by=year.by, at=at(15)).state == "已报送"
    with pytest.raises(Refused, match="这一稿已经报送过了"):
        actions.submit(draft, by=year.by, at=at(16))


def test_the_branch_sees_no_point_before_it_is_returned(cast: Cast, client: Client) -> None:
    _, draft, sent = handed_up(cast)
    note(cast, sent)
    assert now(draft).points == ()
    sit(client, cast.secretary)
    assert "样例意见" not in page(client, "report:answers", draft.pk)
    assert "样例意见" not in page(client, "report:one", draft.pk)


def test_returning_needs_a_point_and_taking_needs_none(cast: Cast) -> None:
    _, _, sent = handed_up(cast)
    with pytest.raises(Refused, match="请先写要改哪里，再退回"):
        actions.return_report(sent, by=cast.clerk, at=at(11))
    point = note(cast, sent)
    with pytest.raises(Refused, match="写了1条意见还没有退回"):
        actions.accept_report(sent, by=cast.clerk, at=at(11))
    actions.withdraw_point(point, by=cast.clerk, at=at(11))
    actions.accept_report(sent, by=cast.clerk, at=at(12))
    with pytest.raises(Refused, match="这份报告已收下，不能再改"):
        note(cast, sent)


@pytest.mark.parametrize("who", ["secretary", "outsider", "member"])
def test_only_the_clerk_of_the_organisation_above_returns(cast: Cast, who: str) -> None:
    _, _, sent = handed_up(cast)
    with pytest.raises(Refused):
        actions.note_point(sent, about="", point="样例", due=None, by=getattr(cast, who), at=at(11))
    with pytest.raises(Refused):
        actions.accept_report(sent, by=getattr(cast, who), at=at(11))
    assert Submission.objects.of(cast.branch.pk).get().state == "已报送"


def test_a_member_and_the_clerk_answer_nothing(cast: Cast) -> None:
    _, _, point = returned(cast)
    for seat in (cast.member, cast.clerk):
        with pytest.raises(Refused):
            actions.answer_point(point, answer="样例", seen_version=None, by=seat, at=at(13))


def test_two_tabs_answer_one_point(cast: Cast) -> None:
    year, _, point = returned(cast)
    actions.answer_point(point, answer="先写的", seen_version=point.version, by=year.by, at=at(13))
    with pytest.raises(Stale):
        actions.answer_point(point, answer="后写的", seen_version=point.version, by=year.by, at=at(13))


def test_the_clerk_sees_what_was_handed_up_and_nothing_else(cast: Cast, client: Client) -> None:
    year, draft, sent = handed_up(cast)
    write(draft, first_of(draft, "study"), "报送以后才写的话。", year)
    sit(client, cast.clerk)
    assert h1(page(client, "report:received")) == "有1份报告等您看"
    text = page(client, "report:received_one", sent.pk)
    file = client.get(reverse("report:received_docx", args=[sent.pk])).content
    for said in (text, words_of(file)):
        assert "报送以后才写的话" not in said
        assert SECRET not in said
    assert "支部共查摆问题" in text
    assert client.get(reverse("report:one", args=[draft.pk])).status_code == 404
    assert client.get(reverse("report:received_pdf", args=[sent.pk])).content.startswith(b"%PDF-")


def test_a_report_that_was_not_handed_up_is_not_listed(cast: Cast, client: Client) -> None:
    ready(cast)
    sit(client, cast.clerk)
    assert h1(page(client, "report:received")) == "还没有支部报上来"


@pytest.mark.parametrize("who", ["secretary", "outsider"])
def test_what_was_handed_up_is_not_there_for_branches(cast: Cast, client: Client, who: str) -> None:
    _, _, sent = handed_up(cast)
    sit(client, getattr(cast, who))
    assert h1(page(client, "report:received")) == "还没有支部报上来"
    for name in ("received_one", "received_docx", "received_pdf"):
        assert client.get(reverse(f"report:{name}", args=[sent.pk])).status_code == 404
    assert client.post(reverse("report:received_decide", args=[sent.pk]), {"decision": "accept"}).status_code == 404


def test_home_tells_the_clerk_and_the_secretary_what_waits(cast: Cast) -> None:
    year, draft, sent = handed_up(cast)
    assert [m.title for m in today.today(cast.clerk, None, DAY).matters] == ["请看第一支部的情况报告"]
    point = note(cast, sent)
    actions.return_report(sent, by=cast.clerk, at=at(12))
    assert today.today(cast.clerk, None, DAY).matters == []
    told = {m.title: m for m in today.today(year.by, current_cycle(cast.branch.pk), DAY).matters}
    matter = told["上级退回了情况报告"]
    assert (matter.words, matter.day) == ("有1条意见等支部答复。", date(2026, 3, 20))
    actions.answer_point(point, answer="改了", seen_version=None, by=year.by, at=at(13))
    actions.submit(draft, by=year.by, at=at(15))
    titles = [m.title for m in today.today(year.by, current_cycle(cast.branch.pk), DAY).matters]
    assert "上级退回了情况报告" not in titles


def test_the_whole_way_in_the_pages(cast: Cast, client: Client) -> None:
    _, draft, sent = handed_up(cast)
    sit(client, cast.clerk)
    one = reverse("report:received_one", args=[sent.pk])
    assert client.get(reverse("report:draft")).headers["Location"] == reverse("report:received")
    client.post(one, {"about": first_of(draft, "study").id, "point": "样例意见：学了什么", "due": "2026.3.20"})
    assert "样例意见：学了什么" in page(client, "report:received_one", sent.pk)
    client.post(reverse("report:received_decide", args=[sent.pk]), {"decision": "return"})
    assert h1(page(client, "report:received")) == "报上来的报告都看过了"
    sit(client, cast.secretary)
    assert h1(page(client, "report:draft")) == "情况报告退回了，有1条意见要答"
    assert h1(page(client, "report:answers", draft.pk)) == "上级有1条意见等支部答复"
    point = SuperiorRemark.objects.of(cast.branch.pk).get()
    given = {"point": str(point.pk), "answer": "改在那一段", "version": "1"}
    assert client.post(reverse("report:answers", args=[draft.pk]), given).status_code == 302
    assert h1(page(client, "report:answers", draft.pk)) == "上级的意见都答复了"
    client.post(reverse("report:submit", args=[draft.pk]))
    sit(client, cast.clerk)
    assert h1(page(client, "report:received")) == "有1份报告等您看"
    latest = Submission.objects.of(cast.branch.pk).order_by("recorded_at", "pk").last()
    assert latest is not None
    assert "答复：改在那一段" in page(client, "report:received_one", latest.pk)
    assert draft_again(draft).pk == draft.pk
