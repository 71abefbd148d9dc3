"""What is written into the .docx (R44, R45): the figures themselves, whatever a program draws from them."""

from __future__ import annotations

import datetime
import io
import os
import socket
import zipfile
from getpass import getuser
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.shared import Mm, Pt

from bihuan_text.gbt9704 import Fact, Paper, Paragraph, Table, Text, title_of, to_docx
from tests.gbt9704.sample import report, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return ET.fromstring(package.read(name))  # noqa: S314  our own bytes


@pytest.fixture(scope="module")
def data() -> bytes:
    return to_docx(report())


@pytest.fixture(scope="module")
def body(data: bytes) -> ET.Element:
    found = part(data, "word/document.xml").find(f"{W}body")
    assert found is not None
    return found


def style(data: bytes, identity: str) -> ET.Element:
    return next(s for s in part(data, "word/styles.xml").iter(f"{W}style") if s.get(f"{W}styleId") == identity)


def value(element: ET.Element, path: str, attribute: str = "val") -> str | None:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{attribute}")


def test_page_and_margins(data: bytes) -> None:
    (section,) = docx.Document(io.BytesIO(data)).sections
    lengths = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    for length, expected in zip(lengths, (210, 297, 37, 35), strict=True):
        assert length is not None
        assert abs(length - Mm(expected)) < Mm(0.1)
    assert section.left_margin is not None
    assert section.right_margin is not None
    assert abs(section.left_margin - Mm(28)) < Mm(0.1)
    assert abs(section.right_margin - Mm(26)) < Mm(0.1)


def test_22_lines_of_the_grid_fit_the_type_area_and_23_do_not(body: ET.Element, data: bytes) -> None:
    pitch = int(value(body, "sectPr/docGrid", "linePitch") or 0)
    margin = body.find(f"{W}sectPr/{W}pgMar")
    assert margin is not None
    height = 16838 - int(margin.get(f"{W}top", "0")) - int(margin.get(f"{W}bottom", "0"))
    assert 22 * pitch <= height < 23 * pitch
    assert value(style(data, "Normal"), "pPr/spacing", "line") == str(pitch)
    assert value(style(data, "Normal"), "pPr/spacing", "lineRule") == "exact"


@pytest.mark.parametrize(
    ("identity", "face", "size"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading1", "黑体", 16),
        ("Heading2", "楷体_GB2312", 16),
        ("Heading3", "仿宋_GB2312", 16),
        ("Heading4", "仿宋_GB2312", 16),
        ("AttachmentMark", "黑体", 16),
        ("Copies", "仿宋_GB2312", 14),
        ("PageNumberOdd", "宋体", 14),
        ("PageNumberEven", "宋体", 14),
    ],
)
def test_faces_and_sizes(data: bytes, identity: str, face: str, size: int) -> None:
    one = style(data, identity)
    assert value(one, "rPr/rFonts", "eastAsia") == face
    assert value(one, "rPr/sz") == str(size * 2)


def test_digits_are_times(data: bytes) -> None:
    assert value(style(data, "Normal"), "rPr/rFonts", "ascii") == "Times New Roman"
    assert docx.Document(io.BytesIO(data)).styles["Normal"].font.size == Pt(16)


def test_headings_have_their_level_in_the_outline(data: bytes) -> None:
    for level in range(1, 5):
        assert value(style(data, f"Heading{level}"), "pPr/outlineLvl") == str(level - 1)
    styles = [p.style.name for p in docx.Document(io.BytesIO(data)).paragraphs if p.style]
    assert [name for name in styles if name == "Heading 1"] == ["Heading 1"] * 4


