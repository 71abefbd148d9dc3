"""What every bench shares: a figure with its limit, two things measured in turn, the machine, the table."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

HEAD = ("what", "limit", "measured", "ratio", "command")


@dataclass(frozen=True)
class Figure:
    """One line of the table. `limit` "–": nobody promised anything; `ratio`: against what, measured in the same run."""

    what: str
    measured: str
    limit: str = "–"
    ratio: str = "–"
    kept: bool = True
    bench: str = ""  # the module that measured it

    def cells(self) -> tuple[str, ...]:
        """The line as the table has it; a broken limit says so."""
        limit = self.limit if self.kept else f"{self.limit} **broken**"
        return self.what, limit, self.measured, self.ratio, f"`python -m bench.{self.bench}`"


@dataclass(frozen=True)
class Times:
    """Seconds of several runs of one thing."""

    taken: tuple[float, ...]

    @property
    def least(self) -> float:
        return min(self.taken)

    @property
    def middle(self) -> float:
        return median(self.taken)

    def share(self, part: float) -> float:
        """The time that `part` (0 to 1) of the runs kept: 0.95 is the p95, by nearest rank."""
        ordered = sorted(self.taken)
        return ordered[max(0, -(-int(part * 10000) * len(ordered) // 10000) - 1)]

    def __str__(self) -> str:
        return f"median {say(self.middle)}, min {say(self.least)}"


def say(seconds: float) -> str:
    """Seconds as one reads them."""
    return (
        f"{seconds * 1000:.1f} ms"
        if seconds < 0.1
        else f"{seconds * 1000:.0f} ms"
        if seconds < 1
        else f"{seconds:.1f} s"
    )


def ratio(ours: Times, theirs: Times) -> str:
    """Ours to theirs, of the medians and of the least."""
    return f"{ours.middle / theirs.middle:.2f} (of minima {ours.least / theirs.least:.2f})"


def seconds(act: Callable[[], object]) -> float:
    """How long it took."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def in_turn(times: int, *acts: Callable[[], object]) -> list[Times]:
    """Each act once to warm up, then all of them in turn, so that whatever else the machine does meets them alike."""
    for act in acts:
        act()
    taken: list[list[float]] = [[] for _ in acts]
    for _ in range(times):
        for act, found in zip(acts, taken, strict=True):
            found.append(seconds(act))
    return [Times(tuple(found)) for found in taken]


def load() -> str:
    """What else the machine is doing: the load of the last 1, 5 and 15 minutes, where the system tells."""
    return "{:.1f} {:.1f} {:.1f}".format(*os.getloadavg()) if hasattr(os, "getloadavg") else "not told"


def machine() -> str:
    """Where it was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    told = f"{memory:.0f} GB, " if memory else ""
    return (
        f"{platform.system()} {platform.release()} {platform.machine()}, {os.cpu_count()} cores, {told}"
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def table(figures: Sequence[Figure]) -> str:
    """The figures as docs/performance has them."""
    rows = [HEAD, tuple("---" for _ in HEAD), *(figure.cells() for figure in figures)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)


def lines(figures: Sequence[Figure]) -> str:
    """The figures for a terminal."""
    return "\n".join(
        f"  {f.what}: {f.measured}{f'; ratio {f.ratio}' if f.ratio != '–' else ''} (limit {f.limit})"
        f"{'' if f.kept else '  BROKEN'}"
        for f in figures
    )


def main(run: Callable[[], list[Figure]]) -> int:
    """A bench on its own: lines, or the figures as JSON for `python -m bench`. 1 if a limit was broken."""
    figures = run()
    if "--json" in sys.argv:
        print(json.dumps([dataclasses.asdict(figure) for figure in figures], ensure_ascii=False))
    else:
        print(f"{machine()}; load now {load()}", lines(figures), sep="\n")
    return 0 if all(figure.kept for figure in figures) else 1
