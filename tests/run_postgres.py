"""The rooms' tests on a PostgreSQL of their own: a throw-away cluster on a free loopback port, gone afterwards.

`python -m tests.run_postgres [pytest arguments]`. Run as root it becomes the user postgres, who alone may start one.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOMS = ["core", "org", "cycle", "ledger", "meeting", "report", "archive", "house"]
USER = "bihuan"


def programs() -> Path | None:
    """The folder of the newest PostgreSQL here, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


def _run(command: list[str]) -> None:
    if os.geteuid() == 0:
        command = ["su", "postgres", "-s", "/bin/sh", "-c", shlex.join(command)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise SystemExit(f"PostgreSQL did not do {command[-1]}:\n{done.stdout}{done.stderr}")


@contextmanager
def cluster(bin_folder: Path) -> Iterator[str]:
    """A running cluster; gives its address as DATABASE_URL wants it. `trust` is for loopback tests only."""
    folder = Path(tempfile.mkdtemp(prefix="bihuan-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = str(folder / "data")
    try:
        _run([f"{bin_folder}/initdb", "-D", data, "-A", "trust", "-U", USER, "--encoding=UTF8", "--locale=C.UTF-8"])
        options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        _run([f"{bin_folder}/pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start"])
        try:
            yield f"postgres://{USER}@127.0.0.1:{port}/postgres"
        finally:
            _run([f"{bin_folder}/pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Run pytest against the cluster; returns its exit code."""
    found = programs()
    if found is None:
        print("POSTGRESQL IS NOT INSTALLED: THE TESTS ON IT WERE SKIPPED (scripts/setup-tests installs it)", flush=True)
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster goes too
    with cluster(found) as address:
        wanted = arguments or [*(f"tests/{room}" for room in ROOMS), "-m", "not browser and not long"]
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n", "2", *wanted],
            env={**os.environ, "DATABASE_URL": address, "PATH": f"{found}{os.pathsep}{os.environ['PATH']}"},
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
