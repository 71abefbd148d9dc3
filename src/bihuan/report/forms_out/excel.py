"""A form as a workbook: its title, its lines, its tables, one sheet. Every cell is words; none is ever a formula."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from bihuan.report.forms_out.shape import Filled, Grid

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WHOLE = 120  # characters that all columns take together


def excel_of(filled: Filled, *, landscape: bool = False) -> bytes:
    """The form as .xlsx, set to print one page wide."""
    from openpyxl import Workbook  # noqa: PLC0415  slow to load, and only these files need it
    from openpyxl.writer.excel import save_workbook  # noqa: PLC0415  as above

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    columns = max(len(grid.header) for leaf in filled.leaves for grid in leaf.grids)
    _line(sheet, filled.title, columns)
    for leaf in filled.leaves:
        for line in leaf.above:
            _line(sheet, line, columns)
        for grid in leaf.grids:
            if grid.name:
                _line(sheet, grid.name, columns)
            _grid(sheet, grid)
        for line in leaf.below:
            _line(sheet, line, columns)
    _to_print(sheet, landscape)
    out = io.BytesIO()
    save_workbook(book, out)
    return out.getvalue()


def _line(sheet: Worksheet, text: str, columns: int) -> None:
    """One line over all columns."""
    row = _next(sheet)
    _write(sheet, row, 1, text)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)


def _grid(sheet: Worksheet, grid: Grid) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  as above

    for number, cells in enumerate((grid.header, *grid.rows), start=_next(sheet)):
        for column, text in enumerate(cells, start=1):
            _write(sheet, number, column, text, framed=True, bold=cells is grid.header)
    whole = sum(grid.widths)
    for column, part in enumerate(grid.widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = max(round(_WHOLE * part / whole), 6)


def _next(sheet: Worksheet) -> int:
    return 1 if sheet.max_row == 1 and sheet.cell(1, 1).value is None else sheet.max_row + 1


def _write(sheet: Worksheet, row: int, column: int, text: str, *, framed: bool = False, bold: bool = False) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415  as above

    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"  # what begins with = is words too
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if row == 1 else None)
    cell.font = Font(name="宋体", size=16 if row == 1 else 11, bold=bold or row == 1)
    if framed:
        edge = Side(style="thin")
        cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)


def _to_print(sheet: Worksheet, landscape: bool) -> None:
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
