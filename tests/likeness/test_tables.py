"""An index in order: small segments become one, keys go into tables, and every question has the answer that it had before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bihuan_text.likeness import engines, intake, sealed, tables, tidying
from bihuan_text.likeness import index as likeness_index
from bihuan_text.likeness.cli import compare_command
from bihuan_text.likeness.prints import LOCAL_BITS, PLACE
from bihuan_text.likeness.sealed import Blocks, Home, Sealed, Unsealed
from bihuan_text.likeness.spans import FENCE, PARTS, WIDE, Sorted
from bihuan_text.likeness.tables import Unit, planned, widened

from .corpus import Corpus


def _sorted(folder: Path, keys: Any) -> Sorted:
    new = Unsealed(Home(folder), "keys")
    new.blocks("keys", [keys])
    held = Blocks(Sealed(new.publish({})), "keys", np.uint64)
    edges = np.searchsorted(keys, np.arange(PARTS, dtype=np.uint64) << np.uint64(56))
    return Sorted(held, np.append(edges, len(keys)).astype(np.int64), keys[::FENCE] & ~PLACE, LOCAL_BITS)


def _keys(many: int, seed: int) -> Any:
    """Sorted keys, of which many have a hash in common with others; the least and the greatest hash are among them."""
    draw = np.random.default_rng(seed)
    hashes = draw.integers(0, 1 << 36, many, dtype=np.uint64)
    hashes[: many // 2] = draw.choice(hashes[:40], many // 2)
    hashes[:3], hashes[3:6] = 0, (1 << 36) - 1
    return np.sort(hashes << np.uint64(LOCAL_BITS) | draw.integers(0, 1 << 20, many, dtype=np.uint64))


@pytest.mark.parametrize("many", [0, 1, 511, 512, 513, 20_000])
def test_a_hash_is_found_where_it_stands(tmp_path: Path, many: int) -> None:
    keys = _keys(many, many) if many > 6 else np.arange(many, dtype=np.uint64) << np.uint64(60)
    there = np.unique(keys & ~PLACE)
    asked = np.unique(np.concatenate((there, there + (PLACE + np.uint64(1)), np.array([0, ~PLACE], np.uint64))))
    low, high = _sorted(tmp_path, keys).spans(asked)
    assert low.tolist() == np.searchsorted(keys, asked).tolist()
    assert high.tolist() == np.searchsorted(keys, asked | PLACE, "right").tolist()


def test_a_part_with_wide_places_has_the_hashes_and_places_that_it_had(tmp_path: Path) -> None:
    keys = _keys(20_000, 7)
    held = _sorted(tmp_path, keys)
    found = [widened(held, 1000, part) for part in range(PARTS)]
    place = np.uint64((1 << WIDE) - 1)
    assert np.concatenate([each & place for each in found]).tolist() == ((keys & PLACE) + 1000).tolist()
    whole = [(each >> np.uint64(WIDE)) + np.uint64(part << 28) for part, each in enumerate(found)]
    assert np.concatenate(whole).tolist() == (keys >> np.uint64(LOCAL_BITS)).tolist()


def test_eight_of_a_kind_become_one_of_the_next() -> None:
    singly = planned([Unit(at, at + 1) for at in range(700)])
    assert [high - low for low, high in singly] == [512, 64, 64, *[8] * 7, *[1] * 4]
    assert planned([Unit(low, high) for low, high in singly]) == singly
    grown = [Unit(low, high) for low, high in singly] + [Unit(at, at + 1) for at in range(700, 705)]
    assert [high - low for low, high in planned(grown)] == [512, 64, 64, 64, 1]
    assert [high - low for low, high in planned([Unit(at, at + 1) for at in range(2000)])][:4] == [512, 512, 512, 64]


# --- the same answers -------------------------------------------------------------------------------------------------


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hundred and twenty papers in more than sixty-four segments, some of which share passages, all a slogan."""
    monkeypatch.setattr(intake, "BATCH_BYTES", 2_000)
    monkeypatch.setattr(intake, "SEGMENTS", 1_000)
    monkeypatch.setattr(engines, "WORTH_A_PROCESS", 1 << 40)
    corpus = Corpus(33)
    shared = [corpus.say(30 + number) + "。" for number in range(20)]
    slogan = corpus.say(50) + "。"
    for number in range(122):
        corpus.paper(f"{number:03d}", slogan, *([shared[number % 20]] if number % 3 else []))
    (tmp_path / "p").mkdir()
    for name, text in corpus.papers.items():
        (tmp_path / "p" / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "p" / "121.txt").rename(tmp_path / "new.txt")
    return tmp_path / "p"


