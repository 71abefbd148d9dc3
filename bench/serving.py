"""A real server in a process of its own, for the benches that ask it over HTTP."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.folders import environment


def serve(folder: Path) -> list[str]:
    """The command as a user would give it."""
    return ["-m", "bihuan", "serve", "--port", "0", "--data", str(folder)]


def serve_with_limits(folder: Path) -> list[str]:
    """The same server with an empty page and an empty write beside the product's (`bench.addresses`)."""
    return ["-m", "bench.server", str(folder)]


@contextmanager
def serving(place: Path, arguments: list[str]) -> Iterator[str]:
    """Start it, wait for its address, and stop it at the end. `place`: where its log may lie."""
    log = place / "server.log"
    with log.open("w+", encoding="utf-8") as said:
        child = subprocess.Popen([sys.executable, *arguments], stdout=said, stderr=said, env=environment())
        try:
            yield _address(child, log)
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
