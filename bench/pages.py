"""How long pages of the demo take over HTTP from a real `bihuan serve`, one after another on this machine."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

SECONDS = 1.0  # a page that takes longer is felt
TIMES = 20


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A running system on an empty folder; gives its address."""
    log = (folder / "log").open("w+")
    child = subprocess.Popen(
        [sys.executable, "-m", "bihuan", "serve", "--port", "0", "--data", str(folder / "data")], stdout=log, stderr=log
    )
    try:
        for _ in range(300):
            found = re.search(r"http://\S+/", (folder / "log").read_text("utf-8"))
            if found:
                yield found[0]
                return
            if child.poll() is not None:
                raise RuntimeError((folder / "log").read_text("utf-8"))
            time.sleep(0.2)
        raise RuntimeError("it did not start in a minute")
    finally:
        child.terminate()
        child.wait()
        log.close()


def run() -> int:
    """Print the median and the slowest of each page; returns how many medians broke the limit."""
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with serving(Path(folder)) as address:
            print(f"\nfrom an empty folder to an open page: {time.perf_counter() - start:.1f} s")
            print(f"pages, {TIMES} times each, one after another (limit: median {SECONDS:.0f} s)")
            for page in ("org/login/", "feedback/", "static/bihuan/bihuan.css"):
                taken = sorted(_ask(address + page) for _ in range(TIMES))
                broken += median(taken) > SECONDS
                print(f"  /{page:<28} median {median(taken) * 1000:6.1f} ms  slowest {taken[-1] * 1000:6.1f} ms")
    return broken


def _ask(address: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  our own address
        answer.read()
    return time.perf_counter() - start
