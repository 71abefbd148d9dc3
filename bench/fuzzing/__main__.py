"""Run the fuzzer over the targets, each in a process of its own, and print what it did."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, lines, load, machine, say

from .targets import TARGETS, seeds, words

SECONDS, MEGABYTES = 20, 1500
_DONE = re.compile(r"^#(\d+)\s+DONE\s+cov: (\d+)", re.MULTILINE)


def main(arguments: list[str] | None = None) -> int:
    """A figure a target; 1 if one of them broke."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzzing", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--runs", type=int, default=1_000_000, help="inputs a target (1,000,000)")
    parser.add_argument("--seed", type=int, default=0, help="of the fuzzer; 0 takes the clock")
    parser.add_argument("--keep", type=Path, default=Path(), help="folder where an input that breaks is kept")
    options = parser.parse_args(arguments)
    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no target named {', '.join(sorted(unknown))}")
    print(f"{machine()}; load now {load()}", flush=True)
    kept = True
    for target in options.targets or TARGETS:
        figure = fuzz(target, options.runs, options.seed, options.keep)
        print(lines([figure]), flush=True)
        kept &= figure.kept
    return 0 if kept else 1


def fuzz(target: str, runs: int, seed: int, keep: Path) -> Figure:
    """One target. An input that breaks it is kept in ``keep`` as TARGET-DIGEST, and the figure says so."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "bench.fuzzing.fuzzed", target, *_options(target, Path(folder), runs, seed, keep)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, text=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
    took = time.monotonic() - start
    told = _DONE.search(done.stderr)
    if done.returncode or not told or int(told[1]) < runs:
        print(done.stderr[-4000:], file=sys.stderr)
        return Figure(f"fuzzing {target}", "broke: what it said stands above", "no input breaks it", kept=False)
    inputs, coverage = int(told[1]), int(told[2])
    measured = f"{inputs:,} inputs in {say(took)}, {coverage:,} places of the code reached"
    return Figure(f"fuzzing {target}", measured, f"no input breaks it; {SECONDS} s, {MEGABYTES} MB")


def _options(target: str, folder: Path, runs: int, seed: int, keep: Path) -> list[str]:
    """What libFuzzer is told; the inputs to begin with and the words are written into the folder."""
    corpus = folder / "corpus"
    corpus.mkdir()
    longest = 1000
    for number, data in enumerate(seeds(target)):
        (corpus / str(number)).write_bytes(data)
        longest = max(longest, len(data))
    quoted = ["".join(f"\\x{byte:02x}" for byte in word) for word in words(target)]
    dictionary = folder / "words"
    dictionary.write_text("".join(f'"{word}"\n' for word in quoted), "ascii")
    return [
        f"-runs={runs}", f"-seed={seed}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}", f"-max_len={2 * longest}",
        *([f"-dict={dictionary}"] if quoted else []), f"-artifact_prefix={keep.resolve()}/{target}-", str(corpus),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
