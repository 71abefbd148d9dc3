"""A report that comes back, in a real browser: returned by the superior point by point, and edited in another program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bihuan.report.models import Draft, Submission
from tests.browser import NARROW, WIDE, Served, chromium, page_of, served
from tests.cast import Cast
from tests.journeys.hands import follow, look, press
from tests.report.edited import W, edit, new_paragraph, paragraph, say
from tests.report.test_deciding import approve, decision, ready
from tests.report.test_pages import still_clock
from tests.report.test_writing import draft_again, first_of
from tests.report.year import Year

__all__ = ["served", "still_clock"]
pytestmark = pytest.mark.browser
WIDTHS = [WIDE, NARROW]
HAND_UP = "报送中共样例镇委员会"


def passed(cast: Cast) -> tuple[Year, Draft]:
    """A report that the committee let pass."""
    year, draft = ready(cast)
    approve(year, draft, decision(year, draft))
    return year, draft_again(draft)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(words))
    look(page)


# --- returned by the superior ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("width", WIDTHS)
def test_returned_point_by_point_answered_and_handed_in_again(served: Served, width: int) -> None:
    year, draft = passed(served.cast)
    with chromium() as browser:

        def seated(seat: object) -> Page:
            page = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
            served.wear(page, seat)  # type: ignore[arg-type]
            return page

        branch, clerk = seated(served.cast.secretary), seated(served.cast.clerk)
        hand_in(branch, served)
        return_it(clerk, served)
        answer_and_mend(branch, served, draft)
        meeting = year.committee_meeting()
        vote_and_hand_in(branch, served, draft, str(meeting.pk))
        accept_it(clerk, served)
        branch.goto(f"{served.url}/report/")
        heading(branch, "情况报告上级已经收下")
    states = [each.state for each in Submission.objects.of(served.cast.branch.pk).order_by("recorded_at", "pk")]
    assert states == ["已退回", "已收下"]
    assert "三次都写了体会" in first_of(draft_again(draft), "study").text


def hand_in(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/report/")
    heading(page, "情况报告可以报送了")
    press(page, HAND_UP)
    heading(page, "情况报告已经报送")


def return_it(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/report/received/")
    heading(page, "有1份报告等您看")
    follow(page, "第一支部")
    point(page, "学习", "样例意见一：写明学了什么")
    point(page, "", "样例意见二：全文写短些", due="2026年3月20日")
    press(page, "连同意见退回支部")
    expect(page.get_by_role("button", name="写下这一条")).to_have_count(0)
    look(page)


def point(page: Page, about: str, words: str, due: str = "") -> None:
    if about:
        option = page.locator("[name=about] option", has_text=about).first
        page.locator("[name=about]").select_option(value=option.get_attribute("value"))
    page.locator("[name=point]").fill(words)
    page.locator("[name=due]").fill(due)
    press(page, "写下这一条")
    expect(page.get_by_text(words)).to_be_visible()
    look(page)


def answer_and_mend(page: Page, served: Served, draft: Draft) -> None:
    page.goto(f"{served.url}/report/")
    heading(page, "情况报告退回了，有2条意见要答")
    key = first_of(draft_again(draft), "study").id
    page.goto(f"{served.url}/report/{draft.pk}/paragraph/{key}/")
    page.get_by_label("这一段的话").fill("会前集中学习，三次都写了体会。")
    press(page, "存下这一段")
    page.goto(f"{served.url}/report/{draft.pk}/answers/")
    heading(page, "上级有2条意见等支部答复")
    for words, answer in (("样例意见一", "改在“学习”一段"), ("样例意见二", "各段都看过，没有能删的")):
        section = page.locator("section").filter(has_text=words)
        section.locator("textarea").fill(answer)
        with page.expect_navigation():
            section.get_by_role("button", name="答复这一条").click()
        look(page)
    heading(page, "上级的意见都答复了")


def vote_and_hand_in(page: Page, served: Served, draft: Draft, meeting: str) -> None:
    """What was changed is put before the committee again; the decision from before is not enough."""
    page.goto(f"{served.url}/report/{draft.pk}/")
    expect(page.get_by_role("button", name=HAND_UP)).to_have_attribute("aria-disabled", "true")
    page.goto(f"{served.url}/report/{draft.pk}/vote/")
    look(page)
    page.locator("[name=meeting]").select_option(value=meeting)
    page.locator("[name=in_favour]").fill("3")
    press(page, "记下表决")
    look(page)
    page.get_by_label("会上看的就是现在这一稿").check()  # the one decision that no text has used yet is chosen already
    press(page, "记下同意和签发")
    hand_in(page, served)


def accept_it(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/report/received/")
    heading(page, "有1份报告等您看")
    follow(page, "第一支部")
    expect(page.get_by_text("改在“学习”一段").first).to_be_attached()
    press(page, "收下")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已收下")


# --- edited in another program ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("width", WIDTHS)
def test_one_change_is_taken_one_is_left_and_a_figure_is_refused(served: Served, tmp_path: Path, width: int) -> None:
    _, draft = ready(served.cast)
    with chromium() as browser, page_of(browser, width=width) as page:
        served.wear(page, served.cast.secretary)
        page.goto(f"{served.url}/report/")
        with page.expect_download() as download:
            page.get_by_role("link", name="存成 Word").first.click()
        file = tmp_path / "改回.docx"
        file.write_bytes(edited(Path(download.value.path()).read_bytes()))
        follow(page, "在别处改过的 Word，收回来")
        heading(page, "把改过的 Word 收回来")
        page.locator("input[type=file]").set_input_files(file)
        press(page, "对一对")
        heading(page, "改回来的稿有2处等您看")
        expect(page.get_by_text("“收到的意见”文件里写的是9，记录里是7，没有收。")).to_be_visible()
        expect(page.get_by_text("会议由支部书记召集并主持，应到党员7名")).to_be_visible()
        decide(page, "召集并", "收下")
        heading(page, "改回来的稿有1处等您看")
        decide(page, "会上逐人开展批评", "不收")
        heading(page, "改回来的都看过了")
    text = first_of(draft_again(draft), "meeting").text
    assert "召集并主持，应到党员{{应到}}名" in text
    assert "逐人开展批评" not in str(draft_again(draft).body)
    assert "{{意见条数}}" in first_of(draft_again(draft), "opinions").text


def edited(data: bytes) -> bytes:
    """What somebody did to the file: words changed, a paragraph more, a figure typed over."""

    def change(body: object) -> None:
        say(body, "主持，应到", "召集并主持，应到")
        figures = [
            each for each in body.iter(W + "sdt") if each.find(f"{W}sdtPr/{W}tag").get(W + "val") == "fact:意见条数"
        ]  # type: ignore[attr-defined]
        for control in figures:
            next(control.iter(W + "t")).text = "9"
        paragraph(body, "会议由").addnext(new_paragraph("会上逐人开展批评，当场回应。"))

    return edit(data, change)


def decide(page: Page, words: str, button: str) -> None:
    offer = page.locator("section").filter(has_text=words).filter(has=page.get_by_role("button", name="收下"))
    with page.expect_navigation():
        offer.get_by_role("button", name=button, exact=True).click()