def said(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    """Exit code, what was said, what was complained."""
    code = compare_command([*map(str, argv), "--json"])
    told = capsys.readouterr()
    return code, told.out, told.err


def folders(index: Path, kind: str) -> list[str]:
    """The names of the folders of a kind."""
    return sorted(each.name for each in index.glob(f"{kind}-*"))


def test_asking_tables_says_what_asking_segments_says(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, index = tmp_path / "plain", tmp_path / "index"
    said(capsys, papers, "--index", plain, "--add-only")  # small segments that became one, and no tables
    monkeypatch.setattr(tidying, "GREAT", 1)
    said(capsys, papers, "--index", index, "--add-only")
    assert folders(index, "table")[0] == "table-000000-000063"
    assert len(folders(index, "table")) > 1
    assert folders(plain, "table") == []
    monkeypatch.setattr(tables, "TOGETHER", 1 << 20)  # nobody puts anything in order now
    monkeypatch.setattr(tidying, "TOGETHER", 1 << 20)
    asked, whole = said(capsys, tmp_path / "new.txt", "--index", index), said(capsys, "--index", index)
    assert asked == said(capsys, tmp_path / "new.txt", "--index", plain)
    assert whole == said(capsys, "--index", plain)
    assert len(json.loads(asked[1])["passages"]) > 3


def test_small_segments_become_one_and_say_the_same(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    singly, index = tmp_path / "singly", tmp_path / "index"
    for path in sorted(papers.iterdir())[:70]:
        said(capsys, path, "--index", singly, "--add-only")
    assert folders(singly, "seg") == ["seg-000000-000063", *(f"seg-{at:06d}" for at in range(64, 70))]
    said(capsys, *sorted(papers.iterdir())[:70], "--index", index, "--add-only")
    assert said(capsys, "--index", singly) == said(capsys, "--index", index)
    assert said(capsys, tmp_path / "new.txt", "--index", singly) == said(capsys, tmp_path / "new.txt", "--index", index)


def untidied(store: object, tell: object) -> None:
    """Leave an index as it is."""


class Stopped(BaseException):
    """The command is killed here."""


@pytest.mark.parametrize("great", [1, 1 << 20])
def test_stopped_anywhere_it_goes_on_and_nothing_is_lost(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, great: int
) -> None:
    monkeypatch.setattr(tidying, "GREAT", great)
    whole, index = tmp_path / "whole", tmp_path / "index"
    said(capsys, papers, "--index", whole, "--add-only")
    answer, kept = said(capsys, "--index", whole), (folders(whole, "seg"), folders(whole, "table"))
    with monkeypatch.context() as patch:
        patch.setattr(likeness_index, "tidied", untidied)
        said(capsys, papers, "--index", index, "--add-only")
    assert len(folders(index, "seg")) > 64
    stops = 1
    while _is_stopped(monkeypatch, capsys, index, stops):
        stops += 1
    assert stops > 4
    assert (folders(index, "seg"), folders(index, "table"), folders(index, "new")) == (*kept, [])
    assert said(capsys, "--index", index) == answer


def _is_stopped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], index: Path, number: int) -> bool:
    """Dies before it removes its so-many-th folder, or in the middle of what it writes."""
    with monkeypatch.context() as patch:
        _stopped_at(patch, number, sealed, "removed", [tidying, tables])
        _stopped_at(patch, number, sealed.Unsealed, "whole", [sealed.Unsealed])
        try:
            said(capsys, "--index", index, "--add-only")
        except Stopped:
            return True
    return False


def _stopped_at(patch: pytest.MonkeyPatch, number: int, of: Any, name: str, users: list[Any]) -> None:
    left, real = [number], getattr(of, name)

    def dying(*args: Any) -> Any:
        left[0] -= 1
        if left[0] <= 0:
            raise Stopped
        return real(*args)

    for user in users:
        patch.setattr(user, name, dying)


# --- what is not as it was written ------------------------------------------------------------------------------------


def _hurt(file: Path, every: int = 4096) -> None:
    data = bytearray(file.read_bytes())
    for at in range(min(every // 2, len(data) // 2), len(data), every):
        data[at] ^= 1
    file.write_bytes(bytes(data))


@pytest.mark.parametrize("name", ["letters", "keys", "kept", "text", "papers", "parts", "names", "sums"])
def test_a_change_in_the_middle_of_a_file_is_named_by_whoever_reads_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    corpus = Corpus(3)
    shared = corpus.say(60) + "。"
    (tmp_path / "p").mkdir()
    for number in range(12):
        corpus.paper(f"{number:02d}", corpus.prose(600), shared)
        (tmp_path / "p" / f"{number:02d}.txt").write_text(corpus.papers[f"{number:02d}"], "utf-8")
    index = tmp_path / "index"
    said(capsys, tmp_path / "p", "--index", index, "--add-only")
    _hurt(index / "seg-000000" / name)
    code, out, complained = said(capsys, "--index", index)
    assert (code, out) == (2, "")
    assert f"seg-000000/{name} 已损坏" in complained


def test_a_block_that_nobody_reads_changes_no_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = Corpus(4)
    (tmp_path / "p").mkdir()
    for number in range(3):
        (tmp_path / "p" / f"{number}.txt").write_text(corpus.prose(6000), "utf-8")
    index = tmp_path / "index"
    said(capsys, tmp_path / "p", "--index", index, "--add-only")
    before = said(capsys, "--index", index)
    _hurt(index / "seg-000000" / "text")
    assert before[0] == 0
    assert said(capsys, "--index", index) == before


def test_a_torn_table_is_named_and_made_again_without_it(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "GREAT", 1)
    index = tmp_path / "index"
    said(capsys, papers, "--index", index, "--add-only")
    table = index / "table-000000-000063"
    _hurt(table / "keys")
    code, _, complained = said(capsys, tmp_path / "new.txt", "--index", index)
    assert code == 2
    assert f"{table.name}/keys 已损坏" in complained
    for file in table.iterdir():
        file.unlink()
    table.rmdir()
    code, out, _ = said(capsys, tmp_path / "new.txt", "--index", index)
    assert code == 1
    assert len(json.loads(out)["passages"]) > 3
    assert table.is_dir()


def test_a_table_is_not_believed_when_a_segment_is_another(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "GREAT", 1)
    monkeypatch.setattr(intake, "BATCH_BYTES", 1)  # a segment for each paper
    index = tmp_path / "index"
    some = sorted(papers.iterdir())[:16]
    said(capsys, *some, "--index", index, "--add-only")
    last = folders(index, "seg")[-1]
    assert folders(index, "table")[-1].endswith(last[3:])
    new, other = tmp_path / "new.txt", tmp_path / "other"
    some[-1].write_text(Corpus(99).prose(500) + new.read_text("utf-8")[100:160], "utf-8")
    said(capsys, *some, "--index", other, "--add-only")
    (index / last).rename(tmp_path / last)
    (other / last).rename(index / last)  # another segment of that name, as from a copy of another day
    found = json.loads(said(capsys, new, "--index", index)[1])
    assert some[-1].name in {Path(each["a"]["file"]).name for each in found["passages"]}
