"""Whole processes, timed, with the processor seconds of all they start; and once more with an eye on their memory."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

BIHUAN = [sys.executable, "-m", "bihuan"]
COMPARE = [*BIHUAN, "compare"]
FLOOR = [sys.executable, "-m", "bench.likeness.floor"]
PLAIN_FLOOR = [sys.executable, "-m", "bench.likeness.plain_floor"]


class Run(NamedTuple):
    """Seconds, what was printed, the exit code, (where asked for) the largest memory of the process tree in bytes, seconds of
    processor of the tree, whether it was stopped at its limit, what it complained."""

    seconds: float
    said: bytes
    code: int
    memory: int = 0
    processor: float = 0.0
    stopped: bool = False
    complained: bytes = b""


def run(command: list[str], *, limit: float = 3600, environment: dict[str, str] | None = None) -> Run:
    """One process from start to end, or until its tree has used ``limit`` seconds of processor."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as complaints:
        begun, before, known = time.perf_counter(), _of_children(), _children()
        process = subprocess.Popen(
            command, stdout=out, stderr=complaints, env={**os.environ, **(environment or {})}, start_new_session=True
        )
        watch = _Watch(process, limit)
        watch.start()
        code = process.wait()
        seconds = time.perf_counter() - begun
        _orphans(known)
        watch.over.set()
        watch.join()
        out.seek(0)
        complaints.seek(0)
        return Run(seconds, out.read(), code, 0, _of_children() - before, watch.stopped, complaints.read())


def _orphans(known: set[int], seconds: float = 10) -> None:
    """Wait for what the process left running, so that its processor time is counted (a Java process ends after its caller)."""
    until = time.monotonic() + seconds
    left = _children() - known
    while left and time.monotonic() < until:
        for pid in list(left):
            with suppress(ChildProcessError):
                if os.waitpid(pid, os.WNOHANG) == (0, 0):
                    continue
            left.discard(pid)
        time.sleep(0.02)
        left |= _children() - known


def _children() -> set[int]:
    """Processes below this one; none where the system does not tell."""
    found: set[int] = set()
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            found.update(map(int, listed.read_text().split()))
    return found


def _adopt() -> None:
    """Orphans of what is run here become children of this process (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


_adopt()


def _of_children() -> float:
    """Processor seconds of all ended processes below this one."""
    used = os.times()
    return used.children_user + used.children_system


class _Watch(Thread):
    """Ends a process whose tree has used its seconds of processor: a busy machine takes none of them away."""

    def __init__(self, process: subprocess.Popen[bytes], limit: float) -> None:
        super().__init__(daemon=True)
        self.process, self.limit = process, limit
        self.over, self.stopped = Event(), False

    def run(self) -> None:
        while not self.over.wait(0.2):
            if sum(map(_used, _tree(self.process.pid))) > self.limit:
                self.stopped = True
                _end(self.process)


def _used(pid: int) -> float:
    """Processor seconds of a process and of those below it that have ended; 0 where the system does not tell."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _end(process: subprocess.Popen[bytes]) -> None:
    """The process and what it has started."""
    for pid in _tree(process.pid)[1:]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.kill()


def weighed(command: list[str], every: float = 0.05, *, environment: dict[str, str] | None = None) -> Run:
    """One process, its memory looked at every so many seconds; looking slows it, so its time is not a figure."""
    begun, most = time.perf_counter(), 0
    whole = {**os.environ, **(environment or {})}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=whole) as process:
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
