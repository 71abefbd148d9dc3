"""The page of `bihuan check --html`: marks and list lead to each other, words of a paper are never markup."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from tests.browser import chromium

from bihuan_text.checks import Finding, Severity
from bihuan_text.cli import check_command
from bihuan_text.page import Checked, page

PAPER = (
    "XX党支部对照检查材料\n一、存在的问题\n一是学习不够<script>alert(1)</script>。\n"
    "二是《中国共产党党支部工作条例（试行）》学得不深。\n"
)


def finding(
    start: int | None, end: int | None, severity: Severity = Severity.WARN, silenced: str | None = None
) -> Finding:
    """A remark about a stretch of a text."""
    return Finding("R38", severity, start, end, "", "这里要改。", None, (), "依据", silenced)


def parsed(path: Path) -> Any:
    """The page as a tree."""
    return html.fromstring(path.read_text("utf-8"))  # pyright: ignore[reportUnknownMemberType]


def test_marks_and_list_lead_to_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "甲.txt").write_text(PAPER, "utf-8")
    assert check_command([str(tmp_path / "甲.txt"), "--html", str(tmp_path / "页.html")]) == 1
    tree = parsed(tmp_path / "页.html")
    ids = set(tree.xpath("//@id"))
    links = {link[1:] for link in tree.xpath("//a/@href")}
    assert links
    assert links <= ids
    assert not tree.xpath("//script")
    assert "".join(tree.xpath("//div[@class='text']//text()[not(ancestor::sup)]")) == PAPER
    assert "中国共产党支部工作条例" in tree.text_content()


def test_a_folder_is_one_page_with_a_row_a_paper_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    for name in ("乙", "丙", "甲"):
        (folder / f"{name}.txt").write_text(PAPER, "utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 torn")
    assert check_command([str(folder), "--html", str(tmp_path / "页.html")]) == 1
    rows = parsed(tmp_path / "页.html").xpath("//tbody/tr/td[1]")
    assert [Path(row.text_content()).name for row in rows] == [*sorted(["乙.txt", "丙.txt", "甲.txt"]), "坏.docx"]


def test_a_page_that_cannot_be_written_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "甲.txt").write_text(PAPER, "utf-8")
    assert check_command([str(tmp_path / "甲.txt"), "--html", str(tmp_path / "没有" / "页.html")]) == 2
    said = capsys.readouterr()
    assert "请检查" in said.err
    assert said.out == ""


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the page
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=60), st.data())
def test_overlapping_findings_keep_the_text_whole(text: str, data: st.DataObject) -> None:
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted), max_size=6))
    found = [finding(start, end, data.draw(st.sampled_from(Severity))) for start, end in spans]
    whole = page([Checked("甲", "其他", text, [*found, finding(None, None), finding(0, 1, silenced="另有说明")])], [])
    inside = whole[whole.index('<div class="text">') + 18 : whole.index("</div><div>")]
    plain = re.sub("<a [^>]*><sup>[0-9]+</sup></a>|</?mark[^>]*>", "", inside)
    for mark, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        plain = plain.replace(mark, char)
    assert plain == text
    assert whole.count('<li id="f1-') == len(found) + 1


@pytest.mark.parametrize("width", [360, 1440])
def test_it_fits_a_phone_and_a_desk(tmp_path: Path, width: int, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "甲.txt").write_text(PAPER * 20, "utf-8")
    check_command([str(tmp_path / "甲.txt"), "--html", str(tmp_path / "页.html")])
    asked: list[str] = []
    with chromium() as browser:
        shown = browser.new_page(viewport={"width": width, "height": 900})
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto((tmp_path / "页.html").as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        shown.click("li a")
        assert shown.locator("mark a:target").count() == 1
    assert [url for url in asked if not url.startswith("file:")] == []
