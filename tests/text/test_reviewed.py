"""The reviewed .docx: comments at their places, mends that can be accepted or rejected, everything else as it was."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.layout.made import converted

from bihuan_text import read
from bihuan_text.checks import Finding, Mend, Severity, all_rules
from bihuan_text.cli import check_command
from bihuan_text.reviewed import reviewed

AT = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def paper(paragraphs: list[list[str]]) -> bytes:
    """A .docx whose paragraphs are made of these runs, every second one bold."""
    document, target = Docx(), io.BytesIO()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for number, words in enumerate(runs):
            paragraph.add_run(words).bold = True if number % 2 else None
    document.save(target)
    return target.getvalue()


def remark(start: int | None, end: int | None, *mends: Mend) -> Finding:
    """A finding about a stretch, with mends."""
    return Finding("R42", Severity.WARN, start, end, "", "这里要改。", "请改。", mends, "依据", None)


def body(data: bytes, name: str = "word/document.xml") -> Any:
    """A part as a tree."""
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def rejected(data: bytes) -> bytes:
    """The file after 拒绝所有修订."""
    tree = body(data)
    for node in tree.findall(f".//{W}ins"):
        node.getparent().remove(node)
    for node in tree.findall(f".//{W}delText"):
        node.tag = W + "t"
    for node in tree.findall(f".//{W}del"):
        for run in list(node):
            node.addprevious(run)
        node.getparent().remove(node)
    return with_part(data, etree.tostring(tree))


def with_part(data: bytes, main: bytes) -> bytes:
    """The package with another main part."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            new.writestr(info, main if info.filename == "word/document.xml" else old.read(info))
    return target.getvalue()


WORDS = st.text("党支部学习不够，。“”、的一", min_size=1, max_size=8)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=4)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARAGRAPHS, st.data())
def test_accepted_it_is_mended_and_rejected_it_is_what_it_was(paragraphs: list[list[str]], data: st.DataObject) -> None:
    original = paper([["题目"], *paragraphs])  # so that something is left whatever is struck out
    document = read(original, "a.docx").document
    lines = [span for span in document.paragraphs[1:] if span.end > span.start]
    found: list[Finding] = []
    wanted, moved = document.text, 0
    for span in data.draw(st.lists(st.sampled_from(lines), unique=True, max_size=3).map(sorted)):
        start = data.draw(st.integers(span.start, span.end - 1))
        end = data.draw(st.integers(start, span.end))
        mend = Mend(start, end, data.draw(st.text("改好了", max_size=3)))
        found.append(remark(span.start, span.end, mend))
        wanted = wanted[: start + moved] + mend.text + wanted[end + moved :]
        moved += len(mend.text) - (end - start)
    found += [remark(None, None), remark(0, len(document.text))]
    copy = reviewed(original, document, found, AT)
    assert read(copy, "a.docx").document.text == wanted
    assert read(rejected(copy), "a.docx").document.text == document.text
    tree, comments = body(copy), body(copy, "word/comments.xml")
    ids = [node.get(W + "id") for node in comments]
    assert len(set(ids)) == len(found)
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(node.get(W + "id") for node in tree.iter(W + kind)) == sorted(ids)
    changes = [node.get(W + "id") for node in tree.iter(W + "ins", W + "del")]
    assert len(set(changes)) == len(changes)
    bold = [run.findtext(W + "t") for run in body(rejected(copy)).iter(W + "r") if run.find(f"{W}rPr/{W}b") is not None]
    assert "".join(filter(None, bold)) == "".join(words for runs in paragraphs for words in runs[1::2])


def test_every_other_part_is_byte_for_byte_the_same() -> None:
    original = paper([["党支部学习", "不够。"]])
    copy = reviewed(original, read(original, "a.docx").document, [remark(2, 4)], AT)
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (original, copy))
    touched = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(new.namelist()) - set(old.namelist()) == {"word/comments.xml"}
    assert all(old.read(name) == new.read(name) for name in set(old.namelist()) - touched)


def test_a_paper_reviewed_before_keeps_its_comments() -> None:
    original = paper([["党支部学习", "不够。"]])
    document = read(original, "a.docx").document
    once = reviewed(original, document, [remark(0, 2)], AT)
    twice = reviewed(once, read(once, "a.docx").document, [remark(2, 4), remark(4, 5)], AT)
    assert len(body(twice, "word/comments.xml")) == 3
    assert read(twice, "a.docx").document.text == document.text


def test_the_command_writes_a_copy_and_never_the_original(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "甲.docx", tmp_path / "审.docx"
    source.write_bytes(paper([["XX党支部情况报告"], ["（二）、学习“挤”、“钻”不够。"]]))
    before = source.read_bytes()
    assert check_command([str(source), "-o", str(target), "--no-layout"]) == 1
    assert body(target.read_bytes(), "word/comments.xml").findall(f".//{W}t")
    assert check_command([str(source), "-o", str(source)]) == 2
    assert source.read_bytes() == before
    (tmp_path / "乙.txt").write_text("XX党支部", "utf-8")
    assert check_command([str(tmp_path / "乙.txt"), "-o", str(tmp_path / "乙.docx")]) == 2
    assert "请" in capsys.readouterr().err


def test_a_paper_without_findings_is_copied_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "甲.docx", tmp_path / "审.docx"
    source.write_bytes(paper([["党支部学习不够。"]]))
    every = ",".join(code.code for code in all_rules())
    assert check_command([str(source), "-o", str(target), "--off", every]) == 0
    old, new = (zipfile.ZipFile(path) for path in (source, target))
    assert {name: new.read(name) for name in new.namelist() if name != "word/document.xml"} == {
        name: old.read(name) for name in old.namelist() if name != "word/document.xml"
    }
    assert "带批注的" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_keeps_comments_and_changes(tmp_path: Path) -> None:
    original = paper([["党支部学习", "不够，", "认真。"], ["二是批评不够。"]])
    document = read(original, "a.docx").document
    copy = reviewed(original, document, [remark(0, 3, Mend(2, 3, "委")), remark(11, 15)], AT)
    again = converted(tmp_path, "a.docx", copy, "docx")
    tree = body(again)
    assert len(body(again, "word/comments.xml")) == 2
    assert "".join(node.text for node in tree.iter(W + "delText")) == "部"
    assert [re.sub("\\s", "", "".join(node.itertext())) for node in tree.iter(W + "ins")] == ["委"]
    assert read(again, "a.docx").document.text == read(copy, "a.docx").document.text
