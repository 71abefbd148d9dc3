"""Taking in last year's paper: what is read, what is refused, what is never doubled."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from bihuan.core import audit, vault
from bihuan.core.access import Refused
from bihuan.core.models import Blob, Entry
from bihuan.cycle.gates import state_gate, stated
from bihuan.ledger import tables
from bihuan.ledger.actions import intake
from bihuan.ledger.models import Paper, Problem, Proposal
from tests.cast import Cast, at
from tests.ledger import making


def kinds(paper: Paper) -> dict[str, int]:
    found = [p.kind for p in making.proposals(paper)]
    return {kind: found.count(kind) for kind in ("问题", "原因", "措施")}


def test_the_seed_brings_its_twelve_problems_three_causes_and_all_named_measures(cast: Cast, seed_text: str) -> None:
    paper = making.taken(cast, data=seed_text.encode(), name="报告.txt")
    assert kinds(paper) == {"问题": 12, "原因": 3, "措施": 12}
    assert (paper.year, paper.structure["year_said"], len(paper.structure["prior"])) == (2021, True, 3)
    assert len({p.under for p in making.proposals(paper, "问题")}) == 4
    assert len({p.under for p in making.proposals(paper, "措施")}) == 4
    assert all(p.lead in paper.text[p.start : p.end] for p in making.proposals(paper))
    # its own section on the year before is history: nothing in it is asked
    assert min(p.start for p in making.proposals(paper)) > paper.structure["prior"][-1]["end"]


def test_a_report_is_read_with_span_heading_and_example(cast: Cast) -> None:
    paper = making.taken(cast)
    assert kinds(paper) == {"问题": 3, "原因": 2, "措施": 3}
    first = making.proposals(paper)[0]
    assert (first.lead, first.under) == ("汛前检查走过场", "对照履行职责方面")
    assert first.example.startswith("比如，5月7日")
    assert paper.text[first.start : first.end].startswith("一是汛前检查走过场")
    assert [p.order for p in making.proposals(paper)] == list(range(1, 9))
    assert {p.owner_words + p.due_words for p in making.proposals(paper)} == {""}, "a report's owner is never made up"


def test_the_file_goes_to_the_vault_with_the_paper(cast: Cast) -> None:
    paper = making.taken(cast)
    assert paper.blob is not None
    assert vault.path_of(paper.blob_id).read_bytes() == making.REPORT


LEDGER = [
    ("问题", "履行职责", "闸门检查走过场", "", ""),
    ("原因", "履行职责", "怕麻烦", "", ""),
    ("措施", "履行职责", "逐闸试机", "闸管员", "2025年5月底"),
    ("措施", "履行职责", "读数入簿", "闸管员", "2025年5月底"),
    ("措施", "履行职责", "年底复查一次", "站长", "长期坚持"),
    ("问题", "服务群众", "停水不提前告知", "", ""),
    ("措施", "服务群众", "提前一天公告", "", ""),
]


@pytest.mark.parametrize(
    "given",
    [
        {"name": "台账.xlsx", "data": making.workbook()},
        {"name": "台账.xlsx", "data": making.workbook(merged=False)},
        {"name": "台账.docx", "data": making.word_table()},
        {"name": "", "pasted": making.PASTED},
    ],
    ids=["xlsx", "xlsx without merged cells", "docx", "pasted"],
)
def test_a_ledger_table_is_read_alike_whatever_it_comes_in(cast: Cast, given: dict[str, object]) -> None:
    paper = intake.take_paper(cycle=making.year(cast), by=cast.secretary, at=at(), **given)  # type: ignore[arg-type]
    assert [(p.kind, p.under, p.lead, p.owner_words, p.due_words) for p in making.proposals(paper)] == LEDGER
    assert (paper.kind, paper.year) == ("整改台账", 2024)
    assert [row["status"] for row in paper.structure["rows"]] == ["已试机3座", "在做"]
    assert all(p.lead in paper.text[p.start : p.end] for p in making.proposals(paper))


def test_a_day_in_a_sheet_reads_as_on_paper() -> None:
    from datetime import datetime

    from bihuan.ledger.tables import _words

    assert [_words(v) for v in (datetime(2025, 6, 1), 3.0, 2.5, "a\tb", None)] == [  # noqa: DTZ001
        "2025年6月1日", "3", "2.5", "a b", ""
    ]  # fmt: skip


BOMB = io.BytesIO()
with zipfile.ZipFile(BOMB, "w", zipfile.ZIP_DEFLATED) as _zip:
    _zip.writestr("[Content_Types].xml", "<Types/>")
    _zip.writestr("xl/workbook.xml", "<a>" + "x" * (40 * 2**20) + "</a>")
ENTITY = io.BytesIO()
with zipfile.ZipFile(ENTITY, "w") as _zip:
    _zip.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("空.txt", b"", "空的"),
        ("程序.docx", b"MZ\x90\x00" + os.urandom(2000), "程序"),
        ("乱.docx", os.urandom(3000), "损坏|不是"),
        ("乱.xlsx", b"PK\x03\x04" + b"\x00" * 200, "损坏|坏了|压缩包"),
        ("大.xlsx", BOMB.getvalue(), "过大"),
        ("怪.xlsx", ENTITY.getvalue(), "异常"),
        ("通知.txt", "今天下午3点开会，请准时参加，带好笔记本。".encode(), "没有读出问题"),
    ],
)
def test_a_wrong_file_is_one_sentence_and_nothing_is_kept(
    cast: Cast, data_folder: Path, name: str, data: bytes, says: str
) -> None:
    cycle = making.year(cast)
    with pytest.raises(Refused, match=says) as refusal:
        making.taken(cast, cycle, name=name, data=data)
    assert len(refusal.value.reasons) == 1
    assert "\n" not in refusal.value.reasons[0]
    assert not Paper.objects.of(cast.branch.pk).exists()
    assert not Blob.objects.exists()
    assert [f for f in (data_folder / "vault").rglob("*") if f.is_file()] == []


@pytest.mark.parametrize("marking", ["机密★1年", "秘 密★", "密级：绝密", "机密"])
def test_a_paper_with_a_marking_of_secrecy_is_refused(cast: Cast, marking: str) -> None:
    with pytest.raises(Refused, match="涉密"):
        making.taken(cast, data=f"{marking}\n".encode() + making.REPORT)
    assert not Blob.objects.exists()
    assert "密级标志" in Entry.objects.order_by("pk").last().line  # type: ignore[union-attr]


def test_the_same_paper_twice_is_the_one_there_is(cast: Cast) -> None:
    cycle = making.year(cast)
    first = making.taken(cast, cycle)
    again = making.taken(cast, cycle, name="换了名字.txt")
    pasted = intake.take_paper(
        cycle=cycle, name="", pasted=making.REPORT.decode(), by=cast.organiser, at=at(11)
    )  # fmt: skip
    assert {first.pk, again.pk, pasted.pk} == {first.pk}
    assert Proposal.objects.of(cast.branch.pk).count() == 8


def test_a_year_the_text_does_not_say_is_asked_before_anything_is_confirmed(cast: Cast) -> None:
    nameless = making.REPORT.replace("2024年度".encode(), b"")
    paper = making.taken(cast, data=nameless)
    assert (paper.year, paper.structure["year_said"]) == (2024, False)
    with pytest.raises(Refused, match="哪个年度"):
        making.confirm(making.proposals(paper)[0], cast)
    with pytest.raises(Refused, match="早于"):
        intake.state_year(paper, year=2025, by=cast.secretary, at=at())
    paper = intake.state_year(paper, year=2023, by=cast.secretary, at=at())
    making.confirm(making.proposals(paper)[0], cast)
    assert [p.no for p in making.problems_of(cast, 2023)] == ["23-01"]
    with pytest.raises(Refused, match="不能再改"):
        intake.state_year(paper, year=2022, by=cast.secretary, at=at())


def test_this_years_own_paper_is_not_taken_for_last_years(cast: Cast) -> None:
    paper = making.taken(cast, making.year(cast, 2024))
    assert paper.structure["year_said"] is False, "it says 2024, which is the year itself: a person must look"


def test_a_member_may_not_take_a_paper_and_another_branch_neither(cast: Cast) -> None:
    cycle = making.year(cast)
    for seat, reason in (
        (cast.member, "书记、副书记或组织委员"),
        (cast.outsider, "别的支部"),
        (cast.clerk, "别的支部"),
    ):
        with pytest.raises(Refused, match=reason):
            intake.take_paper(cycle=cycle, name="a.txt", data=making.REPORT, by=seat, at=at())
    assert not Paper.objects.of(cast.branch.pk).exists()


def test_a_wrong_paper_is_taken_back_while_nothing_of_it_is_confirmed(cast: Cast) -> None:
    paper = making.taken(cast)
    decided = making.confirm(making.proposals(paper)[0], cast)
    with pytest.raises(Refused, match="1条已经确认"):
        intake.withdraw_paper(paper, by=cast.secretary, at=at(11))
    intake.undo_proposal(decided, by=cast.secretary, at=at(12))
    intake.withdraw_paper(paper, by=cast.secretary, at=at(13))
    assert not Paper.objects.of(cast.branch.pk).exists()
    assert not Blob.objects.exists()
    assert not Problem.objects.of(cast.branch.pk).exists()
    assert audit.verify()[1] == []
    assert making.taken(cast, paper.cycle).pk != paper.pk


def test_a_full_disk_keeps_nothing(cast: Cast, settings: object, data_folder: Path) -> None:
    cycle = making.year(cast)
    settings.DISK_RESERVE = 1 << 62  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="磁盘"):
        making.taken(cast, cycle)
    assert not Paper.objects.of(cast.branch.pk).exists()


def test_that_there_is_no_paper_is_stated_with_its_reason(cast: Cast) -> None:
    cycle = making.year(cast)
    with pytest.raises(Refused, match="依据或理由"):
        state_gate(cycle, code="last_year_paper", ok=True, shown_by=" ", by=cast.secretary, at=at())
    state_gate(cycle, code="last_year_paper", ok=True, shown_by="今年新成立", by=cast.secretary, at=at())
    fact = stated(cycle, "last_year_paper")
    assert fact is not None
    assert (fact.ok, fact.shown_by) == (True, "今年新成立")


@pytest.mark.parametrize(
    ("pasted", "cells"),
    [
        ("甲\t乙\n丙\t丁", [["甲", "乙"], ["丙", "丁"]]),
        ('"一\n二"\t乙\n丙\t丁', [["一\n二", "乙"], ["丙", "丁"]]),
        ('"说""好""\n的"\t乙', [['说"好"\n的', "乙"]]),
        ('"四风"问题\t乙\n丙\t丁', [['"四风"问题', "乙"], ["丙", "丁"]]),
        ("甲\t\n\t丁\r\n\n", [["甲"], ["", "丁"]]),
    ],
)
def test_pasted_cells_are_taken_apart_as_excel_copies_them(pasted: str, cells: list[list[str]]) -> None:
    document = tables.read_pasted(pasted, "粘贴")
    assert [[c.span.of(document.text) for c in row] for table in document.tables for row in table.rows] == cells
