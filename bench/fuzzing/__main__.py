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

from .targets import TARGETS, WORDED, seeds, words

SECONDS, MEGABYTES = 20, 1500
LONGEST = 400  # bytes an input: faults show in short ones, and a million long ones take days
_A_WORD_EACH = 100  # bytes where each is a word or a fragment of some ten characters
_DONE = re.compile(r"^#\d+\s+DONE\s+cov: (\d+)", re.MULTILINE)
_MET = re.compile(r"^#(\d+)\s", re.MULTILINE)


def main(arguments: list[str] | None = None) -> int:
    """A figure a target; 1 if one of them broke."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzzing", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--runs", type=int, default=1_000_000, help="inputs a target (1,000,000)")
    parser.add_argument("--seed", type=int, default=0, help="of the fuzzer; 0 takes the clock")
    parser.add_argument("--seconds", type=int, default=0, help="end a target after so long; 0 never does")
    parser.add_argument("--corpus", type=Path, help="folder where what reached new places is kept for the next run")
    parser.add_argument("--keep", type=Path, default=Path(), help="folder where an input that breaks is kept")
    options = parser.parse_args(arguments)
    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no target named {', '.join(sorted(unknown))}")
    print(f"{machine()}; load now {load()}", flush=True)
    kept = True
    for target in options.targets or TARGETS:
        figure = fuzz(target, options)
        print(lines([figure]), flush=True)
        kept &= figure.kept
    return 0 if kept else 1


def fuzz(target: str, wanted: argparse.Namespace) -> Figure:
    """One target. An input that breaks it is kept in ``keep`` as TARGET-DIGEST, and the figure says so."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"fuzzing-{target}-") as folder:
        log = Path(folder) / "log"  # a file and no pipe, so that one may look how far it got
        with log.open("wb") as out:
            options = _options(target, Path(folder), wanted)
            command = [sys.executable, "-m", "bench.fuzzing.fuzzed", target, *options]
            code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=out, check=False).returncode
        told = log.read_text("utf-8", errors="replace")
    took = time.monotonic() - start
    done, met = _DONE.search(told), _MET.findall(told)
    inputs = int(met[-1]) if met else 0
    if code or not done:
        print(told[-4000:], file=sys.stderr)
        broke = "broke" if "ERROR: libFuzzer" in told else "was ended from outside"
        said = f"{broke} after {inputs:,} inputs: what it said stands above"
        return Figure(f"fuzzing {target}", said, "no input breaks it", kept=False)
    measured = f"{inputs:,} inputs in {say(took)}, {int(done[1]):,} places of the code reached"
    return Figure(f"fuzzing {target}", measured, f"no input breaks it; {SECONDS} s, {MEGABYTES} MB")


def _options(target: str, folder: Path, wanted: argparse.Namespace) -> list[str]:
    """What libFuzzer is told; the inputs to begin with and the words are written into the folder."""
    corpus = wanted.corpus / target if wanted.corpus else folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    given = list(seeds(target))
    for number, data in enumerate(given):
        (corpus / f"seed-{number}").write_bytes(data)
    longest = max(_A_WORD_EACH if target in WORDED else LONGEST, *(len(data) for data in given))
    quoted = ["".join(f"\\x{byte:02x}" for byte in word) for word in words(target)]
    dictionary = folder / "words"
    dictionary.write_text("".join(f'"{word}"\n' for word in quoted), "ascii")
    return [
        f"-runs={wanted.runs}", f"-max_total_time={wanted.seconds}", f"-seed={wanted.seed}", f"-timeout={SECONDS}",
        f"-rss_limit_mb={MEGABYTES}", f"-max_len={longest}",
        *([f"-dict={dictionary}"] if quoted else []), f"-artifact_prefix={wanted.keep.resolve()}/{target}-", str(corpus),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
