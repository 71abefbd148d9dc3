"""Pages of people in a real browser: nothing wrong for axe, nothing wider than the window; a workbook handed in by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bihuan.org.models import Membership
from tests.browser import NARROW, WIDE, Served, chromium, page_of, served, sideways, wrongs
from tests.cast import person_named
from tests.meeting.make import a_group, a_year
from tests.org.test_offices import all_three
from tests.org.test_tables import office_book, packed

__all__ = ["served"]


@pytest.mark.browser
def test_the_pages_are_sound_at_both_widths(served: Served, tmp_path: Path) -> None:
    cast, file = served.cast, tmp_path / "名册.xlsx"
    file.write_bytes(packed(office_book()))
    sun = Membership.objects.of(cast.branch.pk).get(person__name="孙四")
    guo = person_named(cast.branch, "郭五")
    people = ["/org/members/", "/org/members/?on=2026.1.5", "/org/members/add/", "/org/members/groups/", "/roles/"]
    people += [f"/org/memberships/{sun.pk}/end/", f"/org/members/{guo.pk}/account/", "/org/seats/", "/org/offices/"]
    seat = cast.member.pk
    people += [
        "/org/members/seats/",
        f"/org/members/seats/{seat}/",
        f"/org/members/seats/{seat}/end/",
        "/org/members/posts/",
    ]
    a_year(cast)
    for name, leader in (("第一党小组", "郭五"), ("第二党小组", "何六")):
        a_group(cast, leader, leader=leader, name=name)
    held = "/meeting/new/?form=党小组会&day="
    people += ["/year/plan/", f"{held}2026-3-9", f"{held}2020-1-1"]
    office = all_three(cast)["安全管理员"]
    with chromium() as browser:
        for width in (WIDE, NARROW):
            with page_of(browser, width=width) as page:
                served.wear(page, cast.secretary)
                for path in people:
                    page.goto(f"{served.url}{path}")
                    assert (path, wrongs(page), sideways(page)) == (path, [], 0)
                page.goto(f"{served.url}/org/members/paste/")
                page.set_input_files("input[type=file]", file)
                page.get_by_label("这张表是全部名册").check()
                page.get_by_role("button", name="先看一看，再存").click()
                page.get_by_text("隐藏的1行没有读").wait_for()
                assert ("preview", wrongs(page), sideways(page)) == ("preview", [], 0)
            with page_of(browser, width=width) as page:
                served.wear(page, office)
                page.goto(f"{served.url}/org/offices/accounts/")
                assert ("accounts", wrongs(page), sideways(page)) == ("accounts", [], 0)
