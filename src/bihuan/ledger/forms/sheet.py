"""The workbook that comes back."""

from __future__ import annotations

from bihuan.core.forms import HouseForm, PaperField


class SheetForm(HouseForm):
    """A workbook to be compared with the ledger."""

    table = PaperField(
        label="改好的表", suffixes=(".xlsx",), help_text="用这里下载的表改，表头和最后两列不要动；新的行，编号留空"
    )
