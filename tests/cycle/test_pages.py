"""The pages of a year, through the client."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.cycle import actions, queries
from bihuan.cycle.models import Cycle, Notice
from bihuan.cycle.policy import Policy
from bihuan.org.models import Seat
from tests.cast import Cast, at
from tests.cycle.test_actions import a_notice, a_year

TYPED = {
    "issuer": "样例镇党委", "number": "样委发(2026)3号", "theme": "样例主题", "report_due": "2026年3月31日",
    "committee": "1. 理论学习\n2. 组织生活", "members": "学习\n纪律",
}  # fmt: skip


@pytest.fixture
def client(cast: Cast, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser on the cast's day."""
    (data_folder / "static").mkdir(exist_ok=True)
    monkeypatch.setattr(clock, "now", lambda: at(15))
    return Client()


def sit(client: Client, seat: Seat) -> Client:
    client.force_login(seat.account)
    return client


def test_while_there_is_no_year_every_page_says_so(client: Client, cast: Cast) -> None:
    sit(client, cast.organiser)
    for name in ("cycle:notice", "cycle:policy"):
        assert "先开始一个年度" in client.get(reverse(name)).content.decode()


def test_a_year_is_opened_and_takes_its_notice(client: Client, cast: Cast) -> None:
    sit(client, cast.organiser)
    client.post(reverse("cycle:open"), {"year": 2025, "kind": "年度"})
    cycle = queries.current_cycle(cast.branch.pk)
    assert cycle is not None
    paper = SimpleUploadedFile("通知.txt", ("关于开好组织生活会的通知" * 3).encode())
    answer = client.post(reverse("cycle:notice"), {**TYPED, "file": paper})
    assert answer.status_code == 302
    kept = Notice.objects.of(cast.branch.pk).get()
    assert (kept.number, str(kept.report_due)) == ("样委发〔2026〕3号", "2026-03-31")
    page = queries.notice_page(Cycle.objects.of(cast.branch.pk).select_related("notice").get())
    assert (page.committee, page.members, page.pack) == (("理论学习", "组织生活"), ("学习", "纪律"), "")
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "通知.txt" in shown
    assert 'value="2026年3月31日"' in shown
    download = client.get(reverse("cycle:notice_file", args=[cycle.pk]))
    assert download.headers["Content-Disposition"].startswith("attachment")


def test_the_organisation_above_stands_there_already_as_the_issuer(client: Client, cast: Cast) -> None:
    a_year(cast)
    sit(client, cast.organiser)
    assert f'value="{cast.committee.name}"' in client.get(reverse("cycle:notice")).content.decode()
    client.post(reverse("cycle:notice"), TYPED)
    page = client.get(reverse("cycle:notice")).content.decode()
    assert 'value="样例镇党委"' in page, "what the paper says stays"
    assert f'value="{cast.committee.name}"' not in page


def test_a_special_gets_the_next_number(client: Client, cast: Cast) -> None:
    sit(client, cast.secretary)
    for _ in range(2):
        client.post(reverse("cycle:open"), {"year": 2026, "kind": "专题"})
    assert [c.label for c in queries.years_of(cast.branch.pk)] == ["2026年专题（第2次）", "2026年专题（第1次）"]


def test_the_sample_is_only_shown_when_asked_for_and_stays_marked(client: Client, cast: Cast) -> None:
    a_year(cast)
    sit(client, cast.organiser)
    assert "新时代合格党员标准" not in client.get(reverse("cycle:notice")).content.decode()
    asked = client.get(reverse("cycle:notice") + "?sample=1").content.decode()
    assert "新时代合格党员标准" in asked
    assert "只作示例" in asked
    assert not Notice.objects.of(cast.branch.pk).exists()
    client.post(reverse("cycle:notice"), {**TYPED, "pack": "示例2021@1"})
    again = client.get(reverse("cycle:notice")).content.decode()
    assert "还没有对过本支部收到的通知" in again
    client.post(reverse("cycle:notice"), {**TYPED, "pack": "示例2021@1", "compared": "on", "version": 1})
    assert "还没有对过本支部收到的通知" not in client.get(reverse("cycle:notice")).content.decode()


def test_two_tabs_show_what_was_kept_beside_what_was_written(client: Client, cast: Cast) -> None:
    cycle = a_year(cast)
    a_notice(cast, cycle)
    sit(client, cast.organiser)
    client.post(reverse("cycle:notice"), {**TYPED, "theme": "甲主题", "version": 1})
    second = client.post(reverse("cycle:notice"), {**TYPED, "theme": "乙主题", "members": "作风", "version": 1})
    page = second.content.decode()
    assert second.status_code == 200
    assert "甲主题" in page
    assert "乙主题" in page
    assert "学习；纪律" in page
    assert 'name="version" value="2"' in page


def test_who_may_not_keep_the_year_sees_why(client: Client, cast: Cast) -> None:
    a_year(cast)
    page = sit(client, cast.member).get(reverse("cycle:notice")).content.decode()
    assert "年度和通知由书记、副书记或组织委员登记" in page
    assert "由书记定" in sit(client, cast.organiser).get(reverse("cycle:policy")).content.decode()
    refused = sit(client, cast.member).post(reverse("cycle:notice"), TYPED)
    assert not Notice.objects.of(cast.branch.pk).exists()
    assert "书记、副书记或组织委员" in refused.content.decode()


def test_the_secretary_sets_the_numbers_of_one_year(client: Client, cast: Cast) -> None:
    cycle = a_year(cast)
    sit(client, cast.secretary)
    typed = {"excellent_ratio": "15%", "excellent_base": "参评党员", "report_length": 3000, "version": cycle.version}
    assert "大于0" in client.post(reverse("cycle:policy"), {**typed, "excellent_ratio": "一些"}).content.decode()
    assert client.post(reverse("cycle:policy"), typed).status_code == 302
    cycle.refresh_from_db()
    policy = Policy.read(cycle.policy)
    assert (str(policy.excellent_ratio), policy.excellent_base, policy.closing_needs_meeting) == (
        "3/20",
        "参评党员",
        False,
    )


def test_another_branchs_year_is_not_there_and_the_committee_only_looks(client: Client, cast: Cast) -> None:
    cycle = a_year(cast)
    a_notice(cast, cycle, file=("通知.txt", ["只给本支部看的通知，不给别人看".encode()]))
    for name in ("cycle:notice", "cycle:policy", "cycle:notice_file"):
        assert sit(client, cast.outsider).get(reverse(name, args=[cycle.pk])).status_code == 404
    looked = sit(client, cast.clerk).get(reverse("cycle:notice", args=[cycle.pk]))
    assert looked.status_code == 200
    assert "由它自己登记" in looked.content.decode()


def test_opening_is_for_those_who_keep_the_year(client: Client, cast: Cast) -> None:
    page = sit(client, cast.member).post(reverse("cycle:open"), {"year": 2025, "kind": "年度"}).content.decode()
    assert "年度和通知由书记、副书记或组织委员登记，请他们来办" in page
    assert queries.current_cycle(cast.branch.pk) is None
    actions.open_cycle(year=2025, by=cast.secretary, at=at())
    assert "2025年度" in sit(client, cast.member).get(reverse("cycle:open")).content.decode()
