"""The lists of defects planted by hand are sound: their words stand in the papers, once, and a finding elsewhere is none."""

from __future__ import annotations

import pytest
from bench.blind import LISTS, Defect, defects, found_by, measured, paper

LEAST_SHARE = 0.9
DEFECTS = [(path.stem, defect) for path in sorted(LISTS.glob("*.tsv")) for defect in defects(path)]


@pytest.mark.parametrize(("name", "defect"), DEFECTS)
def test_the_words_and_the_place_stand_once_in_the_paper(name: str, defect: Defect):
    text = paper(defect.paper)
    assert text.count(defect.right) == 1
    changed = text.replace(defect.right, defect.planted)
    assert changed != text
    assert changed.count(defect.place) == 1
    assert defect.rules


def test_no_defect_stands_in_two_lists():
    assert len({(defect.paper, defect.right, defect.planted) for _, defect in DEFECTS}) == len(DEFECTS)


def test_a_finding_elsewhere_or_of_another_rule_does_not_count():
    told = next(defect for _, defect in DEFECTS if found_by(defect))
    other = Defect(told.kind, told.paper, frozenset({"none"}), told.right, told.planted, told.place)
    elsewhere = Defect(told.kind, told.paper, told.rules, told.right, told.planted, paper(told.paper)[:3])
    assert found_by(other) is None
    assert found_by(elsewhere) is None


@pytest.mark.parametrize("name", ["third-own", "fourth-own", "fifth-own", "sixth-own"])
def test_what_the_checks_were_mended_for_is_still_found(name: str):
    planted, found, missed = measured(LISTS / f"{name}.tsv")
    assert found.total() >= LEAST_SHARE * planted.total(), missed
