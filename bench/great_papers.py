"""Papers that are only great: a million empty paragraphs, and 200 MB, in every form. For `bench.bad_files`."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.text.doc_maker import doc_of
from tests.text.makers import docx_of
from tests.text.pdf_maker import pages_of

_MILLION, _GREAT = 1_000_000, 200 * 1024 * 1024
_HEADS = {
    ".doc": bytes.fromhex("d0cf11e0a1b11ae1"), ".wps": bytes.fromhex("d0cf11e0a1b11ae1"), ".pdf": b"%PDF-1.7\n",
    ".rtf": b"{\\rtf1 ", ".html": b"<html><p>", ".txt": "支部".encode(), ".md": "# 支部".encode(), ".docx": b"PK\x03\x04",
    ".zip": b"PK\x03\x04", ".ofd": b"PK\x03\x04",
}  # fmt: skip


def files(folder: Path) -> Iterator[Path]:
    """The files, written into the folder one after the other."""
    for name, content in _empty().items():
        (folder / name).write_bytes(content)
        yield folder / name
    for ending, head in _HEADS.items():
        path = folder / f"great{ending}"
        with path.open("wb") as file:
            file.write(head)
            file.truncate(_GREAT)  # a hole where the disk knows holes
        yield path
    path = folder / "great-picture.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/media/image1.png", bytes(_GREAT))
    yield path


def _empty() -> dict[str, bytes]:
    return {
        "empty-lines.docx": docx_of("<w:p/>" * _MILLION), "empty-lines.doc": doc_of("\r" * _MILLION).bytes(),
        "empty-lines.rtf": b"{\\rtf1 " + b"\\par\n" * _MILLION + b"}", "empty-lines.html": b"<html>" + b"<p></p>" * _MILLION,
        "empty-lines.txt": b"\n" * _MILLION, "empty-lines.md": b"\r\n" * _MILLION,
        "empty-lines.pdf": pages_of([b"BT /F1 9 Tf 9 800 Td " + b"() Tj T* " * (_MILLION // 100) + b"ET" for _ in range(100)]),
    }  # fmt: skip
