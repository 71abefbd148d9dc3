"""The red head of a paper that goes up, on drawn pages: mark, number, signer, rule, imprint (7.2, 7.4; R43, R46, R47)."""

from __future__ import annotations

import datetime
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bihuan_text.gbt9704 import (
    Head,
    Imprint,
    Paper,
    Paragraph,
    Recipient,
    Signature,
    Text,
    title_of,
    to_docx,
    to_pdf,
)
from tests.gbt9704.rendered import MM, Page, docx_to_pdf, need, pages_of

DAY = datetime.date(2026, 3, 5)
MARK = "中共云溪村第二支部委员会"


def paper(signer: str = "柳一舟", imprint: Imprint | None = None) -> Paper:
    return Paper(
        title=title_of("中共云溪村第二支部委员会关于2025年度组织生活会情况的报告"),
        recipient=Recipient("中共云溪镇委员会"),
        body=(Paragraph((Text("现将有关情况报告如下。" * 12),)),),
        signature=Signature(MARK, DAY),
        imprint=imprint,
        head=Head(MARK, "云二支〔2026〕3号", signer),
    )


def by_typst(made: Paper, folder: Path) -> Path:
    target = folder / "typst.pdf"
    target.write_bytes(to_pdf(made, system_fonts=False).data)
    return target


def by_libreoffice(made: Paper, folder: Path) -> Path:
    return docx_to_pdf(to_docx(made), folder)


@pytest.fixture(params=[by_typst, by_libreoffice], ids=["pdf", "docx"])
def drawn(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Page]:
    write: Callable[[Paper, Path], Path] = request.param
    path = write(paper(imprint=Imprint(("镇党建工作办公室",), MARK, DAY)), tmp_path)
    return path, pages_of(path)[0]


def ink(path: Path) -> list[list[bool]]:
    """Where page 1 is red: rows of pixels, 4 a millimetre."""
    need("pdftoppm")
    command = ["pdftoppm", "-r", str(25.4 * 4), "-f", "1", "-l", "1", str(path)]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", raw)
    assert head
    wide, body = int(head.group(1)), raw[head.end() :]
    rows = [body[at : at + 3 * wide] for at in range(0, len(body), 3 * wide)]
    return [[row[x] - max(row[x + 1], row[x + 2]) > 40 for x in range(0, len(row), 3)] for row in rows]


def red_bands(path: Path) -> list[tuple[float, float, float, float]]:
    """(top, bottom, left, right) in millimetres of every horizontal band of red."""
    bands: list[tuple[int, int, int, int]] = []
    for y, row in enumerate(ink(path)):
        reds = [x for x, red in enumerate(row) if red]
        if not reds:
            continue
        if bands and y - bands[-1][1] <= 2:
            top, _, left, right = bands.pop()
            bands.append((top, y, min(left, reds[0]), max(right, reds[-1])))
        else:
            bands.append((y, y, reds[0], reds[-1]))
    return [(a / 4, b / 4, c / 4, d / 4) for a, b, c, d in bands]


def test_the_mark_is_red_centred_and_35_mm_below_the_type_area(drawn: tuple[Path, Page]) -> None:
    mark, *_ = red_bands(drawn[0])
    assert mark[0] == pytest.approx(37 + 35, abs=1.5)
    assert (mark[2] + mark[3]) / 2 == pytest.approx(28 + 78, abs=1)
    assert 100 < mark[3] - mark[2] < 156


def test_the_rule_is_red_as_wide_as_the_type_area_and_4_mm_below_the_number(drawn: tuple[Path, Page]) -> None:
    path, page = drawn
    *_, rule = red_bands(path)
    assert (rule[2], rule[3]) == (pytest.approx(28, abs=0.7), pytest.approx(184, abs=0.7))
    assert rule[1] - rule[0] < 1.2
    number = page.line("云二支〔2026〕3号")
    middle = (number.top + number.bottom) / 2
    assert rule[0] - (middle + 8 / MM) == pytest.approx(4, abs=1.2)


def test_number_and_signer_stand_one_character_in(drawn: tuple[Path, Page]) -> None:
    line = drawn[1].line("云二支〔2026〕3号")
    assert line.text == "云二支〔2026〕3号签发人：柳一舟"
    assert line.size == 16
    assert line.left == pytest.approx(28 + 16 / MM, abs=1)
    assert line.right == pytest.approx(184 - 16 / MM, abs=1)


def test_two_blank_lines_stand_above_the_number_and_above_the_title(drawn: tuple[Path, Page]) -> None:
    path, page = drawn
    mark, *_, rule = red_bands(path)
    number, title = page.line("云二支"), next(line for line in page.lines if line.size == 22 and line.top > rule[1])
    assert ((number.top + number.bottom) / 2 - mark[1]) * MM == pytest.approx(2.5 * 28.95, abs=8)
    assert ((title.top + title.bottom) / 2 - rule[1]) * MM == pytest.approx(2.5 * 28.95, abs=8)


def test_the_first_page_shows_body_text(drawn: tuple[Path, Page]) -> None:
    page = drawn[1]
    assert page.line("中共云溪镇委员会：")
    assert page.line("现将有关情况报告如下。")


def test_the_imprint_stands_on_the_lower_edge_of_the_last_page(drawn: tuple[Path, Page]) -> None:
    last = pages_of(drawn[0])[-1]
    assert last.line("抄送：").text == "抄送：镇党建工作办公室。"
    assert last.line("抄送：").top < last.body[-1].top
    assert last.body[-1].text.endswith("2026年3月5日印发")


@pytest.mark.parametrize("write", [by_typst, by_libreoffice], ids=["pdf", "docx"])
def test_without_a_signer_the_number_stands_in_the_middle(write: Callable[[Paper, Path], Path], tmp_path: Path) -> None:
    line = pages_of(write(paper(signer=""), tmp_path))[0].line("云二支")
    assert line.text == "云二支〔2026〕3号"
    assert (line.left + line.right) / 2 == pytest.approx(28 + 78, abs=1.5)


def test_a_long_mark_is_smaller_and_stays_on_one_line(tmp_path: Path) -> None:
    made = Paper(
        title_of("样例"),
        (Paragraph((Text("正文。"),)),),
        head=Head("中共云溪县云溪镇云溪村第二支部委员会"),
    )
    mark, *_ = red_bands(by_typst(made, tmp_path))
    assert mark[3] - mark[2] < 156
    assert mark[1] - mark[0] < 12
