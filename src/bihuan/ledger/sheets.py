"""The ledger as a workbook: the columns of form 22, a row a measure, text that is never a formula; and read back."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bihuan.core.access import Refused
from bihuan.ledger.tables import words_of
from bihuan_text import Unreadable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    "编号", "问题", "事例", "对照方面", "来源", "措施", "整改目标（完成标准）", "责任领导", "责任人", "协同", "时限", "进展",
    "佐证", "核验人", "状态", "销号日期", "问题记号（不要改）", "措施记号（不要改）",
)  # fmt: skip
PROBLEM_MARK, MEASURE_MARK = COLUMNS[-2:]
MAX_ROWS = 2000
_WIDTHS = {"问题": 40, "事例": 40, "措施": 40, "整改目标（完成标准）": 36, "进展": 30}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_TABLE = "没有找到台账的表头，请用这里下载的那张表改，表头和最后两列不要动"


@dataclass(frozen=True)
class SheetRow:
    """One row of the workbook by column; `line`: where it stands in what was handed in, counted from 1."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def write(title: str, rows: Iterable[dict[str, str]]) -> bytes:
    """An .xlsx with these rows under `COLUMNS`. Every cell is text, whatever it begins with."""
    from openpyxl import Workbook  # noqa: PLC0415 (slow to load)
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment  # noqa: PLC0415
    from openpyxl.writer.excel import save_workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for number, column in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + number)].width = _WIDTHS.get(column, 14)
    sheet.freeze_panes = "B2"
    wrapped = Alignment(wrap_text=True, vertical="top")
    for row in [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows]:
        laid = []
        for column in COLUMNS:
            cell = WriteOnlyCell(sheet, _UNPRINTABLE.sub("", row.get(column, "")))
            cell.data_type, cell.alignment = "s", wrapped
            cell.number_format = "@"
            laid.append(cell)
        sheet.append(laid)
    out = io.BytesIO()
    save_workbook(book, out)
    return out.getvalue()


def read(data: bytes) -> list[list[str]]:
    """The cells of the first sheet. Raises `Refused` with one sentence."""
    try:
        return words_of(data)
    except Unreadable as error:
        raise Refused(str(error).rstrip("。")) from error


def carried(cells: Sequence[Sequence[str]]) -> str:
    """Cells as one line of text that a page can carry to the next."""
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def uncarried(text: str) -> list[list[str]]:
    """What `carried` wrote; raises `Refused` for anything else."""
    try:
        cells = json.loads(text)
    except ValueError:
        cells = None
    fine = isinstance(cells, list) and all(isinstance(r, list) and all(isinstance(c, str) for c in r) for r in cells)
    if not fine:
        raise Refused("这张表没有传完整，请重新选文件")
    return list(cells)


def rows(cells: Sequence[Sequence[str]]) -> list[SheetRow]:
    """The rows below the header, without blank ones. Raises `Refused` when the header is not there."""
    needed = {"编号", "问题", "措施", PROBLEM_MARK, MEASURE_MARK}
    at = next((at for at, line in enumerate(cells[:20]) if needed <= {cell.strip() for cell in line}), None)
    if at is None:
        raise Refused(_NO_TABLE)
    names = [cell.strip() for cell in cells[at]]
    found = [_row(at + n, names, line) for n, line in enumerate(cells[at + 1 :], 2)]
    found = [row for row in found if any(row.cells.values())]
    if len(found) > MAX_ROWS:
        raise Refused(f"一次最多{MAX_ROWS}行，这张表有{len(found)}行，请分几次传")
    return found


def _row(line: int, names: Sequence[str], cells: Sequence[str]) -> SheetRow:
    return SheetRow(line, {name: plain(cell) for name, cell in zip(names, cells, strict=False) if name in COLUMNS})


def plain(text: str) -> str:
    """Text as it is compared: without blanks at the ends of lines, and without blank lines around."""
    return "\n".join(line.strip() for line in _UNPRINTABLE.sub("", text).replace("\r", "\n").strip().split("\n"))
