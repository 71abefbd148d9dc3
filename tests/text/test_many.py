"""Many papers: both cores, the order of the papers, one that dies or hangs, outputs written as the answers come."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

import bihuan_text
from bihuan_text import page
from bihuan_text.cli import check_command, read_command
from bihuan_text.runs import workers
from bihuan_text.runs.answers import Answer, Reading, Wanted
from bihuan_text.runs.outputs import Objects
from bihuan_text.runs.workers import answers

PAPER = "样例支部2025年度组织生活会情况报告\n一、存在的问题\n一是学习XX不够。\n"


def odd(number: int, path: Path) -> Answer | str:
    """Stands in for the looking through: by its name a paper kills its process, never ends, or is slow to answer."""
    if path.name == "dies":
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    if path.name == "hangs":
        time.sleep(600)
    if path.name == "slow":
        time.sleep(0.3)
    return Answer(found=False, text=f"{number}{path.name}-{os.getpid()}")


def test_answers_keep_the_order_of_the_papers_and_come_from_two_processes():
    papers = [Path("slow"), *(Path(f"p{n}") for n in range(40))]
    told = [each.text for each in answers(odd, papers, 2) if isinstance(each, Answer)]
    assert all(text.startswith(f"{n}{path.name}-") for n, (text, path) in enumerate(zip(told, papers, strict=True), 1))
    assert len({text.partition("-")[2] for text in told}) == 2


def test_a_paper_that_kills_its_process_or_never_ends_takes_no_other_along():
    papers = [Path(name) for name in ("a", "dies", "b", "dies", "hangs", "c", "d")]
    told = list(answers(odd, papers, 2, seconds=1.0))
    assert [isinstance(each, str) for each in told] == [False, True, False, True, True, False, False]
    assert "意外中断" in str(told[1])
    assert "很久" in str(told[4])


def test_one_process_is_as_careful_as_two():
    told = list(answers(odd, [Path("a"), Path("dies"), Path("b")], 1))
    assert [isinstance(each, str) for each in told] == [False, True, False]


def test_a_paper_alone_needs_no_process(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(workers, "answers")
    assert read_command([str(folder / "甲.txt")]) == 0
    with pytest.raises(ImportError):
        read_command([str(folder)])


def test_it_works_where_processes_are_started_anew(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workers, "multiprocessing", multiprocessing.get_context("spawn"))
    told = list(answers(Reading(Wanted()), [Path("没有"), Path("没有")], 2))
    assert told == ["找不到这个文件，请检查文件名和路径。"] * 2


def test_nobody_is_left_when_the_asking_stops():
    asked = answers(odd, [Path("a"), *[Path("hangs")] * 5], 2)
    first = next(asked)
    assert isinstance(first, Answer)
    asked.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(first.text.partition("-")[2]), 0)


def test_the_object_of_many_is_written_as_they_come(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    with (tmp_path / "out").open("w+") as out:
        objects = Objects(out)
        objects.add(Answer(found=False, text='{"file": "a"}'))
        out.flush()
        assert (tmp_path / "out").read_text() == '{"documents": [{"file": "a"}'
        objects.refuse("b", "b", "坏")
        objects.add(Answer(found=False, text='{"file": "c"}'))
        objects.close()
        out.seek(0)
        told = json.load(out)
    assert told == {"documents": [{"file": "a"}, {"file": "c"}], "refused": [{"file": "b", "reason": "坏"}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two papers, one of them with a name that a workbook would take for a formula, and one that cannot be read."""
    made = tmp_path / "材料"
    made.mkdir()
    (made / "=1+1.txt").write_text(PAPER, "utf-8")
    (made / "甲.txt").write_text(PAPER.replace("XX", ""), "utf-8")
    (made / "坏.docx").write_bytes(b"PK\x03\x04 torn")
    return made


