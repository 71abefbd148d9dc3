"""Whole processes, timed; and once more with an eye on the memory of the process and its children."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

BIHUAN = [sys.executable, "-m", "bihuan"]
COMPARE = [*BIHUAN, "compare"]
FLOOR = [sys.executable, "-m", "bench.likeness.floor"]


class Run(NamedTuple):
    """Seconds, what was printed, the exit code, and (where asked for) the largest memory of the process tree, bytes."""

    seconds: float
    said: bytes
    code: int
    memory: int = 0


def run(command: list[str], *, limit: float = 3600) -> Run:
    """One process from start to end."""
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, timeout=limit)
    return Run(time.perf_counter() - begun, done.stdout, done.returncode)


def weighed(command: list[str], every: float = 0.05) -> Run:
    """One process, its memory looked at every so many seconds; looking slows it, so its time is not a figure."""
    begun, most = time.perf_counter(), 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(map(_resident, _tree(process.pid))))
            time.sleep(every)
    return Run(time.perf_counter() - begun, b"", process.returncode, most)


def _tree(root: int) -> list[int]:
    """The process and all below it."""
    found = [root]
    for pid in found:
        for listed in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, listed.read_text().split())
    return found


def _resident(pid: int) -> int:
    """Resident bytes, pages shared among several processes counted by their part (Pss)."""
    with suppress(OSError, StopIteration):
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return int(next(each for each in rows if each.startswith("Pss:")).split()[1]) * 1024
    return 0
