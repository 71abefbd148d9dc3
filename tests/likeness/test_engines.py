"""Whoever does the work, the answer is the same; a helper that dies takes nothing with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bihuan_text.likeness import engines, intake, taking
from bihuan_text.likeness.cli import as_json, compare_command
from bihuan_text.likeness.engines import Engine, Local
from bihuan_text.likeness.index import Busy, Work, added, compared
from bihuan_text.likeness.sealed import Torn
from bihuan_text.likeness.taking import Source, sources

from .corpus import Corpus, quiet

T = TypeVar("T")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sixty papers in several segments, some of them sharing passages; several processes are worth their while."""
    monkeypatch.setattr(intake, "BATCH_BYTES", 20_000)
    monkeypatch.setattr(engines, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(engines, "cores", lambda: 2)
    corpus = Corpus(21)
    shared = [corpus.say(40 + number) + "。" for number in range(6)]
    slogan = corpus.say(50) + "。"
    for number in range(60):
        corpus.paper(f"{number:02d}", slogan, *([shared[number % 6]] if number < 24 else []))
    (tmp_path / "p").mkdir()
    for name, text in corpus.papers.items():
        (tmp_path / "p" / f"{name}.txt").write_text(text, "utf-8")
    return tmp_path / "p"


def process() -> int:
    """Which process does this."""
    return os.getpid()


def found(folder: Path, engine: Engine) -> dict[str, object]:
    """What is said of the papers of the folder."""
    with compared(Work(sources([str(folder)]), engine=engine), None, quiet) as result:
        return as_json(result)


def test_processes_say_what_one_process_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_two = found(folder, Local())
    monkeypatch.setattr(engines, "cores", lambda: 1)
    assert found(folder, Local()) == by_two
    assert len(by_two["passages"]) == 6 * 6  # type: ignore[arg-type]


def test_a_paper_that_kills_its_reader_is_named_and_the_others_are_compared(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = found(folder, Local())
    (folder / "00-dies.txt").write_text("读它的进程会死。", "utf-8")
    parent, real = os.getpid(), taking.text_of

    def text_of(source: Source) -> str:
        if "dies" in source.name and os.getpid() != parent:
            os._exit(1)
        return real(source)

    monkeypatch.setattr(intake, "text_of", text_of)
    again = found(folder, Local())
    assert [Path(row["file"]).name for row in again.pop("refused")] == ["00-dies.txt"]  # type: ignore[attr-defined]
    assert again == {key: value for key, value in whole.items() if key != "refused"}


def test_an_engine_that_is_not_there_is_a_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare_command([str(folder), "--engine", "spark"]) == 2
    assert "请检查" in capsys.readouterr().err


@pytest.mark.long
def test_two_workers_of_a_cluster_say_the_same_while_each_kind_of_job_kills_one(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'bihuan[ray]'")
    import ray

    from bihuan_text.likeness.on_ray import OnRay

    class Deadly(OnRay):
        """The third job of each kind kills the worker that does it, the first time."""

        def _each(self, function: Callable[..., T], jobs: Sequence[tuple[Any, ...]]) -> Iterator[T]:
            mark = str(tmp_path / f"died-{function.__name__}")

            def once(number: int, *job: Any) -> T:
                if number == min(2, len(jobs) - 1) and not os.path.exists(mark):
                    with open(mark, "w", encoding="utf-8") as file:
                        file.write(str(os.getpid()))
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*job)

            yield from super()._each(once, [(number, *job) for number, job in enumerate(jobs)])

    whole = found(folder, Local())
    try:
        assert found(folder, OnRay(workers=2)) == whole
        workers = ray.get([ray.remote(process).remote() for _ in range(8)])
        assert os.getpid() not in workers
        assert found(folder, Deadly()) == whole
    finally:
        ray.shutdown()  # pyright: ignore[reportUnknownMemberType]
    dead = {file.name.removeprefix("died-"): int(file.read_text("utf-8")) for file in tmp_path.glob("died-*")}
    assert {"take_batch", "join_in"} <= dead.keys()
    assert os.getpid() not in dead.values()


@pytest.mark.long
def test_a_worker_that_reads_what_was_changed_names_it(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'bihuan[ray]'")
    import ray

    from bihuan_text.likeness.on_ray import OnRay

    index = tmp_path / "index"
    added(Work(sources([str(folder)])), index, quiet)
    keys = next(index.glob("seg-*")) / "keys"
    data = bytearray(keys.read_bytes())
    data[len(data) // 2] ^= 1
    keys.write_bytes(bytes(data))
    try:
        with pytest.raises(Torn) as torn, compared(Work([], engine=OnRay(workers=2)), index, quiet):
            pass
    finally:
        ray.shutdown()  # pyright: ignore[reportUnknownMemberType]
    assert str(torn.value).startswith(f"索引文件 {keys.parent.name}/keys 已损坏")


KILLED = """
import sys, time
from bihuan_text.likeness import engines, intake
from bihuan_text.likeness.cli import compare_command

def slowly(source, real=intake.text_of):
    time.sleep(0.05)
    return real(source)

engines.WORTH_A_PROCESS, intake.BATCH_BYTES, engines.cores, intake.text_of = 1, 20_000, lambda: 2, slowly
compare_command([sys.argv[1], "--index", sys.argv[2], "--json"])
"""


def test_a_killed_command_leaves_no_helper_that_holds_its_index(folder: Path, tmp_path: Path) -> None:
    whole, index = found(folder, Local()), tmp_path / "index"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), str(index)], stdout=subprocess.DEVNULL
    ) as command:
        while not any(index.glob("seg-*")):
            assert command.poll() is None
            time.sleep(0.01)
        command.kill()
    kept = {segment.name: segment.stat().st_mtime_ns for segment in index.glob("seg-*")}
    assert in_any_order(eventually(lambda: _again(folder, index))) == in_any_order(whole)
    assert kept.items() <= {each.name: each.stat().st_mtime_ns for each in index.glob("seg-*")}.items()


def in_any_order(found: dict[str, Any]) -> set[tuple[str, ...]]:
    """The passages; which paper of a pair comes first depends on which segment was done when the command was killed."""
    return {tuple(sorted((str(each["a"]), str(each["b"])))) for each in found["passages"]}


def _again(folder: Path, index: Path) -> dict[str, object]:
    with compared(Work(sources([str(folder)])), index, quiet) as result:
        return as_json(result)


def eventually(act: Callable[[], dict[str, object]], seconds: float = 20) -> dict[str, object]:
    """The answer as soon as the index is free: a helper needs a moment to notice that its command is gone."""
    until = time.monotonic() + seconds
    while True:
        try:
            return act()
        except Busy:
            assert time.monotonic() < until, "a helper of the killed command holds the index"
            time.sleep(0.1)
