"""查材料 in a real browser: on a phone, without script, and with axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import NARROW, WIDE, Served, chromium, page_of, served
from tests.journeys.hands import look, picture, press
from tests.review_web.papers import RIGHT_NAME, SLIPS, WRONG_NAME, held

__all__ = ["served"]

pytestmark = pytest.mark.browser


def upload(page: Page, served: Served) -> None:
    served.wear(page, served.cast.member)
    page.goto(f"{served.url}/")
    page.get_by_role("link", name="查材料").click()
    look(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "样例报告.txt", "mimeType": "text/plain", "buffer": SLIPS.encode()}
    )
    press(page, "查这份材料")
    look(page)


@pytest.mark.parametrize(("width", "script"), [(NARROW, True), (WIDE, True), (NARROW, False)])
def test_from_a_file_to_a_better_file(served: Served, width: int, script: bool) -> None:
    with chromium() as browser, page_of(browser, width=width, script=script) as page:
        upload(page, served)
        picture(page, f"chacailiao-{width}")
        wrong = page.locator(".finding", has_text="没有《中国共产党党支部工作条例（试行）》")
        wrong.get_by_role("link", name="看原文").click()
        expect(page.locator("mark", has_text=WRONG_NAME)).to_be_in_viewport()
        with page.expect_navigation():
            wrong.get_by_role("button", name="照此改").click()
        expect(page.locator("article.sheet")).to_contain_text(RIGHT_NAME)
        press(page, "撤销")
        expect(page.locator("article.sheet")).to_contain_text(WRONG_NAME)
        press(page, "全部照改")
        expect(page.locator("article.sheet")).to_contain_text(RIGHT_NAME)
        look(page)
        _reword(page)
        _set_aside(page)
        page.get_by_text("存下来，或者删去").click()
        with page.expect_download() as got:
            page.get_by_role("link", name="存成 Word").click()
        assert got.value.suggested_filename == "样例报告（改过）.docx"
        press(page, "删去这份材料")
        expect(page.locator("main")).to_contain_text("这里不再有它的任何内容")
        look(page)


def _reword(page: Page) -> None:
    holder = page.locator(".finding", has_text="“XX”是占位符")
    with page.expect_navigation():
        holder.get_by_role("link", name="改这一句").click()
    look(page)
    page.get_by_label("这一句").fill("全年学习12次，9月、10月各缺1次。")
    press(page, "改好，再查一遍")
    expect(page.locator("article.sheet")).to_contain_text("9月、10月各缺1次。")
    expect(holder).to_have_count(0)


def _set_aside(page: Page) -> None:
    first = page.locator(".finding").first

    with page.expect_navigation():
        first.get_by_role("link").last.click()
    if not page.get_by_label("为什么这次不算").is_visible():
        page.locator("summary", has_text="这次不算").first.click()
    page.get_by_label("为什么这次不算").fill("样例理由")
    press(page, "这一处不算")
    expect(page.get_by_text("理由：样例理由")).to_be_visible()  # the page opens where it was
    look(page)
    with page.expect_navigation():
        page.get_by_role("button", name="还是算上").click()
    expect(page.get_by_text("这次不算的")).to_have_count(0)


def test_why_leads_to_the_rule(served: Served) -> None:
    with chromium() as browser, page_of(browser, width=NARROW) as page:
        upload(page, served)
        page.locator(".finding").first.get_by_role("link", name="为什么").click()
        page.wait_for_url(lambda url: "/papers/rules/?of=" in url)
        expect(page.locator("main")).to_contain_text("可以这样写")
        look(page)
    assert held(served.cast.member).version == 1
