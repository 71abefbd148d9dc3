"""`bihuan read` on files that mean harm: time and memory of the whole process, beside the limits of the contract."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from bench import great_papers, old_papers
from bench.figures import Figure, main, say
from bench.pdf_bombs import BOMBS

SECONDS, MEGABYTES = 20.0, 500.0
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
) + "]><d>&j;</d>"  # fmt: skip
_OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'


def _zip(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def files(folder: Path) -> list[Path]:
    """The files, written into the folder."""
    noise = random.Random(1)  # noqa: S311  repeatable noise, no secret
    made = {
        "empty.docx": b"", "random.docx": noise.randbytes(200_000), "random.txt": noise.randbytes(200_000),
        "picture.txt": b"\x89PNG\r\n\x1a\n" + noise.randbytes(5000),
    }  # fmt: skip
    for name, content in made.items():
        (folder / name).write_bytes(content)
    for name, bomb in BOMBS.items():
        (folder / name).write_bytes(bomb())
    long = "一是学习不够深入。" * 200_000
    (folder / "long-line.txt").write_text(long, "utf-8")
    nested = "<w:p>" * 50_000
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return [
        *(folder / name for name in made), *(folder / name for name in BOMBS), folder / "long-line.txt", folder / "absent.docx",
        _zip(folder / "zip-bomb.docx", {"[Content_Types].xml": _TYPES, "word/document.xml": bytes(1_500_000_000)}),
        _zip(folder / "many-members.docx", {f"word/{i}.xml": "x" for i in range(30_000)}),
        _zip(folder / "entity-bomb.docx", {"[Content_Types].xml": _TYPES, "word/document.xml": _BOMB}),
        _zip(folder / "external-entity.docx", {"[Content_Types].xml": _TYPES, "word/document.xml": _OUTSIDE}),
        _zip(folder / "nested.docx", {"[Content_Types].xml": _TYPES,
                                      "word/document.xml": f"<w:document {space}>{nested}"}),
    ]  # fmt: skip


_WATCH = """
import os, sys
began = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(began, 0)
print("used", used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status) & 255)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Exit code, seconds waited, seconds of processor and peak megabytes of the largest process (0 where the system does
    not tell), and what was said as errors."""

    code: int
    seconds: float
    processor: float
    megabytes: float
    said: str


def measured(path: Path) -> Measured:
    """The command on one file. A small process starts it, because Linux counts what the starter held as the child's."""
    command = [sys.executable, "-m", "bihuan", "read", str(path)]
    watch = [sys.executable, "-I", "-S", "-c", _WATCH] if hasattr(os, "posix_spawn") else []
    start = time.perf_counter()
    done = subprocess.run([*watch, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    seconds = time.perf_counter() - start
    said, _, used = (
        done.stderr.decode("utf-8").rpartition("used ") if watch else (done.stderr.decode("utf-8"), "", "0 0")
    )
    processor, kilobytes = map(float, used.split())
    return Measured(done.returncode, seconds, processor, kilobytes / 1024, said.strip())


def run() -> list[Figure]:
    """A figure a file."""
    figures: list[Figure] = []
    for kind in (files, old_papers.files, great_papers.files):
        with tempfile.TemporaryDirectory() as folder:
            for path in kind(Path(folder)):
                figures.append(_figure(path))
                path.unlink(missing_ok=True)
    return figures


def _figure(path: Path) -> Figure:
    done = measured(path)
    one_line = done.said.count("\n") == 0 and bool(done.said) == (done.code == 2)
    kept = done.code in {0, 2} and one_line and done.seconds <= SECONDS and done.megabytes <= MEGABYTES
    return Figure(
        f"`bihuan read` on {path.name}",
        f"exit {done.code}, {say(done.seconds)}, {say(done.processor)} of processor, {done.megabytes:.0f} MB",
        f"exit 0 or 2, one sentence, {SECONDS:.0f} s, {MEGABYTES:.0f} MB", kept=kept, bench="bad_files",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(run))
