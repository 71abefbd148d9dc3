"""``python -m bench.likeness [N …] [--seed S] [--runs R] [--peers]``: comparing, measured.

Ours, the floor and the peers are whole processes on the same corpus, run in turn; the floor is one process that only
reads, decodes and folds the same files with our own fast tables, the plain floor one that does so with the standard
library. Ratios are to the first, which is the harder. Memory is looked at in one more run of ours.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.figures import load, machine

from .beside import Beside, Texts, summary
from .corpus import KINDS, Maker
from .counting import Row, Score, row, score
from .running import BIHUAN, COMPARE, FLOOR, PLAIN_FLOOR, run, weighed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .running import Run

WATCHED = 0.3


def main(arguments: list[str]) -> int:
    """Print a table for each N."""
    options = _options(arguments)
    print(f"{machine()}; load before: {load()}")
    beside = Beside(options.passim, options.limit, options.only) if options.peers else None
    for number in options.numbers:
        with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
            _bench(Path(folder), number, options.seed, options.runs, beside)
    print(f"load after: {load()}")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", nargs="*", type=int, default=[100, 1000])
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000, help="fresh each time unless given")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--only", nargs="*", default=[""], help="peers with one of these in their names")
    parser.add_argument("--limit", type=float, default=600, help="seconds of processor after which a peer is stopped")
    parser.add_argument("--passim", default="", metavar="FOLDER", help="source folder of passim, which no registry has")
    return parser.parse_args(arguments)


def _bench(folder: Path, number: int, seed: int, runs: int, beside: Beside | None) -> None:
    print(f"\nN = {number:,}, seed {seed}, {runs} runs in turn", flush=True)
    truth = Maker(number, seed).write(folder / "papers")
    papers = str(folder / "papers")
    given = ["--template", str(folder / "notice.txt"), str(folder / "template.txt")] if number < 1000 else []
    ours: list[Run] = []
    floor: list[Run] = []
    for _ in range(runs):
        floor.append(run([*FLOOR, papers]))
        ours.append(run([*COMPARE, papers, *given, "--json"]))
    _timed("floor: reads, decodes, folds", floor, floor)
    _timed("plain floor: the standard library", [run([*PLAIN_FLOOR, papers])], floor)
    _timed("bihuan compare", ours, floor)
    print(
        f"  memory: {weighed([*COMPARE, papers, *given, '--json'], WATCHED if number > 5000 else 0.02).memory / 1e6:.0f} MB"
    )
    texts = Texts(folder / "papers")
    _scored(score(truth, _ours(ours[-1]), texts))
    _asked(folder, papers, number)
    if beside:
        beside.bench(folder / "papers", truth, texts, ours)


def _timed(what: str, runs: list[Run], floor: list[Run]) -> None:
    seconds = [each.seconds for each in runs]
    ratio = min(seconds) / min(each.seconds for each in floor)
    processor = min(each.processor for each in runs)
    print(
        f"  {what}: min {min(seconds):.2f} s, median {median(seconds):.2f} s, {ratio:.2f} × floor; "
        f"{processor:.2f} s of processor, {processor / min(each.processor for each in floor):.2f} × floor",
        flush=True,
    )


def _ours(done: Run) -> Iterator[Row]:
    for each in json.loads(done.said)["passages"]:
        a, b = each["a"], each["b"]
        yield row(Path(a["file"]).name, a["start"], a["end"], Path(b["file"]).name, b["start"], b["end"])


def _scored(found: Score) -> None:
    print(f"  {summary(found)}")
    for kind in KINDS:
        count = found.kinds[kind]
        print(f"    {kind}: {count.found}/{count.planted} found, {count.whole} as one passage, {count.exact} exact")
    for plant in found.missed[:5]:
        print(f"    missed: {plant}")
    for each in found.false[:5]:
        print(f"    not true: {each}")


def _asked(folder: Path, papers: str, number: int) -> None:
    """One new paper against an index of the others, beside the time to start and say the help."""
    index = str(folder / "index")
    built = run([*COMPARE, papers, "--index", index, "--json"])
    start = min(run([*BIHUAN, "compare", "--help"]).seconds for _ in range(3))
    seconds: list[float] = []
    for at in range(3):
        new = folder / f"new{at}.txt"
        new.write_text(
            f"第{at}份。" + (Path(papers) / f"{number // 2 + at:06d}.txt").read_text("utf-8")[: 3000 + at], "utf-8"
        )
        seconds.append(run([*COMPARE, str(new), "--index", index, "--json"]).seconds)
    alone = min(run([*COMPARE, str(folder / "new0.txt"), "--json"]).seconds for _ in range(3))
    least = min(seconds)
    print(f"  index of {number:,} built and told in {built.seconds:.2f} s")
    print(f"  one new paper against it {least:.2f} s: {least - start:.2f} s beyond `--help` ({start:.2f} s),", end=" ")
    print(f"{least - alone:.2f} s beyond the same paper compared with nothing ({alone:.2f} s)", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
