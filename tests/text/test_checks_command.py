"""`bihuan check --off --silence --last-year`: what is switched off is not told, what is silenced is told with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bihuan_text.cli import check_command

PAPER = "XX支部于2026年2月30日开会。"


@pytest.fixture
def paper(tmp_path: Path) -> str:
    path = tmp_path / "报告.txt"
    path.write_text(PAPER, encoding="utf-8")
    return str(path)


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, str | None]:
    return {f["rule"]: f["silenced"] for f in json.loads(capsys.readouterr().out)["findings"]}


def test_a_rule_that_is_off_tells_nothing(paper: str, capsys: pytest.CaptureFixture[str]):
    assert check_command([paper, "--json", "--off", "R38，D19"]) == 0
    assert told(capsys) == {}


def test_a_silenced_rule_keeps_its_finding_and_the_reason(paper: str, capsys: pytest.CaptureFixture[str]):
    assert check_command([paper, "--json", "--silence", "D19=原件如此", "--silence", "R38=样本"]) == 0
    assert told(capsys) == {"R38": "样本", "D19": "原件如此"}
    assert check_command([paper, "--silence", "D19=原件如此"]) == 1
    out = capsys.readouterr().out
    assert "【已写明理由，不再提示】1 处" in out
    assert "理由：原件如此" in out


@pytest.mark.parametrize("options", [["--off", "R999"], ["--silence", "D19"], ["--silence", "D19= "]])
def test_an_unknown_rule_or_an_empty_reason_is_bad_use(
    paper: str, options: list[str], capsys: pytest.CaptureFixture[str]
):
    assert check_command([paper, *options]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_sentences_of_last_years_paper_are_known_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    said = "六月讨论汛期值班安排时会议材料会前一小时才发到党员手里。"
    this, last = tmp_path / "今年.txt", tmp_path / "去年.txt"
    this.write_text(f"今年的情况。{said}", encoding="utf-8")
    last.write_text(f"去年的情况。{said}", encoding="utf-8")
    assert check_command([str(this), "--json", "--last-year", str(last)]) == 1
    assert told(capsys) == {"R19": None}
