"""The first hour on an empty install, in a real browser against a real `bihuan serve`, with the seed as last year's paper."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import NARROW, WIDE, chromium, page_of
from tests.conftest import SEED
from tests.journeys.hands import follow, look, onwards, picture, press
from tests.journeys.serving import Running, running

pytestmark = pytest.mark.browser

ROSTER = """姓名\t党员类别\t入党日期\t职务
甲一\t正式党员\t1998.7.1\t
乙二\t正式党员\t2005-6-30\t
丙三\t正式党员\t2011年6月30日\t
丁四\t正式党员\t2012/7/1\t
戊五\t正式党员\t2014.6.28\t
己六\t正式党员\t2016.6.28\t
庚七\t正式党员\t2018.6.28\t
辛八\t预备党员\t2022.3.1\t
"""
OWN = "zhe-shi-wo-ziji-de-mima"


@pytest.mark.parametrize(("width", "script"), [(WIDE, True), pytest.param(NARROW, False, marks=pytest.mark.long)])
def test_the_first_hour_with_the_seed_as_last_years_paper(
    tmp_path: Path, seed_text: str, width: int, script: bool
) -> None:
    """At a desk, and (in the longer tier) on a phone without any script."""
    assert seed_text
    with (
        running(tmp_path / "data") as system,
        chromium() as browser,
        page_of(browser, width=width, script=script) as page,
    ):
        come_in(page, system)
        name_the_branch(page)
        paste_the_roster(page)
        say_who_is_who(page)
        hand_in_last_year(page, SEED)
        enter_the_notice(page, system)
        answer_one(page)
        assert (
            kept(system, "SELECT count(*) FROM ledger_problem"),
            kept(system, "SELECT count(*) FROM ledger_cause"),
        ) == (12, 3)
        assert kept(system, "SELECT count(*) FROM ledger_measure") == 12
        assert kept(system, "SELECT count(*) FROM ledger_carry WHERE answer <> ''") == 1


def come_in(page: Page, system: Running) -> None:
    login, password = system.first_account
    page.goto(system.url)
    look(page)
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    press(page, "登录")
    expect(page).to_have_title("请换一个自己的密码 · 闭环")
    page.get_by_label("新密码").fill(OWN)
    page.get_by_label("再写一遍").fill(OWN)
    press(page, "换成这个")
    expect(page).to_have_title("一共5问，随时可以放下 · 闭环")
    look(page)
    picture(page, "wu-wen")


def name_the_branch(page: Page) -> None:
    follow(page, "支部叫什么，上级是谁")
    look(page)
    page.get_by_label("支部的全称").fill("样例县水务局党支部")
    page.get_by_label("上级党组织的全称").fill("中共样例县水务局委员会")
    page.get_by_label("现在办的是哪个年度").fill("2022")
    press(page, "写下，看下一问")
    expect(page.get_by_text("样例县水务局党支部，上级是中共样例县水务局委员会")).to_be_visible()


def paste_the_roster(page: Page) -> None:
    onwards(page)
    page.get_by_label("从表格里选中几列").fill(ROSTER.replace("丙三\t正式党员", "丙三\t群众"))
    press(page, "先看一看，再存")
    expect(page.get_by_text("看不出是正式还是预备党员")).to_be_visible()
    look(page)
    picture(page, "mingce")
    page.get_by_label("从表格里选中几列").fill(ROSTER)
    press(page, "改好了，再看一看")
    press(page, "都对，存下")
    expect(page.get_by_text("收进了8名党员")).to_be_visible()


def say_who_is_who(page: Page) -> None:
    onwards(page)
    look(page)
    for name, title in [("甲一", "书记"), ("乙二", "组织委员"), ("丙三", "纪检委员")]:
        page.get_by_label(name, exact=True).select_option(title)
    press(page, "定下来")
    onwards(page)
    page.get_by_label("名册上的哪一位是您").select_option(label="甲一")
    press(page, "是我")
    expect(page.get_by_text("甲一（书记）")).to_be_visible()


def hand_in_last_year(page: Page, paper: Path) -> None:
    onwards(page)
    look(page)
    page.locator("input[type=file]").set_input_files(paper)
    press(page, "读这份材料")
    expect(page.locator(".sheet mark.mark-problem").nth(11)).to_be_visible()
    look(page)
    for _ in range(26):
        press(page, "对，看下一条")
    press(page, "对，就这些")
    expect(page.get_by_role("button", name="对，看下一条")).to_have_count(0)
    look(page)


def enter_the_notice(page: Page, system: Running) -> None:
    page.goto(f"{system.url}/begin/")
    follow(page, "今年的通知")
    look(page)
    page.get_by_label("哪个单位发的").fill("中共样例县水务局委员会")
    page.locator("[name=number]").fill("样水委〔2023〕2号")
    press(page, "存下通知")
    page.goto(system.url)
    expect(page.get_by_role("heading", level=1)).to_contain_text("今天有")
    look(page)


def answer_one(page: Page) -> None:
    follow(page, "请答复上年度的12个问题")
    look(page)
    onwards(page)
    look(page)
    page.get_by_label("持续推进").check()
    page.locator("textarea").first.fill("2022年4月起逐月检查，还差两个科室，已排到明年3月。")
    press(page, "存好")
    expect(page.get_by_text("已答复1条").first).to_be_visible()
    look(page)


def kept(system: Running, query: str) -> int:
    """What the database file itself says, asked beside the running system."""
    with sqlite3.connect(f"file:{system.data / 'bihuan.sqlite3'}?mode=ro", uri=True) as database:
        count: int = database.execute(query).fetchone()[0]
        return count
