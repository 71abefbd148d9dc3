"""A table as a workbook (.xlsx) has it, read as the text that is pasted out of it: a line a row, cells between tabs.

Nothing of the file is kept. Hidden rows are left out and counted: they are what somebody filtered away.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bihuan.core.access import Refused

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MAX_BYTES = 5 * 2**20
MAX_UNPACKED = 60 * 2**20  # bytes of all its tables and words together
MAX_ROWS, MAX_COLUMNS = 20_000, 60
_BROKEN = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, KeyError, ValueError, TypeError, OSError, EOFError,
    AttributeError,
)  # fmt: skip
# SyntaxError is what the XML reader calls a part that is none


@dataclass(frozen=True)
class Table:
    """What was read: the sheet's name, its text, how many rows with something in them were hidden."""

    sheet: str
    text: str
    hidden: int


def read_workbook(data: bytes, *, wanted: str) -> Table:
    """The first visible sheet with a cell `wanted`, or else the first with anything. Raises `Refused` with one sentence."""
    _weigh(data)
    try:
        # read_only would not tell of merged cells and hidden rows; the weight is bounded above instead
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        tables = [_read(sheet) for sheet in _visible(book)]
    except _BROKEN:
        raise Refused("这个表格打不开，可能坏了或者设了密码；请用表格软件另存为 .xlsx 再传") from None
    found = [table for table in tables if table.text.strip()]
    if not found:
        raise Refused("这个表格里没有看得见的内容，请看看是不是传错了文件")
    return next((table for table in found if wanted in table.text.replace(" ", "")), found[0])


def _weigh(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise Refused(f"这个表格超过{MAX_BYTES // 2**20}兆，名册用不了这么大；请只留名册那一页再传")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [part for part in package.infolist() if part.filename.endswith((".xml", ".rels"))]
            unpacked = sum(part.file_size for part in parts)
            declares = unpacked <= MAX_UNPACKED and any(b"<!DOCTYPE" in package.read(part)[:2000] for part in parts)
    except (*_BROKEN, RuntimeError, NotImplementedError):
        raise Refused("这不是 .xlsx 表格；请用表格软件打开，另存为 .xlsx 再传") from None
    if unpacked > MAX_UNPACKED or declares:
        raise Refused("这个表格解开后过大，没有读；请只留名册那一页再传")


def _visible(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _read(sheet: Worksheet) -> Table:
    """A hidden row is an empty line, so that a line's number is the number of its row."""
    below = _merged_down(sheet)
    lines, hidden = [], 0
    for number, row in enumerate(sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS), 1):
        cells = [below.get((number, column)) or _text(cell) for column, cell in enumerate(row, 1)]
        shut = sheet.row_dimensions[number].hidden if number in sheet.row_dimensions else False
        hidden += bool(shut and any(cells))
        lines.append("" if shut else "\t".join(cells).rstrip())
    return Table(sheet.title, "\n".join(lines), hidden)


def _merged_down(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """What stands in a cell merged over several rows counts for each of them; over several columns only for the first."""
    found: dict[tuple[int, int], str] = {}
    for merged in sheet.merged_cells.ranges:
        if merged.min_row == merged.max_row or merged.min_col != merged.max_col:
            continue
        words = _text(sheet.cell(merged.min_row, merged.min_col))
        found |= {(row, merged.min_col): words for row in range(merged.min_row, min(merged.max_row, MAX_ROWS) + 1)}
    return found


def _text(cell: Cell | MergedCell) -> str:
    """A cell as one line of text: a day as 2026-03-09, a whole number without its point."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())
