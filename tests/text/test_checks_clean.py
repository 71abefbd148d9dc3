"""Clean control papers of every kind hear nothing; the same papers with one planted defect hear of it."""

from __future__ import annotations

import random

import pytest
from bench.checking import PAPERS, document_of, is_found, papers
from bench.planting import kinds, planted

from bihuan_text import check, read_document
from bihuan_text.checks import Severity

NAMES = [name for name, _ in papers()]
PATCHES = ["“", "）", "《", "\n", "XX", "2月30日", "（一）", "1.", "应到3人", "\u200b", "𠀀", "习近平"]
LEAST_PAPERS, LEAST_CHARS, LEAST_KINDS, LEAST_SHARE = 12, 30_000, 25, 0.9


def test_there_are_enough_control_papers_of_enough_kinds():
    texts = [text for _, text in papers()]
    assert len(texts) >= LEAST_PAPERS
    assert sum(map(len, texts)) >= LEAST_CHARS
    assert len(kinds()) >= LEAST_KINDS


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_paper_hears_nothing(name: str):
    document = read_document((PAPERS / name).read_bytes(), name)
    told = [(f.rule, f.message, f.excerpt) for f in check(document) if f.severity is not Severity.INFO]
    assert told == []


def test_planted_defects_are_found():
    cases = [(name, case) for name, text in papers() for case in planted(text, 11)]
    found = sum(is_found(case, name) for name, case in cases)
    assert found >= LEAST_SHARE * len(cases), [(name, case.kind) for name, case in cases if not is_found(case, name)]


def test_a_planted_defect_really_changes_the_paper():
    name, text = papers()[0]
    made = list(planted(text, 3))
    assert len(made) > 30
    assert all(case.text != text and 0 <= case.start < case.end <= len(case.text) for case in made)
    assert not any(is_found(case.__class__(case.kind, text, case.start, case.end, case.rules), name) for case in made)


def test_findings_lie_inside_the_paper_and_say_why_and_what_to_do():
    for name, text in papers()[:4]:
        for case in planted(text, 5):
            for finding in check(document_of(name, case.text)):
                assert finding.message.endswith("。")
                assert "http" not in finding.source
                if finding.start is not None and finding.end is not None:
                    assert 0 <= finding.start < finding.end <= len(case.text)
                    assert finding.excerpt == case.text[finding.start : finding.end]
                assert all(0 <= m.start <= m.end <= len(case.text) for m in finding.mend)


def test_torn_and_patched_papers_are_checked_without_a_fault():
    rng = random.Random(20261125)  # noqa: S311
    texts = [text for _, text in papers()]
    for _ in range(300):
        text = rng.choice(texts)
        at = rng.randrange(len(text))
        torn = text[at : at + rng.randrange(1, 600)]
        for patch in rng.choices(PATCHES, k=6):
            place = rng.randrange(len(torn) + 1)
            torn = torn[:place] + patch + torn[place + rng.randrange(3) :]
        for finding in check(document_of("试.txt", torn)):
            if finding.start is not None and finding.end is not None:
                assert finding.excerpt == torn[finding.start : finding.end] != ""
