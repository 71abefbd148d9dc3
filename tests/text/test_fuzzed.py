"""What the fuzzer found once it never finds again; and in the long tier it looks for more, a few thousand inputs a target."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from bench.fuzzing.__main__ import main
from bench.fuzzing.copies import compared, comparison_holds, two_papers
from bench.fuzzing.remarks import review_holds
from bench.fuzzing.targets import TARGETS, Broken, seeds
from tests.text.holding import tables_hold

from bihuan_text.document import Cell, Table, plain_document
from bihuan_text.place import Span

CRASHES = Path(__file__).with_name("crashes")


def test_what_broke_a_target_once_no_longer_does(subtests: pytest.Subtests):
    for file in sorted(CRASHES.glob("*-*")):
        with subtests.test(file.name):
            TARGETS[file.name.partition("-")[0]](file.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_holds_for_its_seeds_and_for_noise(target: str):
    noise = random.Random(target)  # noqa: S311  repeatable noise, no secret
    for data in [b"", *seeds(target), *(noise.randbytes(noise.randint(1, 60)) for _ in range(60))]:
        TARGETS[target](data)


def test_a_target_notices_a_structure_that_does_not_hold(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bench.fuzzing.targets.report_holds", lambda text, report: False)
    with pytest.raises(Broken):
        TARGETS["structure"](b"abc")


@pytest.mark.long
@pytest.mark.parametrize("target", TARGETS)
def test_a_few_thousand_inputs_led_by_coverage_break_nothing(target: str, tmp_path: Path):
    pytest.importorskip("atheris", reason="the fuzzer has no wheel for this machine")
    assert main([target, "--runs", "4000", "--keep", str(tmp_path)]) == 0, sorted(tmp_path.iterdir())


def test_a_reviewed_copy_that_loses_a_mend_is_noticed(monkeypatch: pytest.MonkeyPatch):
    text = "二支部对照检查材料\n一、存在的问题\n（1）、学习不深。\n"
    assert review_holds(text)
    monkeypatch.setattr("bench.fuzzing.remarks.reviewed", lambda data, document, found, at: data)
    assert not review_holds(text)


def test_a_passage_that_lies_elsewhere_is_noticed():
    texts = two_papers(b"\x17\x16\x15\x14\x13\x12\xff\x11\x12\xe0\x05\x13")
    found = compared(texts)
    assert found.passages
    assert comparison_holds(texts, found)
    passage = found.passages[0]
    found.passages[0] = passage._replace(b=passage.b._replace(start=0, end=40))
    assert not comparison_holds(texts, found)


def test_cells_out_of_their_row_are_noticed():
    document = plain_document("甲乙", "甲", "txt")
    cells = Cell(Span(0, 1), 0), Cell(Span(1, 2), 1)
    assert tables_hold(replace(document, tables=(Table((cells,)),)))
    assert not tables_hold(replace(document, tables=(Table((cells[::-1],)),)))
    assert not tables_hold(replace(document, tables=(Table(((Cell(Span(-1, 1), 0),),)),)))
