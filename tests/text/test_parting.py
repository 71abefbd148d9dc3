"""The parting that cuts first and weighs then costs what the plain one does, on every run of our clean papers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bihuan_text.checks.wording.lexicon import UNKNOWN, costs
from bihuan_text.checks.wording.pairs import signs_in
from bihuan_text.checks.wording.parting import cost_of, parted

PAPERS = sorted((Path(__file__).parent / "clean").glob("*.txt"))
RUN = re.compile("[\u4e00-\u9fff]+")


def cheapest(run: str) -> float:
    """What the cheapest row of words costs, every word tried at every place."""
    best = [0.0]
    for end in range(1, len(run) + 1):
        letter = best[end - 1] + costs().get(run[end - 1], UNKNOWN)
        longer = (best[at] + costs()[run[at:end]] for at in range(max(0, end - 12), end - 1) if run[at:end] in costs())
        best.append(min([letter, *longer]))
    return best[-1]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.stem)
def test_no_cut_is_made_inside_the_cheapest_words(paper: Path):
    text = paper.read_text(encoding="utf-8")
    for run in set(RUN.findall(text)):
        row = parted(run)
        assert "".join(row) == run
        assert cost_of(row) == pytest.approx(cheapest(run))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.stem)
def test_a_whole_paper_is_parted_like_its_runs(paper: Path):
    text = paper.read_text(encoding="utf-8")
    apart = [word for run in re.split("([^\u4e00-\u9fff])", text) if run for word in parted(run)]
    assert parted(text, signs_in(text)) == apart
