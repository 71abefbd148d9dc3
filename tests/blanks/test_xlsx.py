"""Filling an .xlsx: by its XML, so that formulas, looks, merged cells and pictures stay."""

from __future__ import annotations

import io

import openpyxl
import pytest
from lxml import etree

from bihuan_text.blanks import Rows, Said, fill, find_blanks
from bihuan_text.blanks.shifting import shifted_formula
from bihuan_text.refusal import Unreadable
from tests.blanks.making import X, cell_texts, names, part, xlsx

SHARED = (
    "<t>填报单位：        </t>",
    "<t>问题</t>",
    "<t>措施</t>",
    "<t>合计</t>",
    "<t>应到</t>",
    "<r><t>时间</t></r><r><rPr><b/></rPr><t>  年  月  日</t></r>",
)
SHEET = (
    '<dimension ref="A1:C7"/><sheetData>'
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>4</v></c><c r="C1" s="1"/></row>'
    '<row r="2"><c r="A2" t="s"><v>5</v></c></row>'
    '<row r="3"><c r="A3" s="1" t="s"><v>1</v></c><c r="B3" s="1" t="s"><v>2</v></c><c r="C3" s="1" t="s"><v>3</v></c></row>'
    '<row r="4" ht="30" customHeight="1"><c r="A4" s="1"/><c r="B4" s="1"/><c r="C4" s="1"/></row>'
    '<row r="5"><c r="A5" s="1"/><c r="B5" s="1"/><c r="C5" s="1"/></row>'
    '<row r="6"><c r="A6" s="1" t="s"><v>3</v></c><c r="B6" s="1"><f>C1*2</f><v>0</v></c>'
    '<c r="C6" s="1"><f>SUM(C4:C5)</f><v>0</v></c></row>'
    '<row r="7"><c r="A7"><v>9</v></c></row></sheetData>'
    '<mergeCells count="1"><mergeCell ref="A7:C7"/></mergeCells>'
)  # fmt: skip
BOOK = (
    '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">汇总表!$A$1:$C$7</definedName></definedNames>'
)


def form(**more: bytes) -> bytes:
    return xlsx(SHEET, SHARED, book=BOOK, more=more)


def values(data: bytes) -> dict[str, str]:
    """label → address."""
    return {f"{b.before}{b.row}{b.column}": b.address for b in find_blanks(data, "a.xlsx").blanks}


def test_blanks_are_bordered_cells_and_marks() -> None:
    template = find_blanks(form(), "a.xlsx")
    assert [(b.kind, b.before or b.row or b.column) for b in template.blanks] == [
        ("text", "填报单位："),
        ("cell", "应到"),
        ("date", "时间"),
        ("cell", "问题"),
        ("cell", "措施"),
        ("cell", "合计"),
    ]
    assert [(len(line.addresses), line.room) for line in template.lines] == [(1, 1), (3, 2)]


def test_values_are_numbers_or_text_and_a_sign_of_equality_is_text() -> None:
    data = form()
    where = {b.row or b.before: b.address for b in find_blanks(data, "a.xlsx").blanks if b.column != "措施"}
    filled = fill(data, "a.xlsx", {where["应到"]: Said("12"), where["填报单位："]: Said("样例支部")}, [])
    sheet = etree.fromstring(part(filled, "xl/worksheets/sheet1.xml"))
    cells = {c.get("r"): c for c in sheet.iter(X + "c")}
    assert cells["C1"].findtext(X + "v") == "12"
    assert cells["C1"].get("t") is None
    assert cells["C1"].get("s") == "1"
    assert cell_texts(filled)["A1"] == "填报单位：样例支部"
    evil = fill(data, "a.xlsx", {where["应到"]: Said("=1+1")}, [])
    cell = {c.get("r"): c for c in etree.fromstring(part(evil, "xl/worksheets/sheet1.xml")).iter(X + "c")}["C1"]
    assert cell.get("t") == "inlineStr"
    assert cell.find(X + "f") is None
    assert openpyxl.load_workbook(io.BytesIO(evil))["汇总表"]["C1"].data_type == "s"


