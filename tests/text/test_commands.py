"""The commands as a shell sees them: exit codes, JSON on stdout, one Chinese sentence on stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import bihuan_text
from bihuan_text.cli import check_command, read_command

SOURCE = Path(__file__).parents[2] / "src"
CLEAN = (
    "二支部2025年度组织生活会情况报告\n1月9日召开会议，应到9人，实到9人，评定优秀3名、合格6名。上年度整改情况另行报告。\n"
    "一、存在的问题\n一是理论学习不深。12月两次学习没有讨论，3名党员提前离开。\n"
    "二、整改措施\n一是理论学习每月一次，由书记负责。\n"
)


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    file = tmp_path / "报告.txt"
    file.write_text(CLEAN, encoding="utf-8")
    return file


def test_read_tells_people_what_it_read(clean: Path, capsys: pytest.CaptureFixture[str]):
    assert read_command([str(clean)]) == 0
    said = capsys.readouterr()
    assert "1. 理论学习不深" in said.out
    assert said.err == ""


def test_read_of_one_file_gives_its_object_alone(clean: Path, capsys: pytest.CaptureFixture[str]):
    assert read_command(["--json", str(clean)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["text"] == CLEAN
    assert told["aspects"][0]["heading"] is None
    assert told["measures"][0]["items"][0]["lead"] == "理论学习每月一次，由书记负责"


def test_a_folder_gives_documents_and_refusals(clean: Path, capsys: pytest.CaptureFixture[str]):
    (clean.parent / "坏.docx").write_bytes(b"\x89PNG....")
    (clean.parent / "~$报告.docx").write_bytes(b"lock")
    assert read_command([str(clean.parent), "--json"]) == 1
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert [Path(d["file"]).name for d in told["documents"]] == ["报告.txt"]
    assert [(Path(r["file"]).name, "图片" in r["reason"]) for r in told["refused"]] == [("坏.docx", True)]
    assert "（1/2）" in said.err


def test_several_good_files_are_fine(clean: Path, capsys: pytest.CaptureFixture[str]):
    assert read_command([str(clean), str(clean), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["documents"]) == 2


@pytest.mark.parametrize("name", ["没有.docx", "."])
def test_nothing_to_read_is_bad_use(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert read_command([str(tmp_path / name)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


def test_check_of_a_clean_paper_is_fine(clean: Path, capsys: pytest.CaptureFixture[str]):
    assert check_command([str(clean)]) == 0
    assert "没有发现问题" in capsys.readouterr().out


def test_check_gives_the_findings_of_the_contract(clean: Path, capsys: pytest.CaptureFixture[str]):
    clean.write_text("XX" + CLEAN, encoding="utf-8")
    assert check_command([str(clean), "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    contract = {"rule", "severity", "start", "end", "excerpt", "message", "suggestion", "mend", "source"}
    assert set(finding) == contract | {"silenced"}
    assert (finding["rule"], finding["severity"], finding["start"], finding["end"]) == ("R38", "block", 0, 2)


def test_check_marks_the_place_for_people(clean: Path, capsys: pytest.CaptureFixture[str]):
    clean.write_text("XX" + CLEAN, encoding="utf-8")
    assert check_command([str(clean)]) == 1
    assert "〔XX〕二支部" in capsys.readouterr().out


def test_check_with_last_years_paper(clean: Path, capsys: pytest.CaptureFixture[str]):
    assert check_command([str(clean), "--last-year", str(clean), "--json"]) == 1
    told = [f["rule"] for f in json.loads(capsys.readouterr().out)["findings"]]
    assert set(told) == {"R19", "R20", "D11"}  # the same paper again: nothing answered, everything copied
    assert check_command([str(clean), "--last-year", str(clean.parent / "没有.docx")]) == 2


@pytest.mark.parametrize("argv", [[], ["--no-such-option", "x"], ["x", "--kind", "信"]])
def test_bad_use_is_one_chinese_sentence(argv: list[str], capsys: pytest.CaptureFixture[str]):
    assert check_command(argv) == 2
    said = capsys.readouterr().err
    assert said == "命令用法不对，请运行 bihuan check --help 查看说明和例子。\n"


@pytest.mark.parametrize("command", [read_command, check_command])
def test_help_has_an_example(command, capsys: pytest.CaptureFixture[str]):
    assert command(["--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("用法：")
    assert "例：\n" in said


def run(*argv: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    return subprocess.run(
        [sys.executable, *argv], capture_output=True, text=True, encoding="utf-8", env=env, timeout=60, check=False
    )


def test_the_toolkit_runs_alone_as_a_module(clean: Path):
    done = run("-m", "bihuan_text", "read", str(clean))
    assert (done.returncode, done.stderr) == (0, "")
    assert run("-m", "bihuan_text").returncode == 2


def test_importing_the_toolkit_is_light():
    heavy = ("lxml", "django", "zipfile", "tomllib")
    code = f"import sys, bihuan_text, bihuan_text.cli; print([m for m in {heavy} if m in sys.modules])"
    assert run("-c", code).stdout.strip() == "[]"


def test_reading_never_loads_django(clean: Path):
    code = (
        "import sys; from bihuan_text.cli import check_command as c; c([sys.argv[1]]); print('django' in sys.modules)"
    )
    assert run("-c", code, str(clean)).stdout.strip().endswith("False")


def test_the_package_reads_a_path_or_bytes_and_checks_what_it_read(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text("XX党支部情况报告\n", "utf-8")
    paper = bihuan_text.read(path)
    assert paper == bihuan_text.read(path.read_bytes(), "甲.txt")
    assert "R38" in {finding.rule for finding in bihuan_text.check(*paper)}
    with pytest.raises(bihuan_text.Unreadable, match="找不到"):
        bihuan_text.read(str(tmp_path / "没有.txt"))
