"""Last year's paper, read: the one file of the room that knows the exact shape of what the toolkit returns.

`read` turns a file or a pasted text into a `Reading`: its text, the structure of the `read --json` contract, and the
`Draft`s that a person will be asked about, in the order in which the paper has them. Pure: no database, no request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bihuan.core.access import Refused
from bihuan.ledger import tables
from bihuan_text import Unreadable, ledger_rows, read_document, read_report
from bihuan_text.as_json import read_json

if TYPE_CHECKING:
    from bihuan_text.document import Document
    from bihuan_text.ledger import LedgerRow
    from bihuan_text.place import Quoted

PROBLEM, CAUSE, MEASURE = "问题", "原因", "措施"
PASTED = "粘贴的材料"


@dataclass(frozen=True)
class Draft:
    """One thing read: `lead` its words, [start, end) the stretch of the text it was read from.

    `owner_words` and `due_words` are a table's own words; a report mostly has none, and none are made up.
    """

    kind: str
    under: str
    lead: str
    example: str
    start: int
    end: int
    owner_words: str = ""
    due_words: str = ""


@dataclass(frozen=True)
class Reading:
    """A paper as it was read. `year`: the 年度 it is about, None where the text does not say it for sure."""

    name: str
    text: str
    kind: str = ""
    year: int | None = None
    structure: dict[str, Any] = field(default_factory=dict)
    drafts: tuple[Draft, ...] = ()


def read(name: str, *, data: bytes | None = None, pasted: str = "") -> Reading:
    """Read a report or a 整改台账. Raises `Refused` with one sentence for what cannot be read or holds nothing of it."""
    name = name or PASTED
    try:
        document = _document(name, data, pasted)
    except Unreadable as unreadable:
        raise Refused(f"“{name}”没有存：{unreadable.reason_zh}") from unreadable
    reading = _reading(name, document)
    if not reading.drafts:
        raise Refused(
            f"从“{name}”里没有读出问题和措施，没有存；请确认它是上年度的情况报告或整改台账，台账要带表头一起交。"
        )
    return reading


def _document(name: str, data: bytes | None, pasted: str) -> Document:
    if data is None:
        if not pasted.strip():
            raise Unreadable("没有内容，请选一个文件，或把表格、文字粘贴进来。")
        if tables.looks_like_a_table(pasted):
            return tables.read_pasted(pasted, name)
        return read_document(pasted.encode(), f"{name}.txt")
    return tables.read_xlsx(data, name) if tables.is_xlsx(data) else read_document(data, name)


def _reading(name: str, document: Document) -> Reading:
    report = read_report(document)
    structure: dict[str, Any] = read_json(name, document, report)
    text = str(structure.pop("text"))
    rows = ledger_rows(document)
    as_table = bool(rows) and (report.kind == "整改台账" or not structure["aspects"])
    if as_table:
        structure["rows"] = [_row_json(group) for group in _groups(rows)]
        drafts = [draft for group in _groups(rows) for draft in _drafts_of_rows(group)]
    else:
        drafts = list(_drafts_of_report(structure, text))
    return Reading(name, text, str(structure["kind"]), report.year, structure, tuple(drafts))


# --- a report ---------------------------------------------------------------------------------------------------------


def _drafts_of_report(structure: dict[str, Any], text: str) -> Iterator[Draft]:
    """In the order of the paper: what is near together there is asked together."""
    found = [*_problems(structure, text), *_causes(structure), *_measures(structure)]
    yield from sorted(found, key=lambda draft: draft.start)


def _problems(structure: dict[str, Any], text: str) -> Iterator[Draft]:
    for aspect in structure["aspects"]:
        for problem in aspect["problems"]:
            example = "\n".join(text[e["start"] : e["end"]] for e in problem["examples"])
            yield Draft(
                PROBLEM, aspect["heading"] or "", problem["lead"], example, problem["start"], problem["end"]
            )  # fmt: skip


def _causes(structure: dict[str, Any]) -> Iterator[Draft]:
    for item in structure["causes"]:
        yield Draft(CAUSE, "", item["lead"], "", item["start"], item["end"])


def _measures(structure: dict[str, Any]) -> Iterator[Draft]:
    """Each named measure; a group that names none is one itself."""
    for group in structure["measures"]:
        heading = group["heading"] or ""
        for item in group["items"]:
            yield Draft(MEASURE, heading, item["lead"], "", item["start"], item["end"])
        if not group["items"]:
            yield Draft(MEASURE, heading, heading, "", group["start"], group["end"])


# --- a table ----------------------------------------------------------------------------------------------------------


def _groups(rows: list[LedgerRow]) -> list[list[LedgerRow]]:
    """The rows of one problem together: a further measure stands below it with the problem's cell merged or empty."""
    groups: list[list[LedgerRow]] = []
    for row in rows:
        above = groups[-1][0].problem if groups else None
        if groups and (row.problem is None or (above is not None and row.problem.text == above.text)):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _cells(group: list[LedgerRow], *names: str) -> list[Quoted]:
    """The filled cells of a group in these columns, each once."""
    found = [cell for row in group for name in names if (cell := getattr(row, name)) is not None]
    return list({cell.span: cell for cell in found}.values())


def _row_json(group: list[LedgerRow]) -> dict[str, Any]:
    """Where a problem's rows stand in the text, and what the table said had become of it."""
    cells = _cells(group, "number", "aspect", "problem", "cause", "measure", "owner", "due", "status")
    own = [cell for cell in cells if cell not in _cells(group, "aspect")] or cells
    return {
        "start": min(cell.span.start for cell in own),
        "end": max(cell.span.end for cell in own),
        "status": "；".join(cell.text for cell in _cells(group, "status")),
    }


def _drafts_of_rows(group: list[LedgerRow]) -> Iterator[Draft]:
    under = "".join(cell.text for cell in _cells(group, "aspect")[:1])
    if problem := group[0].problem:
        yield Draft(PROBLEM, under, problem.text, "", *problem.span)
    for cell in _cells(group, "cause"):
        yield Draft(CAUSE, under, cell.text, "", *cell.span)
    seen = set()
    for row in group:
        if row.measure is None or row.measure.span in seen:
            continue
        seen.add(row.measure.span)
        owner, due = row.owner.text if row.owner else "", row.due.text if row.due else ""
        for lead, start, end in _numbered(row.measure):
            yield Draft(MEASURE, under, lead, "", start, end, owner[:100], due[:100])


_ORDINAL = re.compile(r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）.、．]|[①-⑳])\s*")


def _numbered(cell: Quoted) -> Iterator[tuple[str, int, int]]:
    """The measures of one cell: each line its own where every line is numbered, else the cell as it stands."""
    lines = [line for line in re.finditer(r"[^\n]+", cell.text) if line.group().strip()]
    if len(lines) < 2 or not all(_ORDINAL.match(line.group()) for line in lines):
        yield cell.text, *cell.span
        return
    for line in lines:
        ordinal = _ORDINAL.match(line.group())
        lead = line.group()[ordinal.end() if ordinal else 0 :].strip()
        yield lead, cell.span.start + line.start(), cell.span.start + line.end()
