"""Drawn pages against the figures of GB/T 9704—2012 (R44–R46), for both writers."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from bihuan_text.gbt9704 import Imprint, Paper, Paragraph, Signature, Table, title_of, to_pdf
from tests.gbt9704.rendered import MM, Page, need, pages_of
from tests.gbt9704.sample import FIRST_DAY, PLAIN, text

if TYPE_CHECKING:
    from pathlib import Path

WRITERS = ("pdf_pages", "docx_pages")


@pytest.fixture(params=WRITERS)
def pages(request: pytest.FixtureRequest) -> dict[str, list[Page]]:
    return request.getfixturevalue(request.param)


def test_paper_is_a4(pages: dict[str, list[Page]]) -> None:
    for page in (*pages["plain"], *pages["report"]):
        assert (page.width, page.height) == pytest.approx((210, 297), abs=0.5)


def test_a_full_page_holds_22_lines_of_28_characters(pages: dict[str, list[Page]]) -> None:
    full = pages["plain"][1]
    assert len(full.body) == 22
    assert {line.characters for line in full.body} == {28}


def test_lines_fill_the_type_area(pages: dict[str, list[Page]]) -> None:
    full = pages["plain"][1]
    assert {round(line.left) for line in full.body} == {28}
    assert all(line.right == pytest.approx(210 - 26, abs=1) for line in full.body)
    assert 37 <= full.body[0].top <= 41
    assert 297 - 35 - 5 <= full.body[-1].bottom <= 297 - 35


def test_lines_stand_28_95_points_apart(pages: dict[str, list[Page]]) -> None:
    tops = [line.top * MM for line in pages["plain"][1].body]
    assert (tops[-1] - tops[0]) / 21 == pytest.approx(28.95, abs=0.05)


def test_no_line_holds_more_than_28_characters(pages: dict[str, list[Page]]) -> None:
    lines = [line for page in pages["report"][:3] for line in page.body]
    assert len(lines) > 40
    assert max(line.characters for line in lines) <= 28


def test_first_line_of_a_paragraph_stands_two_characters_in(pages: dict[str, list[Page]]) -> None:
    first = pages["plain"][0].line(PLAIN[:10])
    assert first.characters == 26
    assert first.left == pytest.approx(28 + 2 * 15.75 / MM, abs=0.6)


def test_sizes_of_title_body_and_page_number(pages: dict[str, list[Page]]) -> None:
    page = pages["report"][0]
    assert page.line("中共云溪村第二").size == 22
    assert page.line("一、会前").size == 16
    assert page.line("根据镇党委").size == 16
    assert page.number.size == 14


def test_title_lines_are_centred_one_under_the_other(pages: dict[str, list[Page]]) -> None:
    first, second = pages["report"][0].lines[:2]
    middle = 28 + 156 / 2
    for line in (first, second):
        assert (line.left + line.right) / 2 == pytest.approx(middle, abs=1)
    assert (second.top - first.top) * MM == pytest.approx(28.95, abs=1.5)


def test_first_page_shows_body_text(pages: dict[str, list[Page]]) -> None:
    assert pages["report"][0].line("根据镇党委").top < 100


def test_page_numbers_stand_outside_right_on_odd_left_on_even(pages: dict[str, list[Page]]) -> None:
    for place, page in enumerate(pages["report"], start=1):
        number = page.number
        assert number.text == f"—{place}—"
        if place % 2:
            assert number.right == pytest.approx(210 - 26 - 14 / MM, abs=1)
        else:
            assert number.left == pytest.approx(28 + 14 / MM, abs=1)


def test_page_number_stands_7_mm_below_the_type_area(pages: dict[str, list[Page]]) -> None:
    number = pages["report"][0].number
    assert (number.top + number.bottom) / 2 == pytest.approx(297 - 35 + 7, abs=1)


def test_signature_never_stands_on_a_page_without_body(pages: dict[str, list[Page]]) -> None:
    (page,) = (page for page in pages["report"] if any(line.text == "2026年2月5日" for line in page.lines))
    end_of_body = next(line for line in page.lines if line.text.endswith("再作调整……"))
    assert end_of_body.top < page.line("附件：1.").top < page.line("中共云溪村第二支部委员会").top


def test_signature_stands_two_characters_in_and_the_date_two_after_its_name(pages: dict[str, list[Page]]) -> None:
    page = pages["report"][2]
    org, date = page.line("中共云溪村第二支部委员会"), page.line("2026年2月5日")
    assert org.right == pytest.approx(210 - 26 - 2 * 15.75 / MM, abs=1)
    # The digits of a stand-in face are narrower than half a character, so the date may begin a little later.
    assert 0 < (date.left - org.left) * MM < 2.5 * 15.75
    assert date.top > org.top


def test_attachments_begin_on_their_own_page(pages: dict[str, list[Page]]) -> None:
    for number, title in ((1, "整改台账"), (2, "征求意见情况说明")):
        page = pages["report"][2 + number]
        mark, heading = page.lines[:2]
        assert (mark.text, heading.text) == (f"附件{number}", title)
        assert mark.left == pytest.approx(28, abs=0.6)
        # 7.3.7: the title stands on the third line.
        assert (heading.top - mark.top) * MM == pytest.approx(2 * 28.95, abs=5)


def test_imprint_stands_at_the_foot_of_the_last_page(pages: dict[str, list[Page]]) -> None:
    page = pages["report"][-1]
    copies, issuer = page.line("抄送："), page.line("云溪村第二党支部")
    assert copies.text.endswith("。")
    assert issuer.text.endswith("2026年2月5日印发")
    assert issuer.bottom == pytest.approx(297 - 35, abs=3)
    assert (copies.size, issuer.size) == (14, 14)


def test_headings_are_drawn_in_faces_of_their_own(docx_pages: dict[str, list[Page]]) -> None:
    need("fc-list")
    present = subprocess.run(["fc-list", ":", "family"], check=True, capture_output=True, text=True).stdout
    if "Noto Sans CJK SC" not in present or "LXGW WenKai" not in present:
        pytest.skip("no second and third Chinese face is installed: faces of headings were NOT compared")
    page = docx_pages["report"][0]
    assert "BihuanSong" in page.line("的办法组织学习").fonts[0]
    assert "Sans" in page.line("一、会前").fonts[0]
    assert "WenKai" in page.line("（一）联系群众").fonts[0]
    run_in = page.line("（一）学习研讨")
    assert "WenKai" in run_in.fonts[0]
    assert "BihuanSong" in run_in.fonts[1]


@pytest.mark.parametrize("filled", range(11, 20))
@pytest.mark.parametrize("last", [1, 2, 5])
def test_pdf_signature_is_never_alone_wherever_the_body_ends(filled: int, last: int, tmp_path: Path) -> None:
    body = (Paragraph(text("山" * (28 * filled - 2))), Paragraph(text("末" * (28 * last - 3))))
    paper = Paper(title_of("甲乙丙支部试排文稿"), body, signature=Signature("甲乙丙支部委员会", FIRST_DAY))
    target = tmp_path / "paper.pdf"
    target.write_bytes(to_pdf(paper, system_fonts=False).data)
    (signed,) = (
        page for page in pages_of(target) if any(line.text.startswith("甲乙丙支部委员会") for line in page.lines)
    )
    assert any(line.text.startswith("末") for line in signed.body)


@pytest.mark.parametrize("filled", [10, 19, 20, 21])
def test_imprint_stands_at_the_foot_even_of_a_page_of_its_own(filled: int, tmp_path: Path) -> None:
    paper = Paper(
        title_of("甲乙丙支部试排文稿"),
        (Paragraph(text("山" * (28 * filled - 2))),),
        imprint=Imprint(("甲组",), "乙支部", FIRST_DAY),
    )
    target = tmp_path / "paper.pdf"
    target.write_bytes(to_pdf(paper, system_fonts=False).data)
    last = pages_of(target)[-1]
    assert last.line("乙支部").bottom == pytest.approx(297 - 35, abs=3)


def test_rows_of_a_table_are_never_cut_by_the_page(tmp_path: Path) -> None:
    rows = tuple((str(number), "山水" * 30) for number in range(40))
    table = Table(("序号", "事项"), rows, (1, 4))
    target = tmp_path / "paper.pdf"
    target.write_bytes(to_pdf(Paper(title_of("试"), (table,)), system_fonts=False).data)
    pages = pages_of(target)
    assert len(pages) > 2
    for page in pages[1:]:
        assert page.lines[0].text == "序号事项"
    # Each row is two lines or more; a cut one would leave an odd line at a page's end.
    counts = [sum("山" in line.text for line in page.lines) for page in pages]
    assert all(count % (sum(counts) // 40) == 0 for count in counts)
