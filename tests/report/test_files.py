"""The report as files: figures in Word's content controls equal the records; the command line says what it knows."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from bihuan.__main__ import main
from bihuan.meeting.models import Attendance, Figure
from bihuan.report.content import content_of
from bihuan.report.paper import docx_of, file_name, paper_of, paper_of_snapshot
from tests.cast import DAY, Cast
from tests.conftest import REPO
from tests.report.test_deciding import ready
from tests.report.test_writing import draft_again
from tests.report.year import begin, full

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def controls(data: bytes) -> list[tuple[str, str]]:
    """(tag, text) of every content control of the document, in order."""
    tree = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return [
        (
            sdt.find(f"{W}sdtPr/{W}tag").get(f"{W}val"),  # type: ignore[union-attr]
            "".join(t.text or "" for t in sdt.iter(f"{W}t")),
        )
        for sdt in tree.iter(f"{W}sdt")
    ]


def words_of(data: bytes) -> str:
    tree = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in tree.iter(f"{W}p"))


def test_figures_in_word_equal_the_records(cast: Cast) -> None:
    _, draft = ready(cast)
    found = dict(controls(docx_of(paper_of(content_of(draft, DAY)))))
    lines = list(Attendance.objects.of(cast.branch.pk).filter(meeting__is_life_meeting=True))
    due = [line for line in lines if line.counted]
    figures = {f.code: str(f.value) for f in Figure.objects.of(cast.branch.pk)}
    assert found["fact:应到"] == str(len(due))
    assert found["fact:实到"] == str(sum(line.present for line in due))
    assert found["fact:意见条数"] == figures["opinions"]
    assert found["fact:优秀"] == figures["excellent"]
    assert found["fact:会议日期"] == "2026年3月6日"
    assert sorted(text for tag, text in found.items() if tag.startswith("fact:term.")) == ["2026年6月30日"] * 2
    assert sorted(text for tag, text in found.items() if tag.startswith("fact:carry.")) == ["完成", "持续推进"]


def test_every_named_fact_of_the_text_is_a_control(cast: Cast) -> None:
    _, draft = ready(cast)
    content = content_of(draft, DAY)
    tags = {tag for tag, _ in controls(docx_of(paper_of(content)))}
    assert {f"fact:{code}" for code in content.used()} <= tags


def test_the_paper_has_its_head_and_foot(cast: Cast) -> None:
    _, draft = ready(cast)
    draft.attachments = ["整改台账。"]
    text = words_of(docx_of(paper_of(content_of(draft, DAY))))
    assert text.startswith("第一支部关于2025年度组织生活会")
    assert "中共样例镇委员会：" in text
    assert "附件：整改台账\n" in text
    assert text.rstrip().endswith("第一支部\n2026年3月9日")


def test_the_toolkit_reads_the_report_back(cast: Cast) -> None:
    import bihuan_text

    _, draft = ready(cast)
    document = bihuan_text.read_document(docx_of(paper_of(content_of(draft, DAY))), "报告.docx")
    report = bihuan_text.read_report(document)
    assert [len(aspect.problems) for aspect in report.aspects] == [1, 1]
    assert (len(report.prior), len(report.causes)) == (2, 2)


def test_the_approved_paper_is_kept_whole_whatever_the_records_say_later(cast: Cast) -> None:
    from tests.report.test_deciding import approve, decision
    from tests.report.test_writing import first_of, write

    year, draft = ready(cast)
    approval = approve(year, draft, decision(year, draft))
    then = docx_of(paper_of_snapshot(content_of(draft_again(draft), DAY).snapshot()))
    write(draft, first_of(draft, "study"), "后来换了一句话。", year)
    approval.refresh_from_db()
    assert docx_of(paper_of_snapshot(approval.content)) == then
    assert docx_of(paper_of_snapshot(content_of(draft_again(draft), DAY).snapshot())) != then


def test_a_file_name_holds_nothing_a_file_system_refuses() -> None:
    assert file_name('第一支部/关于"样例":情况*报告?', "docx") == "第一支部关于样例情况报告.docx"


# --- the command line ------------------------------------------------------------------------------------------------
def test_the_command_writes_word_and_pdf(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, draft = ready(cast)
    word, pdf = tmp_path / "报告.docx", tmp_path / "报告.pdf"
    assert main(["report", "--branch", "第一支部", "--cycle", "2025", "-o", str(word)]) == 0
    assert word.read_bytes() == docx_of(paper_of(content_of(draft_again(draft), DAY)))
    assert "会议还没有通过这份报告" in capsys.readouterr().err
    assert main(["report", "--branch", "第一支部", "--cycle", "2025年度", "-o", str(pdf)]) == 0
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_matters_to_mend_are_told_beside_the_file(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    full(cast).draft()
    target = tmp_path / "报告.docx"
    assert main(["report", "--branch", "第一支部", "--cycle", "2025", "-o", str(target)]) == 0
    assert "要改：这一段还没有写" in capsys.readouterr().err
    assert target.stat().st_size > 1000


def test_without_a_draft_the_records_are_laid_out(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from bihuan.report.models import Draft

    full(cast)
    target = tmp_path / "报告.docx"
    assert main(["report", "--branch", "第一支部", "--cycle", "2025/1", "-o", str(target)]) == 0
    assert "还没有起稿" in capsys.readouterr().err
    assert dict(controls(target.read_bytes()))["fact:实到"] == "6"
    assert not Draft.objects.of(cast.branch.pk).exists()


@pytest.mark.parametrize(
    ("branch", "cycle", "output", "sentence"),
    [
        ("第三支部", "2025", "报告.docx", "没有叫“第三支部”的支部。有这些支部：第一支部。"),
        ("第一支部", "1999", "报告.docx", "第一支部没有叫“1999”的年度。有这些年度：2025年度。"),
        ("第一支部", "2025", "报告.txt", "“报告.txt”的后缀要写 .docx 或 .pdf。"),
    ],
)
def test_what_is_unknown_is_answered_with_what_is_known(
    cast: Cast, capsys: pytest.CaptureFixture[str], branch: str, cycle: str, output: str, sentence: str
) -> None:
    begin(cast)
    assert main(["report", "--branch", branch, "--cycle", cycle, "-o", output]) == 2
    assert capsys.readouterr().err == sentence + "\n"


def test_a_place_that_cannot_be_written_is_a_sentence(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(cast)
    target = tmp_path / "没有这个文件夹" / "报告.docx"
    assert main(["report", "--branch", "第一支部", "--cycle", "2025", "-o", str(target)]) == 2
    assert "写不进去" in capsys.readouterr().err


def test_a_folder_without_data_is_a_sentence(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(REPO / "src"), "BIHUAN_DATA": str(tmp_path), "PYTHONUTF8": "1"}
    env.pop("DATABASE_URL", None)
    env.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "bihuan", "report", "--branch", "样例", "--cycle", "2025", "-o", "报告.docx"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert (done.returncode, "没有闭环的数据" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
