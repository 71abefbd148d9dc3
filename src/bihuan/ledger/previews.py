"""What a file of proof shows in the page, without leaving it: words, the first rows of sheets, a picture, or one sentence
that says why not. Nothing of a file is ever run, and what is shown is words that the template escapes.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from bihuan.core.kinds import PICTURES
from bihuan.ledger import pdf_pages, tables
from bihuan_text import Unreadable, read_document
from bihuan_text.document import Document, Table

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = {
    "application/ofd": "OFD",
    "application/x-ole-storage": "老版本的 Office 文件",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "演示文稿",
}

# A look, not the whole paper: whoever wants all of it saves the file.
# What it unpacks to decides how long a look takes: these are about two seconds on a slow machine.
MOST_BYTES, MOST_UNPACKED = 4 * 1024 * 1024, 6 * 1024 * 1024
MOST_PARAGRAPHS, MOST_CHARACTERS = 200, 20_000
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_OF_A_CELL = 5, 30, 12, 120


@dataclass(frozen=True)
class Sheet:
    """The first rows of one sheet; `cut`: there is more than is shown."""

    rows: tuple[tuple[str, ...], ...]
    cut: bool


@dataclass(frozen=True)
class Preview:
    """What the page shows. `sentence`: what it says instead, or about what it left out."""

    picture: bool = False
    pages: tuple[int, ...] = ()  # the pages of a PDF that are drawn, counted from 1
    paragraphs: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    sentence: str = ""


def preview(path: Path, media_type: str, size: int) -> Preview:
    """A look into the file at `path`, whose kind was told by its content when it was taken in.

    size: bytes. Never raises: a file that is gone, damaged or too large is a sentence.
    """
    if not path.is_file():
        return Preview(sentence="这份文件不在了，请用最近的备份恢复。")
    if media_type in PICTURES:
        return Preview(picture=True)
    if media_type == pdf_pages.PDF:
        return _pages(path, size)
    if media_type not in {WORD, EXCEL, "text/plain"}:
        return Preview(sentence=f"{NAMES.get(media_type, '这种文件')}不在页里打开，请存下来看。")
    if media_type != "text/plain" and (size > MOST_BYTES or _unpacked(path) > MOST_UNPACKED):
        return Preview(sentence="这份文件大，不在页里打开，请存下来看。")
    try:
        return _look(path, media_type)
    except Unreadable as unreadable:
        return Preview(sentence=f"里面的字没有读出来：{unreadable.reason_zh}也可以存下来看。")
    except OSError:
        return Preview(sentence="这份文件现在打不开，请过一会儿再看，或请管理的人看看磁盘。")


def _pages(path: Path, size: int) -> Preview:
    try:
        pages = pdf_pages.count(path, size)
    except pdf_pages.CannotShow as cannot:
        return Preview(sentence=cannot.reasons[0])
    shown = min(pages, pdf_pages.MOST_PAGES)
    cut = f"一共{pages}页，这里是前{shown}页，全文请存下来看。" if pages > shown else ""
    return Preview(pages=tuple(range(1, shown + 1)), sentence=cut)


def _unpacked(path: Path) -> int:
    """How many bytes of marks and words it says it holds; what lies about that is caught while it is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(part.file_size for part in archive.infolist() if part.filename.endswith(".xml"))
    except (zipfile.BadZipFile, OSError):
        return 0


def _look(path: Path, media_type: str) -> Preview:
    if media_type == EXCEL:
        return _sheets(tables.read_xlsx(path.read_bytes(), "a.xlsx"))
    if media_type == WORD:
        return _words(read_document(path.read_bytes(), "a.docx").text, cut=False)
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    cut = len(data) > MOST_BYTES
    # a character may be cut in the middle: the last line goes
    return _words(read_document(data[: data.rfind(b"\n")] if cut else data, "a.txt").text, cut=cut)


def _words(text: str, *, cut: bool) -> Preview:
    lines = [line.replace("\t", "　") for line in text.splitlines() if line.strip()]
    shown, left = [], MOST_CHARACTERS
    for line in lines[:MOST_PARAGRAPHS]:
        if left <= 0:
            break
        shown.append(line if len(line) <= left else f"{line[:left]}…")
        left -= len(line)
    cut = cut or len(shown) < len(lines) or left < 0
    return Preview(paragraphs=tuple(shown), sentence="只显示了前面一部分，全文请存下来看。" if cut else "")


def _sheets(document: Document) -> Preview:
    sheets = tuple(_sheet(document, table) for table in document.tables[:MOST_SHEETS])
    cut = any(sheet.cut for sheet in sheets) or len(document.tables) > MOST_SHEETS
    return Preview(sheets=sheets, sentence="只显示了每张表前面的一部分，全表请存下来看。" if cut else "")


def _sheet(document: Document, table: Table) -> Sheet:
    width = min(max((cell.column + 1 for row in table.rows for cell in row), default=1), MOST_COLUMNS)
    rows, cut = [], len(table.rows) > MOST_ROWS
    for row in table.rows[:MOST_ROWS]:
        cells = [""] * width
        for cell in row:
            text = document.text[cell.span.start : cell.span.end].strip()
            if cell.column >= width or len(text) > MOST_OF_A_CELL:
                cut = cut or bool(text)
            if cell.column < width:
                cells[cell.column] = text if len(text) <= MOST_OF_A_CELL else f"{text[:MOST_OF_A_CELL]}…"
        rows.append(tuple(cells))
    return Sheet(tuple(rows), cut)
