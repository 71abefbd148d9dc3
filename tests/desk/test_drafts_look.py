"""Drafts in a real browser: they keep themselves, say when, come back, and two tabs do not fight."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from bihuan.core.models import FormDraft
from bihuan.ledger.models import Problem
from tests.archive.year import a_year
from tests.browser import NARROW, Served, chromium, page_of, served, sideways, wrongs

__all__ = ["served"]

RAISE = "/ledger/problem/new/"


def write(page: Page, words: str) -> None:
    page.locator("[name=statement]").fill(words)
    expect(page.locator("form .saved")).to_contain_text("已自动存下", timeout=8000)


@pytest.mark.browser
def test_a_form_keeps_itself_and_comes_back_after_the_page_was_left(served: Served) -> None:
    a_year(served.cast)
    with chromium() as browser, page_of(browser, width=NARROW) as page:
        served.wear(page, served.cast.secretary)
        page.goto(f"{served.url}{RAISE}")
        write(page, "样例：写到一半的话")
        page.goto(f"{served.url}/")
        page.get_by_role("link", name="登记一个问题").click()
        expect(page.locator("[name=statement]")).to_have_value("样例：写到一半的话")
        expect(page.get_by_text("还没有提交的草稿")).to_be_visible()
        assert (wrongs(page), sideways(page)) == ([], 0)
        page.locator("[name=statement]").press("Control+a")
        page.get_by_role("button", name="不要这份草稿").click()
        expect(page.locator("[name=statement]")).to_have_value("")
        page.get_by_role("button", name="撤销").click()
        expect(page.locator("[name=statement]")).to_have_value("样例：写到一半的话")


@pytest.mark.browser
def test_two_tabs_keep_their_own_and_only_what_was_handed_in_goes(served: Served) -> None:
    a_year(served.cast)
    before = Problem.objects.of(served.cast.branch.pk).count()
    with chromium() as browser, page_of(browser) as one:
        served.wear(one, served.cast.secretary)
        other = one.context.new_page()
        for page in (one, other):
            page.goto(f"{served.url}{RAISE}")
        write(one, "样例：第一页")
        write(other, "样例：第二页")
        other.locator("[name=origin_kind]").first.select_option("自查")
        other.locator("[name=origin_words]").fill("样例原话")
        other.get_by_role("button", name="登记", exact=True).click()
        other.wait_for_url("**/ledger/problem/*/")
        assert Problem.objects.of(served.cast.branch.pk).count() == before + 1
        one.goto(f"{served.url}{RAISE}")
        expect(one.locator("[name=statement]")).to_have_value("样例：第一页")
    assert FormDraft.objects.count() == 1


@pytest.mark.browser
def test_without_script_a_form_is_handed_in_as_ever(served: Served) -> None:
    a_year(served.cast)
    before = Problem.objects.of(served.cast.branch.pk).count()
    with chromium() as browser, page_of(browser, script=False) as page:
        served.wear(page, served.cast.secretary)
        page.goto(f"{served.url}{RAISE}")
        page.locator("[name=statement]").fill("样例：没有脚本")
        page.locator("[name=origin_kind]").first.select_option("自查")
        page.locator("[name=origin_words]").fill("样例原话")
        page.get_by_role("button", name="登记", exact=True).click()
        page.wait_for_url("**/ledger/problem/*/")
    assert Problem.objects.of(served.cast.branch.pk).count() == before + 1
    assert FormDraft.objects.count() == 0
