"""`make bench`: every figure we claim, measured here and now, beside the limit it must keep.

`python -m bench [--markdown] [NAME …]`: all of them, or some. Each bench runs in a process of its own (several make a data
folder and stand on it); `python -m bench.NAME` runs one alone. --markdown: the table as docs/performance.md has it.
Left out because they take half an hour and more: `python -m bench.killing 200`, `python -m bench.fuzzing`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

from bench.figures import Figure, lines, load, machine, table

FIGURES = (
    "help",
    "bad_files",
    "odd_papers",
    "pages",
    "ledger_page",
    "fifty",
    "papers",
    "roster",
    "moving",
    "burden",
    "folder",
)
SAID = ("structure", "checking", "blind", "tampering", "likeness")  # they print tables of their own


def main(arguments: list[str]) -> int:
    """Print what this machine is, then each bench; 1 if a limit was broken."""
    markdown = "--markdown" in arguments
    asked = [name for name in arguments if not name.startswith("--")] or [*FIGURES, *SAID]
    print(f"{machine()}; load before: {load()}", flush=True)
    found: list[Figure] = []
    failed: list[str] = []
    for name in asked:
        start, before = time.monotonic(), load()
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{name}", *(["--json"] if name in FIGURES else [])],
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        print(
            f"\n{name} ({time.monotonic() - start:.0f} s; load {before.split()[0]} → {load().split()[0]})", flush=True
        )
        figures = read(done.stdout) if name in FIGURES else []
        if done.returncode and all(figure.kept for figure in figures):
            failed.append(name)
            print(done.stdout[-2000:] if not figures else "", done.stderr[-3000:])
        print(lines(figures) if name in FIGURES else done.stdout.rstrip(), flush=True)
        found += figures
    if markdown:
        print(f"\n{machine()}; load after: {load()}\n\n{table(found)}")
    broken = [figure.what for figure in found if not figure.kept] + failed
    print(*([f"\n{len(broken)} limits broken:", *broken] if broken else ["\nevery limit kept"]), sep="\n  ")
    return 1 if broken else 0


def read(said: str) -> list[Figure]:
    """The figures in the last line that a bench printed; none where it ended before."""
    last = said.strip().rpartition("\n")[2]
    return [Figure(**each) for each in json.loads(last)] if last.startswith("[") else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
