"""One problem carried all the way round by three people, to a closed state and a report whose figures are the records'.

The demo's branch, a real server, a real browser: 程念秋 raises it, 韩守田 sets what is done about it, 丁立夏 does it and asks
for closing, 柳青原 checks, the committee decides at a registered meeting, and the report counts it.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from tests.browser import NARROW, WIDE, chromium, page_of
from tests.journeys.hands import follow, look, onwards, picture, press, sit_down
from tests.journeys.serving import Running, command, running

pytestmark = pytest.mark.browser

STATEMENT = "灌溉用水通知没有送到渡口村东组"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize(("width", "script"), [(WIDE, True), pytest.param(NARROW, False, marks=pytest.mark.long)])
def test_a_problem_goes_round_and_the_report_counts_it(tmp_path: Path, width: int, script: bool) -> None:
    """At a desk, and (in the longer tier) on a phone without any script."""
    with running(tmp_path / "data", "--demo") as system, chromium() as browser:

        def seated(login: str, act: Callable[[Page], None]) -> None:
            with page_of(browser, width=width, script=script) as page:
                sit_down(page, system.url, login)
                act(page)

        seated("chengnq", raise_it)
        seated("hanst", set_what_is_done)
        proof = tmp_path / "送达回执.txt"
        proof.write_text("渡口村东组12户送达回执，2026年3月8日。", "utf-8")
        seated("dinglx", lambda page: do_it(page, proof))
        seated("liuqy", check_it)
        seated("hanst", decide_it)
        seated("hanst", lambda page: register_the_life_meeting(page, system))
        with page_of(browser, width=width, script=script) as page:
            sit_down(page, system.url, "hanst")
            figures = facts_of(write_the_report(page, system))
    compare(figures, export(system, tmp_path / "export"))


def open_it(page: Page) -> None:
    follow(page, "台账")
    follow(page, STATEMENT)


def raise_it(page: Page) -> None:
    follow(page, "台账")
    onwards(page)
    look(page)
    page.locator("[name=statement]").fill(STATEMENT)
    page.locator("[name=example]").fill("2026年2月26日放水，渡口村东组12户到2月28日才知道。")
    page.locator("[name=origin_kind]").select_option("谈话")
    press(page, "登记")
    expect(page.get_by_role("heading", level=1)).to_contain_text(STATEMENT)
    look(page)


def set_what_is_done(page: Page) -> None:
    open_it(page)
    follow(page, "写原因")
    page.locator("[name=text]").fill("通知只发到村，没有人负责送到组。")
    press(page, "写下原因")
    follow(page, "定措施")
    look(page)
    picture(page, "ding-cuoshi")
    page.locator("[name=action]").fill("放水通知送到组，送到一户签一户。")
    page.locator("[name=standard]").fill("渡口村东组12户都有送达签字")
    page.locator("[name=owner]").select_option(label="丁立夏")
    page.locator("[name=due]").fill("2026年3月20日")
    press(page, "定下措施")
    press(page, "开始整改")
    expect(page.locator(".state").first).to_have_text("整改中")


def do_it(page: Page, proof: Path) -> None:
    expect(page.get_by_role("link", name=f"请整改：{STATEMENT}")).to_be_visible()
    open_it(page)
    follow(page, "记进展")
    page.locator("[name=words]").fill("3月8日把放水通知送到渡口村东组12户，逐户签字。")
    page.locator("[name=on]").fill("2026.3.8")
    press(page, "记下进展")
    follow(page, "添佐证")
    look(page)
    page.locator("input[type=file]").set_input_files(proof)
    page.locator("[name=shows]").fill("12户都签了字")
    page.locator("[name=standard]").select_option(label="渡口村东组12户都有送达签字")
    page.locator("[name=on]").fill("2026-3-8")
    press(page, "添上佐证")
    follow(page, "申请销号")
    press(page, "申请销号")
    expect(page.locator(".state").first).to_have_text("待核验")
    expect(page.get_by_text("责任人").first).to_be_visible()


def check_it(page: Page) -> None:
    picture(page, "jintian")
    follow(page, f"请核验：{STATEMENT}")
    look(page)
    picture(page, "wenti")
    follow(page, "去核验")
    look(page)
    picture(page, "heyan")
    for tick in page.get_by_label("达到了").all():
        tick.check()
    page.locator("[name=reason]").fill("回执12份，户名和名册对得上。")
    press(page, "核验通过")
    expect(page.get_by_text("核验通过").first).to_be_visible()


def decide_it(page: Page) -> None:
    open_it(page)
    follow(page, "记下支委会的决定")
    look(page)
    page.locator("[name=meeting]").first.check()
    page.locator("[name=in_favour]").fill("5")
    press(page, "记下表决")
    expect(page.locator(".state").first).to_have_text("已销号")
    look(page)
    follow(page, "台账")
    picture(page, "taizhang")


def register_the_life_meeting(page: Page, system: Running) -> None:
    page.goto(f"{system.url}/meeting/new/")
    page.get_by_label("党员大会").check()
    page.locator("[name=day]").fill("2026-3-9")
    press(page, "列出那天的名单")
    look(page)
    page.get_by_label("这是组织生活会").check()
    page.locator("[name=topic]").fill("2025年度组织生活会")
    page.locator("[name=place]").fill("二楼会议室")
    page.locator("[name=chair]").select_option(label="韩守田")
    page.locator("[name=recorder]").select_option(label="陆小满")
    row = page.get_by_role("row").filter(has_text="麦新禾")
    row.get_by_label("缺席").check()
    row.locator("input[type=text]").fill("请病假")
    press(page, "没有选的都填成到会")
    picture(page, "dengji-huiyi")
    press(page, "登记这次会议")
    look(page)


def write_the_report(page: Page, system: Running) -> bytes:
    page.goto(f"{system.url}/report/")
    press(page, "开始写情况报告")
    look(page)
    page.locator(".facts summary").first.click()
    expect(page.locator(".facts details[open] .rows").first).to_be_visible()
    picture(page, "baogao")
    with page.expect_download() as download:
        page.get_by_role("link", name="存成 Word").first.click()
    return Path(download.value.path()).read_bytes()


def facts_of(docx: bytes) -> dict[str, str]:
    """The figures of the paper as Word holds them: content controls, by their names."""
    with zipfile.ZipFile(BytesIO(docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    found = {}
    for control in root.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        if tag is not None and tag.get(f"{W}val", "").startswith("fact:"):
            found[tag.get(f"{W}val").removeprefix("fact:")] = "".join(t.text or "" for t in control.iter(f"{W}t"))
    return found


def export(system: Running, folder: Path) -> dict[str, list[dict[str, object]]]:
    """The records of the branch, as another program would get them."""
    branch = "青禾镇农业综合服务中心党支部"
    done = command("export", "--data", str(system.data), "--branch", branch, "-o", str(folder))
    assert done.returncode == 0, done.stderr
    return {
        path.stem: [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for path in folder.glob("*.jsonl")
    }


def compare(figures: dict[str, str], records: dict[str, list[dict[str, object]]]) -> None:
    """Count again, from the exported rows alone, what the paper says."""
    year = next(c["id"] for c in rows(records, "cycle") if c["year"] == 2025)
    meeting = next(m["id"] for m in rows(records, "meeting") if m["is_life_meeting"])
    present = [a for a in rows(records, "attendance") if a["meeting_id"] == meeting]
    counted = {
        "应到": sum(bool(a["counted"]) for a in present),
        "实到": sum(bool(a["counted"] and a["present"]) for a in present),
        "缺席": sum(bool(a["counted"] and not a["present"]) for a in present),
        "集中学习次数": sum(s["cycle_id"] == year for s in rows(records, "study")),
        "意见条数": next(f["value"] for f in rows(records, "figure") if f["code"] == "opinions"),
    }
    assert (counted["应到"], counted["实到"], counted["缺席"]) == (21, 20, 1)
    said = {name: int(re.sub(r"\D", "", figures[name])) for name in counted if name in figures}
    assert said == {name: value for name, value in counted.items() if name in figures}
    assert {"应到", "实到"} <= said.keys()
    closed = [p for p in rows(records, "problem") if p["cycle_id"] == year and p["state"] == "已销号"]
    assert len(closed) == 2
    assert STATEMENT in {p["statement"] for p in closed}


def rows(records: dict[str, list[dict[str, object]]], model: str) -> list[dict[str, object]]:
    """The exported rows of one model, whatever its file is called before the name."""
    return next(found for name, found in records.items() if name.split(".")[-1].split("-")[-1] == model)
