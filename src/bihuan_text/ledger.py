"""A 整改台账 given as a table: a header row that names problem and measure, then a row an item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .document import Cell, Document, Table
from .lists import holds_any
from .place import Quoted, Span, trimmed


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row; a column that the table does not have, or that is empty here, is None."""

    number: Quoted | None = None
    aspect: Quoted | None = None
    problem: Quoted | None = None
    cause: Quoted | None = None
    measure: Quoted | None = None
    owner: Quoted | None = None
    due: Quoted | None = None
    status: Quoted | None = None

    @property
    def start(self) -> int:
        """Where the last of its cells begins, which is its own: cells of rows above it may be carried down."""
        cells = (self.aspect, self.problem, self.cause, self.measure, self.owner, self.due, self.status)
        return max(cell.span.start for cell in cells if cell is not None)


# Tried in this order on each header; the first that fits names the column.
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(序号|编号|问题编号|号)$")),
    ("due", re.compile("时限|期限|完成时间|整改时间|完成日期|时间节点|时间要求")),
    ("owner", re.compile("责任人|责任领导|牵头|负责人|责任单位|责任部门|责任主体|整改人")),
    ("status", re.compile("完成情况|整改情况|整改进展|进展|落实情况|整改结果|整改成效|状态|销号|是否完成")),
    ("cause", re.compile("原因|根源|成因")),
    ("measure", re.compile("措施|举措|整改内容|整改任务|解决办法")),
    ("aspect", re.compile("方面|类别|分类|类型|对照")),
    ("problem", re.compile("问题|表现|不足|整改事项")),
)


def ledger_rows(document: Document) -> list[LedgerRow]:
    """All rows of all ledger tables of a document, in order; merged cells carry the text above down."""
    tables = document.tables or tuple(_tables_in(document))
    return [row for table in tables for row in _rows(document.text, table)]


def _rows(text: str, table: Table) -> Iterator[LedgerRow]:
    for at, header in enumerate(table.rows[:5]):
        columns = _columns(text, header)
        if "problem" in columns.values() and ("measure" in columns.values() or "status" in columns.values()):
            yield from _below(text, table.rows[at + 1 :], columns)
            return


def _columns(text: str, header: tuple[Cell, ...]) -> dict[int, str]:
    named: dict[int, str] = {}
    for cell in header:
        said = re.sub(r"\s", "", cell.span.of(text))
        name = next((n for n, pattern in _COLUMNS if len(said) <= 20 and pattern.search(said)), None)
        if name is not None and name not in named.values():
            named[cell.column] = name
    return named


def _below(text: str, rows: tuple[tuple[Cell, ...], ...], columns: dict[int, str]) -> Iterator[LedgerRow]:
    above: dict[str, Quoted | None] = {}
    for row in rows:
        found = {columns[c.column]: c for c in row if c.column in columns}
        values = {name: above.get(name) if cell.continues else _text(text, cell.span) for name, cell in found.items()}
        if values.get("problem") is None and values.get("measure") is None:
            continue
        above = values
        yield LedgerRow(**values)


def _text(text: str, span: Span) -> Quoted | None:
    place = trimmed(text, *span)
    return Quoted(place.of(text), place) if place.end > place.start else None


_RULE = re.compile(r"[\s|:：-]+")


def _tables_in(document: Document) -> Iterator[Table]:
    """Runs of lines with the same number of tabs, or of Markdown rows."""
    if not holds_any(document.text, "\t|"):
        return
    rows: list[tuple[Cell, ...]] = []
    for line in document.paragraphs:
        said = line.of(document.text)
        barred = said.strip().startswith("|") or said.count(" | ") > 1
        mark = "\t" if "\t" in said.strip() else "|" if barred else ""
        if mark == "|" and _RULE.fullmatch(said):
            continue
        cells = tuple(_split(document.text, line, mark)) if mark else ()
        if len(cells) < 2:
            if len(rows) > 1:
                yield Table(tuple(rows))
            rows = []
        else:
            rows.append(cells)
    if len(rows) > 1:
        yield Table(tuple(rows))


def _split(text: str, line: Span, mark: str) -> Iterator[Cell]:
    start, column = line.start, 0
    for at in range(line.start, line.end + 1):
        if at == line.end or text[at] == mark:
            yield Cell(Span(start, at), column)
            start, column = at + 1, column + 1