def test_odd_and_even_pages_have_their_own_number(data: bytes, body: ET.Element) -> None:
    assert part(data, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    sides = [reference.get(f"{W}type") for reference in body.iter(f"{W}footerReference")]
    assert sorted(filter(None, sides)) == ["default", "even"]
    odd, even = style(data, "PageNumberOdd"), style(data, "PageNumberEven")
    assert (value(odd, "pPr/jc"), value(odd, "pPr/ind", "right")) == ("right", "280")
    assert (value(even, "pPr/jc"), value(even, "pPr/ind", "left")) == ("left", "280")
    for name in ("word/footer1.xml", "word/footer2.xml"):
        assert "".join(part(data, name).itertext()).replace(" PAGE ", "").replace("2", "1") == "— 1 —"


def test_facts_are_content_controls(body: ET.Element) -> None:
    controls = {value(c, "sdtPr/tag"): c for c in body.iter(f"{W}sdt")}
    assert set(controls) == {"fact:meeting.7.due", "fact:meeting.7.present", "fact:term.3"}
    due = controls["fact:meeting.7.due"]
    assert value(due, "sdtPr/alias") == "应到党员"
    assert "".join(due.itertext()) == "23"
    ids = [value(c, "sdtPr/id") for c in controls.values()]
    assert len(set(ids)) == len(ids)


def test_run_in_text_goes_back_to_the_body_face(body: ET.Element) -> None:
    (paragraph,) = (p for p in body.iter(f"{W}p") if "".join(p.itertext()).startswith("（一）学习研讨。"))
    assert [value(run, "rPr/rStyle") for run in paragraph.iter(f"{W}r")] == [None, "BodyFace"]
    assert value(paragraph, "pPr/keepNext") == "0"


def test_no_empty_paragraph_makes_room(body: ET.Element) -> None:
    empty = [p for p in body.iter(f"{W}p") if not "".join(p.itertext()).strip()]
    # The one after the table of the imprint, which Word asks for, is a tenth of a point high.
    assert [value(p, "pPr/spacing", "line") for p in empty] == ["2"]


def test_tables_repeat_their_header_and_fill_the_width(body: ET.Element) -> None:
    table = next(body.iter(f"{W}tbl"))
    header, *rows = table.findall(f"{W}tr")
    assert header.find(f"{W}trPr/{W}tblHeader") is not None
    assert len(rows) == 2
    widths = [int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")]
    assert sum(widths) == pytest.approx(8844, abs=4)
    assert widths[1] == pytest.approx(5 * widths[0], abs=5)


def test_same_paper_same_bytes() -> None:
    assert to_docx(report()) == to_docx(report())


def test_nothing_tells_of_person_machine_or_time(data: bytes) -> None:
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert (properties.author, properties.last_modified_by, properties.created) == ("", "", None)
    assert properties.language == "zh-CN"
    assert properties.title.startswith("中共云溪村第二支部委员会关于")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(package.read(name) for name in package.namelist()).decode()
    assert str(datetime.datetime.now(tz=datetime.UTC).year) + "-" not in everything
    for secret in {getuser(), socket.gethostname(), os.getcwd()} - {"root"}:
        assert secret not in everything


def test_markup_and_control_characters_in_text_stay_text() -> None:
    hostile = "a<w:b/>&amp;\"\x00\x0b\uffff']]>"
    paper = Paper(title_of(hostile), (Paragraph((Text(hostile), Fact('x"<&', hostile, hostile))),))
    data = to_docx(paper)
    words = "".join(part(data, "word/document.xml").itertext())
    assert words.count("a<w:b/>&amp;\"']]>") == 3
    (control,) = part(data, "word/document.xml").iter(f"{W}sdt")
    assert value(control, "sdtPr/tag") == 'fact:x"<&'


def test_long_labels_are_cut_to_what_word_takes() -> None:
    data = to_docx(Paper(title_of("试"), (Paragraph((Fact("a", "1", "名" * 80),)),)))
    (control,) = part(data, "word/document.xml").iter(f"{W}sdt")
    assert value(control, "sdtPr/alias") == "名" * 64


def test_an_empty_paper_is_still_a_document() -> None:
    assert len(docx.Document(io.BytesIO(to_docx(Paper(title_of("试"), (Paragraph(text("")),))))).paragraphs) == 2


def test_a_sheet_on_its_side_is_as_wide_as_the_type_area_is_high() -> None:
    table = Table(("序号", "签名"), (("1", ""), ("2", "")), (1, 2), (12, 0))
    document = docx.Document(io.BytesIO(to_docx(Paper(title_of("签到表"), (table,), landscape=True))))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)  # type: ignore[union-attr]
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(margin.mm) for margin in margins] == [28, 37, 26, 35]  # type: ignore[union-attr]
    columns = document.tables[0].columns
    assert round(sum(column.width.mm for column in columns)) == 225  # type: ignore[misc]
    heights = [row.height.mm if row.height else 0 for row in document.tables[0].rows]
    assert [round(height) for height in heights] == [0, 12, 0]
    with_upright = docx.Document(io.BytesIO(to_docx(Paper(title_of("签到表"), (table,)))))
    assert round(sum(column.width.mm for column in with_upright.tables[0].columns)) == 156  # type: ignore[misc]
