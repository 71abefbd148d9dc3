"""`bihuan check` on a .docx: the layout is told with the rest, can be left out, and a mended copy can be written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bihuan_text.checks import all_rules
from bihuan_text.cli import check_command

from .made import LINES, by_python_docx, by_wps, found, text_of

LAYOUT = {"R44", "R45", "R46", *(f"L{n}" for n in range(1, 11))}


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "报告.docx"
    path.write_bytes(by_python_docx())
    return path


def _rules(capsys: pytest.CaptureFixture[str], *argv: str) -> set[str]:
    check_command([*argv, "--json"])
    return {finding["rule"] for finding in json.loads(capsys.readouterr().out)["findings"]}


def test_a_docx_is_told_of_its_layout_unless_nobody_wants_it(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert {"R44", "R45", "L1", "L2", "L3"} <= _rules(capsys, str(paper))
    assert not LAYOUT & _rules(capsys, str(paper), "--no-layout")
    assert "L3" not in _rules(capsys, str(paper), "--off", "L3")


def test_the_clause_of_the_standard_stands_with_each_finding(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_command([str(paper), "--json"])
    findings = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["rule"] in LAYOUT]
    assert len(findings) > 8
    assert all(f["source"].startswith("GB/T 9704—2012 第") and f["message"].endswith("。") for f in findings)


def test_a_text_file_has_no_layout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("\n".join(LINES), "utf-8")
    assert not LAYOUT & _rules(capsys, str(path))


def test_every_rule_of_the_layout_is_listed() -> None:
    assert {rule.code for rule in all_rules()} >= LAYOUT


def test_a_mended_copy_is_written_and_the_paper_stays(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, target = paper.read_bytes(), paper.with_name("改好.docx")
    check_command([str(paper), "-o", str(target), "--mend-layout"])
    assert "调好版式的文件已存为：改好.docx" in capsys.readouterr().err
    assert paper.read_bytes() == before
    assert found(target.read_bytes()) == []
    assert text_of(target.read_bytes()) == text_of(before)


def test_what_cannot_be_written_is_said_in_one_sentence(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = paper.with_name("字.txt")
    words.write_text("\n".join(LINES), "utf-8")
    refused = {
        (str(paper), "-o", str(paper), "--mend-layout"): "不会覆盖原来的文件，请换一个文件名。",
        (str(paper), "-o", "改好.doc", "--mend-layout"): "另存的文件要以 .docx 结尾，请换一个文件名。",
        (str(paper), str(paper), "-o", "a.docx", "--mend-layout"): "另存一次只能一份材料，请只给一个文件；",
        (str(paper), "--mend-layout"): "要另存调好版式的文件，请同时写上 -o 文件名 和 --mend-layout。",
        (str(paper), "-o", str(paper.parent / "没有" / "a.docx"), "--mend-layout"): "请检查文件夹是否存在",
        (str(words), "-o", str(paper.parent / "b.docx"), "--mend-layout"): "只有 .docx 文件可以调整版式",
    }
    for argv, sentence in refused.items():
        assert check_command(list(argv)) == 2
        assert sentence in capsys.readouterr().err


def test_a_paper_laid_out_well_is_copied_as_it_is(tmp_path: Path) -> None:
    path, target = tmp_path / "好.docx", tmp_path / "又.docx"
    path.write_bytes(by_wps())
    check_command([str(path), "-o", str(target), "--mend-layout"])
    assert target.read_bytes() == path.read_bytes()
