"""``python -m bench.likeness [N …] [--seed S] [--runs R] [--peers] [--kept FOLDER]``: comparing, measured.

Ours, the floor and the peers are whole processes on the same corpus, run in turn; the floor is one process that only
reads, decodes and folds the same files. Memory is looked at in one more run of ours.
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

from .corpus import KINDS, Maker, Truth
from .counting import Row, Score, row, score
from .peers.__main__ import ready
from .running import BIHUAN, COMPARE, FLOOR, run, weighed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .running import Run

WATCHED = 0.3


def main(arguments: list[str]) -> int:
    """Print a table for each N."""
    options = _options(arguments)
    print(f"{machine()}; load before: {load()}")
    python, peers = ready() if options.peers else (Path(), [])
    for number in options.numbers:
        with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
            _bench(Path(folder), number, options.seed, options.runs, [(python, peer) for peer in peers])
    print(f"load after: {load()}")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", nargs="*", type=int, default=[100, 1000])
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000, help="fresh each time unless given")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", action="store_true")
    return parser.parse_args(arguments)


def _bench(folder: Path, number: int, seed: int, runs: int, peers: list[tuple[Path, str]]) -> None:
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
    _timed("bihuan compare", ours, floor)
    print(
        f"  memory: {weighed([*COMPARE, papers, *given, '--json'], WATCHED if number > 5000 else 0.02).memory / 1e6:.0f} MB"
    )
    texts = Texts(folder / "papers")
    _scored(score(truth, _ours(ours[-1]), texts))
    _asked(folder, papers, number)
    for python, peer in peers:
        _peer(
            peer,
            run([str(python), str(Path(__file__).parent / "peers" / f"{peer}.py"), papers]),
            min(each.seconds for each in ours),
            truth,
            texts,
        )


def _timed(what: str, runs: list[Run], floor: list[Run]) -> None:
    seconds = [each.seconds for each in runs]
    ratio = min(seconds) / min(each.seconds for each in floor)
    print(f"  {what}: min {min(seconds):.2f} s, median {median(seconds):.2f} s, {ratio:.2f} × floor", flush=True)


def _ours(done: Run) -> Iterator[Row]:
    for each in json.loads(done.said)["passages"]:
        a, b = each["a"], each["b"]
        yield row(Path(a["file"]).name, a["start"], a["end"], Path(b["file"]).name, b["start"], b["end"])


class Texts:
    """The papers' texts by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        if name not in self.read:
            self.read[name] = (self.folder / name).read_text("utf-8")
        return self.read[name]


def _summary(found: Score) -> str:
    verbatim, edited = found.recall(verbatim=True), found.recall(verbatim=False)
    return f"recall: verbatim {verbatim:.2%}, edited {edited:.2%}; rows {found.rows}, true {found.precision:.2%}"


def _scored(found: Score) -> None:
    print(f"  {_summary(found)}")
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


def _peer(name: str, done: Run, ours: float, truth: Truth, texts: Texts) -> None:
    if done.code:
        print(f"  {name}: ended with {done.code} after {done.seconds:.0f} s, not measured", flush=True)
        return
    told = json.loads(done.said)
    if "spans" in told:
        found = score(truth, (row(*each) for each in told["spans"]), texts)
        said = _summary(found)
    else:
        pairs = {tuple(sorted(each)) for each in told["pairs"]}
        planted = {tuple(sorted((each.a, each.b))) for each in truth.plants}
        said = (
            f"no places; {len(pairs)} pairs, {len(pairs & planted) / len(planted):.1%} of the planted ones among them"
        )
    print(f"  {name}: {done.seconds:.1f} s ({done.seconds / ours:.1f} × ours); {said}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
