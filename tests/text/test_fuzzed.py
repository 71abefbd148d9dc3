"""What the fuzzer found once it never finds again; and in the long tier it looks for more, a few thousand inputs a target."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from bench.fuzzing.__main__ import main
from bench.fuzzing.targets import TARGETS, Broken, seeds

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
