"""Old Word files through a program that is installed beside: LibreOffice, else antiword.

The program gets a folder of its own with one file of a fixed name, no shell, no input, a time limit; it and what it
started are ended and the folder is removed, whatever happens.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

from .limits import MAX_CHARACTERS

_SECONDS = 15.0
_TRIES = 40  # two seconds
_INSTALLED = ("ProgramFiles", "ProgramFiles(x86)")  # where Windows keeps what is not on its path
_FILTER = "txt:Text (encoded):UTF8"


def converted(data: bytes) -> tuple[str, str] | None:
    """The name of the program that read the file and the text; None where none is installed or none could."""
    for name, way in (("LibreOffice", _by_libreoffice), ("antiword", _by_antiword)):
        with _folder() as folder:
            (folder / "paper.doc").write_bytes(data)
            text = way(folder)
        if text is not None and text.strip():
            return name, text.replace("\r\n", "\n").rstrip("\n")
    return None


@contextlib.contextmanager
def _folder() -> Generator[Path]:
    """A folder that is gone afterwards; a program that was ended may still be writing for a moment."""
    folder = Path(tempfile.mkdtemp(prefix="bihuan-"))
    try:
        yield folder
    finally:
        for _ in range(_TRIES):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
            time.sleep(0.05)


def _by_libreoffice(folder: Path) -> str | None:
    if (program := _libreoffice()) is None:
        return None
    profile = "-env:UserInstallation=" + (folder / "profile").as_uri()
    command = [program, profile, "--headless", "--norestore", "--convert-to", _FILTER]
    _run([*command, "--outdir", str(folder), str(folder / "paper.doc")], folder, None)
    return _text(folder / "paper.txt")


def _libreoffice() -> str | None:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    usual = [Path(os.environ[n]) / "LibreOffice" / "program" / "soffice.com" for n in _INSTALLED if n in os.environ]
    return found or next((str(path) for path in usual if path.is_file()), None)


def _by_antiword(folder: Path) -> str | None:
    if (program := shutil.which("antiword")) is None:
        return None
    with (folder / "paper.txt").open("wb") as out:
        code = _run([program, "-m", "UTF-8.txt", "-w", "0", str(folder / "paper.doc")], folder, out.fileno())
    return _text(folder / "paper.txt") if code == 0 else None


def _text(path: Path) -> str | None:
    try:
        if path.stat().st_size > 4 * MAX_CHARACTERS:
            return None
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return None


def _run(command: list[str], folder: Path, out: int | None) -> int | None:
    """The exit code, None when the program did not start or took too long."""
    try:
        child = subprocess.Popen(  # noqa: S603  (no shell; the program is found on the path, the file's name is ours)
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL if out is None else out,
            stderr=subprocess.DEVNULL, env={**os.environ, "HOME": str(folder)}, start_new_session=True,
            creationflags=0x200 if sys.platform == "win32" else 0,
        )  # fmt: skip
    except OSError:
        return None
    try:
        return child.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started."""
    if sys.platform == "win32":
        killer = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "taskkill.exe"
        quiet = subprocess.DEVNULL
        subprocess.run(  # noqa: S603  (a program of the system)
            [str(killer), "/T", "/F", "/PID", str(child.pid)], stdout=quiet, stderr=quiet, check=False
        )
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()
