"""A real `bihuan serve` in a process of its own, on a data folder of its own, as a user would start it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent.parent
PATIENCE = 90  # seconds for a start on a busy machine


@dataclass
class Running:
    """A server that answers: where, and what it printed at its start."""

    data: Path
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    url: str = ""

    @property
    def printed(self) -> str:
        """All it has said so far."""
        return "".join(self.lines)

    @property
    def first_account(self) -> tuple[str, str]:
        """Login and one-time password, as printed at the first start."""
        login = re.search(r"第一个账号：(\S+)", self.printed)
        password = re.search(r"一次性密码：(\S+)", self.printed)
        assert login, self.printed
        assert password, self.printed
        return login[1], password[1]

    def kill(self) -> None:
        """As a power cut would."""
        self.process.kill()
        self.process.wait(20)


@contextmanager
def running(data: Path, *arguments: str) -> Iterator[Running]:
    """Start the system on a free port; stopped with SIGTERM at the end, as an operator would."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bihuan", "serve", "--port", "0", "--data", str(data), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env=_environment(),
        cwd=data.parent,
    )
    system = Running(data, process)
    threading.Thread(target=_listen, args=(system,), daemon=True).start()
    try:
        system.url = _await(system)
        yield system
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
        print(system.printed)  # pytest shows it where a test failed


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `bihuan …` to its end, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bihuan", *arguments],
        capture_output=True, text=True, encoding="utf-8", env=_environment(), timeout=300, check=False,
    )  # fmt: skip


def _environment() -> dict[str, str]:
    """The machine's environment without what a test run set for itself."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("BIHUAN_", "DJANGO_", "DATABASE_"))}
    return {**clean, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", "PYTHONPATH": str(REPO / "src")}


def _listen(system: Running) -> None:
    """Take in what it prints as it comes: a full pipe would stop it."""
    assert system.process.stdout is not None
    system.lines.extend(iter(system.process.stdout.readline, ""))


def _await(system: Running) -> str:
    """Wait until the address stands there and answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = re.search(r"http://[\d.]+:\d+/", system.printed)
        if found:
            _answers(found[0], deadline)
            return found[0].rstrip("/")
        assert system.process.poll() is None, system.printed
        time.sleep(0.1)
    raise AssertionError(f"no address within {PATIENCE} s: {system.printed}")


def _answers(url: str, deadline: float) -> None:
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url + "org/login/", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{url} does not answer")
