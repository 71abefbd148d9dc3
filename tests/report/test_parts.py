"""The parts of a report are moved, left out and put back; the ordinals follow."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core.access import Refused
from bihuan.report import actions
from bihuan.report.body import read_body
from bihuan.report.models import Draft
from tests.cast import Cast, at
from tests.report.test_pages import page, sit, still_clock
from tests.report.test_writing import body_of, reads
from tests.report.year import Year, full

__all__ = ["still_clock"]


def keys(draft: Draft) -> list[str]:
    return [section.key for section in body_of(draft).sections]


def move(year: Year, draft: Draft, key: str, *, up: bool) -> None:
    actions.move_section(draft, key, up=up, by=year.by, at=at())


def test_a_part_moves_with_what_stands_below_it(cast: Cast) -> None:
    year = full(cast)
    draft = year.draft()
    before = keys(draft)
    assert before[:6] == ["opening", "before", "study", "talks", "opinions", "meeting"]
    move(year, draft, "before", up=False)
    assert keys(draft)[:6] == ["opening", "meeting", "before", "study", "talks", "opinions"]
    assert "一、会议情况" in reads(draft)
    assert "二、前期准备" in reads(draft)
    move(year, draft, "before", up=True)
    assert keys(draft) == before


def test_a_small_heading_moves_within_its_part(cast: Cast) -> None:
    year = full(cast)
    draft = year.draft()
    move(year, draft, "talks", up=True)
    assert keys(draft)[1:5] == ["before", "talks", "study", "opinions"]
    with pytest.raises(Refused, match="已经在最前面"):
        move(year, draft, "talks", up=True)
    with pytest.raises(Refused, match="已经在最前面或者最后面"):
        move(year, draft, "opinions", up=False)


def test_the_opening_stays_first(cast: Cast) -> None:
    year = full(cast)
    draft = year.draft()
    with pytest.raises(Refused):
        move(year, draft, "before", up=True)
    with pytest.raises(Refused, match="没有这个部分"):
        move(year, draft, "opening", up=False)


def test_what_is_left_out_keeps_its_words_and_comes_back_to_its_place(cast: Cast) -> None:
    year = full(cast)
    draft = year.draft()
    before = body_of(draft)
    actions.hide_section(draft, "before", by=year.by, at=at())
    assert "前期准备" not in reads(draft)
    assert "study" not in keys(draft)
    actions.show_section(draft, "before", by=year.by, at=at())
    assert body_of(draft) == before
    with pytest.raises(Refused, match="已经在报告里了"):
        actions.show_section(draft, "before", by=year.by, at=at())


def test_what_is_left_out_stays_out_in_the_other_shape(cast: Cast) -> None:
    year = full(cast)
    draft = year.draft()
    actions.hide_section(draft, "causes", by=year.by, at=at())
    actions.choose_shape(draft, shape="按问题写", by=year.by, at=at())
    assert "causes" not in keys(draft)
    actions.show_section(draft, "causes", by=year.by, at=at())
    assert keys(draft).count("causes") == 1


def test_on_the_page(cast: Cast, client: Client) -> None:
    year = full(cast)
    draft = year.draft()
    sit(client, cast.secretary)
    assert "不要这一部分" in page(client, "report:section", draft.pk, "causes")
    address = reverse("report:arrange", args=[draft.pk, "causes"])
    client.post(address, {"way": "hide"})
    assert "不要的部分：问题产生的原因" in page(client, "report:one", draft.pk)
    client.post(address, {"way": "show"})
    client.post(address, {"way": "up"})
    assert read_body(Draft.objects.of(cast.branch.pk).get().body).sections[-3].key == "causes"
    assert client.post(address, {"way": "else"}).status_code == 404
    sit(client, cast.member)
    assert client.post(address, {"way": "hide"}).status_code == 403
