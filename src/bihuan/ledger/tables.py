"""A 整改台账 from Excel: an .xlsx file, or cells copied from a sheet and pasted. Both become the toolkit's `Document`,
so that one recogniser names the columns, whatever the table came in.

The text of such a document is laid as a .docx table is: cells joined by tabs, rows by line ends, a merged cell once.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from bihuan_text import Unreadable
from bihuan_text.document import Builder, Cell, Document, Origin, Table
from bihuan_text.place import Span

if TYPE_CHECKING:
    from openpyxl.worksheet.cell_range import CellRange
    from openpyxl.worksheet.worksheet import Worksheet

# A ledger of a branch has some dozens of rows; openpyxl holds a sheet in memory at about forty times its XML.
MAX_UNPACKED = 12 * 1024 * 1024
MAX_MEMBERS = 500
MAX_ROWS, MAX_COLUMNS = 2000, 60

_DAMAGED = "这个表格文件坏了或不完整，请重新取得它，或用 Excel、WPS 打开后另存为 .xlsx 再试。"
_TOO_LARGE = "这个表格文件解开后过大，不像一份整改台账，请只留台账那一张表再试。"
_WITH_ENTITIES = "这个表格文件的结构异常，为安全起见没有读取，请用 Excel 或 WPS 打开后另存为 .xlsx 再试。"
_EMPTY = "表格里没有文字，请检查是否选对了文件。"


@dataclass(frozen=True)
class GridCell:
    """What a cell says; `continues`: it is merged with the cell above, whose words hold here too."""

    text: str
    continues: bool = False


Grid = list[list[GridCell]]


def is_xlsx(data: bytes) -> bool:
    """Whether these bytes are a workbook, whatever the file is called."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def read_xlsx(data: bytes, name: str) -> Document:
    """The sheets of a workbook as one document, a table each. Raises `Unreadable` with one sentence."""
    return lay(_grids(data), name, "xlsx")


def words_of(data: bytes) -> list[list[str]]:
    """The cells of a workbook's first visible sheet, without blank rows. Raises `Unreadable` with one sentence."""
    if not is_xlsx(data):
        raise Unreadable("这不是 Excel 表格，请选 .xlsx 文件。")
    grids = _grids(data)
    return [[cell.text for cell in row] for row in grids[0]]


def _grids(data: bytes) -> list[Grid]:
    """The visible sheets of a workbook that hold words; at least one."""
    _guard(data)
    from openpyxl import load_workbook  # noqa: PLC0415 (slow to load, and only a table needs it)

    try:
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        grids = [_grid(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
        EOFError,
        ParseError,
    ) as error:
        raise Unreadable(_DAMAGED) from error
    grids = [grid for grid in grids if grid]
    if not grids:
        raise Unreadable(_EMPTY)
    return grids


def looks_like_a_table(text: str) -> bool:
    """Whether a pasted text is cells of a sheet: at least two lines with tabs in them."""
    return sum("\t" in line.strip() for line in text.splitlines()) >= 2


# A cell that Excel copied between quotation marks, as it does where a cell holds a line end or a tab.
_QUOTED = re.compile(r'"((?>(?:[^"]|"")*))"(?=[\t\n]|\Z)')


def read_pasted(text: str, name: str) -> Document:
    """Cells copied from Excel or Word, a line a row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    rows: Grid = [[]]
    at = 0
    while at <= len(text):
        words, end = _pasted_cell(text, at)
        rows[-1].append(GridCell(words.strip()))
        if text[end : end + 1] == "\n":
            rows.append([])
        at = end + 1
    return lay([[row for row in rows if any(cell.text for cell in row)]], name, "txt")


def _pasted_cell(text: str, at: int) -> tuple[str, int]:
    """The words of the cell that begins at `at`, and where it ends."""
    quoted = _QUOTED.match(text, at)
    if quoted and ("\n" in quoted[1] or "\t" in quoted[1]):
        return quoted[1].replace('""', '"').replace("\t", " "), quoted.end()
    ends = [end for mark in "\t\n" if (end := text.find(mark, at)) >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def lay(grids: Iterable[Grid], name: str, form: str) -> Document:
    """Grids as a document: one table each, with the place of every cell in the text."""
    builder = Builder()
    for grid in grids:
        builder.tables.append(Table(tuple(_lay_row(builder, row) for row in grid)))
    return builder.document(name, form)


def _lay_row(builder: Builder, row: list[GridCell]) -> tuple[Cell, ...]:
    if builder.at:
        builder.separator("\n")
    laid: list[Cell] = []
    last = max((column for column, cell in enumerate(row) if cell.text or cell.continues), default=-1)
    for column, cell in enumerate(row[: last + 1]):
        if column:
            builder.separator("\t")
        laid.append(_lay_cell(builder, column, cell))
    return tuple(laid)


def _lay_cell(builder: Builder, column: int, cell: GridCell) -> Cell:
    start = builder.at
    for number, line in enumerate(cell.text.split("\n")):
        if number:
            builder.separator("\n")
        builder.literal(line, Origin.CELL)
    return Cell(Span(start, builder.at), column, cell.continues)


def _guard(data: bytes) -> None:
    """Refuse what would cost too much to open. Sizes are counted while unpacking, never taken from the zip's own word."""
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [i for i in archive.infolist() if i.filename.endswith((".xml", ".rels"))]
            if len(archive.infolist()) > MAX_MEMBERS:
                raise Unreadable(_TOO_LARGE)
            for part in parts:
                with archive.open(part) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise Unreadable(_TOO_LARGE)
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise Unreadable(_WITH_ENTITIES)
    except RuntimeError as error:
        raise Unreadable("这个表格文件设了密码，请去掉密码后再试。") from error
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise Unreadable(_DAMAGED) from error


def _grid(sheet: Worksheet) -> Grid:
    """The filled part of a sheet, without blank rows."""
    # a format may "fill" a sheet to its last row: what holds words is near the top
    near = sheet.iter_rows(max_row=min(sheet.max_row, MAX_ROWS), max_col=min(sheet.max_column, MAX_COLUMNS))
    below = {place for area in sheet.merged_cells.ranges for place in _continuing(area)}
    rows = [[GridCell(_words(cell.value), (cell.row, cell.column) in below) for cell in row] for row in near]
    return [row for row in rows if any(cell.text or cell.continues for cell in row)]


def _continuing(area: CellRange) -> Iterator[tuple[int, int]]:
    """The places of a merged area below its first row, in its first column."""
    for row in range(area.min_row + 1, min(area.max_row, MAX_ROWS) + 1):
        yield row, area.min_col


def _words(value: object) -> str:
    """A cell's value as it reads on paper."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
