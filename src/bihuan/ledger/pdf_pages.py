"""The first pages of a PDF as pictures, drawn by a program of its own that is ended when it takes too long.

Never raises for what a file holds: what cannot be shown is one sentence.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

from bihuan.core.access import Refused

PDF = "application/pdf"
MOST_PAGES = 5  # a look, not the whole paper
MOST_BYTES = 30 * 1024 * 1024
WIDEST, MOST_PIXELS = 1100, 4_000_000
MOST_PNG = 8 * 1024 * 1024
SECONDS = 10
_CHILD = Path(__file__).with_name("pdf_child.py")
_AT_ONCE = threading.BoundedSemaphore(2)  # drawing is work: two at a time, whoever asks

LARGE = "这份 PDF 大，不在页里打开，请存下来看。"
SLOW = "这份 PDF 复杂，页里画不出来，请存下来看。"
BUSY = "现在看 PDF 的人多，请过一会儿再看，或者存下来看。"
_CANNOT = {
    "password": "这份 PDF 设了密码，页里打不开，请存下来看；要别人核验的，请换一份没有密码的。",
    "damaged": "这份 PDF 坏了或不完整，页里打不开，请存下来看，或者换一份完整的。",
}


class CannotShow(Refused):
    """Why a PDF is not shown in the page, as the sentence that the page says."""


def count(path: Path, size: int) -> int:
    """How many pages there are. size: bytes. Raises `CannotShow` with one sentence."""
    if size > MOST_BYTES:
        raise CannotShow(LARGE)
    try:
        told = json.loads(_run(path) or b"{}")
    except ValueError:
        told = {}
    pages = told.get("pages", 0)
    if not pages:
        raise CannotShow(_CANNOT.get(told.get("cannot", ""), _CANNOT["damaged"]))
    return int(pages)


def draw(path: Path, number: int) -> bytes:
    """One of the first pages as a PNG, counted from 1. Raises `CannotShow` with one sentence."""
    if not 1 <= number <= MOST_PAGES or path.stat().st_size > MOST_BYTES:
        raise CannotShow(LARGE)
    drawn = _run(path, str(number), str(WIDEST), str(MOST_PIXELS))
    if not drawn.startswith(b"\x89PNG") or len(drawn) > MOST_PNG:
        raise CannotShow(SLOW)
    return drawn


def _run(path: Path, *arguments: str) -> bytes:
    if not _AT_ONCE.acquire(timeout=SECONDS):
        raise CannotShow(BUSY)
    try:
        command = [sys.executable, "-I", str(_CHILD), str(path), *arguments]
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  our own program
    except subprocess.TimeoutExpired:
        raise CannotShow(SLOW) from None
    finally:
        _AT_ONCE.release()
    return done.stdout
