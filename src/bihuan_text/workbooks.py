"""Workbooks for the commands: rows as they come, words never taken for formulas, fit to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl import Workbook

Row: TypeAlias = "tuple[str | float | None, ...]"

_CELL = 32_000  # characters; Excel takes 32,767
_MOST = 1_000_000  # rows; Excel takes 1,048,576


class Sheet:
    """One sheet, written row by row: its head stays in sight and on each printed page; ``widths`` in characters."""

    def __init__(self, book: Workbook, title: str, heads: Sequence[str], widths: Sequence[int] = ()) -> None:
        from openpyxl.styles import Alignment  # noqa: PLC0415  (only for those who want a workbook)
        from openpyxl.utils import get_column_letter  # noqa: PLC0415

        self._sheet: Any = book.create_sheet(title)
        self._words, self._number = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
        self._rows = 0
        self._sheet.freeze_panes = "A2"
        self._sheet.print_title_rows = "1:1"
        self._sheet.page_setup.orientation, self._sheet.page_setup.paperSize = "landscape", 9
        self._sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self._sheet.page_setup.fitToHeight = 0
        for at, width in enumerate(widths, 1):
            self._sheet.column_dimensions[get_column_letter(at)].width = width * 2
        self.add(tuple(heads))

    def add(self, row: Row) -> bool:
        """Whether there was room for the row. What a cell cannot hold is left out of it."""
        if self._rows >= _MOST:
            return False
        self._rows += 1
        self._sheet.append([self._cell(value) for value in row])
        return True

    def end(self) -> None:
        """No more rows, also where the workbook will never be saved."""
        if not self._sheet.closed:
            self._sheet.close()

    def _cell(self, value: str | float | None) -> Any:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415

        if not isinstance(value, str):
            cell = WriteOnlyCell(self._sheet, value)
            cell.alignment = self._number
            return cell
        cell = WriteOnlyCell(self._sheet, ILLEGAL_CHARACTERS_RE.sub("", _whole(value)))
        cell.data_type = "s"
        cell.alignment = self._words
        return cell


def _whole(words: str) -> str:
    """As much as a cell holds, without halves of characters, which file names may have."""
    return words[:_CELL].encode("utf-8", "replace").decode()


def sheet(book: Workbook, title: str, heads: Sequence[str], rows: Iterable[Row], widths: Sequence[int] = ()) -> None:
    """A sheet of rows that are all at hand."""
    made = Sheet(book, title, heads, widths)
    for row in rows:
        if not made.add(row):
            return
