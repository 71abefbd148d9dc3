"""Where the answers of many papers go, one by one as they come: stdout, a page, a workbook."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bihuan_text.marked import NAMES
from bihuan_text.workbooks import Sheet

if TYPE_CHECKING:
    from bihuan_text.page import Row

    from .answers import Answer


_HALVES, _NOT_ASCII = re.compile("[\ud800-\udfff]"), re.compile("[^\x00-\x7f]")


class Output:
    """Takes each answer as it comes, each refusal too; ``close`` when all have come, ``drop`` whatever happened.

    Raises ``OSError`` only.
    """

    def add(self, answer: Answer) -> None:
        """One more paper."""

    def refuse(self, file: str, name: str, reason: str) -> None:
        """One that could not be read; ``name`` is what people call it."""

    def close(self) -> None:
        """All of them have come."""

    def drop(self) -> None:
        """Nothing half done is left."""


def half_of(target: Path) -> Path:
    """Where a file is written until it is whole."""
    return target.with_name(target.name + ".part")


class Printed(Output):
    """For people at a terminal: the lines of each paper, a blank line between two. Refusals are said on stderr."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._between = out, ""

    def add(self, answer: Answer) -> None:
        """See ``Output``."""
        self._out.write(f"{self._between}{answer.text}\n")
        self._between = "\n"


def _for(out: TextIO, text: str) -> str:
    """JSON as the stream can carry it: what it lacks, and halves of characters in file names, as escapes."""
    lacking = _HALVES if (out.encoding or "utf-8").lower().startswith("utf") else _NOT_ASCII
    return lacking.sub(lambda match: json.dumps(match.group())[1:-1], text)


class OneObject(Output):
    """For programs, one paper: its object alone, or nothing where it was refused."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def add(self, answer: Answer) -> None:
        """See ``Output``."""
        self._out.write(_for(self._out, answer.text) + "\n")


class Objects(Output):
    """For programs, many papers: one object, whose documents are written as they come."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._before = out, '{"documents": ['
        self._refused: list[dict[str, str]] = []

    def add(self, answer: Answer) -> None:
        """See ``Output``."""
        self._out.write(self._before + _for(self._out, answer.text))
        self._before = ", "

    def refuse(self, file: str, name: str, reason: str) -> None:
        """See ``Output``."""
        self._refused.append({"file": file, "reason": reason})

    def close(self) -> None:
        """See ``Output``."""
        refused = json.dumps(self._refused, ensure_ascii=False)
        opened = self._before if self._before != ", " else ""
        self._out.write(f'{opened}], "refused": {_for(self._out, refused)}}}\n')


class Page(Output):
    """A web page with a row a paper. The parts wait in a file, since the rows come before them; not ``whole``: no parts."""

    def __init__(self, target: Path, *, whole: bool = True) -> None:
        import tempfile  # noqa: PLC0415  (only for those who want a page)

        self._target, self._whole = target, whole
        self._half = half_of(target)
        self._half.write_bytes(b"")  # a page that cannot be written is said before the work, not after it
        self._parts = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace", newline="")  # noqa: SIM115
        self._rows: list[Row] = []
        self._refused: list[tuple[str, str]] = []

    def add(self, answer: Answer) -> None:
        """See ``Output``."""
        if answer.row:
            self._rows.append(answer.row)
            self._parts.write(answer.part)

    def refuse(self, file: str, name: str, reason: str) -> None:
        """See ``Output``."""
        self._refused.append((name, reason))

    def close(self) -> None:
        """See ``Output``. A page of nothing is not left behind."""
        from bihuan_text.page import pieces  # noqa: PLC0415

        if not self._rows:
            return
        self._parts.seek(0)
        with self._half.open("w", encoding="utf-8", errors="replace", newline="") as page:
            page.writelines(
                pieces(self._rows, self._refused, iter(lambda: self._parts.read(1 << 20), ""), whole=self._whole)
            )
        self._half.replace(self._target)

    def drop(self) -> None:
        """See ``Output``."""
        self._parts.close()
        self._half.unlink(missing_ok=True)


class Book(Output):
    """A workbook: a row a paper on the first sheet, a row a finding on the second."""

    def __init__(self, target: Path) -> None:
        from openpyxl import Workbook  # noqa: PLC0415  (only for those who want a workbook)

        self._target = target
        half_of(target).write_bytes(b"")
        self._book = Workbook(write_only=True)
        heads = ("材料", "种类", "年度", "标题", "字数", *NAMES.values(), "已写明理由", "头一条意见", "没有读成的原因")
        self._papers = Sheet(self._book, "一览", heads, (16, 7, 4, 18, 4, 4, 4, 4, 5, 24, 24))
        finding = ("材料", "规则", "轻重", "意见", "所在的句子", "改法", "依据", "不再提示的理由")
        self._findings = Sheet(self._book, "逐条", finding, (14, 4, 4, 24, 24, 20, 16, 12))
        self._full = self._any = False

    def add(self, answer: Answer) -> None:
        """See ``Output``."""
        if (row := answer.row) is None:
            return
        self._any = True
        self._papers.add(
            (row.name, row.kind, row.year, row.title, row.characters, *row.counts, row.silenced, row.first, "")
        )
        for each in answer.remarks:
            cells = (each.rule, each.severity, each.message, each.marked or "（全篇）", each.suggestion, each.source)
            self._full |= not self._findings.add((row.name, *cells, each.silenced))

    def refuse(self, file: str, name: str, reason: str) -> None:
        """See ``Output``."""
        self._papers.add((name, *[""] * (5 + len(NAMES)), "", reason))

    def close(self) -> None:
        """See ``Output``. A workbook of nothing is not left behind."""
        if not self._any:
            return
        if self._full:
            self._papers.add(("意见太多，“逐条”一页写不下，请分几次检查。",))
        self._book.save(half_of(self._target))
        half_of(self._target).replace(self._target)

    def drop(self) -> None:
        """See ``Output``."""
        self._papers.end()
        self._findings.end()
        half_of(self._target).unlink(missing_ok=True)
