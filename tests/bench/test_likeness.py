"""The judge of the comparing bench judges: what is found, what is exact, what is true."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.likeness.corpus import KINDS, Maker, Plant, Truth
from bench.likeness.counting import row, score

TEXTS = {
    "1": "甲" * 10 + "这一段话从一份材料抄到了另一份材料里面去了" + "乙" * 10,
    "2": "丙" * 5 + "这一段话从一份材料抄到了另一份材料里面去了" + "丁" * 9,
}
COPIED = (10, 31, 5, 26)


def truth() -> Truth:
    """One verbatim copy."""
    a0, a1, b0, b1 = COPIED
    return Truth([Plant("verbatim", "1", "2", a0, a1, b0, b1)], {"1": [0, 10], "2": []})


@pytest.mark.parametrize(
    ("shift", "found", "exact"), [((0, 0), 1, 1), ((0, -1), 1, 0), ((-3, 0), 1, 0), ((0, -9), 0, 0), ((12, 0), 0, 0)]
)
def test_a_plant_is_found_by_nine_tenths_and_exact_to_the_character(
    shift: tuple[int, int], found: int, exact: int
) -> None:
    low, high = shift
    a0, a1, b0, b1 = COPIED
    result = score(truth(), [row("2", b0 + low, b1 + high, "1", a0 + low, a1 + high)], TEXTS.__getitem__)
    count = result.kinds["verbatim"]
    assert (count.found, count.exact) == (found, exact)


def test_what_everybody_writes_and_what_is_not_equal_is_not_true() -> None:
    rows = [row("1", *COPIED[:2], "2", *COPIED[2:]), row("1", 0, 10, "2", 0, 5), row("1", 31, 41, "2", 26, 35)]
    result = score(truth(), rows, TEXTS.__getitem__)
    assert (result.rows, result.true) == (3, 1)


def test_the_corpus_stands_where_its_truth_says_and_a_seed_makes_the_same_again(tmp_path: Path) -> None:
    made = Maker(60, 5).write(tmp_path / "one" / "papers")
    again = Maker(60, 5).write(tmp_path / "two" / "papers")
    assert made == again == Truth.read(tmp_path / "one" / "truth.json")
    assert {plant.kind for plant in made.plants} == set(KINDS)
    for plant in made.plants:
        one, two = ((tmp_path / "one" / "papers" / name).read_text("utf-8") for name in (plant.a, plant.b))
        same = one[plant.a0 : plant.a1] == two[plant.b0 : plant.b1]
        assert same == (plant.kind in {"verbatim", "short", "dense", "family"}) or plant.kind in {
            "swapped",
            "traditional",
        }
        assert plant.a1 - plant.a0 >= 20