def test_a_date_keeps_the_looks_of_its_words() -> None:
    data = form()
    (date,) = [b.address for b in find_blanks(data, "a.xlsx").blanks if b.kind == "date"]
    filled = fill(data, "a.xlsx", {date: Said("2026年3月9日")}, [])
    assert cell_texts(filled)["A2"] == "时间2026年3月9日"
    bold = etree.fromstring(part(filled, "xl/worksheets/sheet1.xml")).find(f".//{X}r/{X}rPr/{X}b")
    assert bold is not None
    assert part(filled, "xl/sharedStrings.xml") == part(data, "xl/sharedStrings.xml")


def rows_of(data: bytes, count: int) -> bytes:
    line = find_blanks(data, "a.xlsx").lines[1]
    a, b, c = line.addresses
    items = [{a: Said(f"问题{n}"), b: Said(f"措施{n}"), c: Said(str(n))} for n in range(1, count + 1)]
    return fill(data, "a.xlsx", {}, [Rows(line.key, items)])


def test_a_list_that_fits() -> None:
    texts = cell_texts(rows_of(form(), 2))
    assert [texts[k] for k in ("A4", "B5", "C5")] == ["问题1", "措施2", "2"]
    assert "A8" not in texts


def test_a_longer_list_puts_rows_in_and_everything_below_follows() -> None:
    filled = rows_of(form(), 5)
    book = openpyxl.load_workbook(io.BytesIO(filled))
    sheet = book["汇总表"]
    assert [sheet[f"A{n}"].value for n in range(4, 9)] == [f"问题{n}" for n in range(1, 6)]
    assert sheet["C9"].value == "=SUM(C4:C8)"
    assert sheet["B9"].value == "=C1*2"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A10:C10"]
    assert sheet.print_area == "'汇总表'!$A$1:$C$10"
    assert all(sheet[f"B{n}"].border.left.style == "thin" for n in range(4, 9))
    root = etree.fromstring(part(filled, "xl/worksheets/sheet1.xml"))
    assert all(cell.find(X + "v") is None for cell in root.iter(X + "c") if cell.find(X + "f") is not None)


def test_other_parts_stay_to_the_letter() -> None:
    data = form(**{"xl/media/image1.png": b"\x89PNG", "docProps/app.xml": b"<a   b='1'/>"})
    filled = rows_of(data, 5)
    assert names(filled) == names(data)
    for name in set(names(data)) - {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}:
        assert part(filled, name) == part(data, name)


def test_a_sheet_with_shared_formulas_does_not_grow() -> None:
    shared = SHEET.replace("<f>C1*2</f>", '<f t="shared" ref="B6:B6" si="0">C1*2</f>')
    data = xlsx(shared, SHARED)
    assert cell_texts(rows_of(data, 2))["A4"] == "问题1"
    with pytest.raises(Unreadable, match="多3行"):
        rows_of(data, 5)


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("SUM(C4:C5)", "SUM(C4:C8)"),
        ("A4+A5+A6", "A4+A5+A9"),
        ("$C$6*LOG10(B7)", "$C$9*LOG10(B10)"),
        ('IF(A6="A6","B7",别表!A6)', 'IF(A9="A6","B7",别表!A6)'),
        ("'汇总表'!A6:B7", "'汇总表'!A9:B10"),
    ],
)
def test_formulas_follow(formula: str, moved: str) -> None:
    assert shifted_formula(formula, "汇总表", "汇总表", 5, 3) == moved


def test_room_behind_a_colon_without_a_border() -> None:
    sheet = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>支部名称：</t></is></c></row></sheetData>'
    data = xlsx(sheet)
    (blank,) = find_blanks(data, "a.xlsx").blanks
    assert cell_texts(fill(data, "a.xlsx", {blank.address: Said("样例支部")}, []))["B1"] == "样例支部"


