"""A paper against the same author's last year, and papers that are only taken into an index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bihuan_text.likeness.cli import compare_command
from bihuan_text.likeness.taking import Source
from bihuan_text.likeness.yearly import paired

from .corpus import Corpus
from .test_bad_input import run, write


def named(*names: str) -> list[Source]:
    return [Source(name, name) for name in names]


def test_a_paper_is_compared_with_its_authors_last_year_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = Corpus(61)
    own, others = corpus.say(40) + "。", corpus.say(50) + "。"

    def paper(*parts: str) -> str:
        return corpus.prose(200) + "".join(parts) + corpus.prose(100)

    now = write(tmp_path / "2026", **{"王甲2026年发言提纲": paper(own, others), "李乙2026年发言提纲": paper(others)})
    write(now, 新人2026年发言提纲=paper())
    then = write(tmp_path / "2025", **{"王甲2025年发言提纲": paper(own), "李乙2025年发言提纲": paper()})
    code, found, said = run(capsys, now, "--last-year", then)
    assert code == 1
    assert [(each["text"], Path(each["a"]["file"]).name) for each in found["passages"]] == [
        (own, "王甲2026年发言提纲.txt")
    ]
    assert [Path(each["b"]).name for each in found["pairs"]] == ["王甲2025年发言提纲.txt"]
    assert "新人2026年发言提纲" in said
    assert "李乙" not in said


def test_last_years_paper_goes_by_the_name_without_the_year_and_then_by_the_folder() -> None:
    now = named("a/2026/一支部/二〇二六年度报告.docx", "a/2026/二支部/报告.docx", "a/2026/三支部/别的.docx")
    then = named("b/2025/一支部/2025年度报告.docx", "b/2025/二支部/二〇二五年报告.docx")
    assert paired(now, then) == {now[0].name: then[0].name, now[1].name: then[1].name}
    assert paired(now[:1], named("x.docx")) == {now[0].name: "x.docx"}
    assert paired(now[:1], named("甲/报告.docx", "乙/报告.docx")) == {}


def test_papers_are_only_taken_in_and_asked_later(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = Corpus(62)
    copied = corpus.say(60) + "。"
    folder = write(tmp_path / "p", 甲=corpus.prose(100) + copied, 乙=corpus.prose(100) + copied)
    index = tmp_path / "index"
    assert compare_command([str(folder), "--index", str(index), "--add-only", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"papers": 2, "refused": []}
    write(tmp_path / "new", 丙=corpus.prose(100) + copied)
    _, found, _ = run(capsys, tmp_path / "new", "--index", index)
    assert len(found["passages"]) == 2
    assert compare_command([str(folder), "--add-only"]) == 2
    assert "--index" in capsys.readouterr().err
