"""`bihuan --help` beside `python -c pass`, in turn: what the command costs beyond starting Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.figures import Figure, in_turn, main, ratio

TIMES, LIMIT = 25, 0.5


def run() -> list[Figure]:
    """The installed command, where there is one beside this Python; else the module."""
    command = Path(sys.executable).with_name("bihuan")
    ours = [str(command)] if command.exists() else [sys.executable, "-m", "bihuan"]
    helped, bare = in_turn(TIMES, lambda: _quietly([*ours, "--help"]), lambda: _quietly([sys.executable, "-c", "pass"]))
    return [
        Figure("`bihuan --help` against `python -c pass`", f"{helped}; bare {bare}", f"{LIMIT} s", ratio(helped, bare),
               helped.middle <= LIMIT, "help"),
    ]  # fmt: skip


def _quietly(command: list[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    sys.exit(main(run))
