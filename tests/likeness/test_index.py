"""An index that grows: added to, asked, resumed, and noticed when it is torn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bihuan_text.likeness import asking, comparing
from bihuan_text.likeness.cli import compare_command
from bihuan_text.likeness.sifting import sifted

from .corpus import Corpus
from .test_set_aside import copied_in_common_words


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Forty papers in a folder, two of which share a passage; ``new.txt`` shares another with 05."""
    corpus = Corpus(8)
    shared, other = corpus.say(70) + "。", corpus.say(90) + "。"
    for number in range(40):
        corpus.paper(f"{number:02d}", *([shared] if number in {1, 2} else []), *([other] if number == 5 else []))
    (tmp_path / "p").mkdir()
    for name, text in corpus.papers.items():
        (tmp_path / "p" / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "new.txt").write_text(corpus.prose(300) + other + corpus.prose(100), "utf-8")
    return corpus


def ask(capsys: pytest.CaptureFixture[str], index: Path, *paths: Path) -> tuple[int, list[tuple[str, str]]]:
    """Exit code, and the pairs of names that share something."""
    code = compare_command([*map(str, paths), "--index", str(index), "--json"])
    found = json.loads(capsys.readouterr().out)
    return code, [(Path(each["a"]["file"]).name, Path(each["b"]["file"]).name) for each in found["passages"]]


def test_what_is_new_is_asked_against_everything(
    tmp_path: Path, corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "index"
    assert ask(capsys, index, tmp_path / "p") == (1, [("01.txt", "02.txt")])
    assert ask(capsys, index, tmp_path / "new.txt") == (1, [("05.txt", "new.txt")])
    assert ask(capsys, index, tmp_path / "new.txt") == (1, [("05.txt", "new.txt")])  # asked again, kept once
    assert len(list(index.glob("seg-*"))) == 2
    assert ask(capsys, index) == (1, [("01.txt", "02.txt"), ("05.txt", "new.txt")])
    (tmp_path / "new.txt").write_text(corpus.prose(300), "utf-8")
    assert ask(capsys, index, tmp_path / "new.txt") == (0, [])  # the changed paper took the place of the old one
    assert ask(capsys, index) == (1, [("01.txt", "02.txt")])


def test_asking_says_the_same_as_comparing_all(
    tmp_path: Path, corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p" / "new.txt").write_text((tmp_path / "new.txt").read_text("utf-8"), "utf-8")
    compare_command([str(tmp_path / "p"), "--json"])
    whole: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["passages"]
    index = tmp_path / "index"
    step_by_step: list[dict[str, Any]] = []
    for path in sorted((tmp_path / "p").iterdir()):
        compare_command([str(path), "--index", str(index), "--json"])
        step_by_step += json.loads(capsys.readouterr().out)["passages"]
    assert sorted(step_by_step, key=_place) == sorted(whole, key=_place)


def test_asking_finds_a_long_string_in_common_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = Corpus(9)
    copied_in_common_words(corpus, 60)
    folder, index = tmp_path / "p", tmp_path / "index"
    folder.mkdir()
    for name, text in corpus.papers.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / "17.txt").rename(tmp_path / "17.txt")
    assert ask(capsys, index, folder) == (0, [])
    assert ask(capsys, index, tmp_path / "17.txt") == (1, [("03.txt", "17.txt")])


def test_what_is_too_common_to_be_looked_up_is_in_no_passage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "CROWD", 0)
    corpus = Corpus(10)
    slogan, copied = corpus.say(100) + "。", corpus.say(50) + "。"
    for number in range(120):
        corpus.paper(f"{number:03d}", *([copied + slogan] if number in {3, 17} else [slogan]))
    folder, index = tmp_path / "p", tmp_path / "index"
    folder.mkdir()
    for name, text in corpus.papers.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / "017.txt").rename(tmp_path / "017.txt")
    assert ask(capsys, index, folder) == (0, [])
    compare_command([str(tmp_path / "017.txt"), "--index", str(index), "--json"])
    (passage,) = json.loads(capsys.readouterr().out)["passages"]
    assert passage["text"] == copied


def _place(passage: dict[str, Any]) -> tuple[str, str, int]:
    return passage["a"]["file"], passage["b"]["file"], passage["a"]["start"]


def test_a_torn_file_is_named(tmp_path: Path, corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    index = tmp_path / "index"
    ask(capsys, index, tmp_path / "p")
    keys = index / "seg-000000" / "keys"
    keys.write_bytes(keys.read_bytes()[:-8])
    assert compare_command([str(tmp_path / "new.txt"), "--index", str(index)]) == 2
    assert "seg-000000/keys 已损坏" in capsys.readouterr().err


def test_a_segment_that_was_never_finished_is_dropped(
    tmp_path: Path, corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "index"
    left = index / "new-000000-123"
    left.mkdir(parents=True)
    (left / "letters").write_bytes(b"half")
    assert ask(capsys, index, tmp_path / "p")[0] == 1
    assert not left.exists()


def test_what_is_not_kept_says_what_an_index_says(
    tmp_path: Path, corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    for argv in ([], ["--index", str(tmp_path / "index")]):
        assert compare_command([str(tmp_path / "p"), *argv, "--json"]) == 1
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert corpus.papers["01"].count(json.loads(said[0])["passages"][0]["text"]) == 1


def test_a_paper_that_changes_while_it_is_compared_is_named(
    tmp_path: Path, corpus: Corpus, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*given: Any) -> Any:
        (tmp_path / "p" / "02.txt").write_text(corpus.prose(300), "utf-8")
        return sifted(*given)

    monkeypatch.setattr(comparing, "sifted", meanwhile)
    assert compare_command([str(tmp_path / "p"), "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "02.txt 在比对的时候被改动" in told.err