def test_a_text_cell_gets_figures_as_text() -> None:
    sheet = '<sheetData><row r="1"><c r="A1" s="1" t="inlineStr"><is><t>编号</t></is></c><c r="B1" s="2"/></row></sheetData>'
    data = xlsx(sheet)
    (blank,) = find_blanks(data, "a.xlsx").blanks
    filled = fill(data, "a.xlsx", {blank.address: Said("12")}, [])
    assert openpyxl.load_workbook(io.BytesIO(filled)).worksheets[0]["B1"].value == "12"


def test_pictures_and_the_order_of_working_out_follow_inserted_rows() -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:twoCellAnchor>'
        "<xdr:from><xdr:col>0</xdr:col><xdr:row>6</xdr:row></xdr:from>"
        "<xdr:to><xdr:col>1</xdr:col><xdr:row>8</xdr:row></xdr:to>"
        "</xdr:twoCellAnchor></xdr:wsDr>"
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    chain = f'<calcChain xmlns="{main}"><c r="B6" i="1"/><c r="C6"/></calcChain>'
    target = '<Relationship Id="rId{}" Type="{}/{}" Target="{}"/>'
    data = form(
        **{
            "xl/worksheets/_rels/sheet1.xml.rels": (
                f'<Relationships xmlns="{package}">'
                + target.format(1, office, "drawing", "../drawings/drawing1.xml")
                + "</Relationships>"
            ).encode(),
            "xl/drawings/drawing1.xml": drawing.encode(),
            "xl/calcChain.xml": chain.encode(),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{package}">'
                + target.format(1, office, "worksheet", "worksheets/sheet1.xml")
                + target.format(2, office, "sharedStrings", "sharedStrings.xml")
                + target.format(3, office, "styles", "styles.xml")
                + target.format(4, office, "calcChain", "calcChain.xml")
                + "</Relationships>"
            ).encode(),
        }
    )
    filled = rows_of(data, 5)
    root = etree.fromstring(part(filled, "xl/drawings/drawing1.xml"))
    assert [node.text for node in root.iter() if str(node.tag).endswith("}row")] == ["9", "11"]
    assert [entry.get("r") for entry in etree.fromstring(part(filled, "xl/calcChain.xml"))] == ["B9", "C9"]
    assert part(rows_of(data, 2), "xl/calcChain.xml") == chain.encode()


def test_merged_cells_of_a_repeated_row_and_beside_it() -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1" s="1" t="inlineStr"><is><t>类别</t></is></c>'
        '<c r="B1" s="1" t="inlineStr"><is><t>问题</t></is>'
        '</c><c r="C1" s="1"/></row><row r="2"><c r="A2" s="1" t="inlineStr"><is><t>班子</t></is></c>'
        '<c r="B2" s="1"/><c r="C2" s="1"/>'
        '</row><row r="3"><c r="A3" s="1"/><c r="B3" s="1"/><c r="C3" s="1"/></row></sheetData><mergeCells count="4">'
        '<mergeCell ref="B1:C1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/><mergeCell ref="B3:C3"/></mergeCells>'
    )
    data = xlsx(sheet)
    (line,) = find_blanks(data, "a.xlsx").lines
    assert line.room == 2
    items = [{line.addresses[0]: Said(f"问题{n}")} for n in range(1, 5)]
    filled = openpyxl.load_workbook(io.BytesIO(fill(data, "a.xlsx", {}, [Rows(line.key, items)]))).worksheets[0]
    assert sorted(str(area) for area in filled.merged_cells.ranges) == [
        "A2:A5",
        "B1:C1",
        "B2:C2",
        "B3:C3",
        "B4:C4",
        "B5:C5",
    ]
    assert [filled[f"B{n}"].value for n in range(2, 6)] == ["问题1", "问题2", "问题3", "问题4"]
