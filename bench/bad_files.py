"""`bihuan read` on files that mean harm: time and memory of the whole process, beside the limits of the contract."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from bench import old_papers
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


def measured(path: Path) -> tuple[int, float, float, str]:
    """Exit code, seconds, peak megabytes (0 where the system does not tell), and the last line said."""
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "bihuan", "read", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        encoding="utf-8",
    )  # fmt: skip
    assert child.stderr is not None
    said = child.stderr.read().strip()
    child.stderr.close()
    if not hasattr(os, "wait4"):
        return child.wait(), time.perf_counter() - start, 0.0, said
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, time.perf_counter() - start, usage.ru_maxrss / 1024, said


def run() -> list[Figure]:
    """A figure a file."""
    with tempfile.TemporaryDirectory() as folder:
        return [_figure(path) for path in [*files(Path(folder)), *old_papers.files(Path(folder))]]


def _figure(path: Path) -> Figure:
    code, seconds, megabytes, said = measured(path)
    kept = code in {0, 2} and said.count("\n") == 0 and seconds <= SECONDS and megabytes <= MEGABYTES
    return Figure(
        f"`bihuan read` on {path.name}", f"exit {code}, {say(seconds)}, {megabytes:.0f} MB",
        f"exit 0 or 2, one sentence, {SECONDS:.0f} s, {MEGABYTES:.0f} MB", kept=kept, bench="bad_files",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(run))
