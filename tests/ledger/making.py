"""Papers and confirmed proposals for the tests of reading, reached through the actions."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import docx
from openpyxl import Workbook

from bihuan.cycle.actions import open_cycle
from bihuan.cycle.models import Cycle
from bihuan.ledger.actions import intake
from bihuan.ledger.models import Carry, Paper, Problem, Proposal
from tests.cast import Cast, at

REPORT = (Path(__file__).parent / "papers" / "report.txt").read_bytes()
HEADER = ["序号", "对照方面", "存在的问题", "原因", "整改措施", "责任人", "完成时限", "完成情况"]
ROWS = [
    ["1", "履行职责", "闸门检查走过场", "怕麻烦", "1. 逐闸试机\n2. 读数入簿", "闸管员", "2025年5月底", "已试机3座"],
    ["", "", "", "", "年底复查一次", "站长", "长期坚持", ""],
    ["2", "服务群众", "停水不提前告知", "", "提前一天公告", "", "", "在做"],
]
TITLE = "样例水利站党支部2024年度问题整改台账"
PASTED = "\n".join(
    "\t".join(f'"{cell}"' if "\n" in cell else cell for cell in row) for row in [[TITLE], HEADER, *ROWS]
)  # fmt: skip


def year(cast: Cast, number: int = 2025) -> Cycle:
    return open_cycle(year=number, by=cast.secretary, at=at(8, 30))


def taken(cast: Cast, cycle: Cycle | None = None, *, data: bytes = REPORT, name: str = "去年的报告.txt") -> Paper:
    return intake.take_paper(cycle=cycle or year(cast), name=name, data=data, by=cast.secretary, at=at())


def proposals(paper: Paper, kind: str = "") -> list[Proposal]:
    found = Proposal.objects.of(paper.scope_org_id).filter(paper=paper).select_related("paper__cycle")
    return list(found.filter(kind=kind) if kind else found)


def confirm(proposal: Proposal, cast: Cast, *, when: datetime | None = None, **words: object) -> Proposal:
    return intake.decide_proposal(proposal, accepted=True, by=cast.secretary, at=when or at(10), **words)  # type: ignore[arg-type]


def a_carried_problem(cast: Cast) -> Carry:
    paper = taken(cast)
    problem = confirm(proposals(paper, "问题")[0], cast).problem
    assert problem is not None
    carry: Carry = Carry.objects.of(cast.branch.pk).get(problem=problem)
    return carry


def problems_of(cast: Cast, number: int) -> list[Problem]:
    return list(Problem.objects.of(cast.branch.pk).filter(cycle__year=number))


def workbook(*, merged: bool = True) -> bytes:
    """The ledger as an .xlsx with a merged title row and, by default, the problem's cells merged over two rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([TITLE])
    sheet.append(HEADER)
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(HEADER))
    if merged:
        for column in (1, 2, 3, 4):
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    return _saved(book)


def word_table() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=0, cols=len(HEADER))
    for row in [HEADER, *ROWS]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for column in (0, 1, 2, 3):
        table.cell(1, column).merge(table.cell(2, column))
    return _saved(document)


def _saved(thing: object) -> bytes:
    out = io.BytesIO()
    thing.save(out)  # type: ignore[attr-defined]
    return out.getvalue()
