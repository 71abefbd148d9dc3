"""Sentences that are right and look wrong hear no warning of words, marks, figures or names."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.text.makers import document_of

from bihuan_text.checks import Severity, findings

LIST = Path(__file__).with_name("true_sentences.txt")
SENTENCES = [s for s in LIST.read_text(encoding="utf-8").splitlines() if s and not s.startswith("#")]
RULES = {"D18", "D19", "D20", "D22", "D26", "D28", "R38", "R39", "R41", "R42", "R43"}
LEAST = 200


def test_there_are_many():
    assert len(SENTENCES) >= LEAST
    assert len(set(SENTENCES)) == len(SENTENCES)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_true_sentence_is_left_alone(sentence: str):
    told = [(f.rule, f.excerpt, f.message) for f in findings(document_of(sentence)) if f.severity is not Severity.INFO]
    assert [each for each in told if each[0] in RULES] == []
