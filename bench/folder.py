"""`bihuan check FOLDER`: both cores beside one process doing the same, and memory at 200 and at 2,000 papers.

The papers are our clean ones put together to some 6,500 characters, one planted defect each; every second one is a .docx.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from html import escape
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from tests.text.makers import docx_of

from bench.checking import papers
from bench.figures import Figure, main, say
from bench.planting import planted

MANY, FEW, MOST = 1000, 200, 2000
CHARACTERS = 6500
MORE_MEMORY, SHARE = 1.25, 0.8
_CHECK = "from bihuan_text.cli import check_command as c; import sys; sys.exit(c(sys.argv[1:]))"
_ALONE = (
    "import bihuan_text.runs.workers as w, sys; "
    "w.answers = lambda work, papers: (work(number, path) for number, path in enumerate(papers, 1)); "
    "from bihuan_text.cli import check_command as c; sys.exit(c(sys.argv[1:]))"
)
"""The same command, all papers in its own process."""


class Run(NamedTuple):
    """One run of the command: wall and processor seconds, megabytes of its largest process, what it said."""

    seconds: float
    worked: float
    megabytes: float
    out: Path


def write(folder: Path, many: int) -> Path:
    """So many papers in a folder."""
    folder.mkdir()
    texts = [text for _, text in papers()]
    cases = cycle([case.text for seed in range(2) for text in texts for case in planted(text, seed)])
    for number in range(many):
        said = ""
        while len(said) < CHARACTERS:
            said += next(cases) + "\n"
        said = said[:CHARACTERS]
        if number % 2:
            (folder / f"{number:05}.txt").write_text(said, "utf-8")
        else:
            body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in said.splitlines())
            (folder / f"{number:05}.docx").write_bytes(docx_of(body))
    return folder


def ran(program: str, folder: Path, out: Path, *more: str) -> Run:
    """The command on a folder, its JSON in ``out``."""
    start = time.perf_counter()
    with out.open("wb") as to:
        child = subprocess.Popen(
            [sys.executable, "-c", program, str(folder), *more], stdout=to, stderr=subprocess.DEVNULL
        )
        if not hasattr(os, "wait4"):
            child.wait()
            return Run(time.perf_counter() - start, 0.0, 0.0, out)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 1, child.returncode
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out)


def run() -> list[Figure]:
    """Time, then memory, then what the page and the workbook weigh."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        many = write(base / "many", MANY)
        return [_both(many, base), _memory(base), _written(many, base)]


def _both(many: Path, base: Path) -> Figure:
    alone = ran(_ALONE, many, base / "alone.json", "--json")
    both = ran(_CHECK, many, base / "both.json", "--json")
    same = alone.out.read_bytes() == both.out.read_bytes()
    told = json.loads(both.out.read_text("utf-8"))
    assert len(told["documents"]) == MANY
    assert all(each["findings"] for each in told["documents"])
    share = both.seconds / alone.seconds
    return Figure(
        f"`bihuan check` of {MANY:,} papers of {CHARACTERS:,} characters against one process doing the same",
        f"{say(both.seconds)} ({both.worked:.1f} s of processors); one process {say(alone.seconds)} "
        f"({alone.worked:.1f} s); the same answer: {'yes' if same else 'no'}",
        f"{SHARE} times, the same answer", f"{share:.2f}", kept=same and share <= SHARE, bench="folder",
    )  # fmt: skip


def _memory(base: Path) -> Figure:
    few = ran(_CHECK, write(base / "few", FEW), base / "few.json", "--json")
    most = ran(_CHECK, write(base / "most", MOST), base / "most.json", "--json")
    grown = most.megabytes / few.megabytes if few.megabytes else 0.0
    return Figure(
        f"the largest process of it at {FEW} and at {MOST:,} papers", f"{few.megabytes:.0f} MB and {most.megabytes:.0f} MB",
        f"{MORE_MEMORY} times", f"{grown:.2f}", kept=grown <= MORE_MEMORY, bench="folder",
    )  # fmt: skip


def _written(many: Path, base: Path) -> Figure:
    page, book = base / "page.html", base / "book.xlsx"
    done = ran(_CHECK, many, base / "written.txt", "--html", str(page), "--xlsx", str(book))
    sizes = [path.stat().st_size / 1e6 for path in (page, book, done.out)]
    return Figure(
        f"the same {MANY:,} with a page and a workbook",
        f"{say(done.seconds)} ({done.worked:.1f} s of processors), {done.megabytes:.0f} MB; "
        "page {:.1f} MB, workbook {:.1f} MB, words {:.1f} MB".format(*sizes),
        bench="folder",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(run))
