"""A manuscript as a file to keep: a Word document laid out as papers are, or plain text."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import groupby
from typing import Literal, cast
from urllib.parse import quote

from django.http import HttpResponse

from bihuan.review import checking, reading
from bihuan.review.inplace import rewritten
from bihuan.review.models import Manuscript
from bihuan.review.reading import PASTED
from bihuan_text import read_document
from bihuan_text.gbt9704 import Block, Heading, Paper, Paragraph, Table, Text, title_of, to_docx
from bihuan_text.reviewed import reviewed

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LEVELS = (
    re.compile(r"[一二三四五六七八九十]{1,3}、[^。；]{1,38}"),
    re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；]{1,38}"),
)
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LONGEST_TITLE = 60


def stem(manuscript: Manuscript) -> str:
    """The file's name without its ending."""
    bare = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", manuscript.name.rpartition(".")[0] or manuscript.name)
    return f"{bare[:80] or '材料'}（改过）"


def download(data: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep, under its name."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def plain(manuscript: Manuscript) -> bytes:
    """The text, with the mark and the line ends that every notepad knows."""
    return manuscript.text.replace("\n", "\r\n").encode("utf-8-sig", "replace")


def word(manuscript: Manuscript) -> bytes:
    """A .docx of the text as it is now: the author's own file where it was one, else laid out by GB/T 9704."""
    if manuscript.form == "docx":
        own = rewritten(bytes(manuscript.original), manuscript.name, manuscript.text)
        if own is not None:
            return own
    lines = [line for line in _UNPRINTED.sub("", manuscript.text).split("\n") if line.strip()]
    first = lines[0].strip() if lines else ""
    titled = bool(first) and len(first) <= _LONGEST_TITLE and not first.endswith(("。", "；")) and "\t" not in first
    title = title_of(first if titled else manuscript.name.rpartition(".")[0] or manuscript.name)
    return to_docx(Paper(title=title, body=_blocks(lines[1:] if titled else lines)))


def remarked(manuscript: Manuscript, at: datetime) -> bytes:
    """The Word file with what still counts as comments, and what a press can mend as changes to accept or to refuse."""
    data = word(manuscript)
    document = read_document(data, f"{PASTED}.docx")
    found = checking.counting(document, reading.layout_of(data, document), manuscript.off, manuscript.aside)
    return reviewed(data, document, found, at)


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    found: list[Block] = []
    for is_table, group in groupby(lines, key=lambda line: "\t" in line.strip()):
        same = [*group]
        found += [_table(same)] if is_table else [_block(line.strip()) for line in same]
    return tuple(found)


def _block(line: str) -> Block:
    for level, shape in enumerate(_LEVELS, 1):
        if shape.fullmatch(line):
            return Heading(cast("Literal[1, 2]", level), (Text(line),))
    return Paragraph((Text(line),))


def _table(lines: list[str]) -> Table:
    rows = [tuple(cell.strip() for cell in line.split("\t")) for line in lines]
    width = max(map(len, rows))
    even = [row + ("",) * (width - len(row)) for row in rows]
    return Table(header=even[0], rows=tuple(even[1:]))
