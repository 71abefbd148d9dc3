"""Our own sample papers, of many shapes, each with what a careful person reads in it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from tests.text.makers import report_of

from bihuan_text import read_document, read_report
from bihuan_text.report import Item, Report

FOLDER = Path(__file__).parent / "papers"
PAPERS = sorted(p for p in FOLDER.iterdir() if p.suffix in (".txt", ".md"))


def reading(path: Path) -> tuple[str, Report, dict]:
    document = read_document(path.read_bytes(), path.name)
    return document.text, read_report(document), tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.stem)
def test_the_structure_is_what_a_person_reads(path: Path):
    _, report, expected = reading(path)
    assert (report.kind, report.title, report.year) == (expected["kind"], expected.get("title"), expected.get("year"))
    assert [i.lead for i in report.prior] == expected["prior"]
    assert [(a.heading, [p.lead for p in a.problems]) for a in report.aspects] == [
        (a.get("heading"), a["problems"]) for a in expected["aspects"]
    ]
    assert [i.lead for i in report.causes] == expected["causes"]
    assert [(g.heading, [i.lead for i in g.items]) for g in report.measures] == [
        (g.get("heading"), g["items"]) for g in expected["measures"]
    ]


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.stem)
def test_examples_are_found_where_they_stand(path: Path):
    text, report, expected = reading(path)
    found = [span.of(text) for problem in report.problems for span in problem.examples]
    assert len(found) == len(expected["examples"])
    assert all(said.startswith(start) for said, start in zip(found, expected["examples"], strict=True))


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.stem)
def test_a_part_ends_where_its_last_item_ends(path: Path):
    text, report, expected = reading(path)
    parts = [report.problems, report.causes, report.actions]
    for items, ending in zip(parts, expected.get("last", ["", "", ""]), strict=True):
        assert not items or text[items[-1].start : items[-1].end].endswith(ending)


RUN_ON = [
    "01-shuili-report",
    "02-speech-one-paragraph",
    "03-aspects-as-tops",
    "04-three-levels",
    "08-flat-list",
    "10-hard-wrapped",
]


@pytest.mark.parametrize("name", RUN_ON)
def test_a_paper_pasted_into_one_line_is_read_the_same(name: str):
    text, report, _ = reading(FOLDER / f"{name}.txt")
    title, _, body = text.partition("报告\n" if "报告\n" in text else "\n")
    pasted = report_of(f"{title}{'报告' if '报告' in text[: len(title) + 3] else ''}\n{body.replace(chr(10), '')}")

    def said(items: tuple[Item, ...]) -> list[str]:
        return [i.lead.replace("\n", "") for i in items]

    assert said(pasted.problems) == said(report.problems)
    assert said(pasted.causes) == said(report.causes)
    assert said(pasted.actions) == said(report.actions)
