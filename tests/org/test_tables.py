"""A workbook as offices have it becomes the same text that is pasted out of it."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from bihuan.core.access import Refused
from bihuan.org import heads, roster, tables

ID = "11010519491231002X"


def packed(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def office_book() -> Workbook:
    """A title over all columns, a head, kinds merged over several rows, three date styles, a hidden row, a sum below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "样例名册"
    sheet.append(["某支部党员名册（样例）"])
    sheet.merge_cells("A1:F1")
    sheet.append(["序号", "姓 名", "党员类别", "入党时间", "身份证号", "职务"])
    sheet.append([1, "甲 一", "正式党员", date(1998, 7, 1), ID, "支部书记"])
    sheet.append([2, "乙二", None, 36342, 110105194912310020, None])
    sheet.append([3, "丙三", None, "2011.6.30", None, None])
    midnight = datetime(2012, 7, 1)  # noqa: DTZ001  a workbook knows no zone
    sheet.append([4, "丁四", None, midnight, None, None])
    sheet.append([5, "戊五", "预备党员", "2025年12月1日", None, None])
    sheet.append(["合计", None, 5])
    sheet.merge_cells("C3:C6")
    sheet.row_dimensions[6].hidden = True
    return book


def test_a_workbook_with_title_merged_cells_three_date_styles_and_hidden_rows() -> None:
    table = tables.read_workbook(packed(office_book()), wanted=heads.NAME)
    assert (table.sheet, table.hidden) == ("样例名册", 1)
    lines = roster.parse(table.text)
    assert [(x.place, x.name, x.kind, x.joined, x.title, x.wrong) for x in lines] == [
        (3, "甲一", "正式", date(1998, 7, 1), "书记", []),
        (4, "乙二", "正式", date(1999, 7, 1), "", []),
        (5, "丙三", "正式", date(2011, 6, 30), "", []),
        (7, "戊五", "预备", date(2025, 12, 1), "", []),
    ]
    assert "读作1999年7月1日" in lines[1].notes[1]


def test_what_goes_back_to_the_page_has_no_id_number_and_only_the_columns_that_are_read() -> None:
    text = roster.needed(tables.read_workbook(packed(office_book()), wanted=heads.NAME).text)
    assert ID not in text
    assert "110105194912310020" not in text
    assert [line.place for line in roster.parse(text)] == [3, 4, 5, 7]
    assert [line.notes[0] for line in roster.parse(text) if line.notes] == [
        "这一行有身份证号，系统不收，已经略去。"
    ] * 2
    assert "序号" not in text


def test_the_sheet_with_names_is_found_behind_others() -> None:
    book = office_book()
    note = book.create_sheet("填表说明", 0)
    note["A1"] = "请如实填写"
    assert tables.read_workbook(packed(book), wanted=heads.NAME).sheet == "样例名册"


def test_a_hidden_sheet_is_not_read() -> None:
    book = office_book()
    book.create_sheet("封面")["A1"] = "样例"
    book["样例名册"].sheet_state = "hidden"
    assert tables.read_workbook(packed(book), wanted=heads.NAME).sheet == "封面"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "不是 .xlsx"),
        (b"PK\x03\x04 nothing", "不是 .xlsx"),
        (b"x" * (tables.MAX_BYTES + 1), "超过5兆"),
        (packed(Workbook()), "没有看得见的内容"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        tables.read_workbook(data, wanted=heads.NAME)


def rewritten(part: str, content: bytes) -> bytes:
    """A good workbook with one part replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed(office_book()))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as goal,
    ):
        for name in source.namelist():
            goal.writestr(name, content if name == part else source.read(name))
    return out.getvalue()


def test_a_bomb_and_declared_entities_are_refused_before_they_are_read() -> None:
    with pytest.raises(Refused, match="解开后过大"):
        tables.read_workbook(rewritten("xl/worksheets/sheet1.xml", b" " * (tables.MAX_UNPACKED + 1)), wanted="姓名")
    lol = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'
    with pytest.raises(Refused, match="没有读"):
        tables.read_workbook(rewritten("xl/worksheets/sheet1.xml", lol), wanted="姓名")


def test_a_spoilt_part_is_a_sentence() -> None:
    with pytest.raises(Refused, match="打不开"):
        tables.read_workbook(rewritten("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"), wanted="姓名")
