"""The page and the workbook: everything in one file, words never taken for markup or formulas, marks that jump."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from bihuan_text.likeness.cli import compare_command
from tests.browser import chromium

from .corpus import Corpus


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, Corpus, str]:
    """A page and a workbook of three papers, two of which share a passage with markup in it; the passage."""
    corpus = Corpus(12)
    copied = "=SUM（<script>alert(1)</script>）" + corpus.say(60) + "。"
    dated = "\n2026年3月5日"
    for name, text in {
        "甲": corpus.prose(300) + "\n" + copied + dated,
        "乙": copied + "\n" + corpus.prose(900) + "\n2026年2月1日",
        "丙<b>": corpus.prose(200),
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    code = compare_command(
        [str(tmp_path), "--html", str(tmp_path / "page.html"), "--xlsx", str(tmp_path / "book.xlsx"), "--json"]
    )
    assert code == 1
    return tmp_path, corpus, copied


@pytest.mark.parametrize("width", [360, 1440])
def test_the_page_shows_both_papers_and_jumps(written: tuple[Path, Corpus, str], width: int) -> None:
    folder, _, copied = written
    asked: list[str] = []
    alerts: list[str] = []
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: alerts.append(dialog.message))
        page.goto((folder / "page.html").as_uri())
        assert "3 份材料，1 对" in page.inner_text("h1")
        page.click("#pairs button")
        for box in ("#a mark", "#b mark"):
            assert copied[-20:-1] in page.inner_text(box)
        page.click("#b mark")
        assert page.locator("mark.now").count() == 2
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert alerts == []
    assert [url for url in asked if not url.startswith("file:")] == []


VISIBLE = """([box, number]) => {
    const mark = document.querySelector(`#${box} mark[data-number="${number}"]`).getBoundingClientRect();
    const frame = document.getElementById(box).getBoundingClientRect();
    return mark.top >= frame.top && mark.top < frame.bottom;
}"""


@pytest.mark.parametrize("width", [360, 1440])
def test_pairs_stand_by_copied_characters_and_every_passage_is_reached_by_keys(tmp_path: Path, width: int) -> None:
    corpus = Corpus(13)
    far, near, short = corpus.say(90) + "。", corpus.say(80) + "。", corpus.say(40) + "。"
    (tmp_path / "p").mkdir()
    for name, text in {
        "甲": corpus.prose(2000) + near + corpus.prose(2500) + far + corpus.prose(800),
        "乙": far + corpus.prose(3000) + near + corpus.prose(900),
        "丙": corpus.prose(700) + short,
        "丁": corpus.prose(300) + short,
    }.items():
        (tmp_path / "p" / f"{name}.txt").write_text(text, "utf-8")
    assert compare_command([str(tmp_path / "p"), "--html", str(tmp_path / "page.html"), "--json"]) == 1
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto((tmp_path / "page.html").as_uri())
        rows = page.locator("#pairs button").all_inner_texts()
        assert [row.partition("：")[0] for row in rows] == ["乙.txt 与 甲.txt", "丁.txt 与 丙.txt"]
        page.locator("#pairs button").first.press("Enter")
        for number in (0, 1):
            assert page.inner_text("#where") == f"第 {number + 1} 段，共 2 段"
            assert [page.evaluate(VISIBLE, [box, number]) for box in ("a", "b")] == [True, True]
            assert page.evaluate("document.getElementById('both').getBoundingClientRect().top") >= 0
            if not number:
                page.locator("#after").press("Enter")
        assert page.is_disabled("#after")
        page.locator("#next").press("Enter")
        assert page.inner_text("#both") == "丁.txt 与 丙.txt"
        assert page.is_disabled("#next")
        page.locator("#back").press("Enter")
        assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_workbook_holds_words_not_formulas(
    written: tuple[Path, Corpus, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _, copied = written
    book = load_workbook(folder / "book.xlsx")
    assert book.sheetnames == ["材料对", "相同段落", "可能出自一处", "没有计入的话", "没有读成的文件"]
    row = book["相同段落"][2]
    assert row[7].data_type == "s"
    assert copied[-30:] in str(row[7].value)
    assert book["材料对"].max_row == 2
