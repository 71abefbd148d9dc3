"""Which kind of template a file is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bihuan_text.readers.limits import MAX_FILE_BYTES, MAX_MEMBERS, too_large
from bihuan_text.readers.package import member_names
from bihuan_text.readers.sniff import Form, form_of
from bihuan_text.refusal import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .model import Rows, Said, Template

_NO_FORM = "这里只收 .docx 或 .xlsx 的表格和文件，请用 Word、Excel 或 WPS 打开后另存再传。"


class Opened(Protocol):
    """A template that was opened."""

    def template(self) -> Template:
        """Its blanks."""
        ...

    def filled(self, values: Mapping[str, Said], rows: Sequence[Rows]) -> bytes:
        """Its bytes with these answers in."""
        ...


def opened(data: bytes, name: str) -> Opened:
    """The template behind a file's bytes; raises ``Unreadable``."""
    if len(data) > MAX_FILE_BYTES:
        raise Unreadable(too_large(len(data)))
    try:
        return _opened(data, name)
    except (MemoryError, RecursionError) as error:
        raise Unreadable("文件的结构异常，为安全起见没有读取，请用 Word 或 WPS 打开后另存再试。") from error


def _opened(data: bytes, name: str) -> Opened:
    # Counted before zipfile builds an object for each entry, as the readers do.
    if data.startswith(b"PK") and data.count(b"PK\x01\x02") <= MAX_MEMBERS:
        names = member_names(data)
        if any(each.endswith("vbaProject.bin") for each in names):
            raise Unreadable("文件里带有宏，为安全起见没有收，请另存为不带宏的 .docx 或 .xlsx 再传。")
        if "xl/workbook.xml" in names:
            from .xlsx import Sheets  # noqa: PLC0415

            return Sheets(data)
    if form_of(data, name) is not Form.DOCX:
        raise Unreadable(_NO_FORM)
    from .docx import Text  # noqa: PLC0415

    return Text(data)
