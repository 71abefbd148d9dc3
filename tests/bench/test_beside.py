"""Peers beside ours: what is judged of those that say no place, and that one is stopped at its limit and said to be."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from bench.likeness import beside
from bench.likeness.corpus import Plant, Truth
from bench.likeness.peers.__main__ import peers
from bench.likeness.peers.sentences import alike, sentences
from bench.likeness.peers.tfidf import ranking
from bench.likeness.running import Run, run

TRUTH = Truth([Plant("verbatim", "1", "2"), Plant("short", "3", "4")])


def line(told: dict[str, object], **how: bool) -> str:
    """The line of a peer that printed this."""
    done = Run(4.0, json.dumps(told).encode(), 0, processor=2.0, **how)
    return beside._line(done, 9, TRUTH, beside.Texts(Path()), [Run(1.0, b"", 0, processor=1.0)])


def test_a_ranking_is_judged_by_as_many_as_are_planted() -> None:
    said = line({"ranked": [["2", "1"], ["1", "3"], ["3", "4"]], "above": 7})
    assert "50.0% of the planted pairs among the 2 it ranks first" in said
    assert "4.0 (2.0)" in said


def test_a_stopped_or_broken_peer_is_told() -> None:
    assert "stopped after 9 s of processor" in line({}, stopped=True)
    broken = Run(1.0, b"", 3, complained=b"Traceback\nNo such thing")
    assert "ended with 3 after 1 s: No such thing" in beside._line(broken, 9, TRUTH, beside.Texts(Path()), [])


@pytest.mark.skipif(sys.platform != "linux", reason="process groups and orphans as Linux has them")
def test_what_a_process_leaves_running_is_stopped_with_it_and_its_processor_time_is_counted() -> None:
    assert run([sys.executable, "-c", "while True: pass"], limit=0.2).stopped
    busy = "import time\nwhile time.process_time() < 0.5: pass"
    left = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {busy!r}])"
    done = run([sys.executable, "-c", left])
    assert (done.code, done.stopped) == (0, False)
    assert done.processor >= 0.5


def test_passim_only_where_its_source_is() -> None:
    assert not [each for each in peers("") if "passim" in each.what]
    assert [each.arguments[0] for each in peers("there") if "passim" in each.what] == ["there", "there"]


class Sparse(np.ndarray):
    """A matrix that answers as a sparse one does; the peers' library lives in an environment of its own."""

    def toarray(self) -> np.ndarray:
        return np.array(self)


def test_the_ranking_by_blocks_is_the_ranking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.likeness.peers.tfidf.ROWS", 3)
    rows = np.random.default_rng(4).random((10, 5)).astype(np.float32)
    whole = rows @ rows.T
    best = sorted((-whole[a, b], a, b) for a in range(10) for b in range(a + 1, 10))[:10]
    assert [(a, b) for _, a, b in best] == ranking(rows.view(Sparse), 10)[0]


def test_sentences_stand_where_they_are_said_to(tmp_path: Path) -> None:
    text = "第一句话有十个字以上。短。\n第二句话也有十个字以上；"
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "1.txt").write_text(text, "utf-8")
    spans = [(text[start:end], said) for (_, start, end), said in sentences(str(folder))]
    assert [one for one, two in spans if one == two] == ["第一句话有十个字以上。", "第二句话也有十个字以上；"]
    digest = list(range(64))
    assert alike([("1", 0, 9), ("2", 3, 9)], [digest, digest], [[0, 1]]) == [["1", 0, 9, "2", 3, 9]]
    assert alike([("1", 0, 9), ("2", 3, 9)], [digest, digest[::-1]], [[0, 1]]) == []
