"""What LibreOffice makes of filled files: the words, the sums, and no complaint."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from bihuan_text.blanks import Rows, Said, fill, find_blanks
from tests.blanks.making import box, docx, formtext, p, r, tbl, tc, tr
from tests.blanks.test_docx import BOLD, HEAD, LINED, LOOK
from tests.blanks.test_xlsx import form

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: nothing was opened with it")

# An installation may hold the writer alone.
CALC = SOFFICE is not None and any(Path(SOFFICE).resolve().parent.glob("*sclo.*"))

CSV = "csv:Text - txt - csv (StarCalc):44,34,76"  # commas, quotes, UTF-8: what it writes otherwise hangs on the locale


def opened(data: bytes, name: str, form: str, folder: Path) -> str:
    """The file as LibreOffice reads it, converted to a text form."""
    return converted(data, name, form, folder).read_text(encoding="utf-8-sig")


def converted(data: bytes, name: str, form: str, folder: Path) -> Path:
    """The file as LibreOffice reads it and writes it again."""
    (folder / name).write_bytes(data)
    ending = form.partition(":")[0]
    command = [
        str(SOFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        form,
    ]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(folder / name)], check=True, capture_output=True, timeout=120
    )
    return (folder / "out" / name).with_suffix(f".{ending}")


def test_a_filled_text_reads_right(tmp_path: Path) -> None:
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="支部"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>'
        + r("点此填写")
        + "</w:sdtContent></w:sdt>"
    )
    data = docx(
        p(r("填报单位："), control)
        + p(r("应到", BOLD), r("  ", LINED), r("人，实到（  ）人"))
        + tbl(HEAD, tr(tc(p(r("1"))), tc(LOOK), tc(LOOK)), tr(tc(p(r("备注")), '<w:gridSpan w:val="3"/>')))
        + p(r("  年  月  日"))
    )
    template = find_blanks(data, "a.docx")
    singles = [blank.address for blank in template.blanks if not blank.line]
    words = ["样例支部", "12", "11", "2026年3月9日"]
    values = {address: Said(said, f"数{said}", said) for address, said in zip(singles, words, strict=True)}
    line = template.lines[0]
    items = [{line.addresses[0]: Said(f"问题{n}"), line.addresses[1]: Said(f"措施{n}")} for n in (1, 2, 3)]
    text = opened(fill(data, "a.docx", values, [Rows(line.key, items)]), "a.docx", "txt:Text (encoded):UTF8", tmp_path)
    assert [each.strip() for each in text.splitlines() if each.strip()] == [
        "填报单位：样例支部", "应到12人，实到（11）人", "序号", "问题", "措施", "1", "问题1", "措施1", "2", "问题2", "措施2",
        "3", "问题3", "措施3", "备注", "2026年3月9日",
    ]  # fmt: skip


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed: no sheet was opened with it")
def test_a_filled_sheet_works_its_sums_out(tmp_path: Path) -> None:
    data = form()
    template = find_blanks(data, "a.xlsx")
    where = {blank.row: blank.address for blank in template.blanks}
    line = template.lines[1]
    items = [
        dict(zip(line.addresses, (Said(f"问题{n}"), Said("=1+1"), Said(str(n))), strict=True)) for n in range(1, 6)
    ]
    filled = fill(data, "a.xlsx", {where["应到"]: Said("12")}, [Rows(line.key, items)])
    table = [row.split(",") for row in opened(filled, "a.xlsx", CSV, tmp_path).splitlines()]
    assert table[3:8] == [[f"问题{n}", "=1+1", str(n)] for n in range(1, 6)]
    assert table[8] == ["合计", "24", "15"]


def test_headers_boxes_and_form_fields_read_right_when_filled(tmp_path: Path) -> None:
    data = docx(
        p(r("应到"), formtext("\u2002" * 5, "应到"), r("人")) + p(r("正文"), box(p(r("编号："), r("____")))),
        header1=p(r("填报单位：____")),
        footer1=p(r("联系人（  ）")),
    )
    words = iter(["12", "7", "样例支部", "样例一"])
    values = {
        blank.address: Said(word, word) for blank, word in zip(find_blanks(data, "a.docx").blanks, words, strict=True)
    }
    filled = converted(fill(data, "a.docx", values, []), "a.docx", "pdf", tmp_path)
    text = subprocess.run(["pdftotext", str(filled), "-"], check=True, capture_output=True).stdout.decode()
    assert {"应到12人", "编号：7", "填报单位：样例支部", "联系人（样例一）"} <= {
        line.strip() for line in text.splitlines()
    }


# --- Calc ------------------------------------------------------------------------------------------------------------
THIN = Border(*[Side(style="thin")] * 4)


def workbook() -> bytes:
    """A superior's table as Excel keeps one: a merged title and heads of two rows, widths, number formats, a sum."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "汇总表"
    sheet.merge_cells("A1:D1")
    sheet["A1"] = "问题整改情况汇总表"
    sheet["A1"].font, sheet["A1"].alignment = Font(name="宋体", size=18, bold=True), Alignment(horizontal="center")
    sheet["A2"] = "填报单位："
    for ref, words in {"A3": "序号", "B3": "问题", "C3": "整改", "C4": "措施", "D4": "完成率", "A8": "合计"}.items():
        sheet[ref] = words
    for merged in ("A3:A4", "B3:B4", "C3:D3", "A8:C8"):
        sheet.merge_cells(merged)
    for row in sheet["A3:D8"]:
        for cell in row:
            cell.border = THIN
    for row in range(5, 8):
        sheet.cell(row, 4).number_format = "0.0%"
        sheet.row_dimensions[row].height = 31.5
    sheet["D8"] = "=SUM(D5:D7)"
    sheet["D8"].number_format = "#,##0.00"
    for column, width in {"A": 6.5, "B": 30, "C": 42.25, "D": 12}.items():
        sheet.column_dimensions[column].width = width
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def filled_workbook(count: int) -> bytes:
    data = workbook()
    template = find_blanks(data, "汇总表.xlsx")
    (unit,) = [blank.address for blank in template.blanks if blank.before == "填报单位：" or blank.row == "填报单位："]
    line = max(template.lines, key=lambda each: len(each.addresses))
    number, problem, measure, rate = line.addresses
    items = [
        {number: Said(str(n)), problem: Said(f"第{n}个问题"), measure: Said(f"第{n}条措施"), rate: Said(str(n))}
        for n in range(1, count + 1)
    ]
    return fill(data, "汇总表.xlsx", {unit: Said("样例支部")}, [Rows(line.key, items)])


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed: no sheet was opened with it")
@pytest.mark.parametrize("count", [2, 3, 6])
def test_a_filled_table_is_the_superiors_table_in_calc(tmp_path: Path, count: int) -> None:
    path = converted(filled_workbook(count), "a.xlsx", "xlsx:Calc MS Excel 2007 XML", tmp_path)
    sheet, shown = (openpyxl.load_workbook(path, data_only=values)["汇总表"] for values in (False, True))
    more = max(count - 3, 0)
    assert [sheet["A1"].value, f"{sheet['A2'].value or ''}{sheet['B2'].value or ''}"] == [
        "问题整改情况汇总表",
        "填报单位：样例支部",
    ]
    written = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=4 + count, max_col=4)]
    assert written == [[n, f"第{n}个问题", f"第{n}条措施", n] for n in range(1, count + 1)]
    total = sheet.cell(8 + more, 4)
    assert sheet.cell(8 + more, 1).value == "合计"
    assert total.value == f"=SUM(D5:D{7 + more})"
    assert shown.cell(8 + more, 4).value == sum(range(1, count + 1))
    assert sorted(str(each) for each in sheet.merged_cells.ranges) == sorted(
        ["A1:D1", "A3:A4", "B3:B4", "C3:D3", f"A{8 + more}:C{8 + more}"]
    )
    given = openpyxl.load_workbook(io.BytesIO(workbook()))["汇总表"]
    for column in "ABCD":
        assert sheet.column_dimensions[column].width == pytest.approx(given.column_dimensions[column].width, abs=0.5)
    for row in range(5, 8 + more):
        assert sheet.cell(row, 4).number_format == "0.0%"
        assert sheet.row_dimensions[row].height == pytest.approx(31.5, abs=0.5)
        assert sheet.cell(row, 2).border.left.style == "thin"
    assert total.number_format == "#,##0.00"
    assert (sheet["A1"].font.sz, sheet["A1"].font.b) == (18, True)


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed: no sheet was printed with it")
def test_a_filled_table_prints(tmp_path: Path) -> None:
    pdf = converted(filled_workbook(4), "a.xlsx", "pdf", tmp_path)
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    assert "第4条措施" in text
    assert "样例支部" in text
    assert "300.0%" in text
    assert "10.00" in text