def test_a_folder_becomes_a_workbook_with_a_row_a_paper(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert check_command([str(folder), "--xlsx", str(tmp_path / "结果.xlsx"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    book = load_workbook(tmp_path / "结果.xlsx")
    rows = [[cell.value for cell in row] for row in book["一览"].iter_rows(min_row=2)]
    assert [row[0] for row in rows] == ["=1+1.txt", "坏.docx", "甲.txt"]
    assert "损坏" in str(rows[1][-1])
    held = {each["file"]: each["findings"] for each in told["documents"]}
    assert [row[5] for row in rows if row[0] in held] == [
        sum(f["severity"] == "block" for f in held[str(row[0])]) for row in rows if row[0] in held
    ]
    remarks = [[cell.value for cell in row] for row in book["逐条"].iter_rows(min_row=2)]
    assert len(remarks) == sum(map(len, held.values()))
    assert "一是学习〔XX〕不够。" in [row[4] for row in remarks]


def test_words_of_a_paper_are_no_formula_in_the_workbook(folder: Path, tmp_path: Path) -> None:
    (folder / "=1+1.txt").write_text("=HYPERLINK(0)支部\x0c2025年度组织生活会情况报告\n", "utf-8")
    assert check_command([str(folder / "=1+1.txt"), "--xlsx", str(tmp_path / "结果.xlsx")]) == 1
    book = load_workbook(tmp_path / "结果.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert book["一览"]["A2"].value == "=1+1.txt"
    assert book["一览"].freeze_panes == "A2"
    assert book["一览"].page_setup.orientation == "landscape"
    assert [sheet.page_setup.paperSize for sheet in book] == [9, 9]


def test_what_is_written_never_covers_a_paper(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    paper, before = folder / "甲.txt", (folder / "甲.txt").read_bytes()
    for argv in (
        [str(paper), "--html", str(paper)],
        [str(paper), "--xlsx", str(paper)],
        [str(folder / "=1+1.txt"), "--last-year", str(paper), "-o", str(paper.with_suffix(".docx"))],
        [str(folder / "=1+1.txt"), "--last-year", str(paper), "--html", str(paper)],
        [str(paper), "--html", str(tmp_path / "a"), "--xlsx", str(tmp_path / "a")],
    ):
        if "-o" in argv:
            paper.with_suffix(".docx").symlink_to(paper)
        assert check_command(argv) == 2
        assert "请换一个文件名" in capsys.readouterr().err
    assert paper.read_bytes() == before


def test_an_output_in_the_folder_is_no_paper_of_it_next_time(folder: Path, capsys: pytest.CaptureFixture[str]):
    for _ in range(2):
        assert check_command([str(folder), "--html", str(folder / "页.md"), "--json"]) == 1
        files = [Path(each["file"]).name for each in json.loads(capsys.readouterr().out)["documents"]]
        assert files == ["=1+1.txt", "甲.txt"]
    assert not list(folder.glob("*.part"))


def test_a_paper_that_goes_before_its_turn_is_named(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert read_command([str(folder / "甲.txt"), str(folder / "走了.txt"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [Path(each["file"]).name for each in told["refused"]] == ["走了.txt"]


def test_a_finding_about_the_whole_paper_says_so(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert check_command([str(folder / "甲.txt")]) == 1
    assert "（全篇）" in capsys.readouterr().out


def test_what_a_paper_or_a_name_says_never_steers_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "红\x1b[31m\n\u202e名.txt").write_text("XX\x9b31m支部\u202e\n", "utf-8")
    assert check_command([str(folder)]) == 1
    said = capsys.readouterr()
    assert not set("\x1b\x9b\u202e") & set(said.out + said.err)
    assert "\ufffd[31m \ufffd名.txt" in said.out
    assert "〔XX〕\ufffd31m支部" in said.out


def test_a_folder_in_a_folder_is_read_once_and_what_is_no_paper_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = folder / "内"
    inner.mkdir()
    (inner / "乙.txt").write_text(PAPER, "utf-8")
    (inner / "附件.zip").write_bytes(b"PK")
    (inner / "圈").symlink_to(folder)
    (inner / "断.txt").symlink_to(folder / "没有")
    assert read_command([str(folder), str(inner), "--json"]) == 1
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert [Path(each["file"]).name for each in told["documents"]] == ["=1+1.txt", "乙.txt", "甲.txt"]
    assert {Path(each["file"]).name for each in told["refused"]} == {"坏.docx", "断.txt"}
    assert "附件.zip" in said.err.splitlines()[0]
    assert "圈" in said.err.splitlines()[0]


def started(*argv: str, **more: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(Path(bihuan_text.__file__).parents[1]), **more}
    return subprocess.Popen(
        [sys.executable, "-m", "bihuan_text", *argv], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_console_that_lacks_a_character_gets_a_mark_for_it(folder: Path) -> None:
    (folder / "😀.txt").write_text(PAPER, "utf-8")
    out, err = started("check", str(folder), PYTHONIOENCODING="gbk").communicate(timeout=60)
    assert "?.txt" in out.decode("gbk")
    assert "已读（" in err.decode("gbk")
    out, _ = started("check", str(folder), "--json", PYTHONIOENCODING="gbk").communicate(timeout=60)
    assert "😀.txt" in {Path(each["file"]).name for each in json.loads(out.decode("gbk"))["documents"]}


def test_names_that_are_no_characters_come_through_json(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.txt")
    try:
        (tmp_path / name).write_text(PAPER, "utf-8")
    except OSError:
        pytest.skip("this disk takes no such name")
    (tmp_path / "甲.txt").write_text(PAPER, "utf-8")
    out, _ = started("read", str(tmp_path), "--json").communicate(timeout=60)
    assert name in {Path(each["file"]).name for each in json.loads(out)["documents"]}


def test_nobody_who_reads_on_is_an_end_without_words(folder: Path) -> None:
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(PAPER + "一是XX。\n" * 300, "utf-8")
    asked = started("check", str(folder))
    assert asked.stdout
    assert asked.stderr
    asked.stdout.readline()
    asked.stdout.close()
    err = asked.stderr.read().decode()
    assert asked.wait(60) == 2
    assert "Traceback" not in err
    assert "Broken" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent the POSIX way")
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_ctrl_c_is_one_sentence_and_says_that_the_object_is_cut(how: str, folder: Path, tmp_path: Path) -> None:
    if signal.getsignal(getattr(signal, how)) is signal.SIG_IGN:
        pytest.skip("whoever started the tests has them ignore it (nohup), and so does what they start")
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(PAPER * 30, "utf-8")
    page, book = str(tmp_path / "页.html"), str(tmp_path / "页.xlsx")
    asked = started("check", str(folder), "--json", "--html", page, "--xlsx", book)
    assert asked.stderr
    while "已读".encode() not in asked.stderr.readline():
        pass
    asked.send_signal(getattr(signal, how))
    _, err = asked.communicate(timeout=60)
    assert asked.returncode == 2
    assert err.decode().splitlines()[-1] == "已中断，没有看完，输出的 JSON 不完整。"
    assert "Traceback" not in err.decode()
    assert not list(tmp_path.glob("页*"))


def test_a_page_of_more_than_a_browser_opens_has_the_rows_alone(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "WHOLE", 2)
    assert check_command([str(folder), "--html", str(tmp_path / "页.html")]) == 1
    told = (tmp_path / "页.html").read_text("utf-8")
    assert "甲.txt</td>" in told
    assert "坏.docx" in told
    assert 'class="text"' not in told
    assert 'href="#' not in told
    assert "--xlsx" in told
    (folder / "甲.txt").unlink()
    assert check_command([str(folder), "--html", str(tmp_path / "页.html")]) == 1
    assert 'class="text"' in (tmp_path / "页.html").read_text("utf-8")


def test_nothing_is_left_where_nothing_could_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = [str(tmp_path / "没有.docx"), "--html", str(tmp_path / "页.html"), "--xlsx", str(tmp_path / "表.xlsx")]
    assert check_command(argv) == 2
    assert not [*tmp_path.glob("页*"), *tmp_path.glob("表*")]


def test_papers_of_one_name_are_told_apart_by_their_way_from_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    for branch in ("一支部", "二支部"):
        (tmp_path / branch).mkdir()
        (tmp_path / branch / "报告.txt").write_text(PAPER, "utf-8")
    assert check_command([str(tmp_path), "--xlsx", str(tmp_path / "表.xlsx")]) == 1
    rows = load_workbook(tmp_path / "表.xlsx")["一览"].iter_rows(min_row=2, values_only=True)
    assert [row[0] for row in rows] == [os.path.join(branch, "报告.txt") for branch in ("一支部", "二支部")]
