"""Input that is odd: nothing crashes, nothing is silently left out, nothing grows with the square."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bihuan_text.likeness.cli import compare_command

from .corpus import Corpus, sides


def run(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, dict[str, Any], str]:
    """(exit code, the JSON, what was complained)."""
    code = compare_command([str(each) for each in argv] + ["--json"])
    told = capsys.readouterr()
    return code, json.loads(told.out) if told.out else {}, told.err


def write(folder: Path, **papers: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in papers.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def test_the_same_file_under_two_names_is_one_passage_and_a_family(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Corpus(1).prose(600)
    code, found, _ = run(capsys, write(tmp_path / "p", 甲=text, 乙=text))
    assert code == 1
    (passage,) = found["passages"]
    assert passage["length"] == len(text)
    assert found["pairs"][0]["copied_a"] == found["pairs"][0]["copied_b"] == 1.0
    assert found["families"][0]["same"] is True


def test_empty_and_one_letter_papers_are_named_and_harmless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = Corpus(2)
    code, found, _ = run(capsys, write(tmp_path / "p", 空="", 一="字", 标点="。。。。", 文=corpus.prose(100)))
    assert (code, found["passages"]) == (0, [])
    assert len(found["files"]) == 4


def test_a_refrain_does_not_grow_with_its_square(tmp_path: Path) -> None:
    corpus = Corpus(3)
    refrain = corpus.say(30) + "。"
    corpus.papers["甲"] = refrain * 3000
    corpus.papers["乙"] = corpus.prose(200) + refrain + corpus.prose(200)
    corpus.papers["丙"] = refrain * 2000
    result = corpus.found(tmp_path / "p")
    assert {("甲", "乙"), ("甲", "丙"), ("乙", "丙")} <= set(sides(result))
    assert len(result.passages) < 100


def test_many_equal_papers_are_a_family_and_few_passages(tmp_path: Path) -> None:
    corpus = Corpus(4)
    text = corpus.prose(400)
    for number in range(300):
        corpus.papers[f"{number:03d}"] = text
    result = corpus.found(tmp_path / "p")
    assert [len(family.papers) for family in result.families] == [300]
    assert len(result.passages) == 299  # each with the first, not each with each


def test_papers_that_cannot_be_read_are_named_at_the_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = Corpus(5)
    folder = write(tmp_path / "p", **{f"p{number}": corpus.prose(100) for number in range(20)})
    for number in range(3):
        (folder / f"bad{number}.docx").write_bytes(b"PK\x03\x04 torn")
    code, found, said = run(capsys, folder)
    assert code == 1
    assert [Path(each["file"]).name for each in found["refused"]] == [f"bad{n}.docx" for n in range(3)]
    assert len(found["files"]) == 20
    assert said.count("bad") == 3
    assert "Traceback" not in said


def test_nothing_to_compare_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for argv in ([], [tmp_path / "没有.txt"], [tmp_path]):
        assert compare_command([str(each) for each in argv]) == 2
        said = capsys.readouterr().err
        assert "请" in said
        assert "Traceback" not in said


def test_a_list_of_papers_in_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import Workbook

    corpus = Corpus(6)
    copied = corpus.say(60) + "。"
    write(tmp_path, 甲=corpus.prose(100) + copied)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["单位", "材料"])
    sheet.append(["第一支部", "甲.txt"])
    sheet.append(["第二支部", corpus.prose(150) + copied + corpus.prose(50)])
    book.save(tmp_path / "清单.xlsx")
    code, found, _ = run(capsys, tmp_path / "清单.xlsx")
    assert code == 1
    assert "第二支部" in found["passages"][0]["b"]["file"]
    assert found["passages"][0]["text"] == copied


def test_a_list_that_names_files_that_are_not_there_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from openpyxl import Workbook

    write(tmp_path, 甲=Corpus(7).prose(200))
    book = Workbook()
    for row in (["单位", "材料"], ["一", "甲.txt"], ["二", "乙.docx"], ["三", "没有/丙.txt"], ["合计", "三份"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "清单.xlsx")
    code, found, said = run(capsys, tmp_path / "清单.xlsx")
    assert code == 1
    assert [Path(each["file"]).name for each in found["refused"]] == ["乙.docx", "丙.txt"]
    assert [Path(each).name for each in found["files"]] == ["甲.txt"]
    assert "乙.docx：找不到这个文件" in said


def test_what_lies_in_a_folder_and_is_no_paper_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path / "p", 甲=Corpus(8).prose(200))
    for name in ("扫描.jpg", "名单.csv", "~$甲.docx", ".hidden", "Thumbs.db"):
        (folder / name).write_text("另一种", "utf-8")
    code, found, said = run(capsys, folder)
    assert (code, len(found["files"])) == (0, 1)
    assert "名单.csv、" in said
    assert "扫描.jpg不是能读的材料格式" in said
    assert not any(name in said for name in ("~$", "hidden", "Thumbs"))


def test_a_link_to_nothing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path / "p", 甲=Corpus(9).prose(200))
    try:
        (folder / "乙.docx").symlink_to(tmp_path / "没有")
    except OSError:
        pytest.skip("this system lets nobody make links")
    code, found, _ = run(capsys, folder)
    assert code == 1
    assert [Path(each["file"]).name for each in found["refused"]] == ["乙.docx"]
