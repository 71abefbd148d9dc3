"""A real server in a process of its own, for the benches that ask it over HTTP."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.folders import environment


def serve(folder: Path) -> list[str]:
    """The command as a user would give it."""
    return ["-m", "bihuan", "serve", "--port", "0", "--data", str(folder)]


def serve_with_limits(folder: Path) -> list[str]:
    """The same server with an empty page and an empty write beside the product's (`bench.addresses`)."""
    return ["-m", "bench.server", str(folder)]


@dataclass(frozen=True)
class Served:
    """Where it answers, and its process."""

    address: str
    pid: int

    def busy(self) -> float:
        """Seconds of processor it has used so far; 0 where the system does not tell."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.is_file():
            return 0.0
        told = stat.read_text("ascii", "replace").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(place: Path, arguments: list[str]) -> Iterator[Served]:
    """Start it, wait for its address, and stop it at the end. `place`: where its log may lie."""
    log = place / "server.log"
    with log.open("w+", encoding="utf-8") as said:
        child = subprocess.Popen([sys.executable, *arguments], stdout=said, stderr=said, env=environment())
        try:
            yield Served(_address(child, log), child.pid)
        finally:
            child.terminate()
            child.wait()


def _address(child: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(600):
        found = re.search(r"http://\S+/", log.read_text("utf-8", "replace"))
        if found:
            return found[0].rstrip("/")
        if child.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"it did not start: {log.read_text('utf-8', 'replace')}")
