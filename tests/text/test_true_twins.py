"""Changes that look like the planted defects and are right are not warned of: `true_twins.tsv`, paper, words, other words."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.blind import paper
from tests.text.makers import document_of

from bihuan_text.checks import Severity, findings

LIST = Path(__file__).with_name("true_twins.tsv")
LINES = LIST.read_text(encoding="utf-8").splitlines()
TWINS = [[word.replace("\\t", "\t").replace("⏎", "\n") for word in line.split("\t")] for line in LINES]
LEAST = 80


def test_there_are_many_and_each_is_its_own():
    assert len(TWINS) >= LEAST
    assert len(set(LINES)) == len(LINES)


@pytest.mark.parametrize(("name", "right", "other"), TWINS)
def test_a_true_change_hears_no_warning(name: str, right: str, other: str):
    text = paper(name)
    assert text.count(right) == 1
    told = [(f.rule, f.excerpt, f.message) for f in findings(document_of(text.replace(right, other)))]
    grave = [f.rule for f in findings(document_of(text.replace(right, other))) if f.severity is not Severity.INFO]
    assert grave == [], told
