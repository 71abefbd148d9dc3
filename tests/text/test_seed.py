"""The real paper that the project began with: counts and places, not one of its sentences is kept here."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from bihuan_text import check, read_document, read_report
from bihuan_text.checks import Finding
from bihuan_text.cli import read_command
from bihuan_text.document import Document
from bihuan_text.report import Report

SEED = Path(__file__).parents[2] / "../shared/seed/report-fy2021.txt"
KEYS = set(
    [
        "file",
        "kind",
        "title",
        "year",
        "text",
        "text_length",
        "paragraphs",
        "prior",
        "aspects",
        "causes",
        "measures",
        "warnings",
    ]
)
pytestmark = pytest.mark.skipif(
    not SEED.exists(), reason="没有找到 ../shared/seed/report-fy2021.txt，真实材料的测试没有运行"
)


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(SEED.read_bytes(), SEED.name)


@pytest.fixture(scope="module")
def report(document: Document) -> Report:
    return read_report(document)


def test_the_seed_has_its_parts(report: Report):
    assert (report.kind, report.title, report.year) == ("情况报告", None, 2021)
    assert len(report.prior) == 3
    assert [len(a.problems) for a in report.aspects] == [3, 3, 3, 3]
    assert [len(p.examples) for p in report.problems] == [1, 0, 0, 2, 1, 1, 0, 0, 1, 0, 1, 2]
    assert len(report.causes) == 3
    assert [len(g.items) for g in report.measures] == [3, 3, 3, 3]
    assert report.warnings == ()


def test_the_leads_of_the_seeds_measures(report: Report):
    assert [i.lead for i in report.actions[:3]] == ["加强理论学习", "坚定理想信念", "锤炼坚强党性"]
    assert [len(i.lead) for i in report.actions] == [6, 6, 6, 13, 8, 8, 6, 6, 6, 6, 6, 6]


def test_each_span_begins_with_its_ordinal_and_ends_with_its_sentence(document: Document, report: Report):
    text = document.text
    for items in (report.prior, report.causes, *(a.problems for a in report.aspects)):
        assert [text[i.start : i.start + 2] for i in items] == ["一是", "二是", "三是"]
        assert all(text[i.end - 1] == "。" for i in items)
        assert all(i.lead_start == i.start + 2 for i in items)
    for groups in (report.aspects, report.measures):
        assert [text[g.start + 1] for g in groups] == ["一", "二", "三", "四"]
        assert all(text[g.start] in "（(" and text[g.end - 1] == "。" for g in groups)


def test_blocks_that_follow_one_another_leave_no_gap(document: Document, report: Report):
    for items in [a.problems for a in report.aspects] + [g.items for g in report.measures]:
        assert all(a.end == b.start for a, b in pairwise(items))
    assert document.text[report.prior[-1].end :].startswith("总之")


def test_examples_begin_with_their_marker_and_end_with_a_sentence(document: Document, report: Report):
    said = [e.of(document.text) for p in report.problems for e in p.examples]
    markers = [next(m for m in ("再比如", "比如", "如") if s.startswith(m)) for s in said]
    assert (markers.count("比如"), markers.count("再比如"), markers.count("如")) == (6, 2, 1)
    assert all(s.endswith("。") and s.count("。") == 1 for s in said)


def test_what_a_reviewer_must_find_in_the_seed(document: Document, report: Report):
    found = check(document, report)
    by_rule = {rule: [f for f in found if f.rule == rule] for rule in {f.rule for f in found}}
    assert [f.excerpt for f in by_rule["R38"]] == ["XX"] * 5
    assert [f.suggestion for f in by_rule["R39"]] == ["《中国共产党支部工作条例（试行）》"]
    assert [f.excerpt for f in by_rule["R41"]] == ["(二)", "(三)", "(四)"]
    assert len(by_rule["R22"]) == 12
    assert any("民主集中制" in f.message for f in by_rule["R21"])
    assert set(by_rule) >= {"R16", "R18", "R20", "R21", "R22", "R38", "R39", "R41", "R42", "D08", "D24"}


def test_read_json_of_the_seed_is_the_contract(capsys: pytest.CaptureFixture[str]):
    assert read_command([str(SEED), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) >= KEYS
    assert told["text_length"] == len(told["text"]) == len(SEED.read_text(encoding="utf-8-sig"))
    first = told["aspects"][0]["problems"][0]
    assert set(first) >= {"lead", "start", "end", "examples"}
    assert told["text"][first["lead_start"] :].startswith(first["lead"])


def placed(text: str, found: list[Finding], words: str) -> list[str]:
    """The rules of the findings that touch the first place of some words of the seed."""
    at = text.index(words)
    return [f.rule for f in found if f.start is not None and f.end and f.start < at + len(words) and f.end > at]


SLIPS = ["引党员干部", "始终政治理论", "些同志在工作", "还有的距离", "变小了奋发"]


@pytest.mark.parametrize("words", SLIPS)
def test_the_slips_of_the_seed_are_found(document: Document, report: Report, words: str):
    assert "D28" in placed(document.text, check(document, report), words)


def test_what_the_seed_does_not_say_is_asked_for(document: Document, report: Report):
    found = check(document, report)
    (facts,) = [f for f in found if f.rule == "D24"]
    assert all(name in facts.message for name in ("日期", "人数", "评议结果"))
    assert len([f for f in found if f.rule == "R18"]) >= 16
    assert len([f for f in found if f.rule == "D08"]) >= 3
    vague = [f for f in found if f.rule == "R16"]
    assert len(vague) >= 5
    assert any(f.rule == "R21" and "民主集中制" in f.message for f in found)


QUIET = ["“两个责任”“一岗双责”", "先用先学、急用急学", "作为为官从政"]


@pytest.mark.parametrize("words", QUIET)
def test_what_is_right_in_the_seed_stays_quiet(document: Document, report: Report, words: str):
    told = placed(document.text, check(document, report), words)
    assert set(told) <= {"R21"}  # the topic of a problem that no measure answers may stand there; no slip, no mark


def test_the_numbering_of_the_seed_has_no_jump(document: Document, report: Report):
    found = [f for f in check(document, report) if f.rule == "R41"]
    assert all("半角" in f.message for f in found)


def test_few_slips_are_seen_in_the_seed_beside_the_known_ones(document: Document, report: Report):
    assert len([f for f in check(document, report) if f.rule == "D28"]) == len(SLIPS)
