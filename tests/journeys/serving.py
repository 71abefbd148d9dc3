"""A real `bihuan serve` in a process of its own, on a data folder of its own, as a user would start it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent.parent
PATIENCE = 90  # seconds for a start on a busy machine


@dataclass
class Running:
    """A server that answers: where, and what it printed at its start."""

    url: str
    data: Path
    process: subprocess.Popen[str]
    printed: str

    @property
    def first_account(self) -> tuple[str, str]:
        """Login and one-time password, as printed at the first start."""
        login = re.search(r"第一个账号：(\S+)", self.printed)
        password = re.search(r"一次性密码：(\S+)", self.printed)
        assert login and password, self.printed
        return login[1], password[1]

    def kill(self) -> None:
        """As a power cut would."""
        self.process.kill()
        self.process.wait(20)


@contextmanager
def running(data: Path, *arguments: str) -> Iterator[Running]:
    """Start the system on a free port; stopped with SIGTERM at the end, as an operator would."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BIHUAN_", "DJANGO_", "DATABASE_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "bihuan", "serve", "--port", "0", "--data", str(data), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**environment, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", "PYTHONPATH": str(REPO / "src")},
        cwd=data.parent,
    )
    try:
        url, printed = _await(process)
        yield Running(url, data, process, printed)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _await(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Read what it prints until the address stands there, then wait until it answers."""
    printed, deadline = "", time.monotonic() + PATIENCE
    assert process.stdout is not None
    while time.monotonic() < deadline:
        line = process.stdout.readline()
        printed += line
        found = re.search(r"http://[\d.]+:\d+/", line)
        if found:
            _answers(found[0], deadline)
            return found[0].rstrip("/"), printed
        assert line or process.poll() is None, printed
    raise AssertionError(f"no address within {PATIENCE} s: {printed}")


def _answers(url: str, deadline: float) -> None:
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url + "org/login/", timeout=5).close()  # noqa: S310  our own loopback address
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{url} does not answer")
