"""Ray and Spark at the same job beside one machine's own processes: ``python -m bench.likeness.far [N …] [--seed S]``.

The same papers, the same functions, two workers each; seconds, processor seconds and memory of the whole tree, seconds to
start, and the work once more with a worker killed in the middle. The answers must be the same, bit for bit: else exit 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.figures import load, machine

from .corpus import Maker
from .peers.__main__ import Peer, ready
from .running import run, weighed

NEEDS = Peer("engines", "", (), ("pyspark", "ray", "numpy", "lxml", "openpyxl"))
NAMES = ("local", "ray", "spark")
HEAD = (
    "| engine | N | start, s | work, s | whole process, s | processor s | memory | again, and a worker killed, s | answer |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def main(arguments: list[str]) -> int:
    """Print a line for each engine and N; 1 if an answer differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", nargs="*", type=int, default=[1000])
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    options = parser.parse_args(arguments)
    python, told = ready([NEEDS])
    if told[NEEDS]:
        print(f"the engines could not be installed: {told[NEEDS]}")
        return 1
    print(f"{machine()}; load before: {load()}; seed {options.seed}\n\n{HEAD}")
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        return max([_of(Path(folder, str(number)), number, options.seed, str(python)) for number in options.numbers])


def _of(folder: Path, number: int, seed: int, python: str) -> int:
    Maker(number, seed).write(folder / "papers")
    digests: set[str] = set()
    for name in NAMES:
        command = [python, "-m", "bench.likeness.one_engine", name, str(folder / "papers")]
        once = run(command)
        if once.code:
            print(
                f"| {name} | {number:,} | ended with {once.code}: {once.complained[-300:].decode('utf-8', 'replace')} |"
            )
            return 1
        memory = weighed(command, 0.3).memory
        told: dict[str, Any] = _told(once.said)
        again = run([*command, "kill"]) if name != "local" else None
        killed = _told(again.said) if again and not again.code else {}
        if again and again.code:
            print(
                f"  {name}, a worker killed: ended with {again.code}: {again.complained[-300:].decode('utf-8', 'replace')}"
            )
        mine = {told["digest"], killed.get("killed_digest", told["digest"])}
        digests |= mine
        cells = (
            f"{name} ({told['workers']} workers)", f"{number:,}", f"{told['start']:.1f}", f"{told['work']:.2f}",
            f"{once.seconds:.1f}", f"{once.processor:.1f}", f"{memory / 1e6:.0f} MB", _killed(killed), _same(digests),
        )  # fmt: skip
        print(f"| {' | '.join(cells)} |", flush=True)
    return len(digests) > 1


def _told(said: bytes) -> dict[str, Any]:
    """What the engine's process said last; Ray says something of its own when a worker dies."""
    told: dict[str, Any] = json.loads(said[said.rindex(b'{"start"') :].splitlines()[0])
    return told


def _killed(told: dict[str, Any]) -> str:
    if not told:
        return "–"
    gone = "gone" if told["gone"] else "NOT gone"
    return f"{told['warm']:.2f}, {told['killed']:.2f} (after {told['killed_after']:.1f} s, {gone})"


def _same(digests: set[str]) -> str:
    return "the same" if len(digests) == 1 else "DIFFERS"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
