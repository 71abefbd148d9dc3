"""Any two versions side by side: every sentence and every figure that differs, and nothing else."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from bihuan.meeting.models import Meeting
from bihuan.report.content import content_of
from bihuan.report.versions import FigureDifference, differences, figures
from tests.cast import DAY, Cast
from tests.report.test_deciding import approve, decision, ready
from tests.report.test_pages import h1, page, sit, still_clock
from tests.report.test_writing import draft_again, first_of, write

__all__ = ["still_clock"]


def test_sentences_and_figures_that_differ_are_told(cast: Cast) -> None:
    year, draft = ready(cast)
    old = content_of(draft, DAY).snapshot()
    year.correct(Meeting.objects.of(cast.branch.pk).get(is_life_meeting=True), {"高七": "请病假", "何六": "出差"})
    write(draft, first_of(draft, "study"), "学了两次。", year)
    new = content_of(draft_again(draft), DAY).snapshot()
    assert set(figures(old, new)) == {
        FigureDifference("实到党员", "6", "5"), FigureDifference("缺席党员", "1", "2"),
        FigureDifference("会前集中学习", "1", ""),
    }  # fmt: skip
    changed = differences(old, new)
    assert [each.name for each in changed] == ["学习", "会议情况"]
    assert ("gone", "6") in [(part.kind, part.text) for part in changed[1].parts]
    assert ("new", "5") in [(part.kind, part.text) for part in changed[1].parts]
    assert differences(old, old) == []
    assert figures(old, old) == []


def test_the_page_compares_any_two(cast: Cast, client: Client) -> None:
    year, draft = ready(cast)
    sit(client, cast.secretary)
    assert h1(page(client, "report:versions", draft.pk)) == "还没有通过的稿可以比"
    first = approve(year, draft, decision(year, draft))
    assert h1(page(client, "report:versions", draft.pk)) == "两稿一字不差"
    write(draft, first_of(draft, "study"), "学了{{集中学习次数}}次，都有记录。", year)
    approve(year, draft, decision(year, draft))
    address = reverse("report:versions", args=[draft.pk])
    text = client.get(address, {"old": str(first.pk), "new": "now"}).content.decode()
    assert h1(text) == "两稿有1处话不一样，0个数不一样"
    assert "<ins>" in text
    assert client.get(address, {"old": "else", "new": "now"}).status_code == 200
