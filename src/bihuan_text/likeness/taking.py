"""Paths → the plain texts that are compared: files of every form that ``bihuan read`` reads, folders, lists in .xlsx."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bihuan_text.folders import PAPERS, papers_in
from bihuan_text.readers.files import file_bytes
from bihuan_text.refusal import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PLAIN = {".txt", ".md", ".markdown"}
_LONG_CELL, _LONG_PATH = 100, 260


class Source(NamedTuple):
    """A paper to be read: a file, or a text that stood in a cell of a list.

    ``size`` in bytes; ``stamp`` tells whether the file has changed since it was taken in.
    """

    name: str
    path: str
    text: str = ""
    size: int = 0
    stamp: str = ""


def sources(paths: Sequence[str], beside: list[str] | None = None) -> list[Source]:
    """All papers of files, folders (with their subfolders) and lists. Raises ``Unreadable`` for a list that is none.

    ``beside`` is given the paths of what else lies in the folders, hidden and passing files left out.
    """
    others: list[str] = [] if beside is None else beside
    return [source for path in paths for source in _of(Path(path), others)]


def _of(path: Path, beside: list[str]) -> Iterator[Source]:
    if path.is_dir():
        yield from map(file_source, papers_in(str(path), beside))
    elif path.suffix.lower() == ".xlsx":
        yield from _listed(path)
    else:
        yield file_source(str(path))


def file_source(path: str) -> Source:
    """A file as it is now."""
    try:
        stat = os.stat(path)
    except (OSError, ValueError):
        return Source(path, path)  # reading it says why
    return Source(path, path, "", stat.st_size, f"{stat.st_size}-{stat.st_mtime_ns}")


def _ending(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _listed(path: Path) -> Iterator[Source]:
    """Each row of a workbook: a file it names, whether it is there or not, or the long text in one of its cells."""
    from openpyxl import load_workbook  # noqa: PLC0415  (only for lists)

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise Unreadable(f"{path.name} 打不开，请用 Excel 或 WPS 另存为 .xlsx 再试。") from error
    found = 0
    for sheet in book.worksheets:
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = [str(cell).strip() for cell in row if cell is not None and str(cell).strip()]
            source = _row(path, f"{path.name}#{sheet.title}!{number}", cells)
            if source:
                found += 1
                yield source
    book.close()
    if not found:
        raise Unreadable(f"{path.name} 里没有材料：每一行要有一个材料的文件名，或者一格材料全文。")


def _row(path: Path, place: str, cells: list[str]) -> Source | None:
    named = [path.parent / cell for cell in cells if len(cell) <= _LONG_PATH and _ending(cell) in PAPERS]
    if named:  # one that is not there is refused when it is read, with its name
        return file_source(str(next((each for each in named if each.is_file()), named[0])))
    longest = max(cells, key=len, default="")
    if len(longest) < _LONG_CELL:
        return None
    label = " ".join(cell for cell in cells if cell is not longest and len(cell) <= 40)
    return Source(
        f"{place} {label}".strip(), "", longest, 3 * len(longest), blake2b(longest.encode(), digest_size=8).hexdigest()
    )


def is_plain(source: Source) -> bool:
    """Whether the text of a paper is a file of text, which costs little to read again."""
    return bool(source.path and source.stamp) and _ending(source.path) in _PLAIN


def text_of(source: Source) -> str:
    """The plain text of a paper, as ``bihuan read`` gives it. Raises ``Unreadable``."""
    if not source.path:
        return source.text
    data = file_bytes(source.path)
    return _plain(data) if _ending(source.path) in _PLAIN else _document(data, os.path.basename(source.path))


def _plain(data: bytes) -> str:
    """A text file without the structure that comparing does not need; longer ones are taken than ``read`` takes."""
    try:
        text = data.decode("utf-8")
        if text.startswith("\ufeff") or "\x00" in text:
            raise UnicodeDecodeError("utf-8", b"", 0, 1, "another way to decode it")
    except UnicodeDecodeError:
        from bihuan_text.readers.decoding import decoded  # noqa: PLC0415  (most papers do not need it)

        text, _ = decoded(data)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _document(data: bytes, name: str) -> str:
    from bihuan_text.readers import read_document  # noqa: PLC0415

    return read_document(data, name).text
